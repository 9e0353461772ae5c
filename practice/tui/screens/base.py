"""What every screen shares."""

import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import on
from textual.binding import ActiveBinding, Binding, BindingType
from textual.events import Key, Resize, ScreenResume, ScreenSuspend
from textual.screen import ModalScreen, Screen

from practice.tui.commands import Command
from practice.tui.jobs.background import in_background
from practice.tui.messages import TakeCancelled, TakeOpened
from practice.tui.presentation.footer_keys import fit_keys
from practice.tui.services import Services

if TYPE_CHECKING:
    from practice.base.errors import PracticeError
    from practice.tui.screens.host import Host

WHY_NOT_S = 4.0
"""How long it is said why a key does nothing."""
OTHER_SCRIPT = (
    "{} is no key here: commands are Latin letters. Switch the keyboard, or give the commands keys"
    " of your own in the settings file"
)
BROAD_WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (100, "-wide"), (140, "-broad")]
"""For screens that use the room of a large terminal."""
BOX_WIDTHS: list[tuple[int, str]] = [(0, "-slim"), (74, "-roomy")]
"""For boxes, which are as wide as what they say where there is room for them."""
SLIM = 60
"""Columns below which a screen has room for one thing beside another no more."""
Result = TypeVar("Result")
Value = TypeVar("Value")


class PracticeScreen(Screen[Result], Generic[Result]):
    """A screen with services, commands and a way back.

    Subclasses set `COMMAND_TABLE`, `BINDINGS = bindings(COMMAND_TABLE)`, `CSS_PATH`, and `HELP`,
    a sentence or two that the help shows above the keys.

    Args:
        services: What the screen works with.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()
    SHOWS_DOWNLOADS: ClassVar[bool] = False
    """What becomes of a model's download stands on this screen: no notice is needed."""
    LEADS_ELSEWHERE: ClassVar[bool] = True
    """The palette leads from here to settings, library and so on; nothing runs on meanwhile."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    @property
    def host(self) -> "Host":
        """The app, as far as a screen knows it."""
        return cast("Host", self.app)

    @property
    def leaving_costs(self) -> str:
        """What quitting now would interrupt, as a question to ask first; empty when nothing."""
        return ""

    def finish_for_leaving(self) -> None:
        """Make safe what leaving would interrupt; may block, on a thread of its own."""

    def why_not(self, action: str) -> str:
        """Why a command of this screen does nothing now, for whoever presses its key; or empty.

        Only asked for a command that `check_action` refuses.
        """
        return ""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """As they are, with as many at the foot as there is room for."""
        # The style keeps a cell free at either end.
        room = self.app.size.width - 2
        return fit_keys(super().active_bindings, room, self.app.get_key_display)

    @on(Resize)
    def fit_to_width(self, event: Resize) -> None:
        """Show as many keys as there is room for now."""
        self.set_class(event.size.width < SLIM, "-slim")
        self.refresh_bindings()

    def on_key(self, event: Key) -> None:
        """Say why a key does nothing, where every command that it stands for is refused.

        A key comes here before the app runs its command: what is available is asked for in the
        state that the key met.
        """
        here = self._bindings.key_to_bindings.get(event.key, ())
        commands = {command.id: command for command in self.COMMAND_TABLE}
        refused = [commands[binding.id] for binding in here if binding.id in commands]
        if self._runs_something(event.key):
            return
        if _is_of_another_script(event.character):
            self.notify(OTHER_SCRIPT.format(event.character), timeout=WHY_NOT_S)
        if not refused:
            return
        reason = next(filter(None, (self.why_not(command.action) for command in refused)), "")
        if reason:
            self.notify(reason, timeout=WHY_NOT_S)

    def _runs_something(self, key: str) -> bool:
        """Whether a command of this screen, or of what has the focus, is available on `key`."""
        return any(
            bool(self.app._check_action_state(binding.action, node))
            for node, bindings in self._modal_binding_chain
            for binding in bindings.key_to_bindings.get(key, ())
        )

    @on(ScreenResume)
    @on(ScreenSuspend)
    def drop_read_notices(self) -> None:
        """Leave no notice of one screen over the next."""
        self.host.drop_read_notices()

    def change(
        self,
        work: Callable[[], Value],
        then: Callable[[Value], object] | None = None,
        failed: "Callable[[PracticeError], object] | None" = None,
    ) -> None:
        """Change something that is stored; the only way for a screen to do so.

        Changes are made beside the screen, one after the other, in the order in which they were
        asked for. One that is refused is said in a notice, also when this screen is gone by then.

        Args:
            work: Makes the change; touches no widget. What it decides by, it reads itself, so
                that it sees what the changes before it have done.
            then: Called with what `work` returned, unless the screen is gone.
            failed: Called after the notice with the error, unless the screen is gone: takes back
                what was shown already, or gives back what was typed.
        """
        host = self.host

        def call_here(shown: Callable[[], object]) -> None:
            # Textual awaits what a callback returns, and a screen must not await its own dismissal.
            def callback() -> None:
                shown()

            if self.is_attached:
                self.call_next(callback)

        def show(value: Value) -> None:
            if then is not None:
                call_here(partial(then, value))

        def show_error(error: "PracticeError") -> None:
            host.show_error(error)
            if failed is not None:
                call_here(partial(failed, error))

        host.changes.add(work, show, show_error)

    @on(TakeOpened)
    def open_review(self, message: TakeOpened) -> None:
        """Open the review of a take that is listed."""
        self.host.navigator.open_review(message.take_id)

    @on(TakeCancelled)
    def cancel_review(self, message: TakeCancelled) -> None:
        """Stop transcribing a take that is listed."""
        self.cancel_transcription(message.take_id)

    def cancel_transcription(self, take_id: str) -> None:
        """Stop transcribing a take; the news tell when it is so."""
        reviews = self.host.reviews
        in_background(self.app, lambda: reviews.cancel(take_id), "cancelling")

    def action_back(self) -> None:
        """Return to the screen below."""
        self.dismiss()


class PracticeDialog(ModalScreen[Result], Generic[Result]):
    """A small box over a screen; it asks or tells one thing."""

    HORIZONTAL_BREAKPOINTS = BOX_WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "app.quit", show=False)]
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()


def _is_of_another_script(character: str | None) -> bool:
    """Whether a key wrote a letter that no Latin keyboard has, such as one of Russian or Greek."""
    if character is None or len(character) != 1 or not character.isalpha():
        return False
    return "LATIN" not in unicodedata.name(character, "LATIN")
