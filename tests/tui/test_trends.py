import pytest

from practice.library.trends import TREND_MEASURES
from practice.tui.messages import ReviewFinished
from practice.tui.screens.dialogs.help import HelpDialog
from practice.tui.screens.library.trends import TrendsScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.plot import Plot
from tests.support.app_harness import HOSTILE, AppHarness
from tests.support.clock import FakeClock
from tests.support.library_takes import SlowReads, TakeBuilder
from tests.tui.conftest import RunApp

PACES = (180.0, 150.0, 170.0, 160.0, 190.0, 140.0, 130.0)


@pytest.fixture
def take_builder(services: Services, clock: FakeClock) -> TakeBuilder:
    return TakeBuilder(services, clock)


@pytest.fixture
def seven_takes(take_builder: TakeBuilder) -> None:
    """A take a day, the newest 130 words a minute; every other one is of the bank `care`."""
    for at, wpm in enumerate(PACES):
        bank = "care" if at % 2 else "basics"
        take_builder.answer(wpm=wpm, bank=bank, days_ago=len(PACES) - 1 - at)


async def open_trends(harness: AppHarness) -> TrendsScreen:
    await harness.shows("new to you")
    await harness.press("t")
    screen = await harness.wait_for_screen(TrendsScreen)
    await harness.shows("all banks")
    return screen


async def wait_for_sentence(harness: AppHarness, sentence: str) -> None:
    """Wait until `sentence` is on screen, wherever its lines break."""
    await harness.wait_until(lambda: sentence in " ".join(harness.text.split()))


def plotted_values(harness: AppHarness) -> tuple[float, ...]:
    return tuple(harness.app.screen.query_one(Plot).curve.values)


