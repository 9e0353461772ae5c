"""How an interview went, told aloud; the questions that are mentioned are offered."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from practice.base.errors import AudioError
from practice.base.text import elapsed_time
from practice.library.interviews import Interview
from practice.library.takes import Take
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised, ReviewFailed, ReviewNews, ReviewProgressed
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.level_meter import POLL_S, LevelMeter
from practice.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from practice.core.answering import Answer
    from practice.core.offered_questions import Offer

COMMAND_TABLE = (
    Command("telling.end", "enter", "that was all", "Stop, and look for questions.", footer=True),
    Command("telling.back", "escape", "leave", "Leave; what you said is kept.", footer=True),
)
PROMPT = "Tell how it went: what they asked, and what you said."
OPENING = "the microphone is opening"
KEEPING = "keeping what you said"
LISTENING = "listening to what you said"
TOLD = "what you said"
"""What the take is called where its questions are offered."""


@dataclass
class TellingBegan(Message):
    """The microphone is open."""

    answer: "Answer"


@dataclass
class TellingKept(Message):
    """What was said is a take."""

    take: Take


@dataclass
class TellingUnderstood(Message):
    """Its questions are known."""

    offer: "Offer"


class TellingScreen(PracticeScreen["Offer"]):
    """Records until Enter; the result is what was found in it.

    Args:
        services: What the screen works with.
        interview: The interview that it is about.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "telling.tcss"
    LEADS_ELSEWHERE = False
    HELP = (
        "Say what they asked (“they asked me why I left”), and Enter. What you said is kept as a "
        "take in your library; the questions you mention are offered in the debrief."
    )

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview
        self._answer: Answer | None = None
        """What is being recorded."""
        self._take_id: str | None = None
        """What was recorded, while it is transcribed."""
        self._goes_back = False
        self._state = OPENING

    def compose(self) -> ComposeResult:
        """What to do, for how long, how loud."""
        yield PlainText(f"After {self._interview.name}", classes="title")
        yield PlainText(PROMPT, "prompt", classes="asked")
        yield PlainText(OPENING, "state")
        yield LevelMeter()
        yield Footer()

    def on_mount(self) -> None:
        """Open the microphone."""
        self.host.review_news.subscribe(self, self.show_news)
        self.set_interval(POLL_S, self._poll)
        in_background(self, self._begin, "opening the microphone")

    def on_unmount(self) -> None:
        """Let go of the microphone; what was said is made a take by the next start."""
        if self._is_recording and self._answer is not None:
            in_background(self.app, self._answer.abandon, "leaving the recording")

    @property
    def leaving_costs(self) -> str:
        """A recording is under way."""
        return "Leave while you are telling? What you said is kept." if self._is_recording else ""

    @property
    def _is_recording(self) -> bool:
        """Once it is being kept, nothing may stop it a second time."""
        return self._answer is not None and self._state != KEEPING

    def finish_for_leaving(self) -> None:
        """Leave it in its spool."""
        answer, self._answer = self._answer, None
        if answer is not None:
            answer.abandon()

    @on(TellingBegan)
    def record(self, message: TellingBegan) -> None:
        """Show that it listens."""
        self._answer = message.answer
        if self._goes_back:
            self._keep()

    @on(TellingKept)
    def listen(self, message: TellingKept) -> None:
        """Have it transcribed, after what waits already."""
        answer, self._answer = self._answer, None
        assert answer is not None
        self.host.reviews.add(message.take.id, answer.pop_live())
        if self._goes_back:
            self.dismiss()
        else:
            self._take_id, self._state = message.take.id, LISTENING
            self._show()

    def show_news(self, news: ReviewNews) -> None:
        """Follow the transcription of what was said."""
        if news.take_id != self._take_id:
            return
        if isinstance(news, ReviewProgressed):
            self._state = f"{LISTENING}: {news.part:.0%}"
            self._show()
        elif isinstance(news, ReviewFailed):
            self.host.show_error(news.error)
            self.dismiss()
        else:
            in_background(self, self._find, "looking for questions")

    @on(TellingUnderstood)
    def close(self, message: TellingUnderstood) -> None:
        """Close with what was found."""
        self.dismiss(message.offer)

    @on(ErrorRaised)
    def leave(self, message: ErrorRaised) -> None:
        """The app says what is wrong; that nothing was said is no wonder to who left at once."""
        if self._goes_back and isinstance(message.error, AudioError):
            message.stop()
        self._answer = None
        self.dismiss()

    def action_end(self) -> None:
        """Stop, and look for questions."""
        if self._is_recording:
            self._keep()

    def action_back(self) -> None:
        """Leave; what was said is kept, and transcribed in its turn."""
        if self._take_id is not None:
            self.dismiss()
            return
        self._goes_back = True
        self.action_end()

    def _poll(self) -> None:
        answer = self._answer
        if answer is None or self._state == KEEPING:
            return
        self._state = f"● {elapsed_time(answer.recorder.elapsed_s)}"
        self.query_one(LevelMeter).show(answer.recorder.level())
        self._show()
        if answer.recorder.wait(0):
            self._keep()

    def _keep(self) -> None:
        self._state = KEEPING
        self._show()
        answer = self._answer
        assert answer is not None

        def keep() -> Message:
            return TellingKept(answer.finish())

        in_background(self, keep, "keeping what was told")

    def _begin(self) -> Message | None:
        from practice.core.answering import begin_answer  # lazy: it brings NumPy

        workspace = self.services.workspace
        if missing := workspace.model().missing:
            raise missing
        source = self.services.devices.microphone(self.services.settings.microphone)
        answer = begin_answer(workspace, source)
        # Whoever left meanwhile must not be recorded.
        if not self.post_message(TellingBegan(answer)):
            answer.abandon()
        return None

    def _find(self) -> Message:
        from practice.core.offered_questions import find_offered_in_take  # lazy: it brings NumPy

        workspace = self.services.workspace
        take = workspace.library.take(self._take_id or "")
        # Nobody here knows the take by its id.
        offer = replace(find_offered_in_take(workspace, self._interview, take), source=TOLD)
        return TellingUnderstood(offer)

    def _show(self) -> None:
        self.query_one("#state", PlainText).show(self._state)
