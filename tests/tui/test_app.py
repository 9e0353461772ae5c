import threading
from collections import Counter

import pytest

from practice.audio import codec
from practice.base.errors import StorageError, TranscriptionError
from practice.core.recovery import tidy_up
from practice.core.session import Mode
from practice.core.session_plan import SessionPlan
from practice.demo import SAMPLE_ANSWER
from practice.library.takes import QuestionSnapshot, RecordingFacts, TakeState
from practice.speech.transcription import Transcription
from practice.tui.app import PracticeApp
from practice.tui.jobs.background import in_background
from practice.tui.keymap import complete_keymap, find_clashes, list_commands, unknown_ids
from practice.tui.messages import ErrorRaised, ReviewFailed, ReviewFinished
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from tests.support.app_harness import HOSTILE, PATIENCE_S, AppHarness, FakeSpeechWorker
from tests.tui.conftest import RunApp


def test_every_command_has_one_id_and_a_sentence() -> None:
    listed = list_commands()
    assert [name for name, times in Counter(c.id for c in listed).items() if times > 1] == []
    for command in listed:
        assert command.help.endswith("."), command
        assert command.keys
        assert not {"[", "]"} & set(command.help)


def test_no_command_has_a_key_that_terminals_send_for_another() -> None:
    for command in list_commands():
        assert not set(command.keys) & {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}, command


def test_unknown_ids_of_a_keymap_are_named() -> None:
    assert unknown_ids({"today.begin": "b", "today.begni": "b"}) == ["today.begni"]


async def test_a_key_of_the_users_own_replaces_ours(run_app: RunApp, services: Services) -> None:
    services.places.settings_file.write_text('model = "demo"\n[keys]\n"today.begin" = "B"\n')
    services.change_setting("model", "demo")
    async with run_app() as harness:
        await harness.shows("new to you", "B begin  n next")
        await harness.press("enter")
        assert isinstance(harness.app.screen, TodayScreen)
        await harness.press("B")
        await harness.wait_for_screen(SessionScreen)


