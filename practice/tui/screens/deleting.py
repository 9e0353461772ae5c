"""How a take is deleted, from wherever it is shown: asked about, with what was written of it."""

from collections.abc import Callable
from pathlib import Path

from practice.core.exports import delete_exports, find_exports
from practice.library.takes import Take
from practice.tui.presentation.take_text import deletion, deletion_of_exports, name_exports
from practice.tui.screens.base import PracticeScreen


def ask_to_delete(
    screen: PracticeScreen[None],
    take: Take,
    delete: Callable[[], object],
    then: Callable[[], object],
    *,
    sound_only: bool = False,
) -> None:
    """Ask, then delete a take, and on a second yes what was written of it.

    Args:
        screen: Makes the change.
        take: What goes.
        delete: Deletes it; runs beside the screen.
        then: Called once it is gone, unless the screen is.
        sound_only: Whether only its sound goes.
    """
    places, navigator = screen.services.places, screen.host.navigator

    def remove(exports: list[Path]) -> None:
        def change() -> None:
            delete()
            delete_exports(exports)

        screen.change(change, lambda _: then())

    def ask_about_exports(exports: list[Path]) -> None:
        if exports:
            navigator.ask(
                *deletion_of_exports(exports),
                lambda is_sure: remove(exports if is_sure else []),
                is_final=True,
            )
        else:
            remove([])

    def look(is_sure: bool | None) -> None:
        if is_sure:
            screen.change(lambda: find_exports(places, take.id), ask_about_exports)

    navigator.ask(
        *deletion(take, sound_only=sound_only),
        look,
        is_final=True,
        remark=lambda: name_exports(find_exports(places, take.id)),
    )
