from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from practice.audio.sound_check import SAMPLE_S
from practice.tui.screens.setup.microphone import MicrophoneScreen
from practice.tui.services import Services
from practice.tui.widgets.level_meter import LevelMeter
from tests.support.app_harness import HOSTILE, Desk, Stage
from tests.tui.conftest import RunApp

Check = Callable[[], AbstractAsyncContextManager[Stage]]


@pytest.fixture
def check(run_app: RunApp, services: Services) -> Check:
    """Open the microphone check."""

    @asynccontextmanager
    async def open_check() -> AsyncIterator[Stage]:
        async with run_app() as stage:
            await stage.shows("new to you")
            stage.app.navigator.open_microphone()
            yield stage

    return open_check


async def test_the_meter_moves_with_the_voice(check: Check, desk: Desk) -> None:
    async with check() as stage:
        await stage.shows("the system's choice: Studio microphone", "say something")
        desk.microphone_in_use.say(0.3)
        meter = stage.app.screen.query_one(LevelMeter)
        await stage.until(lambda: max(meter.heights) > 4)


async def test_another_microphone_is_opened_and_kept(
    check: Check, desk: Desk, services: Services
) -> None:
    async with check() as stage:
        await stage.shows("say something")
        first = desk.microphone_in_use
        await stage.press("right", "right")
        await stage.shows("◂ Headset ▸")
        await stage.until(lambda: not first.open and desk.microphone_in_use.name == "Headset")
        await stage.press("enter")
        await stage.shows("mic Headset")
    assert services.settings.microphone == "Headset"


async def test_escape_keeps_what_was_chosen_before(
    check: Check, desk: Desk, services: Services
) -> None:
    async with check() as stage:
        await stage.shows("say something")
        await stage.press("right", "right", "escape")
        await stage.shows("mic Studio microphone")
        await stage.until(lambda: not any(microphone.open for microphone in desk.asked_for))
    assert services.settings.microphone == ""


async def test_five_seconds_are_recorded_played_and_judged(check: Check, desk: Desk) -> None:
    async with check() as stage:
        await stage.shows("say something")
        await stage.press("space")
        await stage.shows("recording: 0 of 5 s")
        desk.microphone_in_use.say(2.0)
        await stage.shows("recording: 2 of 5 s")
        desk.microphone_in_use.say(SAMPLE_S)
        await stage.shows("this is how you sound")
        await stage.until(lambda: desk.the_player.playing)
        desk.the_player.reach_the_end()
        await stage.shows("clear enough")
        await stage.until(lambda: any(microphone.open for microphone in desk.asked_for))
    assert not desk.the_player.played[0].exists()


async def test_leaving_while_it_plays_falls_silent(check: Check, desk: Desk) -> None:
    async with check() as stage:
        await stage.shows("say something")
        await stage.press("space")
        await stage.shows("recording")
        desk.microphone_in_use.say(SAMPLE_S)
        await stage.until(lambda: desk.the_player.playing)
        await stage.press("escape")
        await stage.until(lambda: not desk.the_player.playing)


async def test_a_muted_microphone_is_said(check: Check, desk: Desk) -> None:
    async with check() as stage:
        await stage.shows("say something")
        desk.microphone_in_use.say(2.5, amplitude=0)
        await stage.shows("no sound arrives: it is muted")


async def test_no_microphone_is_said_and_can_be_left(check: Check, desk: Desk) -> None:
    desk.broken = "there is no microphone on this machine"
    async with check() as stage:
        await stage.shows("there is no microphone on this machine", "connect one")
        await stage.press("space")
        assert isinstance(stage.app.screen, MicrophoneScreen)
        await stage.press("escape")
        await stage.shows("no microphone")


async def test_a_hostile_device_is_shown_as_it_is(check: Check, desk: Desk) -> None:
    desk.names = [HOSTILE]
    async with check() as stage:
        await stage.shows("[RED] [$primary]")
        assert not {"\x1b", "\x9b", "\x07"} & set(stage.text)