async def test_a_letter_of_another_script_says_why_it_does_nothing(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("й")
        await harness.shows("й is no key here: commands are Latin letters")
        await harness.press("b", "enter")
        await harness.shows("find")
        await harness.press("slash", "й")
        await harness.shows("/ й")
        assert "й is no key here" not in harness.text


async def test_a_letter_of_another_script_can_be_a_key_of_the_users_own(
    run_app: RunApp, services: Services
) -> None:
    services.places.settings_file.write_text('model = "demo"\n[keys]\n"today.begin" = "enter,й"\n')
    services.change_setting("model", "demo")
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("й")
        await harness.wait_for_screen(SessionScreen)


async def test_two_commands_on_one_key_of_the_users_own_are_said(
    run_app: RunApp, services: Services
) -> None:
    services.places.settings_file.write_text('[keys]\n"today.begin" = "n"\n')
    services.change_setting("model", "demo")
    async with run_app() as harness:
        await harness.shows("n is today.begin and today.another")


async def test_an_unknown_command_in_the_keymap_is_said(
    run_app: RunApp, services: Services
) -> None:
    services.places.settings_file.write_text('[keys]\n"today.begni" = "b"\n')
    services.change_setting("model", "demo")
    async with run_app() as harness:
        await harness.shows("there is no command today.begni")


def test_moving_one_command_leaves_those_that_shared_its_key() -> None:
    keymap = complete_keymap({"session.begin": "x"})
    assert keymap["session.begin"] == "x"
    assert keymap["session.done"] == keymap["session.review"] == "enter"
    assert find_clashes({"session.begin": "x"}) == []
    assert complete_keymap({}) == {}


async def test_an_unknown_theme_is_ours(run_app: RunApp, services: Services) -> None:
    services.change_setting("theme", "no-such-theme")
    async with run_app() as harness:
        assert harness.app.theme == "practice-dark"


async def test_a_plan_begins_at_once(services: Services) -> None:
    async with PracticeApp(services, SessionPlan(Mode.INTERVIEW, 2)).run_test() as pilot:
        screen = await AppHarness(pilot, []).wait_for_screen(SessionScreen)
        assert len(screen.session_run.questions) == 2


async def test_a_plan_that_nothing_fits_is_said(services: Services) -> None:
    plan = SessionPlan(Mode.PRACTICE, 2, words="nowhere")
    async with PracticeApp(services, plan).run_test(notifications=True) as pilot:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you", "No question fits")
        assert isinstance(harness.app.screen, TodayScreen)


async def test_trouble_in_the_background_is_a_notice_of_plain_text(run_app: RunApp) -> None:
    def refuse() -> None:
        raise StorageError(f"the disk is full {HOSTILE}", f"free some space {HOSTILE}")

    async with run_app((120, 36)) as harness:
        await harness.shows("new to you")
        in_background(harness.app.screen, refuse, "refusing")
        await harness.shows("the disk is full a [/x]", "free some space a [/x]")
        assert not {"\x1b", "\x9b", "\x07"} & set(harness.text)
        assert harness.messages(ErrorRaised)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_defect_in_the_background_is_never_hidden(run_app: RunApp) -> None:
    def break_down() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the app raises it where it ends
        async with run_app() as harness:
            await harness.shows("new to you")
            in_background(harness.app.screen, break_down, "breaking")
            await harness.wait_until(lambda: harness.has_exited)


def recorded_take(services: Services) -> str:
    """A take whose sound is there and whose review is not."""
    library = services.workspace.library
    take = library.begin_take(QuestionSnapshot("project", "basics", "Tell me about a project."))
    recording = codec.import_recording(SAMPLE_ANSWER, library.recordings / f"{take.id}.flac")
    library.save_recording(
        take.id,
        RecordingFacts(
            audio=recording.path,
            duration_s=recording.duration_s,
            sample_rate_hz=recording.sample_rate_hz,
            peak_dbfs=recording.peak_dbfs,
            clipped_s=0.0,
            overflows=0,
            device="test",
        ),
    )
    return take.id


async def test_what_the_last_run_left_is_reviewed_at_the_start(
    run_app: RunApp, services: Services
) -> None:
    take_id = recorded_take(services)
    async with run_app() as harness:
        await harness.wait_until(lambda: bool(harness.messages(ReviewFinished)))
    assert services.workspace.library.take(take_id).state is TakeState.REVIEWED


async def test_a_review_that_fails_is_told_and_the_sound_kept(
    run_app: RunApp, services: Services, worker: FakeSpeechWorker
) -> None:
    worker.refusal = TranscriptionError("the speech process stopped")
    take_id = recorded_take(services)
    async with run_app() as harness:
        await harness.wait_until(lambda: bool(harness.messages(ReviewFailed)))
        await harness.shows("not transcribed")
    take = services.workspace.library.take(take_id)
    assert take.state is TakeState.FAILED
    assert take.audio is not None


async def test_quitting_does_not_wait_for_a_review(
    run_app: RunApp, services: Services, worker: FakeSpeechWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def transcribe_for_ever(*_: object) -> Transcription:
        begun.set()
        let_go.wait()
        raise TranscriptionError("closed")

    monkeypatch.setattr(worker, "transcribe", transcribe_for_ever)
    recorded_take(services)
    async with run_app() as harness:
        await harness.wait_until(begun.is_set)
        await harness.press("q")
        await harness.wait_until(lambda: harness.has_exited)
    assert not let_go.is_set()
    let_go.set()


async def test_a_transcription_under_way_is_cancelled_and_its_sound_kept(
    run_app: RunApp, services: Services, worker: FakeSpeechWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def transcribe(*_: object) -> Transcription:
        begun.set()
        assert let_go.wait(PATIENCE_S)
        raise TranscriptionError("it was cancelled")

    monkeypatch.setattr(worker, "transcribe", transcribe)
    monkeypatch.setattr(worker, "cancel", let_go.set)
    for _ in range(2):
        recorded_take(services)
    first, second = (take.id for take in tidy_up(services.workspace).waiting)
    async with run_app() as harness:
        await harness.wait_until(begun.is_set)
        harness.app.reviews.cancel(second)
        await harness.shows("lately")
        await harness.press("down")
        await harness.shows("F6 cancel")
        await harness.press("f6", "down", "f6")
        await harness.wait_until(lambda: len(harness.messages(ReviewFailed)) == 2)
        await harness.shows("not transcribed: it")
    for take_id in (first, second):
        take = services.workspace.library.take(take_id)
        assert (take.state, take.failure) == (TakeState.FAILED, "it was cancelled")
        assert take.audio is not None
