"""How library, history and trends look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Callable

import pytest

from practice.tui.app import PracticeApp
from practice.tui.services import Services
from tests.support.app_harness import follow_steps, shown
from tests.support.clock import FakeClock
from tests.support.library_takes import TakeBuilder

SMALL, LARGE = (80, 24), (120, 36)
PACES = (186.0, 174.0, 191.0, 168.0, 180.0, 171.0, 160.0, 166.0, 158.0, 149.0, 155.0, 147.0)
Compare = Callable[..., bool]
TODAY, ALL = shown("new to you"), shown("newest first")


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


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


def test_the_library(
    snap_compare: Compare, services_with_a_month: Services, size: tuple[int, int]
) -> None:
    steps = follow_steps(TODAY, "l", ALL, "down", "down")
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=size, run_before=steps)


def test_a_library_with_a_filter(snap_compare: Compare, services_with_a_month: Services) -> None:
    steps = follow_steps(TODAY, "l", ALL, "slash", *"confl", shown("12 of 15 takes"))
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=SMALL, run_before=steps)


def test_an_empty_library(snap_compare: Compare, services: Services) -> None:
    steps = follow_steps(TODAY, "l", shown("There is none yet"))
    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=steps)


def test_the_question_before_a_take_is_deleted(
    snap_compare: Compare, services_with_a_month: Services
) -> None:
    steps = follow_steps(TODAY, "l", ALL, "end", "delete", shown("nothing brings them back"))
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=SMALL, run_before=steps)


def test_the_history_of_a_question(
    snap_compare: Compare, services_with_a_month: Services, size: tuple[int, int]
) -> None:
    steps = follow_steps(TODAY, "l", ALL, "end", "h", shown("12 takes"), "plus", "down")
    assert snap_compare(PracticeApp(services_with_a_month), terminal_size=size, run_before=steps)


def test_the_trends(
    snap_compare: Compare, services_with_a_month: Services, size: tuple[int, int]
) -> None:
    assert snap_compare(
        PracticeApp(services_with_a_month),
        terminal_size=size,
        run_before=follow_steps(TODAY, "t", shown("Words a minute")),
    )


def test_the_trends_on_light_ground(snap_compare: Compare, services_with_a_month: Services) -> None:
    services_with_a_month.change_setting("theme", "practice-light")
    assert snap_compare(
        PracticeApp(services_with_a_month),
        terminal_size=LARGE,
        run_before=follow_steps(TODAY, "t", shown("Words a minute")),
    )


def test_the_trends_without_colour(
    snap_compare: Compare, services_with_a_month: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(
        PracticeApp(services_with_a_month),
        terminal_size=SMALL,
        run_before=follow_steps(TODAY, "t", shown("Words a minute")),
    )
