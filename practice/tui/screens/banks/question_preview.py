"""One question as a session will ask it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from practice.core.session_rules import PRACTICE_RULES, find_prep_s
from practice.questions.model import Question
from practice.tui.commands import BACK, Command, bindings
from practice.tui.presentation.question_text import describe_answer
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.recording_panel import RecordingPanel

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
        yield PlainText(self._question.text, "question", classes="asked")
        yield RecordingPanel(PRACTICE_RULES)
        with VerticalScroll(id="after"):
            yield PlainText("", "behind")
        yield Footer()

    def on_mount(self) -> None:
        """Show the time to think, which stands still, and what belongs to the answer."""
        prep_s = find_prep_s(self._question, self.services.settings)
        self.query_one(RecordingPanel).show_preparation(
            prep_s, "time to think" if prep_s else "no time to think"
        )
        self.query_one("#behind", PlainText).show(describe_answer(self._question))
