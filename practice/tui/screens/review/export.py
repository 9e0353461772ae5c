"""Writing the review of a take to a file, for oneself or for somebody else."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input

from practice.base.files import write_atomic
from practice.base.paths import show_path
from practice.core.reporting import (
    ASKED,
    SHARED_SOUND,
    ReportOptions,
    ShareOptions,
    build_report,
    encode_sound,
    split_names,
)
from practice.library.takes import Take
from practice.reports.formats import FORMATS, render
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation.path_text import wrap_path
from practice.tui.screens.base import PracticeDialog
from practice.tui.services import Services
from practice.tui.widgets.option_row import LABEL_WIDTH, Option, OptionRow
from practice.tui.widgets.path_input import is_file, parse_path
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

LOW = 18
"""Rows below which the lines scroll."""
SOUND = "audio"
MEANINGS = {
    "html": "a page with the sound in it",
    "md": "Markdown",
    "txt": "lines of text",
    "json": "everything, for programs",
    "csv": "words and findings as a table",
    "srt": "subtitles",
    "vtt": "subtitles for the web",
    SOUND: "the recording alone",
}
MYSELF, SOMEBODY = "myself", "somebody"
FOR_WHOM = {
    MYSELF: "myself: everything",
    SOMEBODY: "somebody else: names masked, a question to them",
}
LEFT_OUT, PUT_IN = "out", "in"
LISTEN = "Look and listen before you send it: a name that was misheard is still there."
NO_NAMES = "No name is masked."
STAYS = "Only you can read it. Deleting the take does not delete it."

COMMAND_TABLE = (
    Command("export.write", "enter", "write", "Write the file."),
    Command("export.down", "down", "down", "Go to the line below."),
    Command("export.up", "up", "up", "Go to the line above."),
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
        is_for_somebody: Whether it begins as something for somebody else.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "OptionRow"

    def __init__(self, services: Services, take: Take, *, is_for_somebody: bool = False) -> None:
        super().__init__()
        self._is_for_somebody = is_for_somebody
        self._sound_ending = take.audio.suffix.removeprefix(".") if take.audio else "flac"
        self._services = services
        self._take_id = take.id
        self._followed = next(iter(MEANINGS))
        """The ending that the path has followed."""

    def compose(self) -> ComposeResult:
        """In which form, where to, and what follows from it."""
        options = [Option(form, f"{form:<5}  {MEANINGS[form]}") for form in MEANINGS]
        whom = [Option(value, text) for value, text in FOR_WHOM.items()]
        notes = [Option(LEFT_OUT, "left out"), Option(PUT_IN, "put in")]
        path = self._services.places.exports / f"{self._take_id}.{self._followed}"
        with Vertical(classes="box"):
            yield PlainText("Share it, or write it to a file", classes="question")
            with VerticalScroll(id="lines", can_focus=False):
                yield OptionRow("form", options, name="form")
                yield from _labelled("file", show_path(path), "path")
                yield OptionRow("for", whom, SOMEBODY if self._is_for_somebody else MYSELF, "whom")
                with Vertical(id="sharing"):
                    masked = self._services.settings.masked_names
                    yield from _labelled("names to mask", masked, "names")
                    yield from _labelled("to ask", ASKED, "asked")
                    yield OptionRow("my notes", notes, name="notes")
                yield PlainText("", "remark")
            yield PlainText("Enter  write it\nEsc    cancel", classes="answers")

    def on_mount(self) -> None:
        """Show what belongs to the choice, and of a long path its end, where the name is."""
        self.follow_form()
        line = self.query_one("#path", PlainInput)
        self.call_after_refresh(line.scroll_end, animate=False)

    def on_resize(self) -> None:
        """In a low terminal the lines scroll, so that the answers below them stay in sight."""
        self.query_one(".box").set_class(self.app.size.height < LOW, "-low")

    @on(OptionRow.Changed)
    def follow_form(self) -> None:
        """Give the path the ending of a newly chosen form, where it had one of a form."""
        is_shared = self._sharing is not None
        self.query_one("#sharing").display = is_shared
        line, ending = self.query_one("#path", PlainInput), self._form
        if ending == SOUND:
            ending = SHARED_SOUND if is_shared else self._sound_ending
        path = Path(line.value)
        known = {*FORMATS, SHARED_SOUND, self._sound_ending}
        if ending != self._followed and path.suffix.removeprefix(".") in known:
            line.value = str(path.with_suffix(f".{ending}"))
        self._followed = ending
        self.remark()

    @on(Input.Changed)
    def remark(self) -> None:
        """Say whether a file would be replaced."""
        known = self._path is not None and is_file(self._path)
        remark = f"There is such a file: it will be replaced. {STAYS}" if known else STAYS
        if (sharing := self._sharing) is not None:
            remark += f" {LISTEN if sharing.names else NO_NAMES}"
        self.query_one("#remark", PlainText).show(remark)

    @on(Input.Submitted)
    def write_submitted(self) -> None:
        """Write the file."""
        self.action_write()

    @on(Written)
    def leave(self, message: Written) -> None:
        """Say where it is."""
        path = message.path
        self.notify(f"{path.name}\nin {wrap_path(path.parent)}", title="written", timeout=10)
        self.dismiss(message.path)

    def action_write(self) -> None:
        """Write the file beside the screen; where that fails, the box stays."""
        # A quick Enter overtakes the message about the form.
        self.follow_form()
        path, form, sharing = self._path, self._form, self._sharing
        if path is None:
            self.query_one("#remark", PlainText).show("Type where to write it.")
            return

        def write() -> Written:
            workspace = self._services.workspace
            if form == SOUND:
                write_atomic(path, encode_sound(workspace, self._take_id, sharing)[0])
            else:
                options = ReportOptions(sound=form == "html", sharing=sharing)
                report = build_report(workspace, self._take_id, options)
                write_atomic(path, render(report, form).encode())
            return Written(path)

        in_background(self, write, "writing a report")

    def action_down(self) -> None:
        """Go to the line below."""
        self.focus_next()

    def action_up(self) -> None:
        """Go to the line above."""
        self.focus_previous()

    @on(PlainInput.Left)
    def go_below(self) -> None:
        """Go on to the line below."""
        self.focus_next()

    def action_cancel(self) -> None:
        """Write nothing."""
        self.dismiss()

    @property
    def _form(self) -> str:
        return self.query_one("#form", OptionRow).value

    @property
    def _sharing(self) -> ShareOptions | None:
        """How it is made ready for somebody else; None where it stays with the user."""
        if self.query_one("#whom", OptionRow).value != SOMEBODY:
            return None
        return ShareOptions(
            split_names(self.query_one("#names", PlainInput).value),
            self.query_one("#asked", PlainInput).value,
            self.query_one("#notes", OptionRow).value == PUT_IN,
        )

    @property
    def _path(self) -> Path | None:
        """What was typed, from where the program was started; None when nothing was."""
        typed = parse_path(self.query_one("#path", PlainInput).value)
        return None if typed is None else typed.absolute()


def _labelled(label: str, text: str, name: str) -> ComposeResult:
    line = PlainInput(text)
    line.id = name
    with Horizontal(classes="labelled"):
        yield PlainText(label.ljust(LABEL_WIDTH), classes="muted")
        yield line
