"""One question as a session will ask it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer

from practice.core.session import Mode, find_prep_s
from practice.questions.model import Question
from practice.tui.commands import BACK, Command, bindings
from practice.tui.presentation.content import as_content, as_line
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.recording_panel import RecordingPanel

NOTHING_BEHIND = "No follow-ups, key points, terms or notes yet."
COMMAND_TABLE: tuple[Command, ...] = (BACK,)


class QuestionPreviewScreen(PracticeScreen[None]):
    """What a session shows of a question at first; the microphone stays closed.

    Args:
        services: What the screen works with.
        question: What is asked.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "question_preview.tcss"
    AUTO_FOCUS = ""
    HELP = "Above the line is what a session shows; below it what comes after the answer."

    def __init__(self, services: Services, question: Question) -> None:
        super().__init__(services)
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and the time as in a session, then what belongs to the answer."""
        yield PlainText("preview", "place")
        yield PlainText(self._question.text, "question")
        yield RecordingPanel(Mode.PRACTICE)
        with VerticalScroll(id="after"):
            yield PlainText("", "behind")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the time to think, which stands still, and what belongs to the answer."""
        prep_s = find_prep_s(self._question, self.services.settings, Mode.PRACTICE)
        self.query_one(RecordingPanel).show_preparation(
            prep_s, "time to think" if prep_s else "no time to think"
        )
        self.query_one("#behind", PlainText).show(_describe_answer(self._question))


def _describe_answer(question: Question) -> Content:
    """What the session asks and the review looks for after the answer."""
    parts: list[Content] = []
    for heading, items in (
        ("asked next", question.follow_ups),
        ("a strong answer contains", question.key_points),
        ("words to hear yourself say", (", ".join(question.terms),) if question.terms else ()),
        ("your notes", (question.notes,) if question.notes else ()),
    ):
        if items:
            parts += [as_line(heading, "$muted"), *(as_content(f"  {item}") for item in items)]
            parts.append(Content(""))
    return Content("\n").join(parts) if parts else as_line(NOTHING_BEHIND, "$muted")
