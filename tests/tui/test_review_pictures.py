"""How review and comparison look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot

from practice.library.takes import Take
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from practice.tui.themes import LIGHT
from tests.support.app_harness import AppHarness
from tests.support.review_harness import keep_bank, keep_conflict_take
from tests.support.takes import ANSWER

SMALL, LARGE = (80, 24), (120, 36)
Compare = Callable[..., bool]


@pytest.fixture
def takes(services: Services) -> Iterator[list[Take]]:
    keep_bank(services)
    first = keep_conflict_take(services, ANSWER.replace("|3.2", "|0.9").replace("but um", "but"))
    second = keep_conflict_take(services)
    marks = services.workspace.library.annotations
    marks.mark_parts(second.id, {"situation": 0.6, "task": 9.0, "action": 14.5, "result": 27.0})
    marks.rate(second.id, 3)
    marks.star(second.id, starred=True)
    yield [first, second]
    services.close()


def open_and_press(
    route: str, take: Take, *keys: str, shows: str, light: bool = False
) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Open a screen on a take, press `keys`, then wait until `shows` is on screen."""

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        if light:
            harness.app.theme = LIGHT.name
        way = getattr(harness.app.navigator, f"open_{route}")
        way(take.id)
        await harness.shows("⟨um⟩")
        await pilot.pause(0.3)
        for key in keys:
            await harness.press(key)
            await pilot.pause(0.1)
        await harness.shows(shows)
        await pilot.pause(0.3)

    return play


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


def test_a_review(
    snap_compare: Compare, services: Services, takes: list[Take], size: tuple[int, int]
) -> None:
    shown = open_and_press("review", takes[1], "tab", "tab", shows="certain")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=shown)


def test_a_review_in_the_light_theme(
    snap_compare: Compare, services: Services, takes: list[Take]
) -> None:
    shown = open_and_press("review", takes[1], "tab", shows="certain", light=True)
    assert snap_compare(PracticeApp(services), terminal_size=LARGE, run_before=shown)


def test_a_filler_that_is_none(
    snap_compare: Compare, services: Services, takes: list[Take]
) -> None:
    shown = open_and_press("review", takes[1], "tab", "x", shows="is not a filler")
    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=shown)


def test_what_the_numbers_mean(
    snap_compare: Compare, services: Services, takes: list[Take]
) -> None:
    shown = open_and_press("review", takes[1], "i", shows="What the numbers mean")
    assert snap_compare(PracticeApp(services), terminal_size=LARGE, run_before=shown)


def test_a_comparison(
    snap_compare: Compare, services: Services, takes: list[Take], size: tuple[int, int]
) -> None:
    shown = open_and_press("comparison", takes[1], shows="words a minute")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=shown)