@pytest.mark.usefixtures("seven_takes")
async def test_the_plot_and_the_words_say_the_same(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_trends(harness)
        await harness.wait_until(lambda: plotted_values(harness) == PACES)
        await harness.shows("all banks", "words a minute          130", "180┤", "Tuesday", "today")
        await wait_for_sentence(harness, "Words a minute: 130 to 190 in 7 sessions since Tuesday.")
        await wait_for_sentence(harness, "Your usual range, from your first 5 takes: 150 to 190.")


@pytest.mark.usefixtures("seven_takes")
async def test_down_goes_to_the_next_measure(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_trends(harness)
        for measure in TREND_MEASURES[1:]:
            await harness.press("down")
            await harness.shows(f"{measure.name.capitalize()}: ")
        await harness.press("home")
        await harness.shows("Words a minute: ")


@pytest.mark.usefixtures("seven_takes")
async def test_right_goes_through_the_banks_and_back_to_all(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_trends(harness)
        await harness.press("right")
        await harness.shows("basics · each point")
        await harness.wait_until(lambda: plotted_values(harness) == PACES[::2])
        await harness.press("right")
        await harness.shows("care · each point")
        await harness.wait_until(lambda: plotted_values(harness) == PACES[1::2])
        await harness.shows("Your usual range is drawn after 5 takes.")
        await harness.press("right")
        await harness.shows("all banks")


@pytest.mark.usefixtures("seven_takes")
async def test_left_goes_through_the_banks_backwards(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_trends(harness)
        await harness.press("left")
        await harness.shows("care · each point")


async def test_g_makes_points_of_sessions_or_takes(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    for days in range(3):
        session = take_builder.library.begin_session("practice", None)
        for wpm in (100.0 + days, 150.0 + days, 170.0 + days):
            take_builder.answer(wpm=wpm, days_ago=days, session_id=session)
    async with run_app() as harness:
        await open_trends(harness)
        await harness.wait_until(lambda: plotted_values(harness) == (152, 151, 150))
        await harness.press("G")
        await harness.shows("each point a take")
        await harness.wait_until(lambda: len(plotted_values(harness)) == 9)
        await harness.press("G")
        await harness.shows("each point a session")


@pytest.mark.usefixtures("seven_takes")
async def test_the_measure_stays_when_the_bank_changes(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_trends(harness)
        await harness.press("down", "down", "right")
        await harness.shows("Fillers a minute: ", "basics")
        assert harness.app.screen.query_one(CursorList).highlighted == 2


async def test_without_takes_it_says_what_will_show(run_app: RunApp) -> None:
    async with run_app() as harness:
        await open_trends(harness)
        await harness.shows("After three takes", "Nothing is graded.")
        await harness.press("right", "G", "escape")
        await harness.wait_for_screen(TodayScreen)


async def test_with_two_takes_it_says_how_many_are_missing(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    take_builder.answer(days_ago=1)
    take_builder.answer()
    async with run_app() as harness:
        await open_trends(harness)
        await harness.shows("one more session and the chart appears.")
        assert plotted_values(harness) == ()


async def test_a_new_review_joins_the_curve(run_app: RunApp, take_builder: TakeBuilder) -> None:
    for days in (3, 2, 1):
        take_builder.answer(wpm=140, days_ago=days)
    take = take_builder.record()
    take_builder.library.fail(take.id, "before")
    async with run_app() as harness:
        await open_trends(harness)
        await harness.wait_until(lambda: len(plotted_values(harness)) == 3)
        harness.app.reviews.add(take.id)
        await harness.press("down", "down", "down", "down", "down", "down", "down")
        await harness.shows("Length: ")
        await harness.wait_until(lambda: len(plotted_values(harness)) == 4)


@pytest.mark.usefixtures("seven_takes")
async def test_the_curve_shows_though_reviews_end_faster_than_it_is_read(
    run_app: RunApp, take_builder: TakeBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run_app() as harness:
        await open_trends(harness)
        await harness.wait_until(lambda: plotted_values(harness) == PACES)
        reads = SlowReads(take_builder.library, monkeypatch)
        take = take_builder.answer(wpm=150.0)
        harness.app.review_news.publish(ReviewFinished(take.id))
        await harness.wait_until(lambda: reads.begun == 1)
        for _ in range(5):
            harness.app.review_news.publish(ReviewFinished(take.id))
        await harness.pilot.pause()
        assert reads.begun == 1
        reads.finish(0)
        await harness.wait_until(lambda: plotted_values(harness)[-1] == (150.0 + PACES[-1]) / 2)
        await harness.wait_until(lambda: reads.begun == 2)
        reads.finish(1)
        await harness.pilot.pause()
        assert reads.begun == 2


@pytest.mark.usefixtures("seven_takes")
async def test_help_says_what_the_band_is(run_app: RunApp) -> None:
    async with run_app((120, 50)) as harness:
        await open_trends(harness)
        await harness.press("question_mark")
        await harness.wait_for_screen(HelpDialog)
        await harness.shows("Your usual range goes from", "There are no scores.")


@pytest.mark.usefixtures("seven_takes")
async def test_a_very_small_terminal_loses_the_plot_and_keeps_the_words(run_app: RunApp) -> None:
    async with run_app((40, 12)) as harness:
        await open_trends(harness)
        await harness.shows("Words a minute")


async def test_hostile_text_is_shown_as_it_is(run_app: RunApp, take_builder: TakeBuilder) -> None:
    for days in range(3):
        take_builder.answer(bank=HOSTILE, days_ago=days)
        take_builder.answer(bank="other", days_ago=days)
    async with run_app() as harness:
        await open_trends(harness)
        await harness.press("right")
        await harness.shows("a [/x] [RED] [$primary] \\")


async def test_takes_of_one_day_stand_at_their_times(
    run_app: RunApp, take_builder: TakeBuilder
) -> None:
    for at in range(7):
        take_builder.answer(wpm=150.0, days_ago=0.24 - 0.04 * at)
    async with run_app() as harness:
        await open_trends(harness)
        await harness.press("G")
        await harness.shows("08:19", "14:05")
