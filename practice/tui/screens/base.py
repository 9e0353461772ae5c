"""What every screen shares."""

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from practice.tui.commands import Command
from practice.tui.jobs.background import in_background
from practice.tui.services import Services
from practice.tui.widgets.take_list import TakeList

if TYPE_CHECKING:
    from practice.tui.screens.host import Host

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
    def host(self) -> "Host":
        """The app, as far as a screen knows it."""
        return cast("Host", self.app)

    @property
    def leaving_costs(self) -> str:
        """What quitting now would interrupt, as a question to ask first; empty when nothing."""
        return ""

    def finish_for_leaving(self) -> None:
        """Make safe what leaving would interrupt; may block, on a thread of its own."""

    @on(TakeList.Opened)
    def open_review(self, message: TakeList.Opened) -> None:
        """Open the review of a take that is listed."""
        self.host.navigator.open_review(message.take_id)

    @on(TakeList.Cancelled)
    def cancel_review(self, message: TakeList.Cancelled) -> None:
        """Transcribe a take that is listed no further."""
        self.cancel_hearing(message.take_id)

    def cancel_hearing(self, take_id: str) -> None:
        """Transcribe a take no further; the news tell when it is so."""
        reviews = self.host.reviews
        in_background(self.app, lambda: reviews.cancel(take_id), "cancelling")

    def action_back(self) -> None:
        """Return to the screen below."""
        self.dismiss()


class PracticeDialog(ModalScreen[Result], Generic[Result]):
    """A small box over a screen; it asks or tells one thing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "app.quit", show=False)]
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()
