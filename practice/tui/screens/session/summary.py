"""The end of a session: what was answered, and what becomes of it."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from practice.base.text import clock_time, one_line
from practice.core.ladder import sum_up_ladder
from practice.core.session_rules import SessionSummary
from practice.library.takes import Take
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ReviewNews
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.take_list import TakeList

COMMAND_TABLE = (
    Command("summary.back", "escape", "done", "Go back to the first screen.", footer=True),
)


@dataclass
class TakesRead(Message):
    """The takes of the session were read again."""

    takes: list[Take]


class SummaryScreen(PracticeScreen[None]):
    """Lists the takes of a session and follows their reviews.

    Args:
        services: What the screen works with.
        summary: What the session came to.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "TakeList"
    HELP = "Everything that was said is kept. A review is made of each answer, one after the other."

    def __init__(self, services: Services, summary: SessionSummary) -> None:
        super().__init__(services)
        self._summary = summary

    def compose(self) -> ComposeResult:
        """How much was said, then the takes."""
        yield PlainText(_in_words(self._summary), "said", classes="asked")
        if rehearsals := self._summary.rehearsals:
            yield PlainText(one_line(rehearsals.words), "rehearsals")
        if ladder := self._summary.ladder:
            yield PlainText(sum_up_ladder(ladder), "ladder")
        yield TakeList()
        yield Footer()

    def on_mount(self) -> None:
        """Follow the reviews."""
        self.host.review_news.subscribe(self, self.show_news)

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        self.show_news()

    def on_screen_resume(self) -> None:
        """Leave out what was deleted in its review."""
        self.show_news()

    def show_news(self, news: ReviewNews | None = None) -> None:
        """Read how the takes are now."""
        in_background(self, self._read_takes, "reading the takes")

    def _read_takes(self) -> TakesRead:
        ids = [take.id for take in self._summary.takes]
        return TakesRead(self.services.workspace.library.existing_takes(ids))

    @on(TakesRead)
    def show_takes(self, message: TakesRead) -> None:
        """Show the takes as they are now."""
        shown = self.query_one(TakeList)
        shown.show(message.takes, self.services.now(), self.host.reviews.part)


def _in_words(summary: SessionSummary) -> str:
    takes, questions = len(summary.takes), summary.questions
    spoken = clock_time(summary.spoken_s)
    return (
        f"{takes} take{'' if takes == 1 else 's'} of {questions} "
        f"question{'' if questions == 1 else 's'}, {spoken} in all."
    )
