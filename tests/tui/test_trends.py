import pytest

from practice.library.trends import TREND_MEASURES
from practice.tui.messages import ReviewFinished
from practice.tui.screens.dialogs.help import HelpDialog
from practice.tui.screens.library.trends import TrendsScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.plot import Plot
from tests.support.app_harness import HOSTILE, Stage
from tests.support.clock import FakeClock
from tests.support.library_takes import Shelf, SlowReads
from tests.tui.conftest import RunApp

PACES = (180.0, 150.0, 170.0, 160.0, 190.0, 140.0, 130.0)


@pytest.fixture
def shelf(services: Services, clock: FakeClock) -> Shelf:
    return Shelf(services, clock)


@pytest.fixture
def seven(shelf: Shelf) -> None:
    """A take a day, the newest 130 words a minute; every other one is of the bank `care`."""
    for at, wpm in enumerate(PACES):
        bank = "care" if at % 2 else "basics"
        shelf.answer(wpm=wpm, bank=bank, days_ago=len(PACES) - 1 - at)


async def open_trends(stage: Stage) -> TrendsScreen:
    await stage.shows("new to you")
    await stage.press("t")
    screen = await stage.on(TrendsScreen)
    await stage.shows("all banks")
    return screen


async def says(stage: Stage, sentence: str) -> None:
    """Wait until `sentence` is on screen, wherever its lines break."""
    await stage.until(lambda: sentence in " ".join(stage.text.split()))


def values(stage: Stage) -> tuple[float, ...]:
    return tuple(stage.app.screen.query_one(Plot).curve.values)


@pytest.mark.usefixtures("seven")
async def test_the_plot_and_the_words_say_the_same(run_app: RunApp) -> None:
    async with run_app() as stage:
        await open_trends(stage)
        await stage.until(lambda: values(stage) == PACES)
        await stage.shows("all banks", "words a minute         130", "180┤", "Tuesday", "today")
        await says(stage, "Words a minute: 130 to 190 in 7 sessions since Tuesday.")
        await says(stage, "Your band, 150 to 190, is where your first 5 takes lay.")


@pytest.mark.usefixtures("seven")
async def test_down_goes_to_the_next_measure(run_app: RunApp) -> None:
    async with run_app() as stage:
        await open_trends(stage)
        for measure in TREND_MEASURES[1:]:
            await stage.press("down")
            await stage.shows(f"{measure.name.capitalize()}: ")
        await stage.press("home")
        await stage.shows("Words a minute: ")


@pytest.mark.usefixtures("seven")
@pytest.mark.parametrize("key", ["b", "right"])
async def test_b_goes_through_the_banks_and_back_to_all(run_app: RunApp, key: str) -> None:
    async with run_app() as stage:
        await open_trends(stage)
        await stage.press(key)
        await stage.shows("basics · each point")
        await stage.until(lambda: values(stage) == PACES[::2])
        await stage.press(key)
        await stage.shows("care · each point")
        await stage.until(lambda: values(stage) == PACES[1::2])
        await stage.shows("Your band is drawn after 5 takes.")
        await stage.press(key)
        await stage.shows("all banks")


@pytest.mark.usefixtures("seven")
@pytest.mark.parametrize("key", ["B", "left"])
async def test_the_banks_go_backwards_too(run_app: RunApp, key: str) -> None:
    async with run_app() as stage:
        await open_trends(stage)
        await stage.press(key)
        await stage.shows("care · each point")


async def test_s_makes_points_of_sessions_or_takes(run_app: RunApp, shelf: Shelf) -> None:
    for days in range(3):
        session = shelf.library.begin_session("practice", None)
        for wpm in (100.0 + days, 150.0 + days, 170.0 + days):
            shelf.answer(wpm=wpm, days_ago=days, session_id=session)
    async with run_app() as stage:
        await open_trends(stage)
        await stage.until(lambda: values(stage) == (152, 151, 150))
        await stage.press("s")
        await stage.shows("each point a take")
        await stage.until(lambda: len(values(stage)) == 9)
        await stage.press("s")
        await stage.shows("each point a session")


@pytest.mark.usefixtures("seven")
async def test_the_measure_stays_when_the_bank_changes(run_app: RunApp) -> None:
    async with run_app() as stage:
        await open_trends(stage)
        await stage.press("down", "down", "b")
        await stage.shows("Fillers a minute: ", "basics")
        assert stage.app.screen.query_one(CursorList).highlighted == 2


async def test_without_takes_it_says_what_will_show(run_app: RunApp) -> None:
    async with run_app() as stage:
        await open_trends(stage)
        await stage.shows("After three takes", "Nothing is graded.")
        await stage.press("b", "s", "escape")
        await stage.on(TodayScreen)


async def test_with_two_takes_it_says_how_many_are_missing(run_app: RunApp, shelf: Shelf) -> None:
    shelf.answer(days_ago=1)
    shelf.answer()
    async with run_app() as stage:
        await open_trends(stage)
        await stage.shows("1 more session to go.")
        assert values(stage) == ()


async def test_a_new_review_joins_the_curve(run_app: RunApp, shelf: Shelf) -> None:
    for days in (3, 2, 1):
        shelf.answer(wpm=140, days_ago=days)
    take = shelf.record()
    shelf.library.fail(take.id, "before")
    async with run_app() as stage:
        await open_trends(stage)
        await stage.until(lambda: len(values(stage)) == 3)
        stage.app.reviews.add(take.id)
        await stage.press("down", "down", "down", "down", "down", "down", "down")
        await stage.shows("Length: ")
        await stage.until(lambda: len(values(stage)) == 4)


@pytest.mark.usefixtures("seven")
async def test_the_curve_shows_though_reviews_end_faster_than_it_is_read(
    run_app: RunApp, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_app() as stage:
        await open_trends(stage)
        await stage.until(lambda: values(stage) == PACES)
        reads = SlowReads(shelf.library, monkeypatch)
        take = shelf.answer(wpm=150.0)
        stage.app.review_news.publish(ReviewFinished(take.id))
        await stage.until(lambda: reads.begun == 1)
        stage.app.review_news.publish(ReviewFinished(take.id))
        await stage.until(lambda: reads.begun == 2)
        reads.finish(0)
        await stage.until(lambda: values(stage)[-1] == (150.0 + PACES[-1]) / 2)
        reads.finish(1)


@pytest.mark.usefixtures("seven")
async def test_help_says_what_the_band_is(run_app: RunApp) -> None:
    async with run_app((120, 50)) as stage:
        await open_trends(stage)
        await stage.press("question_mark")
        await stage.on(HelpDialog)
        await says(stage, "Your band is where your first 5 takes lay")
        await stage.shows("There are no scores.")


@pytest.mark.usefixtures("seven")
async def test_a_very_small_terminal_loses_the_plot_and_keeps_the_words(run_app: RunApp) -> None:
    async with run_app((40, 12)) as stage:
        await open_trends(stage)
        await stage.shows("Words a minute")


async def test_hostile_text_is_shown_as_it_is(run_app: RunApp, shelf: Shelf) -> None:
    for days in range(3):
        shelf.answer(bank=HOSTILE, days_ago=days)
        shelf.answer(bank="other", days_ago=days)
    async with run_app() as stage:
        await open_trends(stage)
        await stage.press("b")
        await stage.shows("a [/x] [RED] [$primary] \\")
