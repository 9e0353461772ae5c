"""An interview that another window changes or deletes while it is open here."""

from dataclasses import replace

from practice.library.interviews import Debrief
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.weeks.interview_form import InterviewFormScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.services import Services
from tests.support.weeks_harness import add_interview
from tests.tui.conftest import RunApp
from tests.tui.test_debrief import open_debrief
from tests.tui.test_interviews import kept, open_interviews


async def test_a_form_keeps_what_another_window_wrote_and_tells_before_it_overwrites(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 4)
    store = services.workspace.library.interviews
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.press("enter")
        await harness.wait_for_screen(InterviewFormScreen)
        store.edit(interview.id, replace(interview.facts, role="Cook", format="video"))
        await harness.press("down", "down", "down", *"phone", "ctrl+s")
        await harness.shows("changed elsewhere meanwhile: format")
        await harness.press("ctrl+s")
        await harness.wait_for_screen(InterviewsScreen)
    (facts,) = (each.facts for each in kept(services))
    assert (facts.role, facts.format) == ("Cook", "phone")


async def test_a_form_of_a_deleted_interview_can_be_kept_as_a_new_one(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 4)
    async with run_app() as harness:
        await open_interviews(harness)
        await harness.press("enter")
        await harness.wait_for_screen(InterviewFormScreen)
        services.workspace.library.interviews.delete(interview.id)
        await harness.press("down", *"Cook", "ctrl+s")
        await harness.wait_for_screen(AskDialog)
        await harness.shows("This interview was deleted elsewhere meanwhile.")
        await harness.press("enter")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme, panel")
    (again,) = kept(services)
    assert again.facts.role == "Cook"
    assert again.id != interview.id


async def test_what_another_window_wrote_into_a_debrief_stands_before_what_is_typed(
    run_app: RunApp, services: Services
) -> None:
    interview = add_interview(services, 0)
    store = services.workspace.library.interviews
    async with run_app() as harness:
        await open_debrief(harness)
        store.save_debrief(interview.id, Debrief(felt=2, went_well="the numbers"))
        await harness.press(*"the dog")
        await harness.shows("the numbers", "the dog")
        await harness.press("enter")
        await harness.shows("How did it feel?")
    debrief = store.debrief(interview.id)
    assert debrief is not None
    assert (debrief.felt, debrief.went_well) == (2, "the numbers\nthe dog")
