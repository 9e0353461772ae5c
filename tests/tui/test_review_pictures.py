"""How review and comparison look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot

from practice.library.takes import Take
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from practice.tui.themes import LIGHT
from practice.tui.widgets.timeline import Timeline
from tests.support.app_harness import AppHarness, Step, follow_steps, shown
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
    route: str, take: Take, *steps: Step, light: bool = False
) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Open a screen on a take and follow `steps` once its words and sound are there."""

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        if light:
            harness.app.theme = LIGHT.name
        getattr(harness.app.navigator, f"open_{route}")(take.id)
        await harness.shows("⟨um⟩")
        if route == "review":
            await harness.wait_until(lambda: has_waveform(harness))
        await follow_steps(*steps)(pilot)

    return play


def has_waveform(harness: AppHarness) -> bool:
    return harness.app.screen.query_one(Timeline).levels is not None


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


def test_a_review(
    snap_compare: Compare, services: Services, takes: list[Take], size: tuple[int, int]
) -> None:
    steps = open_and_press("review", takes[1], "tab", "tab", shown("filler sound"))
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


def test_a_review_in_the_light_theme(
    snap_compare: Compare, services: Services, takes: list[Take]
) -> None:
    steps = open_and_press("review", takes[1], "tab", shown("filler sound"), light=True)
    assert snap_compare(PracticeApp(services), terminal_size=LARGE, run_before=steps)


def test_a_filler_that_is_none(
    snap_compare: Compare, services: Services, takes: list[Take]
) -> None:
    steps = open_and_press("review", takes[1], "tab", "x", shown("Stop marking"))
    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=steps)


def test_what_the_numbers_mean(
    snap_compare: Compare, services: Services, takes: list[Take]
) -> None:
    drawn = (shown("words a minute      126"), shown("Missing: tokenizer"))
    steps = open_and_press(
        "review", takes[1], *drawn, "equals_sign", shown("Words over the whole take")
    )
    assert snap_compare(PracticeApp(services), terminal_size=LARGE, run_before=steps)


def test_a_comparison(
    snap_compare: Compare, services: Services, takes: list[Take], size: tuple[int, int]
) -> None:
    steps = open_and_press("comparison", takes[1], shown("words a minute"))
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)
