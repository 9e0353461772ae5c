"""Everything is written into a folder and taken back, with a look before either."""

from pathlib import Path

import pytest

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.export_folder import export_everything
from practice.core.workspace import Workspace
from practice.library.interviews import InterviewFacts
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.everything import EverythingScreen
from practice.tui.screens.setup.settings import SettingsScreen
from practice.tui.services import Services
from practice.tui.widgets.plain_input import PlainInput
from tests.support.app_harness import AppHarness
from tests.support.clock import FakeClock
from tests.support.library_takes import TakeBuilder
from tests.support.weeks_harness import add_interview
from tests.tui.conftest import RunApp


async def open_everything(harness: AppHarness) -> EverythingScreen:
    await harness.wait_for_screen(TodayScreen)
    harness.app.navigator.open_everything()
    screen = await harness.wait_for_screen(EverythingScreen)
    await harness.shows("Export and import", "Enter looks at the folder.")
    return screen


async def name_folder(harness: AppHarness, folder: Path | str) -> None:
    harness.app.screen.query_one(PlainInput).value = str(folder)
    await harness.pilot.pause()  # the line says that it has changed


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """An export of another machine, with an interview that is not known here."""
    root = tmp_path / "other"
    places = Places(*(root / name for name in ("config", "data", "state", "models")))
    with Workspace(places, Settings(), FakeClock()) as workspace:
        workspace.library.interviews.add(InterviewFacts("Globex", notes="théâtre"), "UTC")
        export_everything(workspace, root / "export")
    return root / "export"


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (140, 40)])
async def test_an_export_is_looked_at_then_written(
    run_app: RunApp, services: Services, tmp_path: Path, clock: FakeClock, size: tuple[int, int]
) -> None:
    TakeBuilder(services, clock).answer()
    interview = add_interview(services, 3)
    services.workspace.library.own_pages.write(interview.id, "for me alone")
    folder = tmp_path / "out"
    async with run_app(size) as harness:
        await open_everything(harness)
        await name_folder(harness, folder)
        await harness.press("enter")
        await harness.shows("to be written: 1 take, 1", "Enter writes it.")
        assert not folder.exists()
        await harness.press("enter")
        await harness.shows("Written to")
    assert (folder / "manifest.json").exists()
    assert "for me alone" not in (folder / f"interviews/{interview.id}.json").read_text()


async def test_the_pages_are_in_it_only_where_that_is_chosen(
    run_app: RunApp, services: Services, tmp_path: Path
) -> None:
    interview = add_interview(services, 3)
    services.workspace.library.own_pages.write(interview.id, "for me alone")
    async with run_app() as harness:
        await open_everything(harness)
        await name_folder(harness, tmp_path / "out")
        await harness.press("enter")
        await harness.shows("left out: 1 page that you wrote for yourself")
        await harness.press("down", "down", "right")
        await harness.hides("left out: 1 page")
        await harness.press("enter")
        await harness.shows("Written to")
    assert "for me alone" in (tmp_path / f"out/interviews/{interview.id}.json").read_text()


async def test_an_export_is_taken_back_after_a_look(
    run_app: RunApp, services: Services, other: Path
) -> None:
    async with run_app((100, 30)) as harness:
        await open_everything(harness)
        await harness.press("right")
        await name_folder(harness, other)
        await harness.press("enter")
        await harness.shows("to be added: 1 interview", "Enter adds it.")
        assert services.workspace.library.interviews.all() == []
        await harness.press("enter")
        await harness.shows("Taken from", "taken: 1 interview")
        await harness.press("enter")
        await harness.shows("here already: 1 interview", "Everything in it is here already.")
        await harness.press("enter")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    (interview,) = services.workspace.library.interviews.all()
    assert interview.facts.company == "Globex"


async def test_what_is_damaged_is_named_and_left_out_only_where_that_is_chosen(
    run_app: RunApp, services: Services, other: Path
) -> None:
    (other / "open_questions.json").write_text("[]")
    async with run_app((100, 30)) as harness:
        await open_everything(harness)
        await harness.press("right")
        await name_folder(harness, other)
        await harness.press("enter")
        await harness.shows("open_questions.json", "Something in it is damaged.")
        await harness.press("enter")
        assert services.workspace.library.interviews.all() == []
        await harness.press("down", "down", "right")
        await harness.shows("Enter adds it.")
        await harness.press("enter")
        await harness.shows("taken: 1 interview", "damaged: open_questions.json")
    assert len(services.workspace.library.interviews.all()) == 1


async def says(harness: AppHarness, *texts: str) -> None:
    """Wait for texts that may go over several lines: the folders of tests have long names."""
    await harness.wait_until(lambda: all(text in " ".join(harness.text.split()) for text in texts))


async def test_a_folder_that_will_not_do_is_said_with_a_remedy(
    run_app: RunApp, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    async with run_app((100, 30)) as harness:
        await open_everything(harness)
        await name_folder(harness, tmp_path)
        await harness.press("enter")
        await says(harness, "is not empty", "name a new or an empty folder")
        await harness.press("right")
        await harness.wait_until(lambda: "name a new" not in harness.text)
        await harness.press("enter")
        await says(harness, "is not an export: it has no", "manifest.json", "name another folder")
        await name_folder(harness, tmp_path / "nowhere")
        await harness.press("enter")
        await says(harness, "there is no folder", "name the folder of an export")
        await name_folder(harness, "")
        await harness.press("enter")
        await says(harness, "name a folder")


async def test_settings_and_palette_lead_there(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.wait_for_screen(TodayScreen)
        await harness.press("comma")
        await harness.wait_for_screen(SettingsScreen)
        await harness.press("up", "enter")
        await harness.wait_for_screen(EverythingScreen)
        await harness.press("escape", "escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.press("ctrl+p", *"everyth")
        await harness.shows("Export it all into one folder of plain files")
        await harness.press("enter")
        await harness.wait_for_screen(EverythingScreen)
