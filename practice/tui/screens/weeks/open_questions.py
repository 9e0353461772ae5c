"""Questions that come back until they were said well on two days, and those that were let go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from practice.core.session import Mode
from practice.core.weeks import find_candidate, now_in_zone
from practice.library.open_questions import OpenQuestion
from practice.schedule.proposal import Candidate
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import interview_text
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

COMMAND_TABLE = (
    Command("open-questions.answer", "enter", "answer", "Answer this question now.", footer=True),
    Command("open-questions.delete", "delete,backspace", "delete",
            "Take it out of this list for good; asks first.", footer=True),
    BACK,
)  # fmt: skip
NONE_YET = (
    "No open question. What was rough in an interview comes here from its debrief, and o opens one "
    "in a review, in a bank and among the takes of a question.\n\n"
    "Each comes back until you have said it well on two days."
)
NOTHING = "There is no open question."
STANDS = 44
"""Columns of where a question stands."""
ROOMY = 90
"""Cells from which on that has a column; below, it stands under the list."""


@dataclass
class OpenQuestionsRead(Message):
    """Open and closed ones were read."""

    opened: Sequence[OpenQuestion]
    """In the order of the list: the open ones first."""
    interviews: Mapping[str, str]
    """The name of each interview by its id."""
    today: date


@dataclass
class CandidateFound(Message):
    """The question that is to be answered, as its bank has it now."""

    candidate: Candidate


class OpenQuestionsScreen(PracticeScreen[None]):
    """A list; where the question under the cursor stands is told below it."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "open_questions.tcss"
    AUTO_FOCUS = "VirtualList"
    HELP = (
        "Open questions come back, first of all that is due, until you have called an answer said "
        "well on two days. Closed ones stand below them."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._read: OpenQuestionsRead | None = None

    def compose(self) -> ComposeResult:
        """Title, list, what is under the cursor, keys."""
        yield PlainText("Open questions", classes="title")
        yield PlainText(NONE_YET, "empty")
        yield VirtualList(self._draw_line)
        yield PlainText("", "about")
        yield Footer()

    def on_screen_resume(self) -> None:
        """Read what another screen may have changed."""
        in_background(self, self._read_open_questions, "reading the open questions")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a question there is nothing to answer."""
        return action not in {"answer", "delete"} or self._chosen is not None

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return NOTHING if self._read is not None else ""

    @on(OpenQuestionsRead)
    def show_open_questions(self, message: OpenQuestionsRead) -> None:
        """Show the list as it is now."""
        self._read = message
        count = len(message.opened)
        self._list.display = bool(count)
        self.query_one("#empty").display = not count
        self._list.show_lines(count, self._list.cursor)
        if count:
            self._list.focus()
        self._tell()

    @on(VirtualList.CursorMoved)
    def tell_of_other(self) -> None:
        """Tell of the question that the cursor is on now."""
        self._tell()

    @on(VirtualList.LineOpened)
    def answer_clicked(self) -> None:
        """Answer the question that was clicked twice."""
        self.action_answer()

    @on(CandidateFound)
    def begin(self, message: CandidateFound) -> None:
        """Open a session on the question."""
        self.host.navigator.open_session([message.candidate], Mode.PRACTICE)

    def action_answer(self) -> None:
        """Answer the question under the cursor."""
        if (chosen := self._chosen) is not None:
            in_background(self, lambda: self._find_candidate(chosen), "finding the question")

    def action_delete(self) -> None:
        """Ask, and take the question out of the list."""
        if (chosen := self._chosen) is None:
            return

        def delete(is_sure: bool | None) -> None:
            if is_sure:
                self.change(self._deletion(chosen.id), self.post_message)

        question = (
            "Take this question out of the list for good? Its days go with it. "
            "The question itself and your takes stay."
        )
        navigator = self.host.navigator
        navigator.ask(question, "take it out", "keep it", delete, is_final=True)

    def _deletion(self, open_id: int) -> Callable[[], OpenQuestionsRead]:
        def delete() -> OpenQuestionsRead:
            self.services.workspace.library.open_questions.delete(open_id)
            return self._read_open_questions()

        return delete

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    @property
    def _chosen(self) -> OpenQuestion | None:
        if self._read is None or not self._read.opened:
            return None
        return self._read.opened[self._list.cursor]

    def _draw_line(self, number: int, width: int) -> Content:
        assert self._read is not None
        opened = self._read.opened[number]
        mark, style = (" ", "") if opened.closed_at is None else ("✓", "$muted")
        text = width - len(mark) - 1
        if width < ROOMY:
            return as_content(f"{mark} {fit(opened.text, text)}", style)
        stands = interview_text.describe_open(opened, self._read.today)
        line = f"{mark} {fit(opened.text, text - STANDS)}{fit(stands, STANDS)}"
        return as_content(line, style)

    def _tell(self) -> None:
        """Tell of the question under the cursor."""
        about = ""
        if (opened := self._chosen) is not None and self._read is not None:
            where = self._read.interviews.get(opened.interview_id or "")
            stands = interview_text.describe_open(opened, self._read.today)
            first = " · ".join(filter(None, (f"asked at {where}" if where else "", stands)))
            wish = f"I wish I had said: {opened.wish}" if opened.wish else ""
            about = "\n".join(filter(None, (first, wish)))
        self.query_one("#about", PlainText).show(about)
        self.refresh_bindings()

    def _find_candidate(self, opened: OpenQuestion) -> CandidateFound:
        return CandidateFound(
            find_candidate(self.services.workspace, opened.bank, opened.question_id, opened.text)
        )

    def _read_open_questions(self) -> OpenQuestionsRead:
        workspace = self.services.workspace
        library = workspace.library
        found = library.open_questions.all()
        return OpenQuestionsRead(
            sorted(found, key=lambda each: each.closed_at is not None),
            {each.id: each.name for each in library.interviews.all()},
            now_in_zone(workspace).date(),
        )
