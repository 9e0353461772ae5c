"""One sitting: which question comes when, how long to think and speak, and what comes next.

The state of a session without any face. A face calls `due` a few times a second and does what it
says, calls the methods that its user asks for, and shows the properties. `open_microphone`,
`begin`, `finish`, `start_again`, `leave` and `drop` block and may run beside the screen, one at a
time.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from practice.audio.level import Level
from practice.audio.recorder import Phase as RecorderPhase
from practice.audio.sound_check import MUTE_AFTER_S, OpenMicrophone
from practice.audio.source import Source
from practice.base.errors import AudioError, PracticeError
from practice.core.answering import Answer, begin_answer
from practice.core.workspace import Workspace
from practice.library.takes import Take
from practice.questions.model import LONGEST_ID, AskedQuestion, Question
from practice.schedule.proposal import REST_AFTER, Candidate, Proposal, takes_in_a_row

BREATH_S = 3
"""Before a retake or a follow-up there is no time to think, only to breathe in."""
HALF_OVER = 1.5
"""From this multiple of the target on it is time to come to an end."""


class Mode(StrEnum):
    """How a sitting is held."""

    PRACTICE = "practice"
    """Retake, follow up, stop where you like."""
    INTERVIEW = "interview"
    """Fixed preparation, one take with a hard stop, and no review until the end."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as somebody asked for it."""

    mode: Mode
    count: int
    bank: str | None = None
    """The name of a bank; None for all of them."""

    def candidates(self, proposals: Sequence[Proposal]) -> list[Candidate]:
        """The questions to serve, out of `proposals` in their order."""
        fitting = [p.candidate for p in proposals if self.bank in {None, p.candidate.bank}]
        return fitting[: self.count]


class Phase(StrEnum):
    """Where a sitting stands."""

    PREPARING = "preparing"
    """The question is shown, the microphone opens, the time to think runs down."""
    OPENING = "opening"
    """The answer has been begun and no sample has arrived yet."""
    RECORDING = "recording"
    PAUSED = "paused"
    KEEPING = "keeping"
    """The recording is being encoded."""
    KEPT = "kept"
    """The answer is in the library; what next is the user's to say."""
    CLOSED = "closed"


class DueAction(StrEnum):
    """What a face has to do now without being asked."""

    BEGIN = "begin"
    FINISH = "finish"


