from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.errors import AudioError
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.recovery import tidy_up
from practice.core.session import DueAction, Mode, SessionPhase, SessionRun
from practice.core.session_rules import TargetStatus
from practice.core.sitting import BREATH_S
from practice.core.workspace import Workspace
from practice.library.takes import TakeState
from practice.questions.model import AskedQuestion, Question
from tests.support.clock import FakeMonotonicClock
from tests.support.fake_microphone import FakeMicrophone
from tests.support.virtual_microphone import wait_until

CONFLICT = Question(
    id="conflict",
    text="Tell me about a conflict.",
    target_s=60,
    prep_s=20,
    follow_ups=("What would they say?", "And now?"),
    key_points=("how it ended",),
)
FAILURE = Question(id="failure", text="Tell me about a failure.")


class SessionUnderTest:
    """A session with its microphones and its countdown."""

    def __init__(self, workspace: Workspace, mode: Mode, *questions: Question) -> None:
        self.workspace = workspace
        self.microphones: list[FakeMicrophone] = []
        self.monotonic_clock = FakeMonotonicClock()
        self.refusal: AudioError | None = None
        self.run = SessionRun(
            workspace,
            [AskedQuestion("basics", question) for question in questions or (CONFLICT, FAILURE)],
            mode,
            self._microphone,
            self.monotonic_clock,
        )

    def _microphone(self) -> FakeMicrophone:
        if self.refusal:
            raise self.refusal
        self.microphones.append(FakeMicrophone())
        return self.microphones[-1]

    def phase(self) -> SessionPhase:
        return self.run.phase

    def target_status(self) -> TargetStatus:
        return self.run.target_status

    def begin(self) -> None:
        """Open the microphone, begin, and wait for the first sound."""
        self.run.open_microphone()
        self.run.begin()
        self.say(0.1)

    def say(self, seconds: float) -> None:
        """Speak, and wait until it is recorded."""
        before = self.run.elapsed_s
        self.microphones[-1].say(seconds)
        wait_until(lambda: self.run.elapsed_s >= before + seconds - 0.001)

    def answer(self, seconds: float = 0.5) -> None:
        """A whole answer."""
        self.begin()
        self.say(seconds)
        self.run.finish()


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(places(), Settings(model="demo", prep_s=30, target_s=90)) as opened:
        yield opened


@pytest.fixture
def session(workspace: Workspace) -> SessionUnderTest:
    return SessionUnderTest(workspace, Mode.PRACTICE)


def test_the_answer_begins_when_the_time_to_think_is_over(session: SessionUnderTest) -> None:
    run = session.run
    run.open_microphone()
    assert (run.phase, run.prep_left_s, run.due()) == (SessionPhase.PREPARING, 20, None)

    session.monotonic_clock.advance(19.5)
    assert run.due() is None
    session.monotonic_clock.advance(0.5)
    assert run.due() is DueAction.BEGIN


def test_nothing_begins_before_the_microphone_is_open(session: SessionUnderTest) -> None:
    session.run.skip()
    assert session.run.due() is None
    session.run.open_microphone()
    assert session.run.due() is DueAction.BEGIN


def test_recording_is_only_said_once_a_sample_has_arrived(session: SessionUnderTest) -> None:
    session.run.open_microphone()
    session.run.begin()
    assert session.phase() is SessionPhase.OPENING
    session.say(0.1)
    wait_until(lambda: session.phase() is SessionPhase.RECORDING)


def test_what_is_said_while_thinking_is_not_recorded(session: SessionUnderTest) -> None:
    session.run.open_microphone()
    session.microphones[-1].say(3.0)
    session.run.begin()
    session.say(1.0)

    assert session.run.finish().take.duration_s == pytest.approx(1.0)


def test_a_pause_records_nothing(session: SessionUnderTest) -> None:
    session.begin()
    session.run.pause()
    wait_until(lambda: session.phase() is SessionPhase.PAUSED)
    session.microphones[-1].say(5.0)
    session.run.resume()
    session.say(0.4)

    assert session.run.finish().take.duration_s == pytest.approx(0.5, abs=0.01)


def test_the_status_changes_at_the_target_and_at_half_over(session: SessionUnderTest) -> None:
    session.begin()
    session.say(59)
    assert session.target_status() is TargetStatus.WITHIN
    session.say(1)
    assert session.target_status() is TargetStatus.AT_TARGET
    session.say(30)
    assert session.target_status() is TargetStatus.WRAP_UP
    assert session.run.due() is None


def test_an_answer_is_kept_with_its_question_and_session(session: SessionUnderTest) -> None:
    session.answer(1.0)

    take = session.run.summary().takes[0]
    assert (take.question_id, take.bank, take.state) == ("conflict", "basics", TakeState.RECORDED)
    assert take.session_id is not None
    assert take.audio is not None
    assert take.audio.exists()
    assert not session.microphones[-1].open


def test_starting_again_keeps_what_was_said(session: SessionUnderTest) -> None:
    session.begin()
    session.say(6.0)

    kept = session.run.start_again()
    session.say(6.2)
    session.run.finish()

    assert kept is not None
    assert kept.take.duration_s == pytest.approx(6.1, abs=0.01)
    assert [take.number for take in session.run.summary().takes] == [1, 2]


def test_a_retake_asks_the_same_after_a_breath(session: SessionUnderTest) -> None:
    session.answer()
    session.run.retake()

    assert session.run.asked.question is CONFLICT
    assert session.run.prep_left_s == BREATH_S


