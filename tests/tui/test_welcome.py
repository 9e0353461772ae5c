from pathlib import Path

import pytest

from practice import demo
from practice.base.paths import places
from practice.base.settings import load_settings
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.models import ModelsListed, ModelsScreen
from practice.tui.screens.setup.welcome import WelcomeScreen
from practice.tui.services import Services
from tests.support.app_harness import FakeDevices
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


async def test_two_enters_lead_from_the_first_start_to_the_first_question(
    run_app: RunApp, missing_settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        await harness.shows("say something: the bars should move", "Enter use it")
        await harness.press("enter")
        await harness.wait_for_screen(ModelsScreen)
        await harness.shows("Get base (148 MB)? Enter yes, Esc later.")
        got = list[str]()
        monkeypatch.setattr(harness.app, "get_model", got.append)
        await harness.press("enter")
        await harness.wait_for_screen(TodayScreen)
        await harness.shows("you can begin meanwhile")
        assert got == ["base"]
    assert has_greeted(missing_settings_file)


async def test_with_a_model_of_ones_own_the_question_is_next(
    run_app: RunApp, services: Services, missing_settings_file: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own-model"
    own.symlink_to(demo.MODEL_FOLDER)
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        services.change_setting("model", str(own))
        await harness.shows("Enter use it")
        await harness.press("enter")
        await harness.wait_for_screen(TodayScreen)
        assert not any(isinstance(message, ModelsListed) for message in harness.seen)


async def test_without_a_microphone_it_says_so_at_once_and_enter_looks_again(
    run_app: RunApp, devices: FakeDevices, missing_settings_file: Path
) -> None:
    devices.failure = "there is no microphone on this machine"
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        await harness.shows("there is no microphone on this machine", "Enter look again")


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_what_the_microphone_hears_is_in_view(
    run_app: RunApp, missing_settings_file: Path, size: tuple[int, int]
) -> None:
    async with run_app(size) as harness:
        await harness.wait_for_screen(WelcomeScreen)
        await harness.shows("◂ the system's", "▁▁▁", "say", "Enter use it")


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


async def test_who_stutters_may_say_so_and_is_asked_once(
    run_app: RunApp, services: Services, missing_settings_file: Path
) -> None:
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        await harness.shows("Do you stutter, or speak in a second language?", "nothing to set")
        await harness.press("down", "left")
        await harness.shows("both")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    kept = load_settings(missing_settings_file)
    assert (kept.stutter, kept.second_language) == (True, True)
    assert services.workspace.library.leaves_out_stutter
