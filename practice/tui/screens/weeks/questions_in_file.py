"""The file that holds an interview's questions: its transcript, or a recording of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input

from practice.base.errors import CancelledError
from practice.base.text import one_line
from practice.library.interviews import Interview
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised
from practice.tui.screens.base import PracticeDialog
from practice.tui.services import Services
from practice.tui.widgets.path_input import PathInput, parse_path
from practice.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from practice.core.offered_questions import Offer
    from practice.speech.transcription import Progress
    from practice.tui.screens.host import Host

LOW = 18
"""Rows; in fewer, air gives way."""
COMMAND_TABLE = (Command("questions-in-file.leave", "escape", "leave", "Leave without a file."),)
ANSWERS = "→      complete\nEnter  look for questions\nEsc    leave"
WAITING = "Esc    stop listening"
CONSENT = (
    "A transcript or a recording, which is transcribed here and not kept. Speakers are not told"
    " apart. Record an interview only if everybody agreed."
)


@dataclass
class QuestionsFound(Message):
    """The file was read, or listened to."""

    offer: "Offer"


@dataclass
class FileProgressed(Message):
    """A recording is being transcribed."""

    part: float
    """0 to 1."""


class QuestionsInFileDialog(PracticeDialog["Offer"]):
    """Asks for a file and looks for questions in it; the result is what was found.

    Args:
        services: What it works with.
        interview: Whose debrief they are for.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)
    CSS_PATH = "questions_in_file.tcss"

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__()
        self._services = services
        self._interview = interview
        self._file: Path | None = None
        """What is read now; None while a name is typed."""

    def compose(self) -> ComposeResult:
        """One box with a line to type into."""
        with Vertical(classes="box"):
            yield PlainText("In which file are the questions?", classes="question")
            yield PathInput("", "path")
            yield PlainText(CONSENT, "consent")
            yield PlainText(ANSWERS, classes="answers")

    @on(Resize)
    def fit_to_height(self) -> None:
        """Keep the answers in view in a low terminal."""
        self.query_one(".box").set_class(self.app.size.height < LOW, "-low")

    @on(Input.Submitted)
    def look(self) -> None:
        """Look for questions in the file that was named."""
        file = parse_path(self.query_one(Input).value)
        if file is None or self._file is not None:
            return
        self._file = file
        self.query_one(Input).disabled = True
        self._show(f"Looking for questions in {one_line(file.name)}", WAITING)
        in_background(self, self._find(file), "looking for questions")

    @on(FileProgressed)
    def show_progress(self, message: FileProgressed) -> None:
        """Say how far it is."""
        if self._file is not None:
            name = one_line(self._file.name)
            self._show(f"Listening to {name}: {message.part:.0%}", WAITING)

    @on(QuestionsFound)
    def close(self, message: QuestionsFound) -> None:
        """Close with what was found."""
        self.dismiss(message.offer)

    @on(ErrorRaised)
    def ask_again(self, message: ErrorRaised) -> None:
        """The app says what is wrong; another name can be typed."""
        if isinstance(message.error, CancelledError):
            message.stop()
        self._file = None
        line = self.query_one(Input)
        line.disabled = False
        line.focus()
        self._show("In which file are the questions?", ANSWERS)

    def action_leave(self) -> None:
        """Stop listening, or close without a file."""
        host = cast("Host", self.app)
        if self._file is not None and host.reviews.is_idle:
            in_background(self.app, self._services.workspace.worker.cancel, "cancelling")
        self.dismiss()

    def _find(self, file: Path) -> Callable[[], Message]:
        def tell(progress: "Progress") -> None:
            self.post_message(FileProgressed(progress.part))

        def find() -> Message:
            from practice.core.offered_questions import find_offered  # lazy: it brings NumPy

            return QuestionsFound(
                find_offered(self._services.workspace, self._interview, file, tell)
            )

        return find

    def _show(self, question: str, answers: str) -> None:
        self.query_one(".question", PlainText).show(question)
        self.query_one(".answers", PlainText).show(answers)
