"""Words to say in an interview: offered, taken, let go and added with keys alone."""

from dataclasses import replace

from practice.library.interviews import Interview
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.screens.weeks.terms import TermsScreen
from practice.tui.services import Services
from tests.support.app_harness import HOSTILE
from tests.support.weeks_harness import add_interview
from tests.tui.conftest import RunApp

ADVERT = "Requirements\n- wound care\n- triage\nYou dress wounds: wound care is daily work."


def add_with_advert(services: Services, advert: str = ADVERT) -> Interview:
    interview = add_interview(services, 4)
    facts = replace(interview.facts, advert=advert)
    return services.workspace.library.interviews.edit(interview.id, facts)


async def test_terms_are_taken_let_go_and_added(run_app: RunApp, services: Services) -> None:
    interview = add_with_advert(services)
    kept = services.workspace.library.interview_terms
    async with run_app((80, 24)) as harness:
        await harness.shows("new to you")
        await harness.press("i")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme, panel")
        await harness.press("K")
        await harness.wait_for_screen(TermsScreen)
        await harness.shows("wound care", "2 times, asked for", "triage")
        await harness.press("enter")
        await harness.shows("✓ wound care", "no take yet")
        assert kept.of(interview.id) == ["wound care"]
        await harness.press("a", *"SBAR", "enter")
        await harness.shows("✓ SBAR")
        await harness.press("escape", "home", "enter")
        await harness.hides("✓ wound care")
        assert kept.of(interview.id) == ["SBAR"]
        await harness.press("escape")
        await harness.wait_for_screen(InterviewsScreen)


async def test_without_an_advert_it_says_where_to_paste_one(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 4)
    async with run_app((40, 12)) as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_terms(interview)
        await harness.wait_for_screen(TermsScreen)
        await harness.shows("Paste the advert")
        await harness.press("enter")
        await harness.shows("There is no term to take.")


async def test_a_hostile_advert_and_term_are_shown_as_text(
    run_app: RunApp, services: Services
) -> None:
    interview = add_with_advert(services, f"{HOSTILE}\n" * 3)
    services.workspace.library.interview_terms.add(interview.id, HOSTILE[:70])
    async with run_app((80, 24)) as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_terms(interview)
        await harness.shows("no take yet")
        assert "\x1b" not in harness.text
