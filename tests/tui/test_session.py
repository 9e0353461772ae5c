import threading

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
from practice.tui.widgets.recording_panel import RecordingPanel
from tests.support.app_harness import HOSTILE, PATIENCE_S, FakeDevices, FakeSpeechWorker
from tests.support.clock import FakeMonotonicClock
from tests.support.session_harness import CONFLICT
from tests.support.virtual_microphone import wait_until
from tests.tui.conftest import RunSession


async def test_the_time_to_think_runs_down_and_the_answer_begins(
    run_session: RunSession, monotonic_clock: FakeMonotonicClock
) -> None:
    async with run_session() as harness:
        await harness.shows("Tell me about a conflict.", "time to think")
        monotonic_clock.advance(20)
        await harness.speak_up()
        await harness.shows("● recording", "target 1:00")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50), (40, 12)])
async def test_time_and_what_comes_next_stand_under_the_question(
    run_session: RunSession, size: tuple[int, int]
) -> None:
    follow_up = "Which day of that week was the hardest for you, and why? " * 2
    question = Question(id="week", text="Tell me of a week.", prep_s=20, follow_ups=(follow_up,))
    async with run_session(Mode.PRACTICE, question, size=size) as harness:
        asked = harness.session.query_one("#question").region
        panel = harness.session.query_one(RecordingPanel)
        if size[1] > 12:
            assert panel.query_one("#timer").region.x == asked.x
            assert panel.query_one("#timer").region.width == asked.width
        await harness.answer()
        coming = harness.session.query_one("#coming")
        lines = [coming.render_line(y).text for y in range(coming.size.height)]
        assert len(lines) > 1
        assert all(line.startswith(" " * 14) for line in lines[1:]), lines


