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
from tests.support.app_harness import HOSTILE, AppHarness, FakeDevices, FakeSpeechWorker
from tests.support.read_script import script_words
from tests.tui.conftest import RunApp

STUDIO = SpeechSetup("Studio microphone", "demo", "en")

Check = Callable[..., AbstractAsyncContextManager[AppHarness]]


@pytest.fixture
def open_check(run_app: RunApp, services: Services) -> Check:
    """Open the check, ready to begin."""

    @asynccontextmanager
    async def open_check(size: tuple[int, int] = (80, 24)) -> AsyncIterator[AppHarness]:
        async with run_app(size) as harness:
            await harness.shows("new to you")
            harness.app.navigator.open_calibration()
            await harness.wait_for_screen(CalibrationScreen)
            await harness.shows("⟨Um⟩ I started", "Enter to start")
            yield harness

    return open_check


async def read_script(harness: AppHarness, devices: FakeDevices) -> None:
    """Begin, and speak for as long as the script takes."""
    await harness.press("enter")
    await harness.wait_until(lambda: current_step(harness) is Step.READING)
    devices.microphone_in_use.say(36.0)
    await harness.shows("● recording  0:36")


def current_step(harness: AppHarness) -> Step:
    assert isinstance(harness.app.screen, CalibrationScreen)
    return harness.app.screen.step


async def test_a_reading_tells_what_was_caught_and_keeps_it(
    open_check: Check, devices: FakeDevices, worker: FakeSpeechWorker, services: Services
) -> None:
    worker.words = script_words(without="uh")
    async with open_check() as harness:
        await read_script(harness, devices)
        await harness.press("enter")
        await harness.shows("This set-up caught 8 of 10 planned fillers.", "Sounds 5 of 7 caught")
        await harness.shows("✗  At first I worked on", "✓  It was a long list", "✗ not found")
        await harness.shows("anything from 5 to 9 in 10", "This says nothing")
        assert not any(microphone.open for microphone in devices.microphones)
        await harness.press("enter")
        await harness.wait_for_screen(TodayScreen)
    kept = find_calibration(services.workspace, STUDIO)
    assert kept is not None
    assert (kept.caught, kept.planned) == (8, 10)


async def test_the_meter_moves_before_anything_is_recorded(
    open_check: Check, devices: FakeDevices
) -> None:
    async with open_check() as harness:
        devices.microphone_in_use.say(0.3)
        meter = harness.app.screen.query_one(LevelMeter)
        await harness.wait_until(lambda: max(meter.heights) > 4)


async def test_a_script_can_be_read_again(
    open_check: Check, devices: FakeDevices, worker: FakeSpeechWorker, services: Services
) -> None:
    worker.words = script_words(without="um")
    async with open_check() as harness:
        await read_script(harness, devices)
        await harness.press("enter")
        await harness.shows("caught 7 of 10")
        worker.words = script_words()
        await harness.press("r")
        await harness.shows("Enter to start")
        await read_script(harness, devices)
        await harness.press("enter")
        await harness.shows("caught 10 of 10")
    kept = find_calibration(services.workspace, STUDIO)
    assert kept is not None
    assert kept.caught == 10


@pytest.mark.parametrize("begun", [False, True], ids=["before it begins", "in the middle"])
async def test_escape_leaves_and_keeps_nothing(
    open_check: Check, devices: FakeDevices, services: Services, begun: bool
) -> None:
    async with open_check() as harness:
        if begun:
            await read_script(harness, devices)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.wait_until(
            lambda: not any(microphone.open for microphone in devices.microphones)
        )
    assert find_calibration(services.workspace, STUDIO) is None


async def test_what_was_not_read_tells_nothing(open_check: Check, devices: FakeDevices) -> None:
    async with open_check() as harness:
        await read_script(harness, devices)
        await harness.press("enter")
        await harness.shows("I cannot tell: none of the 10 lines")
        await harness.shows("–  ⟨Um⟩ I started")


async def test_a_microphone_that_breaks_ends_the_written(
    open_check: Check, devices: FakeDevices, worker: FakeSpeechWorker
) -> None:
    worker.words = script_words()
    async with open_check() as harness:
        await read_script(harness, devices)
        devices.microphone_in_use.break_down("unplugged")
        await harness.shows("caught 10 of 10")


async def test_impatient_keys_do_no_harm(
    open_check: Check, devices: FakeDevices, worker: FakeSpeechWorker
) -> None:
    worker.words = script_words()
    async with open_check() as harness:
        await harness.press("r", "enter", "enter", "r", "enter", "space")
        await harness.wait_until(
            lambda: current_step(harness) in {Step.READY, Step.READING, Step.STUCK}
        )
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.wait_until(
            lambda: not any(microphone.open for microphone in devices.microphones)
        )


async def test_trouble_is_said_and_enter_tries_again(
    open_check: Check, devices: FakeDevices, worker: FakeSpeechWorker
) -> None:
    worker.refusal = TranscriptionError("it ended twice", "try a smaller model")
    async with open_check() as harness:
        await read_script(harness, devices)
        await harness.press("enter")
        await harness.shows("it ended twice", "try a smaller model")
        await harness.press("enter")
        await harness.shows("Enter to start")


async def test_hostile_device_errors_are_shown_as_they_are(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        devices.failure = HOSTILE
        harness.app.navigator.open_calibration()
        await harness.shows("a [/x] [RED] [$primary]", "connect one", "Enter try again")


async def test_without_a_script_it_says_so(run_app: RunApp, services: Services) -> None:
    services.change_setting("language", "it")
    async with run_app() as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_calibration()
        await harness.shows("there is no script to read in the language 'it' yet")


async def test_the_settings_lead_there_and_show_the_last_result(
    run_app: RunApp, devices: FakeDevices, worker: FakeSpeechWorker
) -> None:
    worker.words = script_words()
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("comma")
        await harness.wait_for_screen(SettingsScreen)
        await harness.shows("ten-line test", "not done yet")
        await harness.press("down", "down", "enter")
        await harness.wait_for_screen(CalibrationScreen)
        await harness.shows("Enter to start")
        await read_script(harness, devices)
        await harness.press("enter")
        await harness.shows("caught 10 of 10")
        await harness.press("escape")
        await harness.wait_for_screen(SettingsScreen)
        await harness.shows("10 of 10 caught, with Studio microphone and demo")
