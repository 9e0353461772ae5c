"""Three guesses between an answer and its review."""

import pytest

from practice.core.session import Mode
from practice.library.guesses import Guess
from practice.library.takes import TakeState
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.guess import QUESTION, GuessDialog
from practice.tui.screens.session.session import SessionScreen
from practice.tui.services import Services
from tests.support.clock import FakeMonotonicClock
from tests.support.review_harness import keep_bank, keep_conflict_take
from tests.support.session_harness import SessionHarness
from tests.support.takes import keep_take
from tests.tui.conftest import RunApp, RunSession


@pytest.fixture(autouse=True)
def _guesses(services: Services) -> None:
    """Guesses are asked for, and the first answer of all is behind the user."""
    services.change_setting("guesses", "yes")
    keep_take(services.workspace)


async def answer(harness: SessionHarness) -> str:
    """Give an answer, wait for the box; the id of the take."""
    await harness.begin()
    await harness.say(6.0)
    session_run = harness.session.session_run
    await harness.press("enter")
    await harness.wait_for_screen(GuessDialog)
    assert session_run.last is not None
    return session_run.last.take.id


def is_reviewed(services: Services, take_id: str) -> bool:
    return services.workspace.library.take(take_id).state is TakeState.REVIEWED


async def test_three_keys_are_kept_and_stand_beside_the_counts(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        take_id = await answer(harness)
        await harness.shows(QUESTION, "1 none   2 few   3 many")
        # It is transcribed meanwhile, and nothing of that is shown.
        await harness.wait_until(lambda: is_reviewed(services, take_id))
        line = services.workspace.review_of(services.workspace.library.take(take_id))
        first = line.highlights.line[:20]
        await harness.pilot.pause(0.1)
        assert first not in harness.text
        await harness.press("2", "backspace", "1", "3", "2")
        await harness.wait_for_screen(SessionScreen)
        guesses = services.workspace.library.guesses
        await harness.wait_until(lambda: guesses.of_take(take_id) is not None)
        assert guesses.of_take(take_id) == Guess("none", "fast", "partly")
        await harness.shows(first)
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("you guessed none; found", "Said what I meant: you guessed partly")


async def test_enter_passes_all_three_at_once_or_what_is_left(
    run_session: RunSession, services: Services
) -> None:
    async with run_session() as harness:
        take_id = await answer(harness)
        await harness.press("enter")
        await harness.wait_for_screen(SessionScreen)
        await harness.press("r")
        await harness.wait_until(lambda: harness.session.session_run.listens)
        second = await answer(harness)
        await harness.press("3", "escape")
        await harness.wait_for_screen(SessionScreen)
        guesses = services.workspace.library.guesses
        await harness.wait_until(lambda: bool(guesses.all()))
        assert guesses.all() == {second: Guess("many")}
        assert second != take_id


@pytest.mark.parametrize("mode", [Mode.INTERVIEW, Mode.PRACTICE])
async def test_it_is_not_asked_in_an_interview_nor_where_it_is_off(
    run_session: RunSession,
    services: Services,
    monotonic_clock: FakeMonotonicClock,
    mode: Mode,
) -> None:
    if mode is Mode.PRACTICE:
        services.change_setting("guesses", "no")
    async with run_session(mode) as harness:
        if mode is Mode.INTERVIEW:
            monotonic_clock.advance(30)
            await harness.speak_up()
        else:
            await harness.begin()
        await harness.say(6.0)
        await harness.press("enter")
        if mode is Mode.INTERVIEW:
            await harness.shows("failure")
        else:
            await harness.shows("Saved")
        assert isinstance(harness.app.screen, SessionScreen)


async def test_who_stutters_is_asked_for_two(run_session: RunSession, services: Services) -> None:
    services.change_setting("stutter", "yes")
    async with run_session() as harness:
        await answer(harness)
        assert "▸ pace" not in harness.text
        assert "  pace" not in harness.text
        await harness.press("1", "1")
        await harness.wait_for_screen(SessionScreen)


async def test_trends_follow_them_once_there_is_one(run_app: RunApp, services: Services) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    async with run_app() as harness:
        harness.app.navigator.open_trends()
        await harness.shows("your rating")
        assert "guessed" not in harness.text
        services.workspace.library.guesses.keep(take.id, Guess("few", "right", "yes"))
        await harness.press("escape")
        harness.app.navigator.open_trends()
        await harness.shows("fillers guessed", "pace guessed")
        await harness.press("end")
        await harness.shows("Pace guessed: no guess could be checked yet.")
