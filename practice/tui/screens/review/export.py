"""Writing the review of a take to a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from practice.base.files import write_atomic
from practice.base.text import one_line
from practice.core.reporting import ReportOptions, build_report
from practice.library.takes import Take
from practice.reports.formats import FORMATS, render
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.base import PracticeDialog
from practice.tui.services import Services
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.path_input import is_file, parse_path
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

FOLDER = "exports"
"""Beside the library."""
MEANINGS = {
    "html": "a page with the sound in it",
    "md": "Markdown",
    "txt": "lines of text",
    "json": "everything, for programs",
    "csv": "words and findings as a table",
    "srt": "subtitles",
    "vtt": "subtitles for the web",
}
STAYS = "Only you can read it. Deleting the take does not delete it."

COMMAND_TABLE = (
    Command("export.write", "enter", "write", "Write the file."),
    Command("export.down", "down", "down", "Go to the path."),
    Command("export.up", "up", "up", "Go to the form."),
    Command("export.cancel", "escape", "cancel", "Write nothing."),
)


@dataclass
class Written(Message):
    """The file is there."""

    path: Path


class ExportDialog(PracticeDialog[Path]):
    """A form and a path; the result is the path once the file is written.

    Args:
        services: Where the library is.
        take: What is written.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "OptionRow"

    def __init__(self, services: Services, take: Take) -> None:
        super().__init__()
        self._services = services
        self._take_id = take.id
        self._followed = next(iter(MEANINGS))
        """The form that the path has followed."""

    def compose(self) -> ComposeResult:
        """In which form, where to, and what follows from it."""
        options = [Option(form, f"{form:<4}  {MEANINGS[form]}") for form in MEANINGS]
        path = self._services.places.data / FOLDER / f"{self._take_id}.{self._followed}"
        with Vertical(classes="box"):
            yield PlainText("Write the review to a file", classes="question")
            yield OptionRow("form", options, name="form")
            yield PlainInput(str(path), "path of the file")
            yield PlainText("", "remark")
            yield PlainText("Enter  write it\nEsc    cancel", classes="answers")

    @on(OptionRow.Changed)
    def follow_form(self) -> None:
        """Give the path the ending of a newly chosen form, where it had one of a form."""
        form, line = self.query_one("#form", OptionRow).value, self.query_one(PlainInput)
        path = Path(line.value)
        if form != self._followed and path.suffix.removeprefix(".") in FORMATS:
            line.value = str(path.with_suffix(f".{form}"))
        self._followed = form

    @on(Input.Changed)
    def remark(self) -> None:
        """Say whether a file would be replaced."""
        known = self._path is not None and is_file(self._path)
        remark = f"There is such a file: it will be replaced. {STAYS}" if known else STAYS
        self.query_one("#remark", PlainText).show(remark)

    @on(Input.Submitted)
    def write_submitted(self) -> None:
        """Write the file."""
        self.action_write()

    @on(Written)
    def leave(self, message: Written) -> None:
        """Say where it is."""
        self.notify(one_line(str(message.path)), title="written", timeout=10)
        self.dismiss(message.path)

    def action_write(self) -> None:
        """Write the file beside the screen; where that fails, the box stays."""
        # A quick Enter overtakes the message about the form.
        self.follow_form()
        path, form = self._path, self.query_one("#form", OptionRow).value
        if path is None:
            self.query_one("#remark", PlainText).show("Type where to write it.")
            return

        def write() -> Written:
            report = build_report(
                self._services.workspace, self._take_id, ReportOptions(sound=form == "html")
            )
            write_atomic(path, render(report, form).encode())
            return Written(path)

        in_background(self, write, "writing a report")

    def action_down(self) -> None:
        """Go to the path."""
        self.query_one(PlainInput).focus()

    def action_up(self) -> None:
        """Go to the form."""
        self.query_one(OptionRow).focus()

    def action_cancel(self) -> None:
        """Write nothing."""
        self.dismiss()

    @property
    def _path(self) -> Path | None:
        """What was typed, from where the program was started; None when nothing was."""
        typed = parse_path(self.query_one(PlainInput).value)
        return None if typed is None else typed.absolute()
