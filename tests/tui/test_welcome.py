from pathlib import Path

import pytest

from practice import demo
from practice.base.paths import places
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.calibration import CalibrationScreen
from practice.tui.screens.setup.microphone import MicrophoneScreen
from practice.tui.screens.setup.models import ModelsScreen
from practice.tui.screens.setup.welcome import WelcomeScreen
from practice.tui.services import Services
from tests.tui.conftest import RunApp


@pytest.fixture
def missing_settings_file(services: Services) -> Path:
    """Where the settings would be, had anything been chosen yet."""
    services.places.settings_file.unlink()
    return services.places.settings_file


def has_greeted(settings_file: Path) -> bool:
    return settings_file.exists()


async def test_a_newcomer_is_told_where_recordings_live(
    run_app: RunApp, missing_settings_file: Path
) -> None:
    async with run_app((120, 36)) as harness:
        await harness.wait_for_screen(WelcomeScreen)
        await harness.shows("Everything stays on this machine.", str(places().recordings)[:60])


async def test_both_checks_come_one_after_the_other(
    run_app: RunApp, missing_settings_file: Path
) -> None:
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        await harness.press("enter")
        await harness.wait_for_screen(MicrophoneScreen)
        await harness.press("enter")
        await harness.wait_for_screen(ModelsScreen)
        await harness.shows("Get base (148 MB)? Enter yes, Esc later.")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    assert has_greeted(missing_settings_file)


async def test_with_a_model_of_ones_own_the_reading_is_offered_once(
    run_app: RunApp, services: Services, missing_settings_file: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own-model"
    own.symlink_to(demo.MODEL_FOLDER)
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        services.change_setting("model", str(own))
        await harness.press("enter")
        await harness.wait_for_screen(MicrophoneScreen)
        await harness.press("enter")
        await harness.wait_for_screen(ModelsScreen)
        await harness.press("escape")
        await harness.wait_for_screen(CalibrationScreen)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


async def test_everything_can_be_declined_and_is_not_asked_again(
    run_app: RunApp, missing_settings_file: Path
) -> None:
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    assert has_greeted(missing_settings_file)
    async with run_app() as harness:
        await harness.shows("new to you")
        assert isinstance(harness.app.screen, TodayScreen)
