import threading
import time

import pytest

from practice.base.errors import TranscriptionError
from practice.core.recovery import tidy_up
from practice.core.session import Mode, SessionPhase
from practice.library.takes import TakeState
from practice.questions.model import Question
from practice.speech.transcription import Progress, Transcription
from practice.tui.messages import ReviewFinished
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.summary import SummaryScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from practice.tui.widgets.level_meter import LevelMeter
from tests.support.app_harness import HOSTILE, PATIENCE_S, Desk, InstantWorker
from tests.support.clock import FakeMonotonicClock
from tests.support.session_harness import CONFLICT
from tests.support.virtual_microphone import wait_until
from tests.tui.conftest import Sit


async def test_the_time_to_think_runs_down_and_the_answer_begins(
    sit: Sit, countdown: FakeMonotonicClock
) -> None:
    async with sit() as sitter:
        await sitter.shows("Tell me about a conflict.", "time to think")
        countdown.advance(20)
        await sitter.speak_up()
        await sitter.shows("● recording", "of 1:00")


async def test_enter_cuts_the_time_to_think_short(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.shows("● recording")


async def test_the_meter_moves_while_the_question_is_read(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.until(lambda: sitter.session.session_run.listens)
        sitter.desk.microphone_in_use.say(0.5)
        meter = sitter.session.query_one(LevelMeter)
        await sitter.until(lambda: max(meter.heights) > 4)


async def test_nothing_counts_while_they_speak(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.say(5)
        await sitter.shows("● recording")
        for word in ("wpm", "filler", "pause "):
            assert word not in sitter.text.replace("space pause", "")


async def test_space_pauses_and_goes_on(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.press("space")
        await sitter.shows("‖ paused")
        await sitter.press("space")
        await sitter.shows("● recording")


@pytest.mark.parametrize(
    ("seconds", "words"), [(60, "at your target"), (90, "wrap up")], ids=["target", "half over"]
)
async def test_the_bar_says_in_words_how_long_it_has_been(
    sit: Sit, seconds: float, words: str
) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.say(seconds)
        await sitter.shows(words)


async def test_enter_keeps_the_answer_and_puts_it_on_the_desk(sit: Sit, services: Services) -> None:
    async with sit() as sitter:
        await sitter.answer(3.0)
        await sitter.shows("Kept: take 1, 0:03 of 1:00.", "And now?", "Tell me about a failure.")
        await sitter.until(lambda: bool(sitter.messages(ReviewFinished)))
    assert services.workspace.library.takes()[0].state is TakeState.REVIEWED


async def test_words_that_come_late_are_said_to_and_one_can_go_on(
    sit: Sit, worker: InstantWorker
) -> None:
    worker.progress = Progress(part=0.25, untranscribed_s=60.0, real_time_factor=1.5)
    worker.may_end.clear()
    async with sit() as sitter:
        await sitter.answer(3.0)
        await sitter.shows("Its words take about 90 s more; you can go on meanwhile.")
        worker.may_end.set()
        await sitter.hides("you can go on meanwhile")


async def test_r_starts_again_and_keeps_what_was_said(sit: Sit, services: Services) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.say(2.0)
        await sitter.press("r")
        await sitter.until(lambda: len(services.workspace.library.takes()) == 2)
        await sitter.speak_up()
        await sitter.press("enter")
        await sitter.shows("Kept: take 2")
    first = next(take for take in services.workspace.library.takes() if take.number == 1)
    assert first.duration_s == pytest.approx(2.1, abs=0.05)


async def test_l_plays_the_answer_and_space_stops_it(sit: Sit, desk: Desk) -> None:
    async with sit() as sitter:
        await sitter.answer()
        await sitter.press("l")
        await sitter.until(lambda: desk.the_player.playing)
        await sitter.press("space")
        await sitter.until(lambda: not desk.the_player.playing)
    assert desk.the_player.played[0].suffix == ".flac"


async def test_v_opens_the_review_of_the_kept_answer(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.answer()
        await sitter.press("v")
        await sitter.on(ReviewScreen)
        await sitter.press("escape")
        await sitter.on(SessionScreen)
        await sitter.shows("Kept", "cannot be judged")


async def test_c_cancels_the_transcription_of_the_kept_answer(
    sit: Sit, worker: InstantWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()

    def finish(*_: object) -> Transcription:
        assert let_go.wait(PATIENCE_S)
        raise TranscriptionError("it was cancelled")

    monkeypatch.setattr(worker, "finish", finish)
    monkeypatch.setattr(worker, "cancel", let_go.set)
    async with sit() as sitter:
        await sitter.answer()
        await sitter.shows("waiting for its review")
        await sitter.press("c")
        await sitter.shows("not transcribed: it was cancelled")


async def test_r_retakes_after_the_answer(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.answer()
        await sitter.press("r")
        await sitter.shows("time to think")
        await sitter.answer()
        await sitter.shows("Kept: take 2")


async def test_three_takes_in_a_row_are_told_to_rest(sit: Sit) -> None:
    async with sit() as sitter:
        for _ in range(2):
            await sitter.answer(0.1)
            assert "Rest it" not in sitter.text
            await sitter.press("r")
        await sitter.answer(0.1)
        await sitter.shows("Rest it; it comes back tomorrow.")


async def test_f_asks_the_follow_up(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.answer()
        await sitter.press("f")
        await sitter.hides("Tell me about a conflict.")
        await sitter.shows("And now?", "time to think")
        await sitter.answer()
        await sitter.press("f")
        assert sitter.phase() is SessionPhase.KEPT


async def test_enter_goes_to_the_next_question_and_then_to_the_summary(sit: Sit) -> None:
    async with sit(counted=True) as sitter:
        await sitter.shows("1 of 2")
        await sitter.answer(2.0)
        await sitter.press("enter")
        await sitter.shows("2 of 2", "Tell me about a failure.")
        await sitter.answer(2.0)
        await sitter.press("enter")
        await sitter.on(SummaryScreen)
        await sitter.shows("2 takes of 2 questions, 0:04 in all.", "Enter review")
        await sitter.press("enter")
        await sitter.on(ReviewScreen)
        await sitter.press("escape")
        await sitter.on(SummaryScreen)
        await sitter.press("escape")
        await sitter.on(TodayScreen)


async def test_delete_asks_and_deletes_for_good(sit: Sit, services: Services) -> None:
    async with sit() as sitter:
        await sitter.answer()
        await sitter.press("delete")
        await sitter.on(AskDialog)
        await sitter.press("n")
        await sitter.until(lambda: isinstance(sitter.app.screen, SessionScreen))
        assert len(services.workspace.library.takes()) == 1
        await sitter.press("delete", "y")
        await sitter.shows("Deleted for good.")
        assert "listen" not in sitter.text
    assert services.workspace.library.takes() == []


async def test_leaving_before_an_answer_leaves_nothing(sit: Sit, services: Services) -> None:
    async with sit() as sitter:
        await sitter.until(lambda: sitter.session.session_run.listens)
        microphone = sitter.desk.microphone_in_use
        await sitter.press("escape")
        await sitter.on(TodayScreen)
        await sitter.until(lambda: not microphone.open)
    assert services.workspace.library.takes() == []


async def test_leaving_in_the_middle_asks_and_keeps_the_sound(sit: Sit, services: Services) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.say(2.0)
        await sitter.press("escape")
        await sitter.shows("Leave in the middle of this answer?")
        await sitter.press("escape")
        await sitter.shows("● recording")
        await sitter.press("escape", "enter")
        await sitter.on(SummaryScreen)
    assert services.workspace.library.takes()[0].duration_s == pytest.approx(2.1, abs=0.05)


async def test_the_recording_goes_on_while_it_asks(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.begin()
        session = sitter.session
        await sitter.press("escape")
        await sitter.on(AskDialog)
        sitter.desk.microphone_in_use.say(1.0)
        await sitter.until(lambda: session.session_run.elapsed_s > 1)


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_quitting_in_the_middle_asks_and_the_next_start_makes_a_take_of_it(
    sit: Sit, services: Services, key: str
) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.say(2.0)
        await sitter.press(key)
        await sitter.on(AskDialog)
        await sitter.press("enter")
        await sitter.until(lambda: sitter.app._exit)
    # The quit waits for the writer only so long.
    wait_until(lambda: bool(tidy_up(services.workspace).recovered))
    (take,) = services.workspace.library.takes()
    assert take.duration_s == pytest.approx(2.1, abs=0.05)
    assert (take.state, take.question) == (TakeState.RECORDED, CONFLICT.text)


async def test_quitting_twice_leaves_at_once_and_the_next_start_finds_the_sound(
    sit: Sit, services: Services
) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.say(2.0)
        recorder = sitter.session.session_run._answer
        assert recorder is not None
        await sitter.press("ctrl+c")
        await sitter.on(AskDialog)
        began = time.monotonic()
        await sitter.press("ctrl+c")
        await sitter.until(lambda: sitter.app._exit)
    assert time.monotonic() - began < 5


async def test_a_microphone_that_cannot_be_opened_is_said_and_tried_again(
    sit: Sit, desk: Desk
) -> None:
    async with sit() as sitter:
        await sitter.until(lambda: sitter.session.session_run.listens)
    desk.broken = "the microphone is in use"
    async with sit() as sitter:
        await sitter.shows("the microphone is in use", "connect one")
        desk.broken = ""
        await sitter.press("enter")
        await sitter.speak_up()
        await sitter.hides("the microphone is in use")


async def test_an_unplugged_microphone_keeps_the_answer_and_says_why(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.begin()
        await sitter.say(1.0)
        sitter.desk.microphone_in_use.break_down("the microphone went away")
        await sitter.shows("Kept: take 1", "It ended early: the microphone went away.")


async def test_a_muted_microphone_is_said_before_they_speak(sit: Sit) -> None:
    async with sit() as sitter:
        await sitter.until(lambda: sitter.session.session_run.listens)
        sitter.desk.microphone_in_use.say(2.5, amplitude=0)
        await sitter.shows("no sound arrives: is the microphone muted?")


async def test_an_interview_runs_by_itself_and_stops_hard(
    sit: Sit, countdown: FakeMonotonicClock, services: Services
) -> None:
    async with sit(Mode.INTERVIEW, counted=True) as sitter:
        for place in ("1 of 2", "2 of 2"):
            await sitter.shows(place, "time to think")
            await sitter.until(lambda: sitter.session.session_run.listens)
            await sitter.press("enter")
            assert sitter.phase() is SessionPhase.PREPARING
            countdown.advance(services.settings.prep_s)
            await sitter.speak_up()
            await sitter.press("space", "r")
            assert sitter.phase() is SessionPhase.RECORDING
            await sitter.shows("stops at 1:00")
            sitter.desk.microphone_in_use.say(60)
        await sitter.on(SummaryScreen)
        await sitter.shows("2 takes of 2 questions")
    assert [take.duration_s for take in services.workspace.library.takes()] == pytest.approx(
        [60.1, 60.1], abs=0.05
    )


async def test_a_hostile_question_is_shown_as_it_is(sit: Sit) -> None:
    hostile = Question(id="h", text=HOSTILE, follow_ups=(HOSTILE,), prep_s=5)
    async with sit(Mode.PRACTICE, hostile, hostile, size=(120, 36)) as sitter:
        await sitter.shows("a [/x] [RED] [$primary] \\")
        await sitter.answer()
        shown = sitter.text
    assert shown.count("[$primary]") == 3
    assert not {"\x1b", "\x9b", "\x07"} & set(shown)
