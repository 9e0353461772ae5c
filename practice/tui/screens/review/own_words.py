"""What the user says of a take: rating, star, notes, where its parts begin, and that it goes."""

from collections.abc import Callable

from practice.library.library import Library
from practice.library.takes import StarPart, Take
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.deleting import ask_to_delete
from practice.tui.screens.review.dialogs import NotesDialog

SAME_PLACE_S = 1.0
"""A part marked again so near to where it begins is taken back."""


class OwnWords:
    """Keeps what the user says of a take, and has it shown.

    What a key toggles is looked up when its change is made, not when the key is pressed: two quick
    presses of the star give it and take it back, however long the disk takes.

    Args:
        screen: Makes the changes and shows the box for notes.
        take_id: The take.
        show_take: Shows the take as it is after a change.
        show_parts: Shows where the parts of the answer begin, in seconds.
    """

    def __init__(
        self,
        screen: PracticeScreen[None],
        take_id: str,
        show_take: Callable[[Take], object],
        show_parts: Callable[[dict[StarPart, float]], object],
    ) -> None:
        self._screen = screen
        self._take_id = take_id
        self._show_take = show_take
        self._show_parts = show_parts

    def toggle_star(self) -> None:
        """Mark the take as one of the best, or no longer."""

        def toggle() -> Take:
            is_starred = self._library.take(self._take_id).starred
            return self._library.annotations.star(self._take_id, starred=not is_starred)

        self._screen.change(toggle, self._show_take)

    def rate(self, rating: int) -> None:
        """Rate the take 1 to 4; the same rating again takes it back."""

        def rate() -> Take:
            is_again = self._library.take(self._take_id).rating == rating
            return self._library.annotations.rate(self._take_id, None if is_again else rating)

        self._screen.change(rate, self._show_take)

    def write_notes(self, notes: str) -> None:
        """Open the box on `notes`; where they cannot be kept, it opens again on what was typed."""

        def keep(written: str | None) -> None:
            if written is not None:
                self._screen.change(
                    lambda: self._library.annotations.note(self._take_id, written),
                    self._show_take,
                    lambda _: self.write_notes(written),
                )

        self._screen.app.push_screen(NotesDialog(notes), keep)

    def mark_part(self, part: StarPart, at_s: float) -> None:
        """Let a part of the answer begin at `at_s`; the same place again takes the mark back."""

        def mark() -> dict[StarPart, float]:
            annotations = self._library.annotations
            parts = annotations.parts(self._take_id)
            before_s = parts.pop(part, None)
            if before_s is None or abs(before_s - at_s) > SAME_PLACE_S:
                parts[part] = at_s
            annotations.mark_parts(self._take_id, parts)
            return parts

        self._screen.change(mark, self._show_parts)

    def delete_take(self, take: Take, then: Callable[[], object]) -> None:
        """Ask, then delete the take for good."""
        ask_to_delete(self._screen, take, lambda: self._library.delete(take.id), then)

    @property
    def _library(self) -> Library:
        # Asked for when it is used, beside the screen: the first use opens it.
        return self._screen.services.workspace.library
