"""The folder of a speech model that somebody has already."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from practice.tui.commands import Command, bindings
from practice.tui.screens.base import PracticeDialog
from practice.tui.widgets.path_input import PathInput
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (Command("model-folder.leave", "escape", "leave", "Leave without a folder."),)


class ModelFolderDialog(PracticeDialog[str]):
    """Asks for a folder; the result is what was typed.

    Args:
        text: What to begin with.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)
    CSS_PATH = "model_folder.tcss"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """One box with a line to type into."""
        with Vertical(classes="box"):
            yield PlainText("Which folder holds the model?", classes="question")
            yield PathInput(self._text, "path", folders_only=True)
            yield PlainText("→      complete\nEnter  use it\nEsc    leave", classes="answers")

    @on(Input.Submitted)
    def use(self) -> None:
        """Close with what was typed."""
        self.dismiss(self.query_one(Input).value)

    def action_leave(self) -> None:
        """Close without a folder."""
        self.dismiss()
