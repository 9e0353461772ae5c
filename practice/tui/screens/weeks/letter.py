"""Letters about an interview: read, edited in the user's editor, copied or saved; never sent."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from practice.base.errors import PracticeError, storage_error
from practice.base.paths import show_path
from practice.base.system import editor
from practice.base.text import plain
from practice.core.letters import letter_about, propose_file, save_letter
from practice.letters.facts import LETTER_KINDS, PURPOSES, LetterKind
from practice.library.interviews import Interview
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation.path_text import wrap_path
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("letter.copy", "C", "copy", "Copy the letter, to paste it into a message.",
            footer=True),
    Command("letter.editor", "E", "editor", "Write it to a file and open that in your editor.",
            footer=True),
    Command("letter.save", "X", "save", "Write it to a file.", footer=True),
    Command("letter.up", "up,pageup", "up", "Scroll up."),
    Command("letter.down", "down,pagedown", "down", "Scroll down."),
    BACK,
)  # fmt: skip
COPIED = "Copied. Where the terminal does not allow that, X writes it to a file."
NOT_READY = "There is no letter yet."


@dataclass
class LetterRead(Message):
    """A letter was made, or read back from its file."""

    kind: LetterKind
    text: str


@dataclass
class LetterFailed(Message):
    """There is no letter, and why."""

    kind: LetterKind
    error: PracticeError


class LetterScreen(PracticeScreen[None]):
    """One letter; left and right choose another one.

    Args:
        services: What the screen works with.
        interview: The interview that it is about.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "letter.tcss"
    AUTO_FOCUS = "OptionRow"
    HELP = (
        "A letter made of what you noted; what is not known is left out, and so is your guess. "
        "Nothing is sent. The templates are yours to change: practice interviews templates."
    )

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview
        self._kind: LetterKind = "feedback" if interview.outcome == "rejected" else "thanks"
        self._text = ""
        self._files: dict[LetterKind, Path] = {}
        """Where letters were written: from then on, the file is the letter."""

    def compose(self) -> ComposeResult:
        """Which letter, and the letter."""
        yield PlainText(f"A letter about {self._interview.name}", classes="title")
        options = [Option(kind, f"{kind}: {PURPOSES[kind]}") for kind in LETTER_KINDS]
        yield OptionRow("letter", options, self._kind, "kind")
        with VerticalScroll(can_focus=False):
            yield PlainText("", "letter")
        yield PlainText("", "where")
        yield Footer()

    def on_mount(self) -> None:
        """Make the first letter."""
        self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a letter there is nothing to copy."""
        return None if action in {"copy", "editor", "save"} and not self._text else True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return NOT_READY

    @on(OptionRow.Changed)
    def show_other(self, message: OptionRow.Changed) -> None:
        """Make the letter that was chosen."""
        self._kind = next(kind for kind in LETTER_KINDS if kind == message.value)
        self._text = ""
        self._read()

    @on(LetterRead)
    def show_letter(self, message: LetterRead) -> None:
        """Show a letter, unless another one was chosen meanwhile."""
        if message.kind == self._kind:
            self._text = message.text
            self._show(plain(message.text))

    @on(LetterFailed)
    def show_failure(self, message: LetterFailed) -> None:
        """Say what is wrong with the template, and what to do."""
        if message.kind == self._kind:
            self._show(f"{message.error.message}\n\n{message.error.hint}")

    def action_copy(self) -> None:
        """Copy the letter by way of the terminal."""
        self.app.copy_to_clipboard(self._text)
        self.notify(COPIED)

    def action_save(self) -> None:
        """Write the letter to a file and say where it is."""
        self._write(lambda path: self.notify(wrap_path(path), title="written", timeout=10))

    def action_editor(self) -> None:
        """Write the letter to a file and open that."""
        self._write(self._open_editor)

    def action_up(self) -> None:
        """Scroll up."""
        self.query_one(VerticalScroll).scroll_up()

    def action_down(self) -> None:
        """Scroll down."""
        self.query_one(VerticalScroll).scroll_down()

    def _write(self, then: Callable[[Path], object]) -> None:
        kind, text, known = self._kind, self._text, self._files.get(self._kind)

        def write() -> Path:
            # What was edited there is the letter now, unless the file was taken away since.
            if known is not None and known.exists():
                return known
            path = propose_file(self.services.places, self._interview, kind)
            save_letter(path, text)
            return path

        def keep(path: Path) -> None:
            self._files[kind] = path
            self._show_where()
            then(path)

        self.change(write, keep)

    def _open_editor(self, path: Path) -> None:
        try:
            with self.app.suspend() if editor.needs_terminal() else nullcontext():
                editor.open_editor(path)
        except SuspendNotSupported:
            self.notify(wrap_path(path), title="the editor cannot open here")
        except PracticeError as error:
            self.host.show_error(error)
        self._read()

    def _read(self) -> None:
        kind, path = self._kind, self._files.get(self._kind)

        def read() -> Message:
            try:
                if path is None:
                    text = letter_about(self.services.workspace, self._interview.id, kind)
                else:
                    text = path.read_text(encoding="utf-8", errors="replace")
            except OSError as error:
                return LetterFailed(kind, storage_error("read", path, error))
            except PracticeError as error:
                return LetterFailed(kind, error)
            return LetterRead(kind, text)

        in_background(self, read, "making a letter")

    def _show(self, text: str) -> None:
        self.query_one("#letter", PlainText).show(text)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._show_where()
        self.refresh_bindings()

    def _show_where(self) -> None:
        path = self._files.get(self._kind)
        said = f"Written to {show_path(path)}" if path else "Nothing is sent."
        self.query_one("#where", PlainText).show(said)
