from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from practice.base.errors import TranscriptionError
from practice.core.reviewing import find_calibration
from practice.library.calibrations import SpeechSetup
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.calibration import CalibrationScreen, Step
from practice.tui.screens.setup.settings import SettingsScreen
from practice.tui.services import Services
from practice.tui.widgets.level_meter import LevelMeter
from tests.support.app_harness import HOSTILE, Desk, InstantWorker, Stage
from tests.support.read_script import written
from tests.tui.conftest import RunApp

STUDIO = SpeechSetup("Studio microphone", "demo", "en")

Check = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def check(run_app: RunApp, services: Services) -> Check:
    """Open the check, ready to begin."""

    @asynccontextmanager
    async def open_check(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
        async with run_app(size) as stage:
            await stage.shows("new to you")
            stage.app.navigator.open_calibration()
            await stage.on(CalibrationScreen)
            await stage.shows("⟨Um⟩ I started", "Enter when you are ready")
            yield stage

    return open_check


async def read(stage: Stage, desk: Desk) -> None:
    """Begin, and speak for as long as the script takes."""
    await stage.press("enter")
    await stage.until(lambda: stage_step(stage) is Step.READING)
    desk.microphone_in_use.say(36.0)
    await stage.shows("● recording  0:36")


def stage_step(stage: Stage) -> Step:
    assert isinstance(stage.app.screen, CalibrationScreen)
    return stage.app.screen.step


async def test_a_reading_tells_what_was_caught_and_keeps_it(
    check: Check, desk: Desk, worker: InstantWorker, services: Services
) -> None:
    worker.words = written(without="uh")
    async with check() as stage:
        await read(stage, desk)
        await stage.press("enter")
        await stage.shows("This set-up caught 8 of 10 planned fillers.", "Sounds 5 of 7 caught")
        await stage.shows("✗  At first I worked on", "✓  It was a long list", "✗ not found")
        await stage.shows("anything from 5 to 9 in 10", "This says nothing")
        assert not any(microphone.open for microphone in desk.asked_for)
        await stage.press("enter")
        await stage.on(TodayScreen)
    kept = find_calibration(services.workspace, STUDIO)
    assert kept is not None
    assert (kept.caught, kept.planned) == (8, 10)


async def test_the_meter_moves_before_anything_is_recorded(check: Check, desk: Desk) -> None:
    async with check() as stage:
        desk.microphone_in_use.say(0.3)
        meter = stage.app.screen.query_one(LevelMeter)
        await stage.until(lambda: max(meter.heights) > 4)


async def test_a_script_can_be_read_again(
    check: Check, desk: Desk, worker: InstantWorker, services: Services
) -> None:
    worker.words = written(without="um")
    async with check() as stage:
        await read(stage, desk)
        await stage.press("enter")
        await stage.shows("caught 7 of 10")
        worker.words = written()
        await stage.press("r")
        await stage.shows("Enter when you are ready")
        await read(stage, desk)
        await stage.press("enter")
        await stage.shows("caught 10 of 10")
    kept = find_calibration(services.workspace, STUDIO)
    assert kept is not None
    assert kept.caught == 10


@pytest.mark.parametrize("begun", [False, True], ids=["before it begins", "in the middle"])
async def test_escape_leaves_and_keeps_nothing(
    check: Check, desk: Desk, services: Services, begun: bool
) -> None:
    async with check() as stage:
        if begun:
            await read(stage, desk)
        await stage.press("escape")
        await stage.on(TodayScreen)
        await stage.until(lambda: not any(microphone.open for microphone in desk.asked_for))
    assert find_calibration(services.workspace, STUDIO) is None


async def test_what_was_not_read_tells_nothing(check: Check, desk: Desk) -> None:
    async with check() as stage:
        await read(stage, desk)
        await stage.press("enter")
        await stage.shows("I cannot tell: none of the 10 lines")
        await stage.shows("–  ⟨Um⟩ I started")


async def test_a_microphone_that_breaks_ends_the_written(
    check: Check, desk: Desk, worker: InstantWorker
) -> None:
    worker.words = written()
    async with check() as stage:
        await read(stage, desk)
        desk.microphone_in_use.break_down("unplugged")
        await stage.shows("caught 10 of 10")


async def test_impatient_keys_do_no_harm(check: Check, desk: Desk, worker: InstantWorker) -> None:
    worker.words = written()
    async with check() as stage:
        await stage.press("r", "enter", "enter", "r", "enter", "space")
        await stage.until(lambda: stage_step(stage) in {Step.READY, Step.READING, Step.STUCK})
        await stage.press("escape")
        await stage.on(TodayScreen)
        await stage.until(lambda: not any(microphone.open for microphone in desk.asked_for))


async def test_trouble_is_said_and_enter_tries_again(
    check: Check, desk: Desk, worker: InstantWorker
) -> None:
    worker.refusal = TranscriptionError("it ended twice", "try a smaller model")
    async with check() as stage:
        await read(stage, desk)
        await stage.press("enter")
        await stage.shows("it ended twice", "try a smaller model")
        await stage.press("enter")
        await stage.shows("Enter when you are ready")


async def test_hostile_device_errors_are_shown_as_they_are(
    run_app: RunApp, services: Services, desk: Desk
) -> None:
    async with run_app() as stage:
        await stage.shows("new to you")
        desk.broken = HOSTILE
        stage.app.navigator.open_calibration()
        await stage.shows("a [/x] [RED] [$primary]", "connect one", "Enter try again")


async def test_without_a_script_it_says_so(run_app: RunApp, services: Services) -> None:
    services.change_setting("language", "it")
    async with run_app() as stage:
        await stage.shows("new to you")
        stage.app.navigator.open_calibration()
        await stage.shows("there is no script to read in the language 'it' yet")


async def test_the_settings_lead_there_and_show_the_last_result(
    run_app: RunApp, desk: Desk, worker: InstantWorker
) -> None:
    worker.words = written()
    async with run_app() as stage:
        await stage.shows("new to you")
        await stage.press("comma")
        await stage.on(SettingsScreen)
        await stage.shows("set-up check  not checked yet")
        await stage.press("down", "down", "enter")
        await stage.on(CalibrationScreen)
        await stage.shows("Enter when you are ready")
        await read(stage, desk)
        await stage.press("enter")
        await stage.shows("caught 10 of 10")
        await stage.press("escape")
        await stage.on(SettingsScreen)
        await stage.shows("10 of 10 caught, with Studio microphone and demo")
