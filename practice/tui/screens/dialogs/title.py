"""Another title for something."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from practice.tui.commands import Command, bindings
from practice.tui.screens.base import PracticeDialog
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (Command("title.leave", "escape", "leave", "Leave the title as it is."),)


class TitleDialog(PracticeDialog[str]):
    """Asks for a title; the result is never empty.

    Args:
        question: What it is the title of.
        title: The present one.
        about: A sentence below.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)
    CSS_PATH = "title.tcss"

    def __init__(self, question: str, title: str, about: str) -> None:
        super().__init__()
        self._question, self._title, self._about = question, title, about

    def compose(self) -> ComposeResult:
        """One box: the title, and a sentence about it."""
        with Vertical(classes="box"):
            yield PlainText(self._question, classes="question")
            yield PlainInput(self._title, "a title")
            yield PlainText(self._about, "about")
            yield PlainText("Enter  rename it\nEsc    leave", classes="answers")

    @on(Input.Submitted)
    def rename(self) -> None:
        """Close with a title."""
        if title := self.query_one(Input).value.strip():
            self.dismiss(title)

    def action_leave(self) -> None:
        """Close without a title."""
        self.dismiss()
