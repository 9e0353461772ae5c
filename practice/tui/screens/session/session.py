"""One sitting on screen: think, speak, keep, and what comes next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Footer

from practice.base.errors import NotFoundError
from practice.core.answering import Answer
from practice.core.session import DueAction, Mode, Phase, SessionRun, SessionSummary
from practice.library.takes import Take
from practice.questions.model import AskedQuestion
from practice.schedule.proposal import Candidate
from practice.tui.commands import Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ErrorRaised, ReviewNews
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.answer_saved_panel import AnswerSavedPanel
from practice.tui.widgets.level_meter import POLL_S
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.recording_panel import RecordingPanel

COMMAND_TABLE = (
    Command("session.begin", "enter", "begin now", "Cut the time to think short.", footer=True),
    Command("session.pause", "space", "pause", "Pause the recording, or go on.", footer=True),
    Command("session.done", "enter", "done", "End the answer and keep it.", footer=True),
    Command("session.next", "enter", "next", "Go on to the next question.", footer=True),
    Command(
        "session.start-again", "r", "start again", "Keep what was said, and begin a new take.",
        footer=True,
    ),
    Command("session.retake", "r", "retake", "Answer the same question once more.", footer=True),
    Command("session.listen", "l,space", "listen", "Hear the answer, or stop it.", footer=True),
    Command("session.review", "v", "review", "Read this answer with its marks.", footer=True),
    Command("session.cancel", "c", "cancel", "Transcribe it no further; its sound is kept."),
    Command("session.follow-up", "f", "follow-up", "Be asked what comes next.", footer=True),
    Command("session.delete", "delete", "delete", "Delete this take for good."),
    Command("session.leave", "escape", "leave", "End the session; asks while you speak.",
            footer=True),
)  # fmt: skip

_SPEAKING = {Phase.RECORDING, Phase.PAUSED}
_AVAILABLE = {
    "begin": {Phase.PREPARING},
    "pause": _SPEAKING,
    "done": _SPEAKING,
    "next": {Phase.KEPT},
    "start_again": _SPEAKING,
    "retake": {Phase.KEPT},
    "listen": {Phase.KEPT},
    "review": {Phase.KEPT},
    "cancel": {Phase.KEPT},
    "follow_up": {Phase.KEPT},
    "delete": {Phase.KEPT},
}
_NOT_IN_AN_INTERVIEW = {
    "pause", "start_again", "retake", "listen", "review", "follow_up", "delete",
}  # fmt: skip
_ON_THE_ANSWER = {"listen", "review", "delete"}
LEAVING_COSTS = "Leave in the middle of this answer? What you have said is kept."


@dataclass
class StepDone(Message):
    """The sitting has done what took time: opened, begun, kept or deleted."""

    kept: Answer | None = None
    should_rest: bool = False
    """The question has been answered often enough for today."""


@dataclass
class KeptTakeRead(Message):
    """The answer kept last was read again."""

    take: Take


@dataclass
class Closed(Message):
    """The sitting is closed."""

    reached: SessionSummary | None
    """What it came to; None when nothing was kept."""


class SessionScreen(PracticeScreen[None]):
    """Shows one question at a time, and nothing that counts while somebody speaks.

    Args:
        services: What the screen works with.
        candidates: The questions, in the order in which to serve them.
        mode: How the sitting is held.
        counted: Whether the questions are a set, so that their number means something.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = ""
    HELP = (
        "Think, then speak; nothing is counted while you do. Every answer is kept, whatever you "
        "press, until you delete it."
    )

    phase: reactive[Phase] = reactive(Phase.PREPARING, bindings=True)
    """Where the sitting stood when it was last looked at."""

    def __init__(
        self,
        services: Services,
        candidates: Sequence[Candidate],
        mode: Mode,
        *,
        counted: bool = False,
    ) -> None:
        super().__init__(services)
        self._counted = counted
        self._player = services.devices.player()
        self._busy = False
        self._leaving = False
        """To be left as soon as nothing is under way."""
        self._ending = False
        self._problem = ""
        self.sitting = SessionRun(
            services.workspace,
            [AskedQuestion(candidate.bank, candidate.question) for candidate in candidates],
            mode,
            lambda: services.devices.microphone(services.settings.microphone),
            services.monotonic,
        )

    def compose(self) -> ComposeResult:
        """The question above; below it either the time or what was kept."""
        yield PlainText("", "place")
        yield PlainText("", "question")
        yield RecordingPanel(self.sitting.mode)
        yield AnswerSavedPanel()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Open the microphone while the question is read."""
        self.set_interval(POLL_S, self.poll)
        self.host.review_news.subscribe(self, self.show_news)
        self._serve()

    def on_unmount(self) -> None:
        """Let go of microphone and loudspeaker."""
        self._player.stop()
        in_background(self.app, self.sitting.close, "closing the sitting")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done follows from where the sitting stands."""
        sitting = self.sitting
        if action in _NOT_IN_AN_INTERVIEW and sitting.mode is Mode.INTERVIEW:
            return False
        if action == "begin" and not (sitting.can_skip or self._problem):
            return False
        if action == "follow_up" and sitting.follow_up is None:
            return False
        if action in _ON_THE_ANSWER and sitting.last is None:
            return False
        if action == "cancel" and not (sitting.last and self._waits(sitting.last)):
            return False
        return action not in _AVAILABLE or sitting.phase in _AVAILABLE[action]

    @property
    def leaving_costs(self) -> str:
        """An answer that is being recorded."""
        return LEAVING_COSTS if self.sitting.phase in _SPEAKING else ""

    def finish_for_leaving(self) -> None:
        """Leave the answer in its spool: the next start makes a take of it."""
        self.sitting.drop()

    def poll(self) -> None:
        """Look at the sitting, do what is due, show where it stands."""
        step = None if self._busy else self.sitting.due()
        if step is DueAction.BEGIN:
            self._do(self.sitting.begin)
        elif step is DueAction.FINISH:
            self._do(self.sitting.finish)
        elif self._leaving:
            self._do(self.sitting.leave)
        self.phase = self.sitting.phase
        if self.phase is not Phase.KEPT:
            self.query_one(RecordingPanel).show(self.sitting)

    def watch_phase(self, old: Phase, new: Phase) -> None:
        """Let the style follow, and show what was kept."""
        self.remove_class(f"-{old}").add_class(f"-{new}")

    def show_news(self, _: ReviewNews | None = None) -> None:
        """Show how far behind the words of the kept answer are, or what came of them."""
        last = self.sitting.last
        if self.sitting.phase is Phase.KEPT and last is not None:
            take_id = last.take.id
            in_background(self, lambda: self._read_take(take_id), "reading the take")

    def _read_take(self, take_id: str) -> KeptTakeRead | None:
        try:
            return KeptTakeRead(self.services.workspace.library.take(take_id))
        except NotFoundError:  # it was deleted meanwhile
            return None

    @on(KeptTakeRead)
    def show_kept_take(self, message: KeptTakeRead) -> None:
        """Show what came of the words, unless another question is asked by now."""
        last, reviews, take = self.sitting.last, self.host.reviews, message.take
        if self.sitting.phase is Phase.KEPT and last is not None and last.take.id == take.id:
            self.query_one(AnswerSavedPanel).show_words(
                take, reviews.part(take.id), reviews.left_s(take.id)
            )
            self.refresh_bindings()

    @on(StepDone)
    def take_step(self, message: StepDone) -> None:
        """Go on after what took time."""
        self._busy, self._problem = False, ""
        if message.kept is not None:
            self._keep(message.kept, message.should_rest)
        elif self.sitting.phase is Phase.KEPT:
            self.query_one(AnswerSavedPanel).show_deleted(self.sitting)
            self.refresh_bindings()
        if self.sitting.phase is Phase.CLOSED:
            self._end()
        else:
            self.poll()

    @on(ErrorRaised)
    def show_problem(self, message: ErrorRaised) -> None:
        """Say what failed where the eye is; the question stands and Enter tries again."""
        message.stop()
        self._busy = False
        if self._ending or self.sitting.phase is Phase.CLOSED:
            self.host.show_error(message.error)
            self.dismiss()
            return
        if self.sitting.phase is Phase.KEPT:  # the panel of the recording is hidden then
            self.host.show_error(message.error)
            return
        self._problem = f"{message.error.message}\n{message.error.hint}"
        self.query_one(RecordingPanel).show_problem(self._problem)
        self.poll()
        self.refresh_bindings()

    def action_begin(self) -> None:
        """Begin now, or try once more to open the microphone."""
        self.sitting.skip()
        if self._problem:
            self._open_microphone()

    def action_pause(self) -> None:
        """Pause, or go on."""
        if self.sitting.phase is Phase.PAUSED:
            self.sitting.resume()
        else:
            self.sitting.pause()

    def action_done(self) -> None:
        """End the answer and keep it."""
        self._do(self.sitting.finish)

    def action_start_again(self) -> None:
        """Keep what was said, and begin a new take."""
        self._do(self.sitting.start_again)

    def action_next(self) -> None:
        """Go on to the next question, or to the end."""
        self._player.stop()
        if self.sitting.next():
            self._serve()
        else:
            self._end()

    def action_retake(self) -> None:
        """Answer the same question once more."""
        self._player.stop()
        self.sitting.retake()
        self._serve()

    def action_follow_up(self) -> None:
        """Be asked what comes next."""
        self._player.stop()
        self.sitting.ask_follow_up()
        self._serve()

    def action_listen(self) -> None:
        """Hear the answer that was kept, or stop it."""
        last = self.sitting.last
        if self._player.playing or last is None or last.take.audio is None:
            self._player.stop()
        else:
            audio = last.take.audio
            in_background(self, lambda: self._player.play(audio), "playing")

    def action_review(self) -> None:
        """Read the answer that was kept, with its marks."""
        self._player.stop()
        if self.sitting.last is not None:
            self.host.navigator.open_review(self.sitting.last.take.id)

    def action_cancel(self) -> None:
        """Transcribe the answer no further."""
        if self.sitting.last is not None:
            self.cancel_hearing(self.sitting.last.take.id)

    def action_delete(self) -> None:
        """Delete the answer that was kept, when that is confirmed."""
        question = "Delete this take for good? Sound, words and review are gone then."
        self.host.navigator.ask(question, "delete", "keep", self._delete_if)

    def action_leave(self) -> None:
        """End the session; ask first in the middle of an answer."""
        if self.leaving_costs:
            self.host.navigator.ask(LEAVING_COSTS, "leave", "go on speaking", self._leave_if)
        elif self.sitting.phase in {Phase.OPENING, Phase.KEEPING}:
            self._leaving = True
        else:
            self._end()

    def _serve(self) -> None:
        """Show the question of the sitting and open the microphone for it."""
        sitting = self.sitting
        place = f"{sitting.index + 1} of {len(sitting.questions)}" if self._counted else ""
        self.query_one("#place", PlainText).show(place)
        self.query_one("#question", PlainText).show(sitting.served.question.text)
        self._open_microphone()
        self.poll()

    def _open_microphone(self) -> None:
        self._problem = ""
        self.query_one(RecordingPanel).show_problem("")
        self._do(self.sitting.open_microphone)

    def _do(self, work: Callable[[], Answer | None]) -> None:
        """Let the sitting do what takes time, one thing at a time."""
        if not self._busy:
            self._busy = True
            in_background(self, lambda: self._step(work), "sitting")

    def _step(self, work: Callable[[], Answer | None]) -> StepDone:
        kept = work()
        return StepDone(kept, kept is not None and self.sitting.should_rest)

    def _keep(self, answer: Answer, should_rest: bool) -> None:
        """Put the answer on the desk; show what was kept, or in an interview go on."""
        self.host.reviews.add(answer.take.id, answer.pop_live())
        if self.sitting.phase is not Phase.KEPT:
            return
        if self.sitting.mode is Mode.INTERVIEW:
            self.action_next()
        else:
            self.query_one(AnswerSavedPanel).show(
                self.sitting, answer.take, should_rest=should_rest
            )
            self.show_news()

    def _waits(self, answer: Answer) -> bool:
        return self.host.reviews.part(answer.take.id) is not None

    def _delete_if(self, sure: bool | None) -> None:
        if sure:
            self._player.stop()
            self._do(self.sitting.forget_last)

    def _leave_if(self, sure: bool | None) -> None:
        self._leaving = self._leaving or bool(sure)

    def _end(self) -> None:
        """Close with a summary, or without one when nothing was kept."""
        if not self._ending:
            self._ending = True
            in_background(self, self._close, "closing the sitting")

    def _close(self) -> Closed:
        self.sitting.close()
        return Closed(self.sitting.summary() if self.sitting.take_ids else None)

    @on(Closed)
    def leave_closed(self, message: Closed) -> None:
        """Go on to what the sitting came to, or back."""
        if message.reached is not None:
            self.host.navigator.open_summary(message.reached)
        else:
            self.dismiss()