async def test_enter_cuts_the_time_to_think_short(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.shows("● recording")


async def test_the_meter_moves_while_the_question_is_read(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.wait_until(lambda: harness.session.session_run.listens)
        harness.devices.microphone_in_use.say(0.5)
        meter = harness.session.query_one(LevelMeter)
        await harness.wait_until(lambda: max(meter.heights) > 4)


async def test_nothing_counts_while_they_speak(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(5)
        await harness.shows("● recording")
        for word in ("wpm", "filler", "pause "):
            assert word not in harness.text.replace("space pause", "")


async def test_space_pauses_and_goes_on(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.begin()
        harness.devices.microphone_in_use.say(0.5)
        meter = harness.session.query_one(LevelMeter)
        await harness.wait_until(lambda: max(meter.heights) > 0)
        await harness.press("space")
        await harness.shows("‖ paused", "space go on")
        await harness.wait_until(lambda: max(meter.heights) == 0)
        await harness.press("space")
        await harness.shows("● recording", "space pause")


@pytest.mark.parametrize(
    ("seconds", "words"), [(60, "at your target"), (90, "wrap up")], ids=["target", "half over"]
)
async def test_the_bar_says_in_words_how_long_it_has_been(
    run_session: RunSession, seconds: float, words: str
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(seconds)
        await harness.shows(words)


async def test_enter_keeps_the_answer_and_puts_it_into_the_queue(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.answer(7.0)
        await harness.shows("Saved: take 1, 0:07 (target 1:00)", "And now?", "about a failure.")
        await harness.wait_until(lambda: bool(harness.messages(ReviewFinished)))
    assert services.workspace.library.takes()[0].state is TakeState.REVIEWED


async def test_words_that_come_late_are_said_to_and_one_can_go_on(
    run_session: RunSession, worker: FakeSpeechWorker
) -> None:
    worker.progress = Progress(part=0.25, untranscribed_s=60.0, real_time_factor=1.5)
    worker.may_end.clear()
    async with run_session() as harness:
        await harness.answer(7.0)
        await harness.shows("Its words take about 90 s more; you can go on meanwhile.")
        worker.may_end.set()
        await harness.hides("you can go on meanwhile")


async def test_r_starts_again_and_keeps_what_was_said(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(6.0)
        await harness.press("r")
        await harness.wait_until(lambda: len(services.workspace.library.takes()) == 2)
        await harness.speak_up()
        await harness.say(6.0)
        await harness.press("enter")
        await harness.shows("Saved: take 2")
    first = next(take for take in services.workspace.library.takes() if take.number == 1)
    assert first.duration_s == pytest.approx(6.1, abs=0.05)


async def test_space_plays_the_answer_and_stops_it(
    run_session: RunSession, devices: FakeDevices
) -> None:
    async with run_session() as harness:
        await harness.answer()
        await harness.press("space")
        await harness.wait_until(lambda: devices.output.playing)
        await harness.press("space")
        await harness.wait_until(lambda: not devices.output.playing)
    assert devices.output.requests[0].path.suffix == ".flac"


async def test_enter_opens_the_review_of_the_saved_answer(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.answer()
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.press("escape")
        await harness.wait_for_screen(SessionScreen)
        await harness.shows("Saved: take 1")
        assert "cannot be judged" not in harness.text


async def test_c_cancels_the_transcription_of_the_kept_answer(
    run_session: RunSession, worker: FakeSpeechWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()

    def finish(*_: object) -> Transcription:
        assert let_go.wait(PATIENCE_S)
        raise TranscriptionError("it was cancelled")

    monkeypatch.setattr(worker, "finish", finish)
    monkeypatch.setattr(worker, "cancel", let_go.set)
    async with run_session() as harness:
        await harness.answer()
        await harness.shows("waiting")
        await harness.press("f6")
        await harness.shows("not transcribed: it was cancelled")


async def test_r_retakes_after_the_answer(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.answer()
        await harness.press("r")
        await harness.shows("time to think")
        await harness.answer()
        await harness.shows("Saved: take 2")


async def test_three_takes_in_a_row_are_told_to_rest(run_session: RunSession) -> None:
    async with run_session() as harness:
        for _ in range(2):
            await harness.answer(6.0)
            assert "Rest it" not in harness.text
            await harness.press("r")
        await harness.answer(6.0)
        await harness.shows("Rest it; it comes back tomorrow.")


async def test_f_asks_the_follow_up(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.answer()
        await harness.press("f")
        await harness.hides("Tell me about a conflict.")
        await harness.shows("And now?", "time to think")
        await harness.answer()
        await harness.press("f")
        assert harness.phase() is SessionPhase.KEPT


async def test_n_goes_to_the_next_question_and_then_to_the_summary(
    run_session: RunSession,
) -> None:
    async with run_session(counted=True) as harness:
        await harness.shows("1 of 2")
        await harness.answer(7.0)
        await harness.press("n")
        await harness.shows("2 of 2", "Tell me about a failure.")
        await harness.answer(7.0)
        await harness.press("n")
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("2 takes of 2 questions, 0:14 in all.", "Enter review")
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.press("escape")
        await harness.wait_for_screen(SummaryScreen)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


async def test_delete_asks_and_deletes_for_good(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.answer()
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.press("n")
        await harness.wait_until(lambda: isinstance(harness.app.screen, SessionScreen))
        assert len(services.workspace.library.takes()) == 1
        await harness.press("delete", "enter")
        await harness.wait_until(lambda: isinstance(harness.app.screen, SessionScreen))
        assert len(services.workspace.library.takes()) == 1
        await harness.press("delete", "y")
        await harness.shows("Deleted for good.")
        assert "listen" not in harness.text
    assert services.workspace.library.takes() == []


async def test_leaving_before_an_answer_leaves_nothing(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.wait_until(lambda: harness.session.session_run.listens)
        microphone = harness.devices.microphone_in_use
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.wait_until(lambda: not microphone.open)
    assert services.workspace.library.takes() == []


async def test_leaving_in_the_middle_asks_and_keeps_the_sound(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(6.0)
        await harness.press("escape")
        await harness.shows("Leave in the middle of this answer?")
        await harness.press("escape")
        await harness.shows("● recording")
        await harness.press("escape", "enter")
        await harness.wait_for_screen(SummaryScreen)
    assert services.workspace.library.takes()[0].duration_s == pytest.approx(6.1, abs=0.05)


async def test_the_recording_goes_on_while_it_asks(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.begin()
        session = harness.session
        await harness.press("escape")
        await harness.wait_for_screen(AskDialog)
        harness.devices.microphone_in_use.say(1.0)
        await harness.wait_until(lambda: session.session_run.elapsed_s > 1)


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_quitting_in_the_middle_asks_and_the_next_start_makes_a_take_of_it(
    run_session: RunSession, services: Services, key: str
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(2.0)
        await harness.press(key)
        await harness.wait_for_screen(AskDialog)
        await harness.press("enter")
        await harness.wait_until(lambda: harness.has_exited)
    # The quit waits for the writer only so long.
    wait_until(lambda: bool(tidy_up(services.workspace).recovered))
    (take,) = services.workspace.library.takes()
    assert take.duration_s == pytest.approx(2.1, abs=0.05)
    assert (take.state, take.question) == (TakeState.RECORDED, CONFLICT.text)


async def test_quitting_twice_leaves_at_once_and_the_next_start_finds_the_sound(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(2.0)
        session_run = harness.session.session_run
        await harness.press("ctrl+c")
        await harness.wait_for_screen(AskDialog)
        await harness.press("ctrl+c")
        await harness.wait_until(lambda: harness.has_exited)
        # The end of the program lets go of the spool; this one goes on.
        session_run.abandon()
    wait_until(lambda: bool(tidy_up(services.workspace).recovered))
    (take,) = services.workspace.library.takes()
    assert take.duration_s == pytest.approx(2.1, abs=0.05)


async def test_without_a_microphone_no_clock_runs_and_enter_looks_again(
    run_session: RunSession, devices: FakeDevices, monotonic_clock: FakeMonotonicClock
) -> None:
    devices.failure = "there is no microphone"
    async with run_session() as harness:
        await harness.shows(
            "there is no microphone", "connect one", "Enter try again", ", settings"
        )
        assert not harness.session.query_one("#timer").display
        assert "time to think" not in harness.text
        monotonic_clock.advance(60)
        await harness.press("enter")
        await harness.shows("there is no microphone")
        devices.failure = ""
        await harness.press("enter")
        # The time to think was not spent on waiting for a microphone.
        await harness.shows("time to think", "Enter begin now")
        assert harness.session.session_run.prep_left_s == 20
        await harness.begin()


async def test_a_microphone_that_was_chosen_in_the_settings_is_opened_on_the_way_back(
    run_session: RunSession, devices: FakeDevices
) -> None:
    devices.failure = "there is no microphone named 'Old headset'"
    async with run_session() as harness:
        await harness.shows("no microphone named")
        await harness.press("comma")
        await harness.shows("Settings")
        devices.failure = ""
        await harness.press("escape")
        await harness.shows("time to think", "Enter begin now")


async def test_an_interview_without_a_microphone_can_be_gone_on_with(
    run_session: RunSession, devices: FakeDevices
) -> None:
    devices.failure = "there is no microphone"
    async with run_session(Mode.INTERVIEW) as harness:
        await harness.shows("there is no microphone", "Enter try again")
        devices.failure = ""
        await harness.press("enter")
        await harness.shows("time to think")


async def test_an_unplugged_microphone_keeps_the_answer_and_says_why(
    run_session: RunSession,
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(6.0)
        harness.devices.microphone_in_use.break_down("the microphone went away")
        await harness.shows("Saved: take 1", "It ended early: the microphone went away.")


async def test_a_muted_microphone_is_said_before_they_speak(run_session: RunSession) -> None:
    async with run_session() as harness:
        await harness.wait_until(lambda: harness.session.session_run.listens)
        harness.devices.microphone_in_use.say(2.5, amplitude=0)
        await harness.shows("no sound arrives: is the microphone muted, or gone?")


async def test_a_microphone_that_falls_silent_while_they_speak_is_said_until_it_is_back(
    run_session: RunSession,
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(6.0)
        harness.devices.microphone_in_use.say(5.5, amplitude=0)
        await harness.shows("no sound arrives: is the microphone muted, or gone?")
        await harness.say(1.0)
        await harness.hides("no sound arrives")


async def test_an_interview_runs_by_itself_and_stops_hard(
    run_session: RunSession, monotonic_clock: FakeMonotonicClock, services: Services
) -> None:
    async with run_session(Mode.INTERVIEW, counted=True) as harness:
        for place in ("1 of 2", "2 of 2"):
            await harness.shows(place, "time to think")
            await harness.wait_until(lambda: harness.session.session_run.listens)
            await harness.press("enter")
            assert harness.phase() is SessionPhase.PREPARING
            monotonic_clock.advance(services.settings.prep_s)
            await harness.speak_up()
            await harness.press("space", "r")
            assert harness.phase() is SessionPhase.RECORDING
            await harness.shows("stops at 1:00")
            harness.devices.microphone_in_use.say(60)
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("2 takes of 2 questions")
    assert [take.duration_s for take in services.workspace.library.takes()] == pytest.approx(
        [60.1, 60.1], abs=0.05
    )


async def test_a_hostile_question_is_shown_as_it_is(run_session: RunSession) -> None:
    hostile = Question(id="h", text=HOSTILE, follow_ups=(HOSTILE,), prep_s=5)
    async with run_session(Mode.PRACTICE, hostile, hostile, size=(120, 36)) as harness:
        await harness.shows("a [/x] [RED] [$primary] \\")
        await harness.answer()
        shown = harness.text
    assert shown.count("[$primary]") == 3
    assert not {"\x1b", "\x9b", "\x07"} & set(shown)


async def test_a_short_answer_is_saved_only_if_asked_for(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(3.0)
        await harness.press("enter")
        await harness.shows("Only 3 seconds. Press k to keep it.")
        await harness.press("enter")
        await harness.shows("Press k to keep this short answer first")
        await harness.press("k")
        await harness.shows("Saved: take 1, 0:03")
        await harness.wait_until(lambda: bool(harness.messages(ReviewFinished)))
        await harness.press("n")
        await harness.shows("Tell me about a failure.")
    assert len(services.workspace.library.takes()) == 1


@pytest.mark.parametrize("key", ["n", "r", "escape"])
async def test_a_short_answer_that_nobody_keeps_is_deleted_when_one_goes_on(
    run_session: RunSession, services: Services, key: str
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(3.0)
        await harness.press("enter")
        await harness.shows("Only 3 seconds. Press k to keep it.")
        assert len(services.workspace.library.takes()) == 1
        await harness.press(key)
        await harness.wait_until(lambda: not services.workspace.library.takes())
        if key == "escape":
            await harness.wait_for_screen(TodayScreen)
        else:
            await harness.shows("time to think")


async def test_starting_again_or_leaving_after_a_moment_leaves_no_take(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        await harness.begin()
        await harness.say(2.0)
        await harness.press("r")
        await harness.speak_up()
        await harness.wait_until(lambda: len(services.workspace.library.takes()) == 1)
        await harness.press("escape")
        await harness.shows("0:00 is too short and is not")
        await harness.press("enter")
        await harness.wait_for_screen(TodayScreen)
    assert services.workspace.library.takes() == []
