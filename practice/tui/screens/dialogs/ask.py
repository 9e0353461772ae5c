"""A question with two answers."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.message import Message

from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.base import PracticeDialog
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("ask.yes", "y", "yes", "Do what was asked about."),
    Command("ask.no", "n,escape", "no", "Leave everything as it is."),
    Command("ask.answer", "enter", "answer", "Give the answer that is beside Enter."),
)


LOW = 18
"""Rows below which a box needs every line."""


@dataclass
class RemarkRead(Message):
    """What belongs to the question was read."""

    text: str


class AskDialog(PracticeDialog[bool]):
    """Asks one thing; the result is whether `yes` was chosen.

    Args:
        question: What it is about; shown as it is.
        yes: What Enter does, in words.
        no: What Esc does, in words.
        is_final: Whether yes cannot be taken back: then Enter is no.
        remark: Reads what else belongs to the question, beside the box; empty for nothing.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)

    def __init__(
        self,
        question: str,
        yes: str,
        no: str,
        *,
        is_final: bool = False,
        remark: Callable[[], str] | None = None,
    ) -> None:
        super().__init__()
        self._is_final = is_final
        self._remark = remark
        answers = f"y      {yes}\nEnter  {no}" if is_final else f"Enter  {yes}\nEsc    {no}"
        self._lines = (question, answers)

    def compose(self) -> ComposeResult:
        """One box: the question and its two answers."""
        question, answers = self._lines
        with Vertical(classes="box"):
            yield PlainText(question, classes="question")
            yield PlainText(answers, classes="answers")

    @on(Resize)
    def fit_to_height(self) -> None:
        """Keep the answers in view in a low terminal."""
        self.query_one(".box").set_class(self.app.size.height < LOW, "-low")
        self._show_question()

    def on_mount(self) -> None:
        """Read what else belongs to the question."""
        if (remark := self._remark) is not None:
            in_background(self, lambda: RemarkRead(remark()), "reading for a question")

    @on(RemarkRead)
    def show_remark(self, message: RemarkRead) -> None:
        """Show it below the question."""
        if message.text:
            question, answers = self._lines
            self._lines = (f"{question}\n\n{message.text}", answers)
            self._show_question()

    def _show_question(self) -> None:
        """Without its empty lines where the answers would not be seen with them."""
        question, _ = self._lines
        is_low = self.app.size.height < LOW
        text = question.replace("\n\n", "\n") if is_low else question
        self.query_one(".question", PlainText).show(text)

    def action_yes(self) -> None:
        """Close with yes."""
        self.dismiss(True)

    def action_answer(self) -> None:
        """Close with the answer that does no harm where yes cannot be taken back, else with yes."""
        self.dismiss(not self._is_final)

    def action_no(self) -> None:
        """Close with no."""
        self.dismiss(False)
