import pytest

from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.session_setup import SessionSetupScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness
from tests.support.clock import FakeClock
from tests.support.library_takes import TakeBuilder
from tests.tui.conftest import RunApp


async def open_setup(harness: AppHarness) -> SessionSetupScreen:
    await harness.wait_for_screen(TodayScreen)
    await harness.shows("new to you")
    await harness.press("s")
    return await harness.wait_for_screen(SessionSetupScreen)


async def test_it_says_what_the_choices_come_to(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_setup(harness)
        await harness.shows("3 of 3 questions · 6 min of answers · 30 s to think")


async def test_all_questions_can_be_asked(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_setup(harness)
        await harness.press("down", "down", "down", "down", "left", "enter")
        session = await harness.wait_for_screen(SessionScreen)
        assert len(session.session_run.questions) == 3


async def test_a_topic_and_words_narrow_it_down(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_setup(harness)
        await harness.press("down", "right")
        await harness.shows("results (1)", "1 of 1 questions")
        await harness.press("left", "down", "down")
        await harness.shows("Enter begin")
        await harness.press(*"time you", "enter")
        session = await harness.wait_for_screen(SessionScreen)
        asked = [item.question.id for item in session.session_run.questions]
        assert asked == ["deadline"]


async def test_where_nothing_fits_enter_says_so(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_setup(harness)
        await harness.press("down", "down", "right")
        await harness.shows("rated 1 or 2", "No question fits.")
        await harness.press("enter")
        await harness.pilot.pause()
        assert isinstance(harness.app.screen, SessionSetupScreen)


async def test_starred_and_weak_questions_can_be_asked_again(
    run_app: RunApp, services: Services, clock: FakeClock
) -> None:
    builder = TakeBuilder(services, clock)
    starred = builder.answer(question_id="deadline", bank="basics")
    weak = builder.answer(question_id="project", bank="basics")
    builder.library.annotations.star(starred.id, True)
    builder.library.annotations.rate(weak.id, 2)
    async with run_app() as harness:
        await open_setup(harness)
        await harness.press("down", "down", "right")
        await harness.shows("1 of 1 questions")
        await harness.press("right", "enter")
        session = await harness.wait_for_screen(SessionScreen)
        assert session.session_run.asked.question.id == "deadline"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_it_fits_every_size(run_app: RunApp, size: tuple[int, int]) -> None:
    async with run_app(size) as harness:
        await open_setup(harness)
        await harness.shows("how many", "mode", "3 of 3 questions")
