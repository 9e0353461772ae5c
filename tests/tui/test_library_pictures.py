"""How library, history and trends look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from practice.tui.app import PracticeApp
from practice.tui.services import Services
from tests.support.app_harness import AppHarness
from tests.support.clock import FakeClock
from tests.support.library_takes import TakeBuilder

SMALL, LARGE = (80, 24), (120, 36)
PACES = (186.0, 174.0, 191.0, 168.0, 180.0, 171.0, 160.0, 166.0, 158.0, 149.0, 155.0, 147.0)
Compare = Callable[..., bool]


@pytest.fixture
def services_with_a_month(services: Services, clock: FakeClock) -> Services:
    """Services on the library of a month."""
    take_builder = TakeBuilder(services, clock)
    conflict, project = "Tell me about a conflict with a colleague.", "A project that failed"
    for at, wpm in enumerate(PACES):
        take_builder.answer(conflict, "we talked", wpm, days_ago=3.0 * (len(PACES) - at))
    rated = take_builder.answer(
        "Why do you want this job?", wpm=152.0, question_id="job", days_ago=2
    )
    take_builder.library.annotations.rate(rated.id, 3)
    take_builder.library.annotations.star(rated.id, starred=True)
    failed = take_builder.record(
        f"{project}, and what you would do now", question_id="p", days_ago=1
    )
    take_builder.library.fail(failed.id, "the speech process stopped twice")
    take_builder.review(
        take_builder.record("Why do you want this job?", question_id="job"), model=None
    )
    return services


def press_and_wait(*keys: str, shows: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press `keys` once Today is there, then wait until `shows` is on screen."""

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        for key in keys:
            await harness.press(key)
            await pilot.pause(0.3)
        await harness.shows(shows)
        await pilot.pause()

    return play


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


def test_the_library(
    snap_compare: Compare, services_with_a_month: Services, size: tuple[int, int]
) -> None:
    shown = press_and_wait("l", "down", "down", shows="newest first")
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=size, run_before=shown)


def test_a_library_with_a_filter(snap_compare: Compare, services_with_a_month: Services) -> None:
    shown = press_and_wait("l", "slash", *"confl", shows="12 of 15 takes")
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=SMALL, run_before=shown)


def test_an_empty_library(snap_compare: Compare, services: Services) -> None:
    shown = press_and_wait("l", shows="There is none yet")
    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=shown)


def test_the_question_before_a_take_is_deleted(
    snap_compare: Compare, services_with_a_month: Services
) -> None:
    shown = press_and_wait("l", "end", "d", shows="nothing brings them back")
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=SMALL, run_before=shown)


def test_the_history_of_a_question(
    snap_compare: Compare, services_with_a_month: Services, size: tuple[int, int]
) -> None:
    shown = press_and_wait("l", "end", "h", "space", "down", shows="12 takes")
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=size, run_before=shown)


def test_the_trends(
    snap_compare: Compare, services_with_a_month: Services, size: tuple[int, int]
) -> None:
    assert snap_compare(
        PracticeApp(services_with_a_month),
        terminal_size=size,
        run_before=press_and_wait("t", shows="Words a minute"),
    )


def test_the_trends_on_light_ground(snap_compare: Compare, services_with_a_month: Services) -> None:
    services_with_a_month.change_setting("theme", "practice-light")
    assert snap_compare(
        PracticeApp(services_with_a_month),
        terminal_size=LARGE,
        run_before=press_and_wait("t", shows="Words a minute"),
    )


def test_the_trends_without_colour(
    snap_compare: Compare, services_with_a_month: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(
        PracticeApp(services_with_a_month),
        terminal_size=SMALL,
        run_before=press_and_wait("t", shows="Words a minute"),
    )
