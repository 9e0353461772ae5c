from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.errors import AudioError
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.recovery import tidy_up
from practice.core.session import BREATH_S, DueAction, Mode, Phase, SessionRun, TargetStatus
from practice.core.workspace import Workspace
from practice.library.takes import TakeState
from practice.questions.model import AskedQuestion, Question
from tests.support.fake_microphone import Countdown, TellingMicrophone
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


class Table:
    """A sitting with its microphones and its countdown."""

    def __init__(self, workspace: Workspace, mode: Mode, *questions: Question) -> None:
        self.workspace = workspace
        self.microphones: list[TellingMicrophone] = []
        self.countdown = Countdown()
        self.refusal: AudioError | None = None
        self.sitting = SessionRun(
            workspace,
            [AskedQuestion("basics", question) for question in questions or (CONFLICT, FAILURE)],
            mode,
            self._microphone,
            self.countdown,
        )

    def _microphone(self) -> TellingMicrophone:
        if self.refusal:
            raise self.refusal
        self.microphones.append(TellingMicrophone())
        return self.microphones[-1]

    def phase(self) -> Phase:
        return self.sitting.phase

    def standing(self) -> TargetStatus:
        return self.sitting.standing

    def begin(self) -> None:
        """Open the microphone, begin, and wait for the first sound."""
        self.sitting.open_microphone()
        self.sitting.begin()
        self.say(0.1)

    def say(self, seconds: float) -> None:
        """Speak, and wait until it is recorded."""
        before = self.sitting.elapsed_s
        self.microphones[-1].say(seconds)
        wait_until(lambda: self.sitting.elapsed_s >= before + seconds - 0.001)

    def answer(self, seconds: float = 0.5) -> None:
        """A whole answer."""
        self.begin()
        self.say(seconds)
        self.sitting.finish()


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace(places(), Settings(model="demo", prep_s=30, target_s=90)) as opened:
        yield opened


@pytest.fixture
def table(workspace: Workspace) -> Table:
    return Table(workspace, Mode.PRACTICE)


def test_the_answer_begins_when_the_time_to_think_is_over(table: Table) -> None:
    sitting = table.sitting
    sitting.open_microphone()
    assert (sitting.phase, sitting.prep_left_s, sitting.due()) == (Phase.PREPARING, 20, None)

    table.countdown.seconds += 19.5
    assert sitting.due() is None
    table.countdown.seconds += 0.5
    assert sitting.due() is DueAction.BEGIN


def test_nothing_begins_before_the_microphone_is_open(table: Table) -> None:
    table.sitting.skip()
    assert table.sitting.due() is None
    table.sitting.open_microphone()
    assert table.sitting.due() is DueAction.BEGIN


def test_recording_is_only_said_once_a_sample_has_arrived(table: Table) -> None:
    table.sitting.open_microphone()
    table.sitting.begin()
    assert table.phase() is Phase.OPENING
    table.say(0.1)
    wait_until(lambda: table.phase() is Phase.RECORDING)


def test_what_is_said_while_thinking_is_not_recorded(table: Table) -> None:
    table.sitting.open_microphone()
    table.microphones[-1].say(3.0)
    table.sitting.begin()
    table.say(1.0)

    assert table.sitting.finish().take.duration_s == pytest.approx(1.0)


def test_a_pause_records_nothing(table: Table) -> None:
    table.begin()
    table.sitting.pause()
    wait_until(lambda: table.phase() is Phase.PAUSED)
    table.microphones[-1].say(5.0)
    table.sitting.resume()
    table.say(0.4)

    assert table.sitting.finish().take.duration_s == pytest.approx(0.5, abs=0.01)


def test_the_standing_changes_at_the_target_and_at_half_over(table: Table) -> None:
    table.begin()
    table.say(59)
    assert table.standing() is TargetStatus.WITHIN
    table.say(1)
    assert table.standing() is TargetStatus.AT_TARGET
    table.say(30)
    assert table.standing() is TargetStatus.WRAP_UP
    assert table.sitting.due() is None


def test_an_answer_is_kept_with_its_question_and_session(table: Table) -> None:
    table.answer(1.0)

    take = table.sitting.summary().takes[0]
    assert (take.question_id, take.bank, take.state) == ("conflict", "basics", TakeState.RECORDED)
    assert take.session_id is not None
    assert take.audio is not None
    assert take.audio.exists()
    assert not table.microphones[-1].open


def test_starting_again_keeps_what_was_said(table: Table) -> None:
    table.begin()
    table.say(1.0)

    kept = table.sitting.start_again()
    table.say(0.2)
    table.sitting.finish()

    assert kept.take.duration_s == pytest.approx(1.1, abs=0.01)
    assert [take.number for take in table.sitting.summary().takes] == [1, 2]


def test_a_retake_asks_the_same_after_a_breath(table: Table) -> None:
    table.answer()
    table.sitting.retake()

    assert table.sitting.served.question is CONFLICT
    assert table.sitting.prep_left_s == BREATH_S


