"""What every screen shares."""

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from practice.tui.commands import Command
from practice.tui.services import Services

if TYPE_CHECKING:
    from practice.tui.app import PracticeApp

Result = TypeVar("Result")


class PracticeScreen(Screen[Result], Generic[Result]):
    """A screen with services, commands and a way back.

    Subclasses set `COMMAND_TABLE`, `BINDINGS = bindings(COMMAND_TABLE)`, `CSS_PATH`, and `HELP`,
    a sentence or two that the help shows above the keys.

    Args:
        services: What the screen works with.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    @property
    def practice(self) -> "PracticeApp":
        """The app, as what it is."""
        from practice.tui.app import PracticeApp

        assert isinstance(self.app, PracticeApp)
        return self.app

    @property
    def leaving_costs(self) -> str:
        """What quitting now would interrupt, as a question to ask first; empty when nothing."""
        return ""

    def finish_for_leaving(self) -> None:
        """Make safe what leaving would interrupt; may block, on a thread of its own."""

    def action_back(self) -> None:
        """Return to the screen below."""
        self.dismiss()


class PracticeDialog(ModalScreen[Result], Generic[Result]):
    """A small box over a screen; it asks or tells one thing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "app.quit", show=False)]
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()
