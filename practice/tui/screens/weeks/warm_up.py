"""The card for the last ten minutes before an interview."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from practice.core.warm_up import WarmUp, list_parts, name_card, read_warm_up
from practice.core.weeks import now_in_zone
from practice.library.interviews import find_next
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.jobs.playback import PlaybackController, PlayingFailed
from practice.tui.presentation.content import as_content, as_line
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from practice.library.takes import Take

COMMAND_TABLE = (
    Command("warm-up.listen", "space", "best take", "Hear your best take, or stop it.",
            footer=True),
    BACK,
)  # fmt: skip
NO_BEST = "No take has a star yet: * in a review gives one to a take worth hearing again."
HOW_TO_HEAR = "space plays it"


@dataclass
class WarmUpRead(Message):
    """The card was put together."""

    card: WarmUp


class WarmUpScreen(PracticeScreen[None]):
    """One text that scrolls; nothing on it is recorded, measured or asked."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "warm_up.tcss"
    AUTO_FOCUS = "VerticalScroll"
    HELP = (
        "For the last ten minutes: whom you meet, your best take to hear, how three stories begin, "
        "three questions to ask, one sentence to say aloud. Nothing is recorded or measured."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._card: WarmUp | None = None
        self._listening = PlaybackController(services.devices, self.post_message)

    def compose(self) -> ComposeResult:
        """Title, card, keys."""
        yield PlainText("Warm up", classes="title")
        with VerticalScroll():
            yield PlainText("", "card")
        yield Footer()

    def on_mount(self) -> None:
        """Put the card together."""
        in_background(self, self._read, "putting the card together")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a star there is nothing to hear."""
        return None if action == "listen" and not self._best else True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return NO_BEST if self._card is not None else ""

    @on(WarmUpRead)
    def show_card(self, message: WarmUpRead) -> None:
        """Show what is on it."""
        self._card = message.card
        self.query_one(".title", PlainText).show(name_card(message.card))
        blocks = [
            Content("\n").join(
                [as_line(heading, "$muted"), *(as_content(f"  {line}") for line in lines)]
            )
            for heading, lines in list_parts(message.card, HOW_TO_HEAR)
        ]
        self.query_one("#card", PlainText).show(Content("\n\n").join(blocks))
        if message.card.trouble:
            self.notify(message.card.trouble, title="stories", severity="warning", markup=False)
        self.refresh_bindings()

    def action_listen(self) -> None:
        """Hear the best take, or stop it."""
        if self._listening.playing:
            self._listening.stop()
        elif (take := self._best) is not None and take.audio is not None:
            self._listening.play(take.audio, 0.0)

    @on(PlayingFailed)
    def show_silence(self, message: PlayingFailed) -> None:
        """Say why it cannot be heard; the rest of the card stands."""
        message.stop()
        self.host.show_error(message.error)

    def on_screen_suspend(self) -> None:
        """Fall silent."""
        self._listening.stop()

    on_unmount = on_screen_suspend

    @property
    def _best(self) -> "Take | None":
        return self._card.best if self._card is not None else None

    def _read(self) -> WarmUpRead:
        workspace = self.services.workspace
        ahead = find_next(workspace.library.interviews.all(), now_in_zone(workspace))
        return WarmUpRead(read_warm_up(workspace, ahead))
