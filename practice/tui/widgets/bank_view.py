"""The bank that is looked at: its questions as they are filtered, or its problems."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from practice.base.text import clock_time, one_line, shared_beginnings
from practice.questions.bank_file.problems import Problem
from practice.questions.catalogue import BankEntry
from practice.questions.index import IndexedBank
from practice.questions.model import Question
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content, as_line
from practice.tui.presentation.question_text import describe_question
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

COMPETENCY = 16
"""Columns of what a question asks about; left out where the line is short."""
TIME = 5
PLACE = 8
"""Columns of the line and column of a problem."""
MOST_LINES = 3
"""Lines of further warnings that are named; the others are counted."""
ROOMY = 58
"""From this width on a line shows the competency."""
EMPTY = "No question yet. a adds one, E opens the file in your editor."
NOTHING_FOUND = "No question holds all of these words. Esc shows all questions."


class BankView(Vertical):
    """A heading, a line to filter by, and the questions or the problems."""

    def __init__(self) -> None:
        super().__init__(id="bank")
        self._viewed: IndexedBank | None = None
        self._shown: list[Question] = []
        self._shared: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """Heading, facts, warnings, filter, questions, problems, a word where there is nothing."""
        yield PlainText("", "heading")
        yield PlainText("", "facts")
        yield PlainText("", "warnings")
        with Horizontal(id="filter"):
            yield PlainText("/", "slash")
            yield PlainInput("", "find")
        with Container(id="body"):
            yield VirtualList(self._draw_question, name="questions")
            with VerticalScroll(id="details", can_focus=False):
                yield PlainText("", "detail")
        yield CursorList(id="problems")
        yield PlainText("", "hint")

    def on_mount(self) -> None:
        """Give the panel of a large terminal its title."""
        self.query_one("#details").border_title = "this question"

    @property
    def bank_name(self) -> str | None:
        """The name of the bank that is shown."""
        return None if self._viewed is None else self._viewed.entry.name

    @property
    def question(self) -> Question | None:
        """The question under the cursor."""
        return self._shown[self._list.cursor] if self._shown else None

    @property
    def problem(self) -> Problem | None:
        """The problem under the cursor, in a bank that has some."""
        place = self.query_one("#problems", CursorList).highlighted
        problems = self._viewed.entry.problems if self._viewed else ()
        return problems[place] if place is not None and place < len(problems) else None

    @property
    def has_questions(self) -> bool:
        """There is something to ask."""
        return (
            self._viewed is not None
            and self._viewed.index is not None
            and bool(self._viewed.index.questions)
        )

    @property
    def has_problems(self) -> bool:
        """The bank cannot be read whole, so that its problems are shown."""
        return self._viewed is not None and self._viewed.index is None

    @property
    def wanted(self) -> str:
        """What the questions are filtered by."""
        return self.query_one(PlainInput).value

    @property
    def main(self) -> "CursorList | VirtualList":
        """What takes the focus: the problems where there are some, else the questions."""
        return self.query_one("#problems", CursorList) if self.has_problems else self._list

    def show(self, viewed: IndexedBank, question_id: str | None = None) -> None:
        """Show a bank; the cursor goes to a question, or stays in the same bank where it is.

        A filter that would hide the question is dropped, as it is for another bank.
        """
        other = viewed.entry.name != self.bank_name
        self._viewed = viewed
        found = [] if viewed.index is None else viewed.index.find(self.wanted)
        if other or (question_id and question_id not in [item.id for item in found]):
            self.clear_filter()
        self._show_heading(viewed.entry)
        self._show_problems(viewed.entry.problems if viewed.index is None else ())
        self._show_questions(question_id, 0 if other else self._list.cursor)

    def clear(self) -> None:
        """Show no bank."""
        self._viewed = None
        for line in ("#heading", "#facts", "#warnings"):
            self.query_one(line, PlainText).show("")
        self._show_problems(())
        self._show_questions(None, 0)

    def clear_filter(self) -> None:
        """Show all questions."""
        self.query_one(PlainInput).value = ""

    @on(Input.Changed)
    def filter(self) -> None:
        """Show the questions that hold what is typed; the cursor stays on its question."""
        if self._viewed is not None:
            question = self.question
            self._show_questions(question.id if question else None, 0)

    @on(VirtualList.CursorMoved, "#questions")
    def show_details(self) -> None:
        """Show more of the question under the cursor, where there is room for it."""
        question = self.question
        detail = Content("") if question is None else describe_question(question)
        self.query_one("#detail", PlainText).show(detail)
        self.query_one("#details").scroll_home(animate=False)

    @property
    def _list(self) -> VirtualList:
        return self.query_one("#questions", VirtualList)

    def _show_heading(self, entry: BankEntry) -> None:
        whose = (
            "yours; in the list of banks F2 renames it, Del deletes it"
            if entry.own
            else "comes with practice; an edit makes a copy of your own"
        )
        if entry.problems:
            counted = f"{_counted(len(entry.problems), 'problem')}; Enter opens the editor there"
        else:
            counted = _counted(entry.count, "question")
        self.query_one("#heading", PlainText).show(as_line(entry.title))
        self.query_one("#facts", PlainText).show(f"{counted} · {whose}")
        warnings = () if entry.problems else entry.warnings
        self.query_one("#warnings", PlainText).show(_warning_lines(warnings))
        self.set_class(bool(warnings), "-warnings")

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        lines = self.query_one("#problems", CursorList)
        lines.clear_options()
        lines.add_options(Option(_problem_line(problem)) for problem in problems)
        lines.highlighted = 0 if problems else None
        self.set_class(bool(problems), "-problems")

    def _show_questions(self, question_id: str | None, otherwise: int) -> None:
        index = self._viewed.index if self._viewed else None
        self._shown = [] if index is None else index.find(self.wanted)
        self._shared = shared_beginnings(one_line(question.text) for question in self._shown)
        ids = [question.id for question in self._shown]
        cursor = ids.index(question_id) if question_id in ids else otherwise
        self._list.show_lines(len(self._shown), cursor)
        self.show_details()
        nothing = "" if self._shown or index is None else EMPTY
        self.query_one("#hint", PlainText).show(
            NOTHING_FOUND if nothing and self.wanted else nothing
        )

    def _draw_question(self, number: int, width: int) -> Content:
        question = self._shown[number]
        time = clock_time(question.target_s) if question.target_s else ""
        shared = self._shared[one_line(question.text)]
        roomy = width >= ROOMY
        rest = width - 5 - TIME - (COMPETENCY + 2 if roomy else 0)
        return Content.assemble(
            as_content("  " + fit(question.text, rest, gap=0, shared=shared)),
            as_content("  " + fit(question.competency, COMPETENCY, gap=0), "$muted")
            if roomy
            else "",
            (f"  {time:>{TIME}} ", "$muted"),
        )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _warning_lines(warnings: Sequence[Problem]) -> Content:
    """The first warning in full, the lines of the others, and the way to the first."""
    if not warnings:
        return Content("")
    first, *others = warnings
    lines = [f"{each.line}" for each in others[:MOST_LINES]]
    if len(others) > MOST_LINES:
        lines.append(f"{len(others) - MOST_LINES} more")
    also = f"The same in line {', '.join(lines)}. " if lines else ""
    return Content("\n").join(
        [
            as_line(f"line {first.line}: {first.message}"),
            as_line(f"{also}In the list of banks E opens the editor there."),
        ]
    )


def _problem_line(problem: Problem) -> Content:
    return Content.assemble(
        (f"{problem.line}:{problem.column}".ljust(PLACE), "$muted"), as_line(problem.message)
    )
