"""The retrieval drill: ten questions, ten seconds each, which story."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from practice.base.errors import NotFoundError
from practice.base.text import one_line
from practice.core.drills import (
    RETRIEVAL_QUESTIONS,
    RETRIEVAL_S,
    Retrieval,
    choose_retrieval_questions,
    sum_up_retrieval,
)
from practice.questions.stories.model import StoriesError
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.level_meter import POLL_S
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

COMMAND_TABLE = (
    Command("retrieval.go-on", "enter", "choose", "Begin; choose this story; go on.", footer=True),
    Command("retrieval.again", "r", "again", "At the end: ten other questions.", footer=True),
    BACK,
)  # fmt: skip
ABOUT = (
    f"{RETRIEVAL_QUESTIONS} questions, {RETRIEVAL_S:.0f} seconds each. ↑ and ↓ go to a story that "
    "answers it, Enter chooses it; then say its first sentence aloud. Nothing is recorded.\n\n"
    "Enter begins."
)
NO_STORY = "There is no story yet. y on the first screen opens your stories; n there writes one."
AT_THE_END = "That is all: Esc leaves, r asks ten other questions."
NOT_OVER = "First these ten; the time ends each of them by itself."


@dataclass
class RetrievalReady(Message):
    """Questions and stories were read."""

    questions: list[str]
    titles: list[str]
    obstacle: str = ""
    """Why the drill cannot begin, in words; empty where it can."""


class RetrievalScreen(PracticeScreen[None]):
    """Asks, counts down, and says at the end which story was chosen for what."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "retrieval.tcss"
    AUTO_FOCUS = "#result"
    HELP = (
        "To find a story in time is half of telling it. Only the choice and its time are looked "
        "at, and nothing is kept."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._ready: RetrievalReady | None = None
        self._run: Retrieval | None = None
        self._shown = -1
        self._times_before = 0

    def compose(self) -> ComposeResult:
        """Title, question, time, stories, result, keys."""
        yield PlainText("Which story?", classes="title")
        yield PlainText("", "question")
        yield PlainText("", "left")
        yield VirtualList(self._draw_line)
        with VerticalScroll(id="result"):
            yield PlainText("", "told")
        yield Footer()

    def on_mount(self) -> None:
        """Read questions and stories."""
        self._tell_at_length("")
        self._begin_reading()
        self.set_interval(POLL_S, self._look)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to choose from without a story; again comes at the end."""
        is_over = self._run is not None and self._run.is_over
        if action == "again":
            return is_over or None
        if action == "go_on":
            # An impatient Enter must not close what nobody has read yet.
            return None if is_over or self._ready is None or self._ready.obstacle else True
        return True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if self._ready is None or self._ready.obstacle:
            return self._ready.obstacle if self._ready is not None else ""
        return AT_THE_END if action == "go_on" else NOT_OVER

    @on(RetrievalReady)
    def show_ready(self, message: RetrievalReady) -> None:
        """Say what comes, and wait."""
        self._ready, self._run = message, None
        self._tell_at_length(message.obstacle or ABOUT)

    @on(VirtualList.LineOpened)
    def choose_clicked(self) -> None:
        """Choose the story that was clicked twice."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """Begin; choose the story under the cursor; go on to the next question."""
        ready, run = self._ready, self._run
        if ready is None or ready.obstacle:
            return
        if run is None:
            self._begin(ready)
        elif run.chosen is None:
            run.choose(self._list.cursor)
        else:
            run.go_on()
        self._look()

    def action_again(self) -> None:
        """Ask ten others."""
        self._times_before += 1
        self._begin_reading()

    def _begin_reading(self) -> None:
        times_before = self._times_before
        in_background(self, lambda: self._read(times_before), "reading questions and stories")

    def _begin(self, ready: RetrievalReady) -> None:
        self._run = Retrieval(ready.questions, ready.titles, self.services.monotonic)
        self._shown = -1
        self._show_as_asking(is_asking=True)
        self._list.show_lines(len(ready.titles), 0)
        self._list.focus()

    def _show_as_asking(self, *, is_asking: bool) -> None:
        """Show question, time and stories, or else what is told in their place."""
        for part in ("#question", "#left", "VirtualList"):
            self.query_one(part).display = is_asking
        self.query_one("#result").display = not is_asking

    def _tell_at_length(self, text: str) -> None:
        """Tell what may have to be scrolled."""
        self._show_as_asking(is_asking=False)
        self.query_one("#told", PlainText).show(text)
        self.query_one("#result").focus()
        self.refresh_bindings()

    def _look(self) -> None:
        """Show what is so now; called a few times a second."""
        run = self._run
        if run is None or self._shown == len(run.questions):
            return
        if run.is_over:
            self._shown = len(run.questions)
            self._tell_at_length("\n".join(sum_up_retrieval(run.choices, run.stories)))
            return
        number = min(run.number, len(run.questions) - 1)
        if number != self._shown:
            self._shown = number
            self.query_one("#question", PlainText).show(run.question)
        place = f"{number + 1} of {len(run.questions)}"
        said = f" · {run.chosen}: say its first sentence" if run.chosen else ""
        self.query_one("#left", PlainText).show(f"{place} · {run.left_s:.0f} s{said}")

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    def _draw_line(self, number: int, width: int) -> Content:
        assert self._ready is not None
        return as_content(f" {fit(self._ready.titles[number], width - 1)}")

    def _read(self, times_before: int) -> RetrievalReady:
        workspace = self.services.workspace
        try:
            titles = [one_line(story.title) for story in workspace.stories.all()]
            questions = choose_retrieval_questions(workspace, times_before)
        except (NotFoundError, StoriesError) as error:
            return RetrievalReady([], [], f"{error.message}\n\n{error.hint}")
        return RetrievalReady(questions, titles, "" if titles else NO_STORY)
