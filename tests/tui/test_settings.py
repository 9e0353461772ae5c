import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest

from practice.core.session import Mode
from practice.tui.screens.dialogs.pick import PickDialog
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.microphone import MicrophoneScreen
from practice.tui.screens.setup.models import ModelsScreen
from practice.tui.screens.setup.settings import SettingsScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness
from tests.support.clock import FakeClock
from tests.support.takes import keep_take
from tests.tui.conftest import RunApp

Open = Callable[[], AbstractAsyncContextManager[AppHarness]]


@pytest.fixture
def open_settings(run_app: RunApp) -> Open:
    """Open the settings by their key."""

    @asynccontextmanager
    async def open_settings() -> AsyncIterator[AppHarness]:
        async with run_app((80, 30)) as harness:
            await harness.shows("new to you")
            await harness.press("comma")
            await harness.wait_for_screen(SettingsScreen)
            await harness.shows("speech model", "demo, on this machine")
            yield harness

    return open_settings


def read_settings_file(services: Services) -> dict[str, object]:
    return tomllib.loads(services.places.settings_file.read_text())


async def test_every_setting_and_every_place_is_shown(open_settings: Open) -> None:
    async with open_settings() as harness:
        await harness.shows(
            "the system's choice", "English (en)", "2 min", "30 s", "delete sound  never"
        )
        await harness.shows("settings.toml", "recordings", "your filler words", "none yet")


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        (3, "language", "es"),
        (4, "target_s", 150),
        (5, "prep_s", 45),
        (7, "theme", "practice-light"),
    ],
)
async def test_right_changes_a_line_and_keeps_it(
    open_settings: Open, services: Services, line: int, key: str, value: object
) -> None:
    async with open_settings() as harness:
        await harness.press(*["down"] * line, "right")
        await harness.wait_until(lambda: getattr(services.settings, key) == value)
    assert read_settings_file(services)[key] == value
    assert read_settings_file(services)["model"] == "demo"


async def choose_days(harness: AppHarness, line: int) -> None:
    """Go to the line about sound with the arrow keys and choose the days on `line` of its list."""
    await harness.press(*["down"] * 6, "right")
    await harness.wait_for_screen(PickDialog)
    await harness.press(*["down"] * line, "enter")


async def test_an_arrow_key_alone_lets_no_sound_be_deleted(
    open_settings: Open, services: Services
) -> None:
    async with open_settings() as harness:
        await harness.press(*["down"] * 6, "right", "right", "right", "left", "escape", "escape")
        await harness.wait_for_screen(TodayScreen)
    assert services.settings.keep_audio_days == 0


async def test_sound_is_deleted_only_once_the_number_of_takes_was_agreed_to(
    open_settings: Open, services: Services, clock: FakeClock
) -> None:
    for _ in range(2):
        keep_take(services.workspace)
    clock.advance(timedelta(days=10))
    async with open_settings() as harness:
        await choose_days(harness, 1)
        await harness.shows("The sound of 2 takes is older than 7 days", "next start")
        await harness.press("enter")  # no
        await harness.wait_for_screen(SettingsScreen)
        assert services.settings.keep_audio_days == 0
        await harness.press("right")
        await harness.wait_for_screen(PickDialog)
        await harness.press("down", "enter")
        await harness.shows("2 takes")
        await harness.press("y")
        await harness.shows("after 7 days")
    assert services.settings.keep_audio_days == 7
    assert all(take.audio is not None for take in services.workspace.library.takes())
    async with open_settings() as harness:
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    assert all(take.audio is None for take in services.workspace.library.takes())


async def test_more_days_than_before_need_no_question(
    open_settings: Open, services: Services
) -> None:
    services.change_setting("keep_audio_days", "7")
    async with open_settings() as harness:
        await choose_days(harness, 2)
        await harness.shows("after 30 days")
        await harness.wait_until(lambda: services.settings.keep_audio_days == 30)


async def test_the_day_on_which_sound_is_deleted_says_so(
    run_app: RunApp, services: Services, clock: FakeClock
) -> None:
    keep_take(services.workspace)
    clock.advance(timedelta(days=10))
    services.change_setting("keep_audio_days", "7")
    async with run_app() as harness:
        await harness.shows("The sound of 1 take older than 7 days was")


async def test_left_goes_back(open_settings: Open, services: Services) -> None:
    async with open_settings() as harness:
        await harness.press("down", "down", "down", "down", "right", "left", "left")
        await harness.wait_until(lambda: services.settings.target_s == 90)


async def test_the_colours_change_at_once(open_settings: Open) -> None:
    async with open_settings() as harness:
        await harness.press(*["down"] * 7, "right")
        await harness.wait_until(lambda: harness.app.theme == "practice-light")


async def test_a_language_that_the_model_does_not_know_is_said(
    open_settings: Open, services: Services
) -> None:
    services.change_setting("model", "demo")
    async with open_settings() as harness:
        services.change_setting("model", "tiny.en")
        await harness.press("down", "down", "down", "right")
        await harness.shows("tiny.en, which knows English only")


async def test_enter_opens_the_microphone_check(open_settings: Open) -> None:
    async with open_settings() as harness:
        await harness.press("enter")
        await harness.wait_for_screen(MicrophoneScreen)
        await harness.press("escape")
        await harness.wait_for_screen(SettingsScreen)


async def test_enter_opens_the_models(open_settings: Open) -> None:
    async with open_settings() as harness:
        await harness.press("down", "enter")
        await harness.wait_for_screen(ModelsScreen)
        await harness.press("escape")
        await harness.wait_for_screen(SettingsScreen)


async def test_a_disk_that_refuses_is_told_and_the_line_goes_back(
    open_settings: Open, services: Services
) -> None:
    async with open_settings() as harness:
        services.places.settings_file.write_text("model = [\n")
        await harness.press("down", "down", "down", "right")
        await harness.shows("correct that line", "English (en)")
    assert services.settings.language == "en"


async def test_escape_goes_back(open_settings: Open) -> None:
    async with open_settings() as harness:
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


async def test_a_session_is_set_up_with_the_arrow_keys(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("s")
        await harness.shows("every question", "◂ practice ▸")
        await harness.press(*["down"] * (len(harness.app.screen.focus_chain) - 2), "right")
        await harness.shows("◂ interview ▸", "a hard stop")
        await harness.press("enter")
        session = await harness.wait_for_screen(SessionScreen)
        assert session.session_run.mode is Mode.INTERVIEW
        await harness.shows("1 of 3")


async def test_a_set_up_can_be_left(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("s", "escape")
        await harness.wait_for_screen(TodayScreen)
