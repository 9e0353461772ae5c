import pytest

from practice.library.trends import TREND_MEASURES
from practice.tui.messages import ReviewFinished
from practice.tui.screens.library.library import LibraryScreen
from practice.tui.screens.library.question_history import QuestionHistoryScreen
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.services import Services
from practice.tui.widgets.plot import Plot
from practice.tui.widgets.take_table import TakeTable
from tests.support.app_harness import HOSTILE, AppHarness
from tests.support.clock import FakeClock
from tests.support.library_takes import CONFLICT, TakeBuilder
from tests.tui.conftest import RunApp


@pytest.fixture
def take_builder(services: Services, clock: FakeClock) -> TakeBuilder:
    return TakeBuilder(services, clock)


@pytest.fixture
def four_takes(take_builder: TakeBuilder) -> list[str]:
    """Ids of four takes of one question, the oldest first; another bank has the same id."""
    take_builder.answer("Another question", bank="care", days_ago=9)
    return [
        take_builder.answer(wpm=wpm, days_ago=days).id
        for days, wpm in ((8, 190.0), (5, 170.0), (2, 160.0), (0, 150.0))
    ]


async def open_history(harness: AppHarness) -> TakeTable:
    await harness.shows("new to you")
    await harness.press("l")
    await harness.wait_for_screen(LibraryScreen)
    await harness.wait_until(lambda: harness.app.screen.query_one(TakeTable).chosen is not None)
    await harness.press("h")
    await harness.wait_for_screen(QuestionHistoryScreen)
    await harness.wait_until(lambda: harness.app.screen.query_one(TakeTable).chosen is not None)
    return harness.app.screen.query_one(TakeTable)


def compared_takes(harness: AppHarness) -> list[str]:
    """Which takes Compare names, from left to right."""
    return [word for word in ("take 1", "take 2", "take 3", "take 4") if word in harness.text]


async def test_it_lists_the_takes_of_one_question_of_one_bank_oldest_first(
    run_app: RunApp, four_takes: list[str]
) -> None:
    async with run_app((120, 36)) as harness:
        takes = await open_history(harness)
        assert [take.id for take in takes.takes] == four_takes
        assert takes.cursor == 3
        await harness.shows(
            CONFLICT, "basics", "Words a minute: 150 to 190 in 4 takes", "today 14:05"
        )


async def test_m_draws_the_next_measure_and_shift_m_the_one_before(
    run_app: RunApp, four_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_history(harness)
        plot = harness.app.screen.query_one(Plot)
        assert tuple(plot.curve.values) == (190, 170, 160, 150)
        await harness.press("right")
        await harness.shows(TREND_MEASURES[1].name.capitalize())
        assert tuple(plot.curve.values) == (210, 190, 180, 170)
        await harness.press("left", "left")
        await harness.shows(TREND_MEASURES[-1].name.capitalize())


async def test_o_lets_the_question_come_back(
    run_app: RunApp, services: Services, four_takes: list[str]
) -> None:
    async with run_app() as harness:
        await open_history(harness)
        await harness.press("o")
        await harness.shows("It comes back until you have said it well on two days.")
        await harness.press("o")
        await harness.shows("It is an open question already.")
    take = services.workspace.library.take(four_takes[0])
    (opened,) = services.workspace.library.open_questions.all()
    assert (opened.bank, opened.question_id) == (take.bank, take.question_id)
    assert opened.text == CONFLICT


async def test_enter_opens_the_take(run_app: RunApp, four_takes: list[str]) -> None:
    async with run_app() as harness:
        await open_history(harness)
        await harness.press("up", "enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("take 3 of 4")
        await harness.press("escape")
        await harness.wait_for_screen(QuestionHistoryScreen)


@pytest.mark.usefixtures("four_takes")
async def test_c_compares_with_the_take_before(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_history(harness)
        await harness.press("up", "c")
        await harness.wait_for_screen(CompareScreen)
        await harness.wait_until(lambda: compared_takes(harness) == ["take 2", "take 3"])


@pytest.mark.usefixtures("four_takes")
async def test_c_compares_the_marked_take_with_this_one(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_history(harness)
        await harness.press("plus", "home", "c")
        await harness.wait_for_screen(CompareScreen)
        await harness.wait_until(lambda: compared_takes(harness) == ["take 1", "take 4"])


async def test_two_marks_are_compared_and_a_third_ends_the_first(
    run_app: RunApp, four_takes: list[str]
) -> None:
    async with run_app() as harness:
        takes = await open_history(harness)
        await harness.press("plus", "up", "plus", "up", "up", "plus")
        assert [take.number for take in takes.takes if take.id in takes.marked] == [1, 3]
        await harness.shows("●")
        await harness.press("plus")
        assert list(takes.marked) == [four_takes[2]]
        await harness.press("plus", "end", "c")
        await harness.wait_for_screen(CompareScreen)
        await harness.wait_until(lambda: compared_takes(harness) == ["take 1", "take 3"])


async def test_one_take_has_nothing_to_be_compared_with(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    take_builder.answer()
    async with run_app() as harness:
        await open_history(harness)
        await harness.press("c", "plus", "c")
        assert isinstance(harness.app.screen, QuestionHistoryScreen)
        await harness.shows("two more takes and the chart appears")


async def test_a_take_without_a_review_is_not_compared(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    take_builder.answer(days_ago=1)
    take_builder.library.fail(take_builder.record().id, "before")
    async with run_app() as harness:
        await open_history(harness)
        await harness.press("c")
        assert isinstance(harness.app.screen, QuestionHistoryScreen)


async def test_a_finished_review_fills_its_line(run_app: RunApp, take_builder: TakeBuilder) -> None:
    take_builder.answer(days_ago=1)
    take = take_builder.record()
    take_builder.library.fail(take.id, "before")
    async with run_app() as harness:
        await open_history(harness)
        await harness.shows("not transcribed: before")
        harness.app.reviews.add(take.id)
        await harness.wait_until(lambda: bool(harness.messages(ReviewFinished)))
        await harness.hides("not transcribed")


async def test_a_take_without_a_question_has_no_history(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    library = take_builder.library
    take = library.begin_take(None)
    library.fail(take.id, "before")
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("l")
        await harness.shows("without a question")
        await harness.press("h")
        assert isinstance(harness.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 14)])
async def test_hostile_text_is_shown_as_it_is(
    run_app: RunApp, take_builder: TakeBuilder, size: tuple[int, int]
) -> None:
    for days in range(4):
        take_builder.answer(HOSTILE, question_id=HOSTILE, bank=HOSTILE, days_ago=days)
    async with run_app(size) as harness:
        await open_history(harness)
        await harness.shows("a [/x] [RED] [$primary] \\")