def test_follow_ups_are_questions_of_their_own(session: SessionUnderTest) -> None:
    session.answer()
    session.run.ask_follow_up()
    session.answer()
    assert session.run.asked.question.text == "What would they say?"
    assert session.run.follow_up is not None
    session.run.ask_follow_up()
    session.answer()

    assert session.run.follow_up is None
    summary = session.run.summary()
    assert [take.question for take in summary.takes] == [CONFLICT.text, *CONFLICT.follow_ups]
    assert summary.questions == 3


def test_the_next_question_keeps_its_own_times(session: SessionUnderTest) -> None:
    session.answer()
    assert session.run.ask_next()
    assert (session.run.target_s, session.run.prep_left_s) == (90, 30)
    session.answer()
    assert not session.run.ask_next()


def test_three_takes_in_a_row_ask_for_rest(session: SessionUnderTest) -> None:
    for _ in range(2):
        session.answer(6.0)
        session.run.retake()
    assert not session.run.should_rest
    session.answer(6.0)
    assert session.run.should_rest


def test_a_deleted_answer_is_gone_for_good(session: SessionUnderTest) -> None:
    session.answer()
    last = session.run.last
    assert last is not None
    assert last.take.audio is not None

    session.run.delete_last()

    assert session.run.summary().takes == ()
    assert not last.take.audio.exists()


def test_an_unplugged_microphone_ends_the_answer_and_keeps_it(session: SessionUnderTest) -> None:
    session.begin()
    session.say(1.0)
    session.microphones[-1].break_down("the microphone went away")
    wait_until(lambda: session.run.due() is DueAction.FINISH)

    take = session.run.finish().take

    assert take.interrupted == "the microphone went away"
    assert take.duration_s == pytest.approx(1.1, abs=0.01)


def test_without_a_microphone_the_question_stands(session: SessionUnderTest) -> None:
    session.refusal = AudioError("there is no microphone")
    with pytest.raises(AudioError):
        session.run.open_microphone()
    with pytest.raises(AudioError):
        session.run.begin()
    assert session.phase() is SessionPhase.PREPARING

    session.refusal = None
    session.answer()
    assert session.phase() is SessionPhase.KEPT


def test_an_answer_without_a_sample_leaves_no_take(session: SessionUnderTest) -> None:
    session.run.open_microphone()
    session.run.begin()
    with pytest.raises(AudioError):
        session.run.finish()

    assert session.phase() is SessionPhase.PREPARING
    assert session.workspace.library.takes() == []


def test_leaving_in_the_middle_keeps_what_was_said(session: SessionUnderTest) -> None:
    session.begin()
    session.say(6.0)

    kept = session.run.leave()

    assert kept is not None
    assert session.phase() is SessionPhase.CLOSED
    assert session.workspace.library.takes()[0].duration_s == pytest.approx(6.1, abs=0.01)
    assert session.workspace.library.sessions()[0].ended_at is not None


def test_an_answer_that_is_dropped_becomes_a_take_at_the_next_start(
    session: SessionUnderTest,
) -> None:
    session.begin()
    session.say(1.0)

    session.run.abandon()

    assert session.phase() is SessionPhase.CLOSED
    wait_until(lambda: not session.microphones[-1].open)
    (found,) = tidy_up(session.workspace).recovered
    assert found.was_left
    take = session.workspace.library.take(found.take_id)
    assert (take.state, take.question) == (TakeState.RECORDED, CONFLICT.text)
    assert take.interrupted == "you left practice while it was recording"
    assert take.duration_s == pytest.approx(1.1, abs=0.01)


def test_what_is_dropped_before_its_first_sample_leaves_no_take(session: SessionUnderTest) -> None:
    session.run.open_microphone()
    session.run.begin()

    session.run.abandon()

    wait_until(lambda: not session.microphones[-1].open)
    assert tidy_up(session.workspace).recovered == []
    assert session.workspace.library.takes() == []


def test_a_sitting_without_an_answer_leaves_no_session(session: SessionUnderTest) -> None:
    session.run.open_microphone()
    session.run.close()

    assert not session.microphones[-1].open
    assert session.workspace.library.sessions() == []


def test_a_microphone_that_opens_too_late_is_closed(session: SessionUnderTest) -> None:
    session.run.close()
    session.run.open_microphone()
    assert not session.microphones[-1].open


def test_a_muted_microphone_is_noticed_before_and_during_the_answer(
    session: SessionUnderTest,
) -> None:
    session.run.open_microphone()
    session.microphones[-1].say(2.1, amplitude=0)
    assert session.run.muted

    session.run.begin()
    assert not session.run.muted
    session.microphones[-1].say(2.1, amplitude=0)
    wait_until(lambda: session.run.muted)


def test_in_an_interview_the_preparation_runs_out_and_there_is_a_hard_stop(
    workspace: Workspace,
) -> None:
    session = SessionUnderTest(workspace, Mode.INTERVIEW)
    assert session.run.prep_left_s == 20
    assert not session.run.can_skip

    session.begin()
    session.say(59)
    assert session.run.due() is None
    session.say(1)
    assert session.run.due() is DueAction.FINISH
    session.run.finish()
    assert session.run.follow_up is None
    assert workspace.library.sessions()[0].mode == "interview"


def test_a_short_answer_stays_until_something_else_is_asked_for(session: SessionUnderTest) -> None:
    session.answer(1.0)
    assert session.run.is_fragment
    assert len(session.run.summary().takes) == 1
    session.run.drop_fragment()
    assert session.run.summary().takes == ()
    assert not session.run.is_fragment


def test_a_short_answer_that_is_asked_for_is_kept(session: SessionUnderTest) -> None:
    session.answer(1.0)
    session.run.keep_fragment()
    assert not session.run.is_fragment
    session.run.drop_fragment()
    assert len(session.run.summary().takes) == 1
