"""The ways out of a question that is not answered yet, and keys that come too early."""

import pytest

from practice.core.session import Mode, SessionPhase
from practice.tui.screens.dialogs.ask import AskDialog
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.summary import SummaryScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from tests.support.clock import FakeMonotonicClock
from tests.support.session_harness import SessionHarness
from tests.tui.conftest import RunSession


async def delete_in_review(harness: SessionHarness) -> None:
    await harness.shows("filler")  # its review is there
    await harness.press("enter")
    await harness.wait_for_screen(ReviewScreen)
    await harness.shows("take 1 of 1", "words")
    await harness.wait_until(lambda: harness.app.screen.check_action("delete", ()) is True)
    await harness.press("delete")
    await harness.wait_for_screen(AskDialog)
    await harness.press("y")
    await harness.wait_for_screen(SessionScreen)


async def test_an_answer_that_was_deleted_in_its_review_is_gone_from_the_session(
    run_session: RunSession, services: Services
) -> None:
    async with run_session(counted=True) as harness:
        await harness.answer()
        await delete_in_review(harness)
        await harness.shows("Deleted for good.", "n next", "r retake", "Esc leave")
        for gone in ("Saved", "listen", "review", "follow-up", "f follow"):
            assert gone not in harness.text
        await harness.press("f")
        assert harness.phase() is SessionPhase.KEPT
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        assert "no take" not in harness.text
    assert services.workspace.library.takes() == []


async def test_a_summary_leaves_out_what_was_deleted_meanwhile(
    run_session: RunSession, services: Services
) -> None:
    async with run_session(counted=True) as harness:
        await harness.answer()
        await harness.press("n")
        await harness.shows("2 of 2")
        await harness.answer()
        services.workspace.library.delete(harness.session.session_run.take_ids[0])
        await harness.press("n")
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("1 take of 1 question")


@pytest.mark.parametrize("key", ["f", "r"])
async def test_escape_in_a_follow_up_or_retake_that_is_not_begun_goes_back_to_the_answer(
    run_session: RunSession, services: Services, key: str
) -> None:
    async with run_session(counted=True) as harness:
        await harness.answer()
        await harness.press(key)
        await harness.shows("time to think")
        await harness.press("escape")
        await harness.shows("Tell me about a conflict.", "Saved: take 1", "And now?")
        assert harness.phase() is SessionPhase.KEPT
        await harness.press("n")
        await harness.shows("Tell me about a failure.", "2 of 2")
    assert len(services.workspace.library.takes()) == 1


@pytest.mark.parametrize(
    ("mode", "asked"), [(Mode.PRACTICE, "End the session"), (Mode.INTERVIEW, "End the interview")]
)
async def test_escape_while_thinking_asks_before_a_whole_session_ends(
    run_session: RunSession, mode: Mode, asked: str
) -> None:
    async with run_session(mode, counted=True) as harness:
        await harness.wait_until(lambda: harness.session.session_run.listens)
        await harness.press("escape")
        await harness.shows(f"{asked} at question 1 of 2?")
        await harness.press("escape")
        await harness.shows("time to think")
        await harness.press("escape")
        await harness.wait_for_screen(AskDialog)
        await harness.press("enter")
        await harness.wait_for_screen(TodayScreen)


async def test_enter_in_an_interview_says_why_it_does_nothing_and_costs_no_answer(
    run_session: RunSession, monotonic_clock: FakeMonotonicClock, services: Services
) -> None:
    async with run_session(Mode.INTERVIEW, counted=True) as harness:
        await harness.wait_until(lambda: harness.session.session_run.listens)
        await harness.press("enter")
        await harness.shows("the time to think is fixed")
        monotonic_clock.advance(services.settings.prep_s)
        await harness.speak_up(2)
        await harness.press("enter")
        await harness.shows("from 5 seconds on")
        assert harness.phase() is SessionPhase.RECORDING
        await harness.say(4)
        await harness.wait_until(lambda: harness.session.can_finish)
        await harness.press("enter")
        await harness.shows("2 of 2")
    assert len(services.workspace.library.takes()) == 1
