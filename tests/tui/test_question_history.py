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
from tests.support.app_harness import HOSTILE, Stage
from tests.support.clock import FakeClock
from tests.support.library_takes import CONFLICT, Shelf
from tests.tui.conftest import RunApp


@pytest.fixture
def shelf(services: Services, clock: FakeClock) -> Shelf:
    return Shelf(services, clock)


@pytest.fixture
def four(shelf: Shelf) -> list[str]:
    """Ids of four takes of one question, the oldest first; another bank has the same id."""
    shelf.answer("Another question", bank="care", days_ago=9)
    return [
        shelf.answer(wpm=wpm, days_ago=days).id
        for days, wpm in ((8, 190.0), (5, 170.0), (2, 160.0), (0, 150.0))
    ]


async def open_history(stage: Stage) -> TakeTable:
    await stage.shows("new to you")
    await stage.press("l")
    await stage.on(LibraryScreen)
    await stage.until(lambda: stage.app.screen.query_one(TakeTable).chosen is not None)
    await stage.press("h")
    await stage.on(QuestionHistoryScreen)
    await stage.until(lambda: stage.app.screen.query_one(TakeTable).chosen is not None)
    return stage.app.screen.query_one(TakeTable)


def numbers(stage: Stage) -> list[str]:
    """Which takes Compare names, from left to right."""
    return [word for word in ("take 1", "take 2", "take 3", "take 4") if word in stage.text]


async def test_it_lists_the_takes_of_one_question_of_one_bank_oldest_first(
    run_app: RunApp, four: list[str]
) -> None:
    async with run_app((120, 36)) as stage:
        takes = await open_history(stage)
        assert [take.id for take in takes.takes] == four
        assert takes.cursor == 3
        await stage.shows(
            CONFLICT, "basics", "Words a minute: 150 to 190 in 4 takes", "today 14:05"
        )


async def test_m_draws_the_next_measure_and_shift_m_the_one_before(
    run_app: RunApp, four: list[str]
) -> None:
    async with run_app() as stage:
        await open_history(stage)
        plot = stage.app.screen.query_one(Plot)
        assert tuple(plot.curve.values) == (190, 170, 160, 150)
        await stage.press("m")
        await stage.shows(TREND_MEASURES[1].name.capitalize())
        assert tuple(plot.curve.values) == (210, 190, 180, 170)
        await stage.press("M", "M")
        await stage.shows(TREND_MEASURES[-1].name.capitalize())


async def test_enter_opens_the_take(run_app: RunApp, four: list[str]) -> None:
    async with run_app() as stage:
        await open_history(stage)
        await stage.press("up", "enter")
        await stage.on(ReviewScreen)
        await stage.shows("take 3 of 4")
        await stage.press("escape")
        await stage.on(QuestionHistoryScreen)


@pytest.mark.usefixtures("four")
async def test_c_compares_with_the_take_before(run_app: RunApp) -> None:
    async with run_app() as stage:
        await open_history(stage)
        await stage.press("up", "c")
        await stage.on(CompareScreen)
        await stage.until(lambda: numbers(stage) == ["take 2", "take 3"])


@pytest.mark.usefixtures("four")
async def test_c_compares_the_marked_take_with_this_one(run_app: RunApp) -> None:
    async with run_app() as stage:
        await open_history(stage)
        await stage.press("space", "home", "c")
        await stage.on(CompareScreen)
        await stage.until(lambda: numbers(stage) == ["take 1", "take 4"])


async def test_two_marks_are_compared_and_a_third_ends_the_first(
    run_app: RunApp, four: list[str]
) -> None:
    async with run_app() as stage:
        takes = await open_history(stage)
        await stage.press("space", "up", "space", "up", "up", "space")
        assert [take.number for take in takes.takes if take.id in takes.marked] == [1, 3]
        await stage.shows("●")
        await stage.press("space")
        assert list(takes.marked) == [four[2]]
        await stage.press("space", "end", "c")
        await stage.on(CompareScreen)
        await stage.until(lambda: numbers(stage) == ["take 1", "take 3"])


async def test_one_take_has_nothing_to_be_compared_with(run_app: RunApp, shelf: Shelf) -> None:
    shelf.answer()
    async with run_app() as stage:
        await open_history(stage)
        await stage.press("c", "space", "c")
        assert isinstance(stage.app.screen, QuestionHistoryScreen)
        await stage.shows("2 more takes to go")


async def test_a_take_without_a_review_is_not_compared(run_app: RunApp, shelf: Shelf) -> None:
    shelf.answer(days_ago=1)
    shelf.library.fail(shelf.record().id, "before")
    async with run_app() as stage:
        await open_history(stage)
        await stage.press("c")
        assert isinstance(stage.app.screen, QuestionHistoryScreen)


async def test_a_finished_review_fills_its_line(run_app: RunApp, shelf: Shelf) -> None:
    shelf.answer(days_ago=1)
    take = shelf.record()
    shelf.library.fail(take.id, "before")
    async with run_app() as stage:
        await open_history(stage)
        await stage.shows("not transcribed: before")
        stage.app.reviews.add(take.id)
        await stage.until(lambda: bool(stage.messages(ReviewFinished)))
        await stage.hides("not transcribed")


async def test_a_take_without_a_question_has_no_history(run_app: RunApp, shelf: Shelf) -> None:
    library = shelf.library
    take = library.begin_take(None)
    library.fail(take.id, "before")
    async with run_app() as stage:
        await stage.shows("new to you")
        await stage.press("l")
        await stage.shows("without a question")
        await stage.press("h")
        assert isinstance(stage.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 14)])
async def test_hostile_text_is_shown_as_it_is(
    run_app: RunApp, shelf: Shelf, size: tuple[int, int]
) -> None:
    for days in range(4):
        shelf.answer(HOSTILE, question_id=HOSTILE, bank=HOSTILE, days_ago=days)
    async with run_app(size) as stage:
        await open_history(stage)
        await stage.shows("a [/x] [RED] [$primary] \\")
