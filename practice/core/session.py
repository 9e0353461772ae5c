"""A session under way: which question comes when, how long to think and speak, and what comes next.

It knows no screen. Whoever shows it (the terminal app, or line mode) calls `due` a few times a
second and does what it says, calls the methods that the user asks for, and shows the properties.
`open_microphone`, `begin`, `finish`, `start_again`, `go_back`, `leave`, `abandon`, `delete_last`,
`close` and `summary` wait for devices or the disk. They may run on another thread than the
properties are read on, but only one of them at a time.
"""

import time
from collections.abc import Callable, Sequence
from enum import StrEnum

from practice.audio.level import Level
from practice.audio.limited_source import LimitedSource
from practice.audio.recorder import Phase as RecorderPhase
from practice.audio.sound_check import MUTE_AFTER_S, OpenMicrophone
from practice.audio.source import Source
from practice.base.errors import AudioError, BankError, NotFoundError, PracticeError
from practice.core.answering import Answer, begin_answer
from practice.core.ladder import find_rungs
from practice.core.preparation import Preparation, ReadsAloud
from practice.core.rehearsing import Rehearsal, SlideTimes
from practice.core.session_rules import (
    INTERVIEW_RULES,
    PRACTICE_RULES,
    SessionSummary,
    TargetStatus,
    find_prep_s,
    find_target_s,
    judge_length,
)
from practice.core.sitting import BREATH_S, Sitting, follow_up_of, plan_asking, reads_aloud
from practice.core.workspace import Workspace
from practice.library.takes import SHORTEST_ANSWER_S
from practice.questions.model import AskedQuestion, Question
from practice.schedule.proposal import REST_AFTER, takes_in_a_row


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


