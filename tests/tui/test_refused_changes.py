"""A library or disk that refuses is said on the screen; nothing ends and nothing typed is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from textual.widgets import TextArea

from practice.core.session import Mode
from practice.library.takes import Take
from practice.tui.app import PracticeApp
from practice.tui.screens.library.library import LibraryScreen
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.review.dialogs import NotesDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.setup.microphone import MicrophoneScreen
from practice.tui.screens.setup.models import ModelsScreen
from practice.tui.screens.setup.settings import SettingsScreen
from practice.tui.screens.setup.welcome import WelcomeScreen
from practice.tui.services import Services
from tests.support.app_harness import Desk
from tests.support.review_harness import TellingPlayer, keep, keep_bank, open_review
from tests.support.session_harness import CONFLICT
from tests.tui.conftest import RunApp, Sit

IN_USE = "close the other practice"


@contextmanager
def written_by_another_program(services: Services) -> Iterator[None]:
    """Every write to the library waits for a moment and is refused."""
    with services.workspace.library._database.reading() as db:
        db.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(services.places.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def unreadable_takes(services: Services) -> Iterator[None]:
    """Every look at a take is refused."""
    with closing(sqlite3.connect(services.places.database, isolation_level=None)) as other:
        other.execute("ALTER TABLE take RENAME TO elsewhere")
        yield
        other.execute("ALTER TABLE elsewhere RENAME TO take")


def block_settings(services: Services) -> None:
    """Put a folder where the file of settings belongs."""
    services.places.settings_file.unlink(missing_ok=True)
    (services.places.settings_file / "not a file").mkdir(parents=True)


@pytest.fixture
def desk() -> Desk:
    devices = Desk()
    devices.the_player = TellingPlayer()
    return devices


@pytest.fixture
def take(services: Services) -> Take:
    keep_bank(services)
    return keep(services)


@pytest.mark.parametrize("key", ["asterisk", "3", "s", "x"])
async def test_what_a_review_cannot_keep_is_said(
    run_app: RunApp, services: Services, take: Take, key: str
) -> None:
    async with run_app((120, 36)) as stage:
        review = await open_review(stage, services, take)
        await review.go_to("⟨um⟩")
        with written_by_another_program(services):
            await review.press(key)
            if key == "x":
                await review.press("enter")
            await stage.shows(IN_USE)
        await stage.on(ReviewScreen)
        assert services.workspace.library.take(take.id) == take
        await review.press("4")
        await stage.shows("rated 4 of 4")


async def test_notes_that_cannot_be_kept_are_given_back(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as stage:
        review = await open_review(stage, services, take)
        with written_by_another_program(services):
            await review.press("n", *"what I meant".replace(" ", "_"), "escape")
            await stage.shows(IN_USE)
            box = await stage.on(NotesDialog)
            assert box.query_one(TextArea).text == "what_I_meant"
        await review.press("escape")
        await stage.until(lambda: services.workspace.library.take(take.id).notes == "what_I_meant")


async def test_keys_that_come_quickly_are_obeyed_in_their_order(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as stage:
        review = await open_review(stage, services, take)
        await review.press("asterisk", "3", "asterisk", "asterisk", "2", "2", "1")
        await stage.shows("rated 1 of 4", "★")
        kept = services.workspace.library.take(take.id)
        assert (kept.rating, kept.starred) == (1, True)


async def test_a_change_is_made_although_its_screen_is_left_at_once(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as stage:
        review = await open_review(stage, services, take)
        await review.press("asterisk", "3", "escape", "ctrl+q")
        await stage.until(lambda: not stage.app.is_running)
    kept = services.workspace.library.take(take.id)
    assert (kept.rating, kept.starred) == (3, True)


async def test_a_change_that_is_refused_keeps_the_app_open(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as stage:
        review = await open_review(stage, services, take)
        with written_by_another_program(services):
            await review.press("n", "y", "escape", "ctrl+q")
            await stage.shows(IN_USE)
            assert (await stage.on(NotesDialog)).query_one(TextArea).text == "y"


async def test_a_star_in_the_comparison_that_cannot_be_kept_is_said(
    run_app: RunApp, services: Services, take: Take
) -> None:
    keep(services)
    async with run_app((120, 36)) as stage:
        stage.app.navigator.open_comparison(take.id)
        screen = await stage.on(CompareScreen)
        await stage.shows("words a minute")
        with written_by_another_program(services):
            await stage.press("asterisk")
            await stage.shows(IN_USE)
        assert stage.app.screen is screen


async def test_a_deletion_in_the_library_that_cannot_be_made_is_said(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as stage:
        stage.app.navigator.open_library()
        await stage.on(LibraryScreen)
        await stage.shows("Tell me about a conflict.")
        with written_by_another_program(services):
            await stage.press("d", "enter")
            await stage.shows(IN_USE)
        await stage.shows("Tell me about a conflict.")


async def test_a_session_whose_end_cannot_be_noted_ends_with_a_word(
    sit: Sit, services: Services
) -> None:
    async with sit(Mode.PRACTICE, CONFLICT) as sitter:
        await sitter.answer(0.5)
        take_id = sitter.session.session_run.take_ids[0]
        await sitter.until(lambda: services.workspace.library.review(take_id) is not None)
        with written_by_another_program(services):
            await sitter.press("enter")
            await sitter.shows(IN_USE)
        await sitter.on(TodayScreen)
        assert services.workspace.library.take(take_id).duration_s


async def test_an_answer_that_cannot_be_deleted_says_so_where_it_is_shown(
    sit: Sit, services: Services
) -> None:
    async with sit(Mode.PRACTICE, CONFLICT) as sitter:
        await sitter.answer(0.5)
        take_id = sitter.session.session_run.take_ids[0]
        await sitter.until(lambda: services.workspace.library.review(take_id) is not None)
        with written_by_another_program(services):
            await sitter.press("delete", "enter")
            await sitter.shows(IN_USE, "Kept")


async def test_a_summary_that_cannot_be_read_again_says_so(sit: Sit, services: Services) -> None:
    async with sit(Mode.PRACTICE, CONFLICT) as sitter:
        await sitter.answer(0.5)
        await sitter.press("enter")
        await sitter.shows("1 take of 1 question")
        with unreadable_takes(services):
            await sitter.pilot.resize_terminal(90, 30)
            await sitter.shows("the library")
        assert sitter.app.is_running


async def test_a_kept_answer_that_cannot_be_read_again_says_so(
    sit: Sit, services: Services
) -> None:
    async with sit(Mode.PRACTICE, CONFLICT) as sitter:
        await sitter.answer(0.5)
        with unreadable_takes(services):
            sitter.session.show_news()
            await sitter.shows("the library")
        assert isinstance(sitter.app.screen, SessionScreen)


async def test_settings_say_what_they_cannot_read(run_app: RunApp, services: Services) -> None:
    async with run_app((120, 36)) as stage:
        await stage.shows("new to you")
        with closing(sqlite3.connect(services.places.database, isolation_level=None)) as other:
            other.execute("ALTER TABLE calibration RENAME TO elsewhere")
            stage.app.navigator.open_settings()
            await stage.on(SettingsScreen)
            await stage.shows("the library")
        assert stage.app.is_running


async def test_a_microphone_that_cannot_be_kept_is_said(
    run_app: RunApp, services: Services
) -> None:
    async with run_app((120, 36)) as stage:
        await stage.shows("new to you")
        stage.app.navigator.open_microphone()
        await stage.shows("say something")
        block_settings(services)
        await stage.press("right", "enter")
        await stage.shows("cannot read")
        await stage.on(MicrophoneScreen)


async def test_a_model_that_cannot_be_kept_is_said(run_app: RunApp, services: Services) -> None:
    async with run_app((120, 36)) as stage:
        await stage.shows("new to you")
        stage.app.navigator.open_models()
        await stage.shows("here, in use")
        block_settings(services)
        await stage.press("enter")
        await stage.shows("cannot read")
        await stage.on(ModelsScreen)


async def test_a_first_start_goes_on_where_settings_cannot_be_written(
    home: Path, services: Services
) -> None:
    services.places.settings_file.unlink()
    app = PracticeApp(services)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        while not isinstance(app.screen, WelcomeScreen):
            await pilot.pause(0.01)
        block_settings(services)
        await pilot.press("escape")
        while not isinstance(app.screen, TodayScreen):
            await pilot.pause(0.01)
        assert [notice.title for notice in app._notifications]
