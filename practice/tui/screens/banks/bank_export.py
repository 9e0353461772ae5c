"""Where a bank is written to, and in which format."""

from pathlib import Path
from typing import get_args

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from practice.questions.exporting import ExportFormat
from practice.tui.commands import Command, bindings
from practice.tui.screens.base import PracticeDialog
from practice.tui.screens.results import Export
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.path_input import PathInput, parse_path
from practice.tui.widgets.plain_text import PlainText

FORMATS = {"md": "Markdown, to read", "csv": "CSV, for tables", "json": "JSON, for programs"}
REPLACES = "there is such a file; Enter again replaces it"
COMMAND_TABLE = (
    Command("bank-export.write", "enter", "write", "Write the file."),
    Command("bank-export.leave", "escape", "leave", "Write nothing."),
)


class BankExportDialog(PracticeDialog[Export]):
    """Asks for format and file; a file that exists is replaced only when Enter says so twice.

    Args:
        name: The bank.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)
    CSS_PATH = "bank_export.tcss"
    AUTO_FOCUS = "#format"

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._warned_of: Path | None = None

    def compose(self) -> ComposeResult:
        """One box: format, file, and a word about it."""
        formats = [Option(form, FORMATS[form]) for form in get_args(ExportFormat)]
        with Vertical(classes="box"):
            yield PlainText(f"Write {self._name} as", classes="question")
            yield OptionRow("format", formats, "md", "format")
            with Horizontal(classes="line"):
                yield PlainText("file", classes="label")
                yield PathInput(f"~/{self._name}.md", "path")
            yield PlainText("", "problem", classes="warning")
            yield PlainText("Tab    format or file\nEnter  write\nEsc    leave", classes="answers")

    @on(OptionRow.Changed)
    def follow_format(self) -> None:
        """Give the file the ending of its format."""
        field = self.query_one(Input)
        path = Path(field.value)
        if path.name:
            field.value = str(path.with_suffix(f".{self._form}"))

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in the file is the command."""
        self.action_write()

    def action_write(self) -> None:
        """Close with what is chosen, or say why it cannot be written."""
        path = parse_path(self.query_one(Input).value)
        problem = self._problem(path)
        self.query_one("#problem", PlainText).show(problem)
        if path is not None and not problem:
            self.dismiss(Export(self._form, path))

    def action_leave(self) -> None:
        """Close without writing."""
        self.dismiss()

    @property
    def _form(self) -> ExportFormat:
        value = self.query_one(OptionRow).value
        return next(form for form in get_args(ExportFormat) if form == value)

    def _problem(self, path: Path | None) -> str:
        if path is None:
            return "name a file"
        try:
            if path.is_dir() or not path.parent.is_dir():
                return "that is a folder" if path.is_dir() else f"there is no folder {path.parent}"
            is_there = path.exists()
        except OSError as error:
            return f"no such name is possible: {error.strerror}"
        warned, self._warned_of = self._warned_of, path
        return REPLACES if is_there and path != warned else ""
