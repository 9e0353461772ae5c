"""The bank that is looked at: its questions as they are filtered, or its problems."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from practice.bank_editing import QuestionIndex
from practice.questions.catalogue import BankEntry
from practice.questions.model import Question
from practice.questions.problems import Problem
from practice.text import plain
from practice.tui import figures
from practice.tui.content import as_content, as_line
from practice.tui.widgets.lines import Lines
from practice.tui.widgets.long_list import LongList, column
from practice.tui.widgets.plain_text import PlainText

COMPETENCY = 16
"""Columns of what a question asks about; left out where the line is short."""
TIME = 5
ROOMY = 58
"""From this width on a line shows the competency."""
EMPTY = "No question yet. a adds one, E opens the file in your editor."
NOTHING_FOUND = "No question holds all of these words. Esc shows all questions."


@dataclass(frozen=True, slots=True)
class Viewed:
    """One bank as it was read."""

    entry: BankEntry
    index: QuestionIndex | None
    """None for a bank with problems."""


class BankView(Vertical):
    """A heading, a line to filter by, and the questions or the problems."""

    def __init__(self) -> None:
        super().__init__(id="bank")
        self._viewed: Viewed | None = None
        self._shown: list[Question] = []

    def compose(self) -> ComposeResult:
        """Heading and facts, filter, questions, problems, and a word where there is nothing."""
        yield PlainText("", "heading")
        yield PlainText("", "facts")
        with Horizontal(id="filter"):
            yield PlainText("/", "slash")
            yield Input(id="wanted", placeholder="find", compact=True)
        yield LongList("questions")
        yield Lines(id="problems")
        yield PlainText("", "hint")

    @property
    def name(self) -> str | None:  # type: ignore[override]
        """The name of the bank that is shown."""
        return None if self._viewed is None else self._viewed.entry.name

    @property
    def question(self) -> Question | None:
        """The question under the cursor."""
        return self._shown[self._list.cursor] if self._shown else None

    @property
    def problem(self) -> Problem | None:
        """The problem under the cursor, in a bank that has some."""
        place = self.query_one("#problems", Lines).highlighted
        problems = self._viewed.entry.problems if self._viewed else ()
        return problems[place] if place is not None and place < len(problems) else None