class SessionRun:
    """Asks questions one after the other and keeps every answer.

    Args:
        workspace: Where the answers are kept.
        questions: In the order in which to ask them; at least one.
        mode: How the session is held.
        open_source: Gives the microphone, not yet open, for one answer; raises AudioError.
        monotonic: Seconds that only grow.
        sitting: The format that it is held in; its rules come before those of the mode.
        aloud: Reads questions aloud; None where nothing does.
    """

    def __init__(
        self,
        workspace: Workspace,
        questions: Sequence[AskedQuestion],
        mode: Mode,
        open_source: Callable[[], Source],
        monotonic: Callable[[], float] = time.monotonic,
        *,
        sitting: Sitting | None = None,
        aloud: ReadsAloud | None = None,
    ) -> None:
        self._workspace = workspace
        self._open_source = open_source
        self.sitting = sitting
        of_mode = INTERVIEW_RULES if mode is Mode.INTERVIEW else PRACTICE_RULES
        self.rules = sitting.rules if sitting else of_mode
        """What is allowed, and what ends by itself."""
        self.questions = plan_asking(sitting, questions) if sitting else list(questions)
        self.mode = Mode.PRACTICE if self.rules.shown_before_end else Mode.INTERVIEW
        self._rehearsal = Rehearsal(workspace.library, sitting, questions) if sitting else None
        self._preparation = Preparation(monotonic, aloud)
        self.slides = SlideTimes(self.rules.slides)
        """Of a presentation: which slide is shown, and since when."""
        self.index = 0
        """Index of the present question in `questions`; while a follow-up is asked, the index of
        the question that it follows."""
        self.asked = self.questions[0]
        """The question, or follow-up, that is asked now."""
        self.take_ids: list[str] = []
        """What was kept, in order."""
        self.last: Answer | None = None
        """The answer kept last; None before there is one and once it is deleted."""
        self._answered: AskedQuestion | None = None
        """What the answer kept last answers, while a follow-up or a retake of it is asked."""
        self._wanted: Answer | None = None
        """A short answer that is kept because that was asked for."""
        self._preparation.begin(find_prep_s(self.asked.question, workspace.settings))
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
    def prep_s(self) -> float:
        """The time to think before this answer, in all."""
        return self._preparation.prep_s

    @property
    def prep_left_s(self) -> float:
        """Time to think that is left; all of it while the question is read aloud."""
        return self._preparation.left_s

    @property
    def is_reading_aloud(self) -> bool:
        """Whether the question is read aloud now."""
        return self._preparation.is_reading

    @property
    def no_voice(self) -> str:
        """Why the question could not be read aloud, in words; empty where it could."""
        return self._preparation.obstacle

    @property
    def is_talk(self) -> bool:
        """Whether a presentation is given now."""
        return bool(self.rules.talk_s) and self.index == 0

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
        """The answer's length against its target, where it has one."""
        if not self.rules.target:
            return TargetStatus.WITHIN
        return judge_length(self.elapsed_s, self.target_s)

    @property
    def muted(self) -> bool:
        """Whether samples arrive and every one of them is zero."""
        if self._answer is None:
            return self._microphone is not None and self._microphone.muted
        return self.elapsed_s >= MUTE_AFTER_S and self._answer.recorder.silent

    @property
    def can_skip(self) -> bool:
        """Whether the time to think may be cut short."""
        return self._phase is SessionPhase.PREPARING and self.rules.begin_early

    @property
    def can_finish(self) -> bool:
        """Whether the answer may be ended: without a second try, not by an early Enter."""
        return self.rules.second_try or self.elapsed_s >= SHORTEST_ANSWER_S

    @property
    def can_go_back(self) -> bool:
        """Whether the answer kept last can be gone back to instead of the one that is asked for."""
        return self._phase is SessionPhase.PREPARING and self._answered is not None

    @property
    def follow_up(self) -> Question | None:
        """What an interviewer would ask next, as a question of its own; None when there is none."""
        return follow_up_of(self.asked.question) if self.rules.shown_before_end else None

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
            can_begin = self._microphone is not None and self._preparation.is_over
            return DueAction.BEGIN if can_begin else None
        if self._phase is not SessionPhase.RECORDING or self._answer is None:
            return None
        hard_stop = self.rules.hard_stop and self.elapsed_s >= self.target_s
        has_ended = self._answer.recorder.wait(0)  # the device went away, or the disk is full
        return DueAction.FINISH if hard_stop or has_ended else None

    def skip(self) -> None:
        """Cut the time to think short; the answer begins once the microphone is open."""
        self._preparation.cut_short()

    def reopen_microphone(self) -> None:
        """Open the microphone that was missing; the time to think begins once it is there."""
        self.open_microphone()
        self._preparation.begin_again()

    def hear_question(self) -> None:
        """Read the question aloud, again; its time to think begins behind it."""
        asked = self.asked
        text = " ".join(filter(None, (asked.opening, asked.question.text)))
        self._preparation.read(text, self._find_language(), asked.voice)

    def open_microphone(self) -> None:
        """Open the microphone while the question is read; it records nothing yet.

        The speech model is loaded meanwhile, and the question is read aloud where that is wanted.

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
            if self._phase is SessionPhase.PREPARING and reads_aloud(
                self.rules, self._workspace.settings
            ):
                self.hear_question()

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
            # Whoever reads aloud is no part of the answer.
            self._preparation.silence()
            self._preparation.wait_until_silent()
            # Made here and not before: a session without an answer leaves nothing in the library.
            if self._session_id is None:
                banks = {asked.bank for asked in self.questions}
                bank = banks.pop() if len(banks) == 1 else None
                self._session_id = self._workspace.library.begin_session(self.mode, bank)
                if self._rehearsal is not None:
                    self._rehearsal.begin(self._session_id, len(self.questions))
            source: Source = self._microphone
            if self.rules.hard_stop:
                source = LimitedSource(source, self.target_s)
            self._answer = begin_answer(self._workspace, source, self.asked, self._session_id)
            if self.is_talk:
                self.slides.begin()
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

    def finish(self, *, is_broken_off: bool = False) -> Answer:
        """Stop and keep the answer; one that is broken off is none by the rules of a format.

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
        if self.is_talk:
            self._workspace.library.rehearsals.save_slides(answer.take.id, self.slides.starts_s)
        is_whole = answer.take.interrupted is None and not is_broken_off
        if self._rehearsal is not None and is_whole:
            self._rehearsal.note_answered(self.index)
        return answer

    def next_slide(self) -> None:
        """Note that the next slide is shown from now on; after the last one nothing happens."""
        if self.is_talk and self._answer is not None:
            self.slides.go_on(self.elapsed_s)

    @property
    def is_fragment(self) -> bool:
        """Whether the answer recorded last is too short to be kept without being asked for.

        It lies in the library until something else is asked for, so that no crash loses it. Where
        nothing is shown before the end nobody can be asked, and everything is kept.
        """
        return (
            self._phase is SessionPhase.KEPT
            and self.rules.shown_before_end
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
        if self._rehearsal is not None:
            self._rehearsal.break_off()
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
            self.finish(is_broken_off=True)
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
        if self._rehearsal is not None and self._phase is SessionPhase.KEPT:
            self._rehearsal.complete()
        self._phase = SessionPhase.CLOSED
        self._close_microphone()
        self._preparation.silence()
        if self._session_id is not None:
            self._workspace.library.end_session(self._session_id)

    def summary(self) -> SessionSummary:
        """What it came to, as the library has it now; what was deleted meanwhile is left out."""
        takes = tuple(self._workspace.library.existing_takes(self.take_ids))
        return SessionSummary(
            takes,
            len({(take.bank, take.question_id) for take in takes}),
            sum(take.duration_s or 0.0 for take in takes),
            self._rehearsal.count() if self._rehearsal is not None else None,
            find_rungs(self.questions, self.take_ids, takes),
        )

    def _find_language(self) -> str:
        """The language of the question: that of its bank."""
        try:
            return self._workspace.catalogue.bank(self.asked.bank).language
        except (NotFoundError, BankError):
            return self._workspace.language

    def _ask(
        self, asked: AskedQuestion, prep_s: float, answered: AskedQuestion | None = None
    ) -> None:
        self.asked, self._answered = asked, answered
        self._preparation.begin(prep_s)
        self._phase = SessionPhase.PREPARING

    def _close_microphone(self) -> None:
        microphone, self._microphone = self._microphone, None
        if microphone is not None:
            microphone.stop()
