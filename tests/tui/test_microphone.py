from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from practice.audio.sound_check import SAMPLE_S
from practice.tui.screens.setup.microphone import MicrophoneScreen
from practice.tui.services import Services
from practice.tui.widgets.level_meter import LevelMeter
from tests.support.app_harness import HOSTILE, AppHarness, FakeDevices
from tests.tui.conftest import RunApp

Check = Callable[[], AbstractAsyncContextManager[AppHarness]]


@pytest.fixture
def open_check(run_app: RunApp, services: Services) -> Check:
    """Open the microphone check."""

    @asynccontextmanager
    async def open_check() -> AsyncIterator[AppHarness]:
        async with run_app() as harness:
            await harness.shows("new to you")
            harness.app.navigator.open_microphone()
            yield harness

    return open_check


async def test_the_meter_moves_with_the_voice(open_check: Check, devices: FakeDevices) -> None:
    async with open_check() as harness:
        await harness.shows("the system's choice: Studio microphone", "say something")
        devices.microphone_in_use.say(0.3)
        meter = harness.app.screen.query_one(LevelMeter)
        await harness.wait_until(lambda: max(meter.heights) > 4)


async def test_another_microphone_is_opened_and_kept(
    open_check: Check, devices: FakeDevices, services: Services
) -> None:
    async with open_check() as harness:
        await harness.shows("say something")
        first = devices.microphone_in_use
        await harness.press("right", "right")
        await harness.shows("◂ Headset ▸")
        await harness.wait_until(
            lambda: not first.open and devices.microphone_in_use.name == "Headset"
        )
        await harness.press("enter")
        await harness.shows("mic Headset")
    assert services.settings.microphone == "Headset"


async def test_escape_keeps_what_was_chosen_before(
    open_check: Check, devices: FakeDevices, services: Services
) -> None:
    async with open_check() as harness:
        await harness.shows("say something")
        await harness.press("right", "right", "escape")
        await harness.shows("mic Studio microphone")
        await harness.wait_until(
            lambda: not any(microphone.open for microphone in devices.microphones)
        )
    assert services.settings.microphone == ""


async def test_the_way_out_is_called_back_where_there_is_a_screen_to_go_back_to(
    open_check: Check,
) -> None:
    async with open_check() as harness:
        await harness.shows("Esc back")
        await harness.hides("Esc later")


async def test_five_seconds_are_recorded_played_and_judged(
    open_check: Check, devices: FakeDevices
) -> None:
    async with open_check() as harness:
        await harness.shows("say something")
        await harness.press("space")
        await harness.shows("recording: 0 of 5 s")
        devices.microphone_in_use.say(2.0)
        await harness.shows("recording: 2 of 5 s")
        devices.microphone_in_use.say(SAMPLE_S)
        await harness.shows("this is how you sound")
        await harness.wait_until(lambda: devices.output.playing)
        devices.output.reach_the_end()
        await harness.shows("clear enough")
        await harness.wait_until(lambda: any(microphone.open for microphone in devices.microphones))
    assert not devices.output.requests[0].path.exists()


async def test_leaving_while_it_plays_falls_silent(open_check: Check, devices: FakeDevices) -> None:
    async with open_check() as harness:
        await harness.shows("say something")
        await harness.press("space")
        await harness.shows("recording")
        devices.microphone_in_use.say(SAMPLE_S)
        await harness.wait_until(lambda: devices.output.playing)
        await harness.press("escape")
        await harness.wait_until(lambda: not devices.output.playing)


async def test_space_stops_what_is_played(open_check: Check, devices: FakeDevices) -> None:
    async with open_check() as harness:
        await harness.shows("say something")
        await harness.press("space")
        devices.microphone_in_use.say(SAMPLE_S)
        await harness.wait_until(lambda: devices.output.playing)
        await harness.press("space")
        await harness.shows("clear enough")
        assert not devices.output.playing


async def test_how_one_microphone_sounded_is_not_said_of_another(
    open_check: Check, devices: FakeDevices
) -> None:
    async with open_check() as harness:
        await harness.shows("say something")
        await harness.press("space")
        devices.microphone_in_use.say(SAMPLE_S)
        await harness.wait_until(lambda: devices.output.playing)
        await harness.press("right", "right")
        await harness.shows("◂ Headset ▸", "say something")
        assert not devices.output.playing
        assert "clear enough" not in harness.text


async def test_a_muted_microphone_is_said(open_check: Check, devices: FakeDevices) -> None:
    async with open_check() as harness:
        await harness.shows("say something")
        devices.microphone_in_use.say(2.5, amplitude=0)
        await harness.shows("no sound arrives: it is muted")


async def test_no_microphone_is_said_and_can_be_left(
    open_check: Check, devices: FakeDevices
) -> None:
    devices.failure = "there is no microphone on this machine"
    async with open_check() as harness:
        await harness.shows("there is no microphone on this machine", "connect one", "none found")
        await harness.press("space")
        assert isinstance(harness.app.screen, MicrophoneScreen)
        await harness.press("escape")
        await harness.shows("no microphone")


async def test_enter_looks_again_where_no_microphone_was_found(
    open_check: Check, devices: FakeDevices, services: Services
) -> None:
    devices.failure = "there is no microphone on this machine"
    async with open_check() as harness:
        await harness.shows("none found", "Enter look again")
        await harness.press("enter")
        await harness.shows("there is no microphone on this machine")
        devices.failure = ""
        await harness.press("enter")
        await harness.shows("the system's choice: Studio microphone", "say something", "Enter use")
    assert services.settings.microphone == ""


async def test_f5_finds_a_microphone_that_was_plugged_in_since(
    open_check: Check, devices: FakeDevices
) -> None:
    async with open_check() as harness:
        await harness.shows("say something", "F5 look again")
        first = devices.microphone_in_use
        devices.names = ["Studio microphone", "Headset", "New one"]
        await harness.press("f5")
        await harness.shows("say something")
        await harness.press("left")
        await harness.shows("◂ New one ▸")
        # PortAudio finds new ones only while none is open.
        assert not first.open


async def test_a_chosen_microphone_that_is_not_plugged_in_stays_chosen(
    open_check: Check, services: Services
) -> None:
    services.change_setting("microphone", "Old headset")
    async with open_check() as harness:
        await harness.shows("◂ Old headset ▸")


async def test_a_hostile_device_is_shown_as_it_is(open_check: Check, devices: FakeDevices) -> None:
    devices.names = [HOSTILE]
    async with open_check() as harness:
        await harness.shows("[RED] [$primary]")
        assert not {"\x1b", "\x9b", "\x07"} & set(harness.text)
