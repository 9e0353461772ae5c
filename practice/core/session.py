"""A session under way: which question comes when, how long to think and speak, and what comes next.

It knows no screen. Whoever shows it (the terminal app, or line mode) calls `due` a few times a
second and does what it says, calls the methods that the user asks for, and shows the properties.
`open_microphone`, `begin`, `finish`, `start_again`, `go_back`, `leave`, `abandon`, `delete_last`,
`close` and `summary` wait for devices or the disk. They may run on another thread than the
properties are read on, but only one of them at a time.
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
from practice.base.settings import Settings
from practice.core.answering import Answer, begin_answer
from practice.core.workspace import Workspace
from practice.library.takes import SHORTEST_ANSWER_S, Take
from practice.questions.model import LONGEST_ID, AskedQuestion, Question
from practice.schedule.proposal import REST_AFTER, takes_in_a_row

BREATH_S = 3
"""Before a retake or a follow-up there is no time to think, only to breathe in."""
HALF_OVER = 1.5
"""From this multiple of the target on it is time to come to an end."""
DEFAULT_TARGET_S = 120
"""The target where neither the question nor the settings have one."""
FOLLOW_UP_SUFFIX = "-follow-up"
"""What the id of a follow-up ends with: its takes are not takes of the question itself."""


class Mode(StrEnum):
    """How a session is held."""

    PRACTICE = "practice"
    """Retake, follow up, stop where you like."""
    INTERVIEW = "interview"
    """The time to think runs out, one take with a hard stop, and no review until the end."""


class SessionPhase(StrEnum):
    """How far a session is with its present question."""

    PREPARING = "preparing"
    """The question is shown, the microphone opens, the time to think runs down."""
    OPENING = "opening"
    """The answer has been begun and no sample has arrived yet."""
    RECORDING = "recording"
    PAUSED = "paused"
    KEEPING = "keeping"
    """The recording is being encoded."""
    KEPT = "kept"
    """The answer is in the library; the user says what comes next."""
    CLOSED = "closed"


class DueAction(StrEnum):
    """What a session has to do now without being asked."""

    BEGIN = "begin"
    FINISH = "finish"


class TargetStatus(StrEnum):
    """An answer's length against its target; the value is what is said about it."""

    WITHIN = ""
    AT_TARGET = "at your target"
    WRAP_UP = "wrap up"


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What a session came to."""

    takes: tuple[Take, ...]
    """In the order in which they were recorded."""
    questions: int
    """Different questions and follow-ups answered."""
    spoken_s: float
    """Recorded time in all."""


def find_target_s(question: Question, settings: Settings) -> int:
    """How long an answer to `question` should take."""
    return question.target_s or settings.target_s or DEFAULT_TARGET_S


def find_prep_s(question: Question, settings: Settings) -> int:
    """The time to think before `question`: its own, else that of the settings."""
    return settings.prep_s if question.prep_s is None else question.prep_s


class SessionRun:
    """Asks questions one after the other and keeps every answer.

    Args:
        workspace: Where the answers are kept.
        questions: In the order in which to ask them; at least one.
        mode: How the session is held.
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
        """Index of the present question in `questions`; while a follow-up is asked, the index of
        the question that it follows."""
        self.asked = self.questions[0]
        """The question, or follow-up, that is asked now."""
        self.prep_s: float = find_prep_s(self.asked.question, workspace.settings)
        """The time to think before this answer, in all."""
        self.take_ids: list[str] = []
        """What was kept, in order."""
        self.last: Answer | None = None
        """The answer kept last; None before there is one and once it is deleted."""
        self._answered: AskedQuestion | None = None
        """What the answer kept last answers, while a follow-up or a retake of it is asked."""
        self._wanted: Answer | None = None
        """A short answer that is kept because that was asked for."""
        self._begin_at = monotonic() + self.prep_s
        self._session_id: str | None = None
        self._phase = SessionPhase.PREPARING
        self._microphone: OpenMicrophone | None = None
        self._answer: Answer | None = None

    @property
    def phase(self) -> SessionPhase:
        """How far it is with the present question."""
        # The recorder knows first: it sees the first sample, and where a pause begins.
        if self._phase is SessionPhase.RECORDING and self._answer is not None:
            phases = {
                RecorderPhase.OPENING: SessionPhase.OPENING,
                RecorderPhase.PAUSED: SessionPhase.PAUSED,
            }
            return phases.get(self._answer.recorder.phase, SessionPhase.RECORDING)
        return self._phase

    @property
    def prep_left_s(self) -> float:
        """Time to think that is left."""
        return max(0.0, self._begin_at - self._monotonic())

    @property
    def listens(self) -> bool:
        """Whether the microphone is open."""
        return self._microphone is not None

    @property
    def elapsed_s(self) -> float:
        """How much of the present answer is recorded."""
        return self._answer.recorder.elapsed_s if self._answer is not None else 0.0

    @property
    def target_s(self) -> int:
        """How long the answer should take."""
        return find_target_s(self.asked.question, self._workspace.settings)

    @property
    def target_status(self) -> TargetStatus:
        """The answer's length against its target."""
        if self.elapsed_s >= self.target_s * HALF_OVER:
            return TargetStatus.WRAP_UP
        return TargetStatus.AT_TARGET if self.elapsed_s >= self.target_s else TargetStatus.WITHIN

    @property
    def muted(self) -> bool:
        """Whether samples arrive and every one of them is zero."""
        if self._answer is None:
            return self._microphone is not None and self._microphone.muted
        return self.elapsed_s >= MUTE_AFTER_S and self._answer.recorder.silent

    @property
    def can_skip(self) -> bool:
        """Whether the time to think may be cut short."""
        return self._phase is SessionPhase.PREPARING and self.mode is Mode.PRACTICE

    @property
    def can_finish(self) -> bool:
        """Whether the answer may be ended: an interview has no second try after an early Enter."""
        return self.mode is Mode.PRACTICE or self.elapsed_s >= SHORTEST_ANSWER_S

    @property
    def can_go_back(self) -> bool:
        """Whether the answer kept last can be gone back to instead of the one that is asked for."""
        return self._phase is SessionPhase.PREPARING and self._answered is not None

    @property
    def follow_up(self) -> Question | None:
        """What an interviewer would ask next, as a question of its own; None when there is none."""
        question = self.asked.question
        if not question.follow_ups or self.mode is Mode.INTERVIEW:
            return None
        first, *others = question.follow_ups
        return msgspec.structs.replace(
            question,
            id=question.id[: LONGEST_ID - len(FOLLOW_UP_SUFFIX)] + FOLLOW_UP_SUFFIX,
            text=first,
            follow_ups=tuple(others),
            # These belong to the answer of the question itself.
            key_points=(),
            terms=(),
        )

    @property
    def next_question(self) -> AskedQuestion | None:
        """What comes after this question; None when it is the last."""
        is_last = self.index + 1 == len(self.questions)
        return None if is_last else self.questions[self.index + 1]

    @property
    def should_rest(self) -> bool:
        """Whether the last takes in a row, today, answered this question; it is better left then.

        Reads the library.
        """
        recent = self._workspace.library.takes(limit=REST_AFTER)
        return takes_in_a_row(recent, self._workspace.clock.now()) >= REST_AFTER

    def level(self) -> Level | None:
        """How loud the microphone is since the last call; None while it is not open."""
        if self._answer is not None:
            return self._answer.recorder.level()
        return self._microphone.level() if self._microphone is not None else None

    def due(self) -> DueAction | None:
        """What is to be done now without being asked."""
        if self._phase is SessionPhase.PREPARING:
            # Never before the microphone runs: the first words would be lost.
            can_begin = self._microphone is not None and not self.prep_left_s
            return DueAction.BEGIN if can_begin else None
        if self._phase is not SessionPhase.RECORDING or self._answer is None:
            return None
        hard_stop = self.mode is Mode.INTERVIEW and self.elapsed_s >= self.target_s
        has_ended = self._answer.recorder.wait(0)  # the device went away, or the disk is full
        return DueAction.FINISH if hard_stop or has_ended else None

    def skip(self) -> None:
        """Cut the time to think short; the answer begins once the microphone is open."""
        self._begin_at = self._monotonic()

    def reopen_microphone(self) -> None:
        """Open the microphone that was missing; the time to think begins once it is there."""
        self.open_microphone()
        self._begin_at = self._monotonic() + self.prep_s

    def open_microphone(self) -> None:
        """Open the microphone while the question is read; it records nothing yet.

        The speech model is loaded meanwhile.

        Raises:
            AudioError: It cannot be opened; call again to try again.
        """
        self._workspace.warm()
        microphone = OpenMicrophone(self._open_source())
        microphone.open()
        # Opening may take seconds, and the session may have been closed on another thread by then.
        if self._phase is SessionPhase.CLOSED:
            microphone.stop()
        else:
            self._microphone = microphone

    def begin(self) -> None:
        """Start to record the answer.

        Raises:
            AudioError: The microphone cannot be opened or has gone; the question stands.
            StorageError: The disk refused; the question stands.
        """
        self._phase = SessionPhase.OPENING
        try:
            if self._microphone is None:
                self.open_microphone()
            assert self._microphone is not None
            # Made here and not before: a session without an answer leaves nothing in the library.
            if self._session_id is None:
                banks = {asked.bank for asked in self.questions}
                bank = banks.pop() if len(banks) == 1 else None
                self._session_id = self._workspace.library.begin_session(self.mode, bank)
            self._answer = begin_answer(
                self._workspace, self._microphone, self.asked, self._session_id
            )
        except PracticeError:
            self._close_microphone()
            self._phase = SessionPhase.PREPARING
            raise
        self._phase = SessionPhase.RECORDING

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
        self._phase = SessionPhase.KEEPING
        try:
            answer.finish()
        except AudioError:
            self._phase = SessionPhase.PREPARING
            raise
        finally:
            # The recorder has closed the microphone in any case.
            self._answer = self._microphone = None
        self.take_ids.append(answer.take.id)
        self.last = answer
        self._phase = SessionPhase.KEPT
        return answer

    @property
    def is_fragment(self) -> bool:
        """Whether the answer recorded last is too short to be kept without being asked for.

        It lies in the library until something else is asked for, so that no crash loses it. In an
        interview nobody can be asked, and everything is kept.
        """
        return (
            self._phase is SessionPhase.KEPT
            and self.mode is Mode.PRACTICE
            and self.last is not None
            and self.last is not self._wanted
            and self.last.take.is_fragment
        )

    def keep_fragment(self) -> None:
        """Keep the answer recorded last although it is short."""
        self._wanted = self.last

    def drop_fragment(self) -> None:
        """Delete the answer recorded last where it is a fragment that nobody asked to keep.

        Raises:
            StorageError: The disk refused; it is still there.
        """
        if self.is_fragment and self.last is not None:
            if live := self.last.pop_live():
                live.cancel()
            self.delete_last()

    def start_again(self) -> Answer | None:
        """Record the question again; what was said so far is returned where it is kept."""
        self.finish()
        self.drop_fragment()
        kept = self.last
        self.begin()
        return kept

    def retake(self) -> None:
        """Ask the same question again."""
        self._ask(self.asked, BREATH_S, self.asked)

    def ask_follow_up(self) -> None:
        """Ask what an interviewer would ask next; there must be a `follow_up`."""
        question = self.follow_up
        assert question is not None, "there is no follow-up"
        self._ask(AskedQuestion(self.asked.bank, question), BREATH_S, self.asked)

    def go_back(self) -> None:
        """Leave a follow-up or retake that is not begun; the answer kept last stands as before."""
        assert self._answered is not None, "nothing was answered before"
        self._close_microphone()
        self.asked, self._phase = self._answered, SessionPhase.KEPT

    def ask_next(self) -> bool:
        """Ask the next question; False, with nothing changed, when there is none."""
        asked = self.next_question
        if asked is None:
            return False
        self.index += 1
        self._ask(asked, find_prep_s(asked.question, self._workspace.settings))
        return True

    def delete_last(self) -> None:
        """Delete the answer kept last for good: sound, words and review.

        Raises:
            StorageError: The disk refused; it is still there.
        """
        self._workspace.library.delete(self.take_ids[-1])
        self.forget_last()

    def forget_last(self) -> None:
        """Let go of the answer kept last, which is deleted."""
        self.take_ids.pop()
        self.last = None

    def leave(self) -> Answer | None:
        """Keep what is being recorded, unless it is a fragment, and close.

        Raises:
            AudioError, StorageError: As `finish`; it is closed all the same.
        """
        try:
            if self._answer is None:
                return None
            self.finish()
            self.drop_fragment()
            return self.last
        finally:
            self.close()

    def abandon(self) -> None:
        """Close at once; what is being recorded becomes a take at the next start of practice."""
        answer, self._answer = self._answer, None
        if answer is not None:
            self._microphone = None
            answer.abandon()
        self.close()

    def close(self) -> None:
        """Let go of the microphone and end the session; safe to call twice."""
        self._phase = SessionPhase.CLOSED
        self._close_microphone()
        if self._session_id is not None:
            self._workspace.library.end_session(self._session_id)

    def summary(self) -> SessionSummary:
        """What it came to, as the library has it now; what was deleted meanwhile is left out."""
        takes = tuple(self._workspace.library.existing_takes(self.take_ids))
        return SessionSummary(
            takes,
            len({(take.bank, take.question_id) for take in takes}),
            sum(take.duration_s or 0.0 for take in takes),
        )

    def _ask(
        self, asked: AskedQuestion, prep_s: float, answered: AskedQuestion | None = None
    ) -> None:
        self.asked, self._answered = asked, answered
        self.prep_s = prep_s
        self._begin_at = self._monotonic() + prep_s
        self._phase = SessionPhase.PREPARING

    def _close_microphone(self) -> None:
        microphone, self._microphone = self._microphone, None
        if microphone is not None:
            microphone.stop()
