"""A library or disk that refuses is said on the screen; nothing ends and nothing typed is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from textual.widgets import TextArea

from practice.core.session import Mode
from practice.library.takes import Take
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
from tests.support.review_harness import keep_bank, keep_conflict_take, open_review
from tests.support.session_harness import CONFLICT
from tests.tui.conftest import RunApp, RunSession

IN_USE = "close the other practice"


@contextmanager
def lock_library(services: Services) -> Iterator[None]:
    """Every write to the library waits for a moment and is refused."""
    with services.workspace.library._database.reading() as db:
        db.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(services.places.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def break_takes(services: Services) -> Iterator[None]:
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
def take(services: Services) -> Take:
    keep_bank(services)
    return keep_conflict_take(services)


@pytest.mark.parametrize("key", ["asterisk", "3", "S", "x"])
async def test_what_a_review_cannot_keep_is_said(
    run_app: RunApp, services: Services, take: Take, key: str
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.go_to("⟨um⟩")
        with lock_library(services):
            await review.press(key)
            if key == "x":
                await review.press("enter")
            await harness.shows(IN_USE)
        await harness.wait_for_screen(ReviewScreen)
        assert services.workspace.library.take(take.id) == take
        await review.press("4")
        await harness.shows("rated 4 of 4")


async def test_notes_that_cannot_be_kept_are_given_back(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        with lock_library(services):
            await review.press("w", *"what I meant".replace(" ", "_"), "escape")
            await harness.shows(IN_USE)
            box = await harness.wait_for_screen(NotesDialog)
            assert box.query_one(TextArea).text == "what_I_meant"
        await review.press("escape")
        await harness.wait_until(
            lambda: services.workspace.library.take(take.id).notes == "what_I_meant"
        )


async def test_keys_that_come_quickly_are_obeyed_in_their_order(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("asterisk", "3", "asterisk", "asterisk", "2", "2", "1")
        await harness.shows("rated 1 of 4", "★")
        kept = services.workspace.library.take(take.id)
        assert (kept.rating, kept.starred) == (1, True)


async def test_a_change_is_made_although_its_screen_is_left_at_once(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        await review.press("asterisk", "3", "escape", "ctrl+q")
        await harness.wait_until(lambda: not harness.app.is_running)
    kept = services.workspace.library.take(take.id)
    assert (kept.rating, kept.starred) == (3, True)


async def test_a_change_that_is_refused_keeps_the_app_open(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        review = await open_review(harness, services, take)
        with lock_library(services):
            await review.press("w", "y", "escape", "ctrl+q")
            await harness.shows(IN_USE)
            assert (await harness.wait_for_screen(NotesDialog)).query_one(TextArea).text == "y"


async def test_a_star_in_the_comparison_that_cannot_be_kept_is_said(
    run_app: RunApp, services: Services, take: Take
) -> None:
    keep_conflict_take(services)
    async with run_app((120, 36)) as harness:
        harness.app.navigator.open_comparison(take.id)
        screen = await harness.wait_for_screen(CompareScreen)
        await harness.shows("words a minute")
        with lock_library(services):
            await harness.press("asterisk")
            await harness.shows(IN_USE)
        assert harness.app.screen is screen


async def test_a_deletion_in_the_library_that_cannot_be_made_is_said(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        harness.app.navigator.open_library()
        await harness.wait_for_screen(LibraryScreen)
        await harness.shows("Tell me about a conflict.")
        with lock_library(services):
            await harness.press("delete", "y")
            await harness.shows(IN_USE)
        await harness.shows("Tell me about a conflict.")


async def test_a_session_whose_end_cannot_be_noted_ends_with_a_word(
    run_session: RunSession, services: Services
) -> None:
    async with run_session(Mode.PRACTICE, CONFLICT) as harness:
        await harness.answer(6.0)
        take_id = harness.session.session_run.take_ids[0]
        await harness.wait_until(lambda: services.workspace.library.review(take_id) is not None)
        with lock_library(services):
            await harness.press("n")
            await harness.shows(IN_USE)
        await harness.wait_for_screen(TodayScreen)
        assert services.workspace.library.take(take_id).duration_s


async def test_an_answer_that_cannot_be_deleted_says_so_where_it_is_shown(
    run_session: RunSession, services: Services
) -> None:
    async with run_session(Mode.PRACTICE, CONFLICT) as harness:
        await harness.answer(6.0)
        take_id = harness.session.session_run.take_ids[0]
        await harness.wait_until(lambda: services.workspace.library.review(take_id) is not None)
        with lock_library(services):
            await harness.press("delete", "y")
            await harness.shows(IN_USE, "Saved")


async def test_a_summary_that_cannot_be_read_again_says_so(
    run_session: RunSession, services: Services
) -> None:
    async with run_session(Mode.PRACTICE, CONFLICT) as harness:
        await harness.answer(6.0)
        await harness.press("n")
        await harness.shows("1 take of 1 question")
        with break_takes(services):
            await harness.pilot.resize_terminal(90, 30)
            await harness.shows("the library")
        assert harness.app.is_running


async def test_a_kept_answer_that_cannot_be_read_again_says_so(
    run_session: RunSession, services: Services
) -> None:
    async with run_session(Mode.PRACTICE, CONFLICT) as harness:
        await harness.answer(6.0)
        with break_takes(services):
            harness.session.show_news()
            await harness.shows("the library")
        assert isinstance(harness.app.screen, SessionScreen)


async def test_settings_say_what_they_cannot_read(run_app: RunApp, services: Services) -> None:
    async with run_app((120, 36)) as harness:
        await harness.shows("new to you")
        with closing(sqlite3.connect(services.places.database, isolation_level=None)) as other:
            other.execute("ALTER TABLE calibration RENAME TO elsewhere")
            harness.app.navigator.open_settings()
            await harness.wait_for_screen(SettingsScreen)
            await harness.shows("the library")
        assert harness.app.is_running


async def test_a_microphone_that_cannot_be_kept_is_said(
    run_app: RunApp, services: Services
) -> None:
    async with run_app((120, 36)) as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_microphone()
        await harness.shows("say something")
        block_settings(services)
        await harness.press("right", "enter")
        await harness.shows("cannot read")
        await harness.wait_for_screen(MicrophoneScreen)


async def test_a_model_that_cannot_be_kept_is_said(run_app: RunApp, services: Services) -> None:
    async with run_app((120, 36)) as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_models()
        await harness.shows("Get base")
        await harness.press("down")
        await harness.shows("here, in use")
        block_settings(services)
        await harness.press("enter")
        await harness.shows("cannot read")
        await harness.wait_for_screen(ModelsScreen)


async def test_a_first_start_goes_on_where_settings_cannot_be_written(
    run_app: RunApp, services: Services
) -> None:
    services.places.settings_file.unlink()
    async with run_app() as harness:
        await harness.wait_for_screen(WelcomeScreen)
        block_settings(services)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.shows("cannot")
