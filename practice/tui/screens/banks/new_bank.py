"""The title of a new bank."""

from collections.abc import Collection

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from practice.questions.catalogue import bank_name
from practice.tui.commands import Command, bindings
from practice.tui.screens.base import PracticeDialog
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (Command("new-bank.leave", "escape", "leave", "Leave without a new bank."),)


class NewBankDialog(PracticeDialog[str]):
    """Asks for a title; the result is one that no bank has yet.

    Args:
        names: Of the banks there are.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)
    CSS_PATH = "new_bank.tcss"

    def __init__(self, names: Collection[str]) -> None:
        super().__init__()
        self._names = names

    def compose(self) -> ComposeResult:
        """One box: the title, and what is wrong with it."""
        with Vertical(classes="box"):
            yield PlainText("What is the new bank called?", classes="question")
            yield PlainInput("", "a title")
            yield PlainText("", "file")
            yield PlainText("Enter  begin it\nEsc    leave", classes="answers")

    @on(Input.Changed)
    def judge(self) -> None:
        """Say which file it will be, or what is wrong."""
        title = self.query_one(Input).value.strip()
        self.query_one("#file", PlainText).show(self._problem(title) if title else "")

    @on(Input.Submitted)
    def begin(self) -> None:
        """Close with a title that can be used."""
        title = self.query_one(Input).value.strip()
        if title and self._free(title):
            self.dismiss(title)

    def action_leave(self) -> None:
        """Close without a title."""
        self.dismiss()

    def _problem(self, title: str) -> str:
        free = self._free(title)
        return f"{bank_name(title)}.yaml" if free else f"there is a bank {bank_name(title)} already"

    def _free(self, title: str) -> bool:
        return bank_name(title) not in self._names
