"""Open questions: due first on Today, said well after a take, let go on the second day."""

from datetime import timedelta

import pytest

from practice.base.words import Word
from practice.core.weeks import find_wish, finish_debrief
from practice.library.interviews import Interview, NotedQuestion
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.weeks.open_questions import OpenQuestionsScreen
from practice.tui.services import Services
from tests.support.app_harness import FakeDevices
from tests.support.clock import NOW, FakeClock
from tests.support.session_harness import SessionHarness
from tests.support.weeks_harness import add_interview
from tests.tui.conftest import RunApp

WISH = "We had 40 tests. I listened first."


@pytest.fixture
def rough(services: Services, clock: FakeClock) -> Interview:
    """An interview of yesterday in which a question of the bank was rough."""
    clock.set(NOW - timedelta(days=1))
    interview = add_interview(services, -2)
    interviews = services.workspace.library.interviews
    interviews.save_asked(
        interview.id,
        NotedQuestion(
            "Tell me about a time you missed a deadline.",
            bank="basics",
            question_id="deadline",
            rating="rough",
            wish=WISH,
        ),
    )
    finish_debrief(services.workspace, interview.id)
    clock.set(NOW)
    return interview


@pytest.mark.usefixtures("rough")
async def test_what_was_rough_is_proposed_first_with_its_reason(run_app: RunApp) -> None:
    async with run_app() as harness:
        await harness.shows("Tell me about a time you missed a deadline.", "rough at Acme")
        await harness.press("n")
        await harness.shows("Tell me about a project", "new to you")


@pytest.mark.usefixtures("rough")
async def test_z_leaves_it_for_today(run_app: RunApp, clock: FakeClock) -> None:
    async with run_app() as harness:
        await harness.shows("rough at Acme")
        await harness.press("z")
        await harness.hides("rough at Acme")
        await harness.press("z")
        await harness.shows("This question is not an open one")
        clock.advance(timedelta(days=1))
        await harness.press("o")
        await harness.wait_for_screen(OpenQuestionsScreen)
        await harness.press("escape")
        await harness.shows("rough at Acme")


async def test_5_chooses_the_minutes_and_keeps_them(run_app: RunApp, services: Services) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("5")
        await harness.shows("15 minutes a day from now on")
        await harness.press("5")
        await harness.shows("5 minutes a day from now on")
    assert services.settings.minutes == 5


@pytest.mark.usefixtures("rough")
async def test_said_well_on_two_days_closes_it_with_a_line(
    run_app: RunApp, services: Services, clock: FakeClock, devices: FakeDevices
) -> None:
    async with run_app() as opened:
        harness = SessionHarness(opened.pilot, opened.seen, devices)
        for day, line in enumerate(
            [
                "said well on 23 Nov; on one more day it closes",
                "said well on 23 and 24 Nov; let it go",
            ]
        ):
            await harness.shows("rough at Acme")
            await harness.press("enter")
            await harness.wait_for_screen(SessionScreen)
            await harness.answer()
            await harness.shows("g said well   z not today")
            await harness.press("g")
            await harness.shows(line)
            if not day:
                clock.advance(timedelta(days=1))
                await harness.press("escape", "escape")
        await harness.press("escape", "escape", "o")
        await harness.wait_for_screen(OpenQuestionsScreen)
        await harness.shows("✓ Tell me about a time you missed", "asked at Acme, panel")
        await harness.shows("said well on 23 and 24 Nov; let it go", "I wish I had said: We had 40")
    (opened_question,) = services.workspace.library.open_questions.all()
    assert opened_question.closed_at is not None


@pytest.mark.usefixtures("rough")
async def test_the_review_shows_which_sentences_of_the_wish_were_said(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    words = ["So", "I", "listened", "to", "all", "of", "them", "first."]
    services.workspace.worker.words = tuple(  # type: ignore[attr-defined]
        Word(text, 0.5 * at, 0.5 * at + 0.4, 0.9) for at, text in enumerate(words)
    )
    async with run_app((120, 36)) as opened:
        harness = SessionHarness(opened.pilot, opened.seen, devices)
        await harness.shows("rough at Acme")
        await harness.press("enter")
        await harness.wait_for_screen(SessionScreen)
        await harness.answer()
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("I wish I had said: 1 of 2 found. Missing: We had 40 tests.")
        await harness.shows("✗ We had 40 tests.", "✓ I listened first.")
        await harness.press("g")
        await harness.shows("said well on 23 Nov", "1 of 2 found")
        await harness.press("z")
        await harness.shows("not today; it comes back tomorrow")


async def test_o_in_a_review_opens_its_question(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    async with run_app() as opened:
        harness = SessionHarness(opened.pilot, opened.seen, devices)
        await harness.shows("new to you")
        await harness.press("enter")
        await harness.wait_for_screen(SessionScreen)
        await harness.answer()
        await harness.press("g")
        await harness.shows("This is not an open question.")
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("um")
        await harness.press("o")
        await harness.shows("open since 23 Nov", "g said well   z not today")
        await harness.press("o")
        await harness.shows("It is an open question already.")
    (kept,) = services.workspace.library.open_questions.all()
    assert (kept.bank, kept.question_id) == ("basics", "project")


@pytest.mark.usefixtures("rough")
async def test_the_list_answers_one_and_takes_one_out_after_a_y(
    run_app: RunApp, services: Services
) -> None:
    async with run_app() as harness:
        await harness.shows("rough at Acme")
        await harness.press("o")
        await harness.shows("Tell me about a time you missed", "open since 22 Nov")
        await harness.press("enter")
        session = await harness.wait_for_screen(SessionScreen)
        assert session.session_run.asked.question.id == "deadline"
        await harness.press("escape")
        await harness.wait_for_screen(OpenQuestionsScreen)
        await harness.press("delete")
        await harness.wait_for_screen(AskDialog)
        await harness.press("enter", "delete", "y")
        await harness.shows("No open question.")
    assert services.workspace.library.open_questions.all() == []


async def test_a_question_whose_bank_is_gone_is_asked_by_its_text(
    run_app: RunApp, services: Services, clock: FakeClock
) -> None:
    clock.set(NOW - timedelta(days=1))
    services.workspace.library.open_questions.open("gone", "why", "Why us?")
    clock.set(NOW)
    async with run_app() as harness:
        await harness.shows("Why us?", "gone · open")
        await harness.press("enter")
        session = await harness.wait_for_screen(SessionScreen)
        assert session.session_run.asked.question.text == "Why us?"


def test_a_wish_is_looked_for_sentence_by_sentence(services: Services) -> None:
    words = [Word("We", 0, 0.2, 1), Word("had", 0.3, 0.5, 1), Word("forty", 0.6, 0.8, 1)]
    found = find_wish(services.workspace, "Unit tests!\nMetrics? We had forty", words, "en")
    assert [(item.text, item.said) for item in found] == [
        ("Unit tests!", False), ("Metrics?", False), ("We had forty", True),
    ]  # fmt: skip
