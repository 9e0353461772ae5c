"""What interviews have in common, on its screen; and interviews found by their words."""

import pytest

from practice.core.weeks import finish_debrief
from practice.tui.screens.weeks.in_common import InCommonScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.services import Services
from tests.support.app_harness import HOSTILE, AppHarness
from tests.support.weeks_harness import add_interview, note_question
from tests.tui.conftest import RunApp

COMPANIES = ("Acme", "Globex", "Initech")


def keep_debrief(services: Services, company: str, days_ago: int, *questions: str) -> None:
    interview = add_interview(services, -days_ago, company)
    for question in questions:
        note_question(services, interview, question)
    finish_debrief(services.workspace, interview.id)


async def open_interviews(harness: AppHarness) -> None:
    await harness.shows("new to you")
    await harness.press("i")
    await harness.wait_for_screen(InterviewsScreen)
    await harness.shows("Acme")


async def test_two_debriefs_say_how_many_more_it_takes_and_make_no_page(
    run_app: RunApp, services: Services
) -> None:
    for days_ago, company in enumerate(COMPANIES[:2], start=1):
        keep_debrief(services, company, days_ago, "Why do you want to leave?")
    async with run_app((80, 24)) as harness:
        await open_interviews(harness)
        await harness.press("c")
        await harness.wait_for_screen(InCommonScreen)
        await harness.shows("1 more debrief")
        await harness.press("X")
        await harness.shows("There is nothing to write yet.")
    assert not services.workspace.places.exports.exists()


@pytest.mark.parametrize("size", [(100, 30), (40, 12)])
async def test_three_debriefs_are_counted_and_written_to_a_page(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    for days_ago, company in enumerate(COMPANIES, start=1):
        keep_debrief(services, company, days_ago, "Why do you want to leave?")
    async with run_app(size) as harness:
        await open_interviews(harness)
        await harness.press("c")
        await harness.wait_for_screen(InCommonScreen)
        await harness.shows("3 debriefs")
        await harness.press("X")
        page = services.workspace.places.exports / "interviews-in-common.html"
        await harness.wait_until(page.exists)
        await harness.press("escape")
        await harness.wait_for_screen(InterviewsScreen)
    assert "Why do you want to leave?" in page.read_text(encoding="utf-8")


async def test_an_interview_is_found_by_what_was_asked_and_escape_shows_them_all(
    run_app: RunApp, services: Services
) -> None:
    keep_debrief(services, "Acme", 1, "Why do you want to leave?")
    keep_debrief(services, "Globex", 2, "What is your notice period?")
    async with run_app((100, 30)) as harness:
        await open_interviews(harness)
        await harness.press("slash", *"notice")
        await harness.shows("Globex", "asked: What is your notice period?")
        assert "Acme" not in harness.text
        await harness.press(*" moon")
        await harness.shows("No interview has these words.")
        await harness.press("escape")
        await harness.shows("Acme", "Globex")
        assert isinstance(harness.app.screen, InterviewsScreen)


async def test_hostile_words_are_shown_as_they_are(run_app: RunApp, services: Services) -> None:
    for days_ago, company in enumerate(COMPANIES, start=1):
        keep_debrief(services, company, days_ago, HOSTILE)
    async with run_app((100, 30)) as harness:
        await open_interviews(harness)
        await harness.press("c")
        await harness.wait_for_screen(InCommonScreen)
        await harness.shows("3 debriefs")
        assert "\x1b" not in harness.text