def test_follow_ups_are_questions_of_their_own(table: Table) -> None:
    table.answer()
    table.sitting.ask_follow_up()
    table.answer()
    assert table.sitting.served.question.text == "What would they say?"
    assert table.sitting.follow_up is not None
    table.sitting.ask_follow_up()
    table.answer()

    assert table.sitting.follow_up is None
    summary = table.sitting.summary()
    assert [take.question for take in summary.takes] == [CONFLICT.text, *CONFLICT.follow_ups]
    assert summary.questions == 3


def test_the_next_question_keeps_its_own_times(table: Table) -> None:
    table.answer()
    assert table.sitting.next()
    assert (table.sitting.target_s, table.sitting.prep_left_s) == (90, 30)
    table.answer()
    assert not table.sitting.next()


def test_three_takes_in_a_row_ask_for_rest(table: Table) -> None:
    for _ in range(2):
        table.answer(0.1)
        table.sitting.retake()
    assert not table.sitting.should_rest
    table.answer(0.1)
    assert table.sitting.should_rest


def test_a_deleted_answer_is_gone_for_good(table: Table) -> None:
    table.answer()
    last = table.sitting.last
    assert last is not None
    assert last.take.audio is not None

    table.sitting.forget_last()

    assert table.sitting.summary().takes == ()
    assert not last.take.audio.exists()


def test_an_unplugged_microphone_ends_the_answer_and_keeps_it(table: Table) -> None:
    table.begin()
    table.say(1.0)
    table.microphones[-1].break_down("the microphone went away")
    wait_until(lambda: table.sitting.due() is DueAction.FINISH)

    take = table.sitting.finish().take

    assert take.interrupted == "the microphone went away"
    assert take.duration_s == pytest.approx(1.1, abs=0.01)


def test_without_a_microphone_the_question_stands(table: Table) -> None:
    table.refusal = AudioError("there is no microphone")
    with pytest.raises(AudioError):
        table.sitting.open_microphone()
    with pytest.raises(AudioError):
        table.sitting.begin()
    assert table.phase() is Phase.PREPARING

    table.refusal = None
    table.answer()
    assert table.phase() is Phase.KEPT


def test_an_answer_without_a_sample_leaves_no_take(table: Table) -> None:
    table.sitting.open_microphone()
    table.sitting.begin()
    with pytest.raises(AudioError):
        table.sitting.finish()

    assert table.phase() is Phase.PREPARING
    assert table.workspace.library.takes() == []


def test_leaving_in_the_middle_keeps_what_was_said(table: Table) -> None:
    table.begin()
    table.say(1.0)

    kept = table.sitting.leave()

    assert kept is not None
    assert table.phase() is Phase.CLOSED
    assert table.workspace.library.takes()[0].duration_s == pytest.approx(1.1, abs=0.01)
    assert table.workspace.library.sessions()[0].ended_at is not None


def test_an_answer_that_is_dropped_becomes_a_take_at_the_next_start(table: Table) -> None:
    table.begin()
    table.say(1.0)

    table.sitting.drop()

    assert table.phase() is Phase.CLOSED
    wait_until(lambda: not table.microphones[-1].open)
    (found,) = tidy_up(table.workspace).recovered
    take = table.workspace.library.take(found.take_id)
    assert (take.state, take.question) == (TakeState.RECORDED, CONFLICT.text)
    assert take.duration_s == pytest.approx(1.1, abs=0.01)


def test_what_is_dropped_before_its_first_sample_leaves_no_take(table: Table) -> None:
    table.sitting.open_microphone()
    table.sitting.begin()

    table.sitting.drop()

    wait_until(lambda: not table.microphones[-1].open)
    assert tidy_up(table.workspace).recovered == []
    assert table.workspace.library.takes() == []


def test_a_sitting_without_an_answer_leaves_no_session(table: Table) -> None:
    table.sitting.open_microphone()
    table.sitting.close()

    assert not table.microphones[-1].open
    assert table.workspace.library.sessions() == []


def test_a_microphone_that_opens_too_late_is_closed(table: Table) -> None:
    table.sitting.close()
    table.sitting.open_microphone()
    assert not table.microphones[-1].open


def test_a_muted_microphone_is_noticed_before_and_during_the_answer(table: Table) -> None:
    table.sitting.open_microphone()
    table.microphones[-1].say(2.1, amplitude=0)
    assert table.sitting.muted

    table.sitting.begin()
    assert not table.sitting.muted
    table.microphones[-1].say(2.1, amplitude=0)
    wait_until(lambda: table.sitting.muted)


def test_an_interview_has_one_preparation_for_all_and_a_hard_stop(workspace: Workspace) -> None:
    table = Table(workspace, Mode.INTERVIEW)
    assert table.sitting.prep_left_s == 30
    assert not table.sitting.can_skip

    table.begin()
    table.say(59)
    assert table.sitting.due() is None
    table.say(1)
    assert table.sitting.due() is DueAction.FINISH
    table.sitting.finish()
    assert not table.sitting.can_retake
    assert table.sitting.follow_up is None
    assert workspace.library.sessions()[0].mode == "interview"