class TargetStatus(StrEnum):
    """An answer's length against its target; the value is what is said about it."""

    WITHIN = ""
    AT_TARGET = "at your target"
    WRAP_UP = "wrap up"


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What a sitting came to."""

    takes: tuple[Take, ...]
    """In the order in which they were recorded."""
    questions: int
    """Different questions and follow-ups answered."""
    spoken_s: float
    """Recorded time in all."""


class SessionRun:
    """Serves questions one after the other and keeps every answer.

    Args:
        workspace: What is worked in.
        questions: In the order in which to serve them; at least one.
        mode: How it is held.
        open_source: Gives the microphone, not yet open, for one answer; raises AudioError.
        monotonic: Seconds that only grow.
    """

    def __init__(
        self,
        workspace: Workspace,
        questions: Sequence[AskedQuestion],
        mode: Mode,
        open_source: Callable[[], Source],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._open_source = open_source
        self._monotonic = monotonic
        self.questions = list(questions)
        self.mode = mode
        self.index = 0
        """The place of the present question in `questions`; a follow-up keeps that of its own."""
        self.served = self.questions[0]
        """What is being asked."""
        self.take_ids: list[str] = []
        """What was kept, in order."""
        self.last: Answer | None = None
        """The answer kept last; None before there is one and once it is deleted."""
        self._session_id: str | None = None
        self._phase = Phase.PREPARING
        self._microphone: OpenMicrophone | None = None
        self._answer: Answer | None = None
        self._serve(self.served, self._time_to_think())

    @property
    def phase(self) -> Phase:
        """Where it stands now."""
        if self._phase is Phase.RECORDING and self._answer is not None:
            phases = {
                RecorderPhase.OPENING: Phase.OPENING,
                RecorderPhase.PAUSED: Phase.PAUSED,
            }
            return phases.get(self._answer.recorder.phase, Phase.RECORDING)
        return self._phase

    @property
    def prep_left_s(self) -> float:
        """Time to think that is left."""
        return max(0.0, self._begin_at - self._monotonic())

    @property
    def listens(self) -> bool:
        """The microphone is open."""
        return self._microphone is not None

    @property
    def elapsed_s(self) -> float:
        """How much of the present answer is recorded."""
        return self._answer.recorder.elapsed_s if self._answer is not None else 0.0

    @property
    def target_s(self) -> int:
        """How long the answer should take."""
        return self.served.question.target_s or self._workspace.settings.target_s or 120

    @property
    def standing(self) -> TargetStatus:
        """The answer's length against its target."""
        if self.elapsed_s >= self.target_s * HALF_OVER:
            return TargetStatus.WRAP_UP
        return TargetStatus.AT_TARGET if self.elapsed_s >= self.target_s else TargetStatus.WITHIN

    @property
    def muted(self) -> bool:
        """Samples arrive and every one of them is zero."""
        if self._answer is None:
            return self._microphone is not None and self._microphone.muted
        return self.elapsed_s >= MUTE_AFTER_S and self._answer.recorder.silent

    @property
    def can_skip(self) -> bool:
        """The time to think may be cut short."""
        return self._phase is Phase.PREPARING and self.mode is Mode.PRACTICE

    @property
    def can_retake(self) -> bool:
        """The question may be answered again."""
        return self._phase is Phase.KEPT and self.mode is Mode.PRACTICE

    @property
    def follow_up(self) -> Question | None:
        """What an interviewer would ask next, as a question of its own; None when there is none."""
        asked = self.served.question
        if not asked.follow_ups or self.mode is Mode.INTERVIEW:
            return None
        first, *others = asked.follow_ups
        name = asked.id[: LONGEST_ID - len(_FOLLOW_UP)] + _FOLLOW_UP
        return msgspec.structs.replace(
            asked, id=name, text=first, follow_ups=tuple(others), key_points=(), terms=()
        )

    @property
    def next_question(self) -> AskedQuestion | None:
        """What comes after this question; None when it is the last."""
        following = self.questions[self.index + 1 : self.index + 2]
        return following[0] if following else None

    @property
    def should_rest(self) -> bool:
        """The last takes in a row, today, answered this question; it is better left until later."""
        recent = self._workspace.library.takes(limit=REST_AFTER)
        return takes_in_a_row(recent, self._workspace.clock.now()) >= REST_AFTER

    def level(self) -> Level | None:
        """How loud the microphone is since the last call; None while it is not open."""
        if self._answer is not None:
            return self._answer.recorder.level()
        return self._microphone.level() if self._microphone is not None else None

    def due(self) -> DueAction | None:
        """What is to be done now without being asked."""
        if self._phase is Phase.PREPARING:
            return (
                DueAction.BEGIN if self._microphone is not None and not self.prep_left_s else None
            )
        if self._phase is not Phase.RECORDING or self._answer is None:
            return None
        hard_stop = self.mode is Mode.INTERVIEW and self.elapsed_s >= self.target_s
        return DueAction.FINISH if hard_stop or self._answer.recorder.wait(0) else None

    def skip(self) -> None:
        """Cut the time to think short; the answer begins once the microphone is open."""
        self._begin_at = self._monotonic()

    def open_microphone(self) -> None:
        """Open the microphone while the question is read; it records nothing yet.

        The speech model is loaded meanwhile.

        Raises:
            AudioError: It cannot be opened; call again to try again.
        """
        self._workspace.warm()
        microphone = OpenMicrophone(self._open_source())
        microphone.open()
        if self._phase is Phase.CLOSED:
            microphone.stop()
        else:
            self._microphone = microphone

    def begin(self) -> None:
        """Start to record the answer.

        Raises:
            AudioError: The microphone cannot be opened or has gone; the question stands.
            StorageError: The disk refused; likewise.
        """
        self._phase = Phase.OPENING
        try:
            if self._microphone is None:
                self.open_microphone()
            assert self._microphone is not None
            if self._session_id is None:
                banks = {served.bank for served in self.questions}
                bank = banks.pop() if len(banks) == 1 else None
                self._session_id = self._workspace.library.begin_session(self.mode, bank)
            self._answer = begin_answer(
                self._workspace, self._microphone, self.served, self._session_id
            )
        except PracticeError:
            self._close_microphone()
            self._phase = Phase.PREPARING
            raise
        self._phase = Phase.RECORDING

    def pause(self) -> None:
        """Record nothing for a while; nothing happens unless it is recording."""
        if self._answer is not None:
            self._answer.recorder.pause()

    def resume(self) -> None:
        """Go on recording."""
        if self._answer is not None:
            self._answer.recorder.resume()

    def finish(self) -> Answer:
        """Stop and keep the answer.

        Raises:
            AudioError: Not one sample had arrived; the question stands.
            StorageError: The disk refused; the samples wait for the next start of practice.
        """
        answer = self._answer
        assert answer is not None, "nothing is being recorded"
        self._phase = Phase.KEEPING
        try:
            answer.finish()
        except AudioError:
            self._phase = Phase.PREPARING
            raise
        finally:
            self._answer = self._microphone = None
        self.take_ids.append(answer.take.id)
        self.last = answer
        self._phase = Phase.KEPT
        return answer

    def start_again(self) -> Answer:
        """Keep what was said so far and record the question anew; returns what was kept."""
        kept = self.finish()
        self.begin()
        return kept

    def retake(self) -> None:
        """Ask the same question once more."""
        self._serve(self.served, BREATH_S)

    def ask_follow_up(self) -> None:
        """Ask what an interviewer would ask next; there must be a `follow_up`."""
        question = self.follow_up
        assert question is not None, "there is no follow-up"
        self._serve(AskedQuestion(self.served.bank, question), BREATH_S)

    def next(self) -> bool:
        """Ask the next question; False, with nothing changed, when there is none."""
        following = self.next_question
        if following is None:
            return False
        self.index += 1
        self._serve(following, self._time_to_think(following))
        return True

    def forget_last(self) -> None:
        """Delete the answer kept last for good: sound, words and review.

        Raises:
            StorageError: The disk refused; it is still there.
        """
        self._workspace.library.delete(self.take_ids[-1])
        self.take_ids.pop()
        self.last = None

    def leave(self) -> Answer | None:
        """Keep what is being recorded, if anything, and close.

        Raises:
            AudioError, StorageError: As `finish`; it is closed all the same.
        """
        try:
            return self.finish() if self._answer is not None else None
        finally:
            self.close()

    def drop(self) -> None:
        """Close at once; what is being recorded becomes a take at the next start of practice."""
        answer, self._answer = self._answer, None
        if answer is not None:
            self._microphone = None
            answer.leave()
        self.close()

    def close(self) -> None:
        """Let go of the microphone and end the session; safe to call twice."""
        self._phase = Phase.CLOSED
        self._close_microphone()
        if self._session_id is not None:
            self._workspace.library.end_session(self._session_id)

    def summary(self) -> SessionSummary:
        """What it came to, as the library has it now."""
        takes = tuple(self._workspace.library.take(take_id) for take_id in self.take_ids)
        return SessionSummary(
            takes,
            len({(take.bank, take.question_id) for take in takes}),
            sum(take.duration_s or 0.0 for take in takes),
        )

    def _serve(self, served: AskedQuestion, prep_s: float) -> None:
        self.served = served
        self.prep_s = prep_s
        """Time to think, in all."""
        self._begin_at = self._monotonic() + prep_s
        self._phase = Phase.PREPARING

    def _time_to_think(self, served: AskedQuestion | None = None) -> int:
        fixed = self._workspace.settings.prep_s
        own = (served or self.served).question.prep_s
        return fixed if self.mode is Mode.INTERVIEW or own is None else own

    def _close_microphone(self) -> None:
        microphone, self._microphone = self._microphone, None
        if microphone is not None:
            microphone.stop()


_FOLLOW_UP = "-follow-up"
