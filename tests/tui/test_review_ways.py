"""The ways from a review: to a friend, to a file, to another take, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.core.session import SessionPhase
from practice.library.takes import Take
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.library.library import LibraryScreen
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.review.export import ExportDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from practice.tui.widgets.option_row import OptionRow
from practice.tui.widgets.plain_input import PlainInput
from tests.support.app_harness import AppHarness, FakeDevices
from tests.support.review_harness import keep_bank, keep_conflict_take, open_review
from tests.support.session_harness import SessionHarness
from tests.tui.conftest import RunApp


@pytest.fixture
def take(services: Services) -> Iterator[Take]:
    keep_bank(services)
    yield keep_conflict_take(services)
    services.close()


async def answer_again(harness: AppHarness, devices: FakeDevices) -> None:
    """Press R in a review, and answer for six seconds."""
    await harness.press("r")
    await harness.wait_for_screen(SessionScreen)
    session = SessionHarness(harness.pilot, harness.seen, devices)
    await session.answer()
    assert session.phase() is SessionPhase.KEPT


async def test_a_page_for_somebody_else_holds_no_notes_and_no_names(
    run_app: RunApp, services: Services, take: Take
) -> None:
    services.workspace.library.annotations.note(take.id, "Forgot the result.")
    services.workspace.library.annotations.rate(take.id, 3)
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.press("X")
        box = await harness.wait_for_screen(ExportDialog)
        await harness.shows("somebody else", "names to mask", "Where did you lose me?", "left out")
        box.query_one("#names", PlainInput).value = "bank"
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
    (written,) = (services.places.data / "exports").iterdir()
    page = written.read_text()
    assert written.suffix == ".html"
    assert "Where did you lose me?" in page
    assert "(masked)" in page
    for secret in (
        "Forgot the result",
        "Rated 3",
        "at the bank",
        "Test",
        str(services.places.data),
    ):
        assert secret not in page


async def test_notes_go_along_only_where_that_is_chosen(
    run_app: RunApp, services: Services, take: Take
) -> None:
    services.workspace.library.annotations.note(take.id, "Forgot the result.")
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.press("X")
        box = await harness.wait_for_screen(ExportDialog)
        box.query_one("#notes", OptionRow).action_next()
        box.query_one("#form", OptionRow).action_next()
        box.action_write()
        await harness.wait_for_screen(ReviewScreen)
    (written,) = (services.places.data / "exports").iterdir()
    assert written.suffix == ".md"
    assert "Forgot the result" in written.read_text()


@pytest.mark.parametrize(("is_shared", "ending"), [(True, ".webm"), (False, ".flac")])
async def test_the_recording_alone_can_be_written(
    run_app: RunApp, services: Services, take: Take, is_shared: bool, ending: str
) -> None:
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.press("X")
        box = await harness.wait_for_screen(ExportDialog)
        if not is_shared:
            box.query_one("#whom", OptionRow).action_next()
        box.query_one("#form", OptionRow).action_previous()
        await harness.shows("the recording alone")
        box.action_write()
        await harness.wait_for_screen(ReviewScreen)
    (written,) = (services.places.data / "exports").iterdir()
    assert written.suffix == ending
    assert written.stat().st_size > 1000


async def test_a_take_is_deleted_after_a_yes_and_not_by_enter(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("y      delete it for good", "Enter  keep it")
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        assert services.workspace.library.takes() != []
        await harness.press("delete", "y")
        await harness.wait_for_screen(TodayScreen)
    assert services.workspace.library.takes() == []


async def test_from_the_review_of_a_retake_one_escape_leads_where_the_first_one_led(
    run_app: RunApp, services: Services, take: Take, devices: FakeDevices
) -> None:
    async with run_app() as harness:
        await harness.wait_for_screen(TodayScreen)
        await harness.press("l")
        await harness.wait_for_screen(LibraryScreen)
        await harness.shows("Tell me about a conflict.")
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("take 1 of 1")
        await answer_again(harness, devices)
        await harness.press("enter")
        await harness.shows("take 2 of 2")
        await harness.press("c")
        await harness.wait_until(lambda: not isinstance(harness.app.screen, SessionScreen))
        if isinstance(harness.app.screen, CompareScreen):
            await harness.press("escape")
        await harness.wait_for_screen(ReviewScreen)
        await harness.press("escape")
        await harness.wait_for_screen(LibraryScreen)
        assert not any(
            isinstance(s, SessionScreen | ReviewScreen) for s in harness.app.screen_stack
        )


async def test_a_retake_that_is_left_leads_back_to_a_review_that_knows_of_it(
    run_app: RunApp, services: Services, take: Take, devices: FakeDevices
) -> None:
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.shows("take 1 of 1")
        await answer_again(harness, devices)
        await harness.press("escape")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("take 1 of 2")


@pytest.mark.parametrize(("key", "reason"), [("c", "one take of this question"), ("f6", "Nothing")])
async def test_a_key_that_does_nothing_says_why(
    run_app: RunApp, services: Services, take: Take, key: str, reason: str
) -> None:
    async with run_app() as harness:
        await open_review(harness, services, take)
        await harness.press(key)
        await harness.shows(reason)


async def test_m_marks_the_word_under_the_cursor(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        review = await open_review(harness, services, take)
        await review.go_to("wanted")
        await review.press("m")
        await harness.shows("at “wanted”")


async def test_a_review_is_drawn_in_every_theme_of_textual(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app((120, 36)) as harness:
        await open_review(harness, services, take)
        for theme in harness.app.available_themes:
            harness.app.theme = theme
            await harness.pilot.pause()
            assert "words a minute" in harness.text, theme
            assert "⟨um⟩" in harness.text, theme


async def export_page(harness: AppHarness, services: Services, take: Take) -> Path:
    """Share a take as a page."""
    await open_review(harness, services, take)
    await harness.press("X")
    await harness.wait_for_screen(ExportDialog)
    await harness.press("enter")
    await harness.wait_for_screen(ReviewScreen)
    page = services.places.exports / f"{take.id}.html"
    assert page.exists()
    return page


async def test_the_notice_of_a_page_is_short_and_breaks_its_path_between_parts_only(
    run_app: RunApp, services: Services, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(services.places.data.parent))
    async with run_app() as harness:
        page = await export_page(harness, services, take)
        await harness.shows("written", page.name, "in ~/data/exports")
        assert str(services.places.data) not in harness.text


@pytest.mark.parametrize(("answer", "stays"), [("y", False), ("enter", True)])
async def test_whoever_deletes_a_take_is_asked_about_the_page_that_was_made_of_it(
    run_app: RunApp, services: Services, take: Take, answer: str, stays: bool
) -> None:
    async with run_app() as harness:
        page = await export_page(harness, services, take)
        await harness.press("delete")
        await harness.shows("What you exported of it stays:", page.name)
        await harness.press("y")
        await harness.shows("Delete this file of the take too?", page.name)
        assert len(services.workspace.library.takes()) == 1
        await harness.press(answer)
        await harness.wait_for_screen(TodayScreen)
    assert page.exists() == stays
    assert services.workspace.library.takes() == []


async def test_the_library_asks_about_the_page_too(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app() as harness:
        page = await export_page(harness, services, take)
        harness.app.navigator.open_library()
        await harness.wait_for_screen(LibraryScreen)
        await harness.wait_until(lambda: harness.app.screen.check_action("delete", ()) is True)
        await harness.press("D")
        await harness.shows("Delete the sound for good?", page.name)
        await harness.press("y")
        await harness.shows("Delete this file of the take too?")
        await harness.press("y")
        await harness.wait_until(lambda: not page.exists())
    (kept,) = services.workspace.library.takes()
    assert kept.audio is None
