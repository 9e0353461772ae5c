"""The interviews: listed, added, changed, deleted, and how they ended."""

from datetime import date, timedelta

import pytest

from practice.core.weeks import finish_debrief
from practice.library.interviews import Interview, InterviewFacts, Outcome
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.weeks.interview_form import InterviewFormScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.screens.weeks.outcome import OutcomeScreen
from practice.tui.services import Services
from tests.support.app_harness import HOSTILE, AppHarness
from tests.support.clock import NOW
from tests.support.weeks_harness import UTC_ZONE, add_interview, note_question
from tests.tui.conftest import RunApp


async def open_interviews(harness: AppHarness) -> InterviewsScreen:
    await harness.shows("new to you")
    await harness.press("i")
    screen = await harness.wait_for_screen(InterviewsScreen)
    await harness.wait_until(lambda: screen._read is not None)
    return screen


def kept(services: Services) -> list[Interview]:
    return services.workspace.library.interviews.all()


async def test_those_ahead_come_first_each_with_when_it_is(
    run_app: RunApp, services: Services
) -> None:
    held = add_interview(services, -1, "Globex", "screen")
    services.workspace.library.interviews.note_outcome(held.id, Outcome("next round"))
    add_interview(services, 4)
    services.workspace.library.interviews.add(InterviewFacts("Initech"), UTC_ZONE)
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.shows("Acme, panel", "Friday 14:00, in 4 days", "yesterday 14:00")
        rows = [harness.text.index(name) for name in ("Acme", "Initech", "Globex")]
        assert rows == sorted(rows)
        await harness.shows("no day yet", "next round", "not yet")


async def test_without_an_interview_it_says_what_it_is_for(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.shows("No interview yet. a adds one: the company is enough.")
        await harness.press("d")
        await harness.shows("There is no interview yet")
        foot = harness.text.splitlines()[-1]
        assert foot.split() == ["a", "add", "Esc", "back", "?", "help"]
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)


async def test_one_is_added_with_keys_alone_and_says_how_the_time_is_understood(
    run_app: RunApp, services: Services
) -> None:
    async with run_app((80, 40)) as harness:
        await open_interviews(harness)
        await harness.press("a")
        await harness.wait_for_screen(InterviewFormScreen)
        await harness.press(*"Acme", "enter", *"Engineer", "enter", "right", "right", "down")
        await harness.press(*"video", "enter", *"Thursday 2pm")
        await harness.shows("Thursday 26 November 2026, 14:00, UTC")
        await harness.press("enter", *"Ana, Ben", "enter", *"We look for", "tab", *"floor 3")
        await harness.press("escape")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme, hiring manager", "Thursday 14:00, in 3 days", "with Ana, Ben")
    (facts,) = [each.facts for each in kept(services)]
    assert facts.when is not None
    assert (facts.role, facts.format, facts.when.day) == ("Engineer", "video", date(2026, 11, 26))
    assert (facts.people, facts.advert, facts.notes) == (("Ana", "Ben"), "We look for", "floor 3")


async def test_a_time_that_is_not_understood_is_said_and_can_be_left_out(
    run_app: RunApp, services: Services
) -> None:
    async with run_app((80, 40)) as harness:
        await open_interviews(harness)
        await harness.press("a")
        form = await harness.wait_for_screen(InterviewFormScreen)
        await harness.press(*"Acme")
        form.query_one("#when").focus()
        await harness.press(*"soonish")
        await harness.shows("not understood as a day or time")
        await harness.press("ctrl+s")
        assert harness.app.screen is form
        await harness.press("escape")
        await harness.wait_for_screen(AskDialog)
        await harness.press("enter")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("no day yet")
    assert kept(services)[0].facts == InterviewFacts("Acme")


async def test_without_a_company_it_asks_before_what_was_typed_is_let_go(
    run_app: RunApp, services: Services
) -> None:
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.press("a")
        await harness.wait_for_screen(InterviewFormScreen)
        await harness.press("enter", *"Engineer", "escape")
        await harness.wait_for_screen(AskDialog)
        await harness.press("escape", "ctrl+s")
        await harness.shows("An interview needs a company")
        await harness.press(*"Acme", "ctrl+s")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme")
    assert kept(services)[0].facts.role == "Engineer"


async def test_one_is_changed(run_app: RunApp, services: Services) -> None:
    add_interview(services, 4)
    async with run_app((80, 40)) as harness:
        await open_interviews(harness)
        await harness.press("enter")
        await harness.wait_for_screen(InterviewFormScreen)
        await harness.shows("Friday 27 November 2026, 14:00, UTC")
        await harness.press("end", *" Ltd", "escape")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme Ltd, panel")
    (facts,) = [each.facts for each in kept(services)]
    assert (facts.company, str(facts.when)) == ("Acme Ltd", "2026-11-27 14:00")


async def test_deleting_names_what_goes_and_needs_a_y(run_app: RunApp, services: Services) -> None:
    interview = add_interview(services, -1)
    note_question(services, interview, "Why us?")
    finish_debrief(services.workspace, interview.id)
    services.workspace.library.interviews.note_outcome(interview.id, Outcome("rejected"))
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.shows("1 question noted")
        await harness.press("delete")
        await harness.shows("its debrief, its outcome", "1 open question", "in your bank")
        await harness.press("enter")
        await harness.shows("Acme, panel")
        assert kept(services)
        await harness.press("delete", "y")
        await harness.shows("No interview yet")
    assert services.workspace.library.open_questions.all() == []
    assert services.workspace.catalogue.bank("asked").questions[0].text == "Why us?"


async def test_a_debrief_waits_for_the_interview(run_app: RunApp, services: Services) -> None:
    add_interview(services, 4)
    async with run_app() as harness:
        screen = await open_interviews(harness)
        await harness.press("d")
        await harness.shows("This interview is still ahead.")
        assert harness.app.screen is screen


async def test_a_rejection_keeps_their_words_apart_from_the_guess_and_offers_rest(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, -1)
    async with run_app((80, 30)) as harness:
        await open_interviews(harness)
        await harness.press("full_stop")
        await harness.wait_for_screen(OutcomeScreen)
        await harness.shows("No answer yet.", "◂ waiting ▸")
        assert "my guess" not in harness.text
        await harness.press("right", "right")
        await harness.shows("There is nothing you have to do today.", "my guess")
        await harness.press("down", "right", "right")
        await harness.shows("2 days: nothing is due until Wednesday")
        await harness.press("down", "down", "down", "down", *"final", "tab", *"none given")
        await harness.press("tab", *"you were clear", "tab", *"the second case")
        await harness.press("escape")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("rejected")
        await harness.press("full_stop")
        await harness.shows("the second case", "2 days: nothing is due until Wednesday")
        await harness.press("escape", "escape")
        await harness.shows("resting until Wednesday")
    interviews = services.workspace.library.interviews
    assert interviews.outcome(interview.id) == Outcome(
        "rejected", "final", "none given", "you were clear", "the second case"
    )
    assert interviews.rest_until() == NOW.date() + timedelta(days=2)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_hostile_texts_are_shown_as_they_are_at_every_size(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    services.workspace.library.interviews.add(InterviewFacts(HOSTILE, role=HOSTILE), UTC_ZONE)
    async with run_app(size) as harness:
        await open_interviews(harness)
        await harness.shows("[RED]")
        assert not {"\x1b", "\x9b", "\x07"} & set(harness.text)
        await harness.press("d", "x", "escape", "full_stop")
        await harness.shows("how it ended")
        assert not {"\x1b", "\x9b", "\x07"} & set(harness.text)
