"""How the drills and the warm-up card look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Callable
from datetime import time

import pytest
from textual.pilot import Pilot

from practice.base.wall_time import WallTime
from practice.library.interviews import InterviewFacts
from practice.questions.stories.model import Story
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from tests.support.app_harness import AppHarness, FakeDevices, follow_steps, shown
from tests.support.clock import NOW, FakeClock, FakeMonotonicClock
from tests.support.habits import HESITANT
from tests.support.library_takes import TakeBuilder
from tests.support.review_harness import ASKED, keep_bank
from tests.support.takes import keep_take

Compare = Callable[..., bool]
STORIES = (
    Story(title="The night shift", situation="In 2021 our ward had two nurses at night."),
    Story(title="The migration that nobody wanted", situation="Three teams had one database."),
    Story(title="The [red] line", situation="The sign on the door was wrong."),
)

MINE = """\
title: Mine
ask_them: [How is the team made up?, What happens in the first month?, Who decides what is built?]
questions:
  - {id: conflict, text: Tell me about a conflict.}
"""


@pytest.fixture(params=[(80, 24), (100, 30)], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def told(services: Services) -> None:
    """Three stories to choose from."""
    for story in STORIES:
        services.workspace.stories.add(story)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("is_over", [False, True], ids=["asking", "end"])
def test_which_story(
    snap_compare: Compare,
    services: Services,
    monotonic_clock: FakeMonotonicClock,
    size: tuple[int, int],
    is_over: bool,
) -> None:
    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("Enter begin")
        harness.app.navigator.open_retrieval()
        await harness.shows("Enter begins")
        await harness.press("enter")
        await harness.shows("1 of 3")
        monotonic_clock.advance(3)
        await harness.press("down", "enter")
        await harness.shows("7 s", "say its first sentence")
        if is_over:
            monotonic_clock.advance(30)
            await harness.shows("Nothing was recorded")
        await pilot.pause()

    assert snap_compare(PracticeApp(services), run_before=play, terminal_size=size)


@pytest.mark.parametrize("is_told", [False, True], ids=["hearing", "told"])
def test_one_habit(
    snap_compare: Compare,
    services: Services,
    devices: FakeDevices,
    size: tuple[int, int],
    is_told: bool,
) -> None:
    keep_bank(services)
    keep_take(services.workspace, HESITANT, ASKED)

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("Enter begin")
        harness.app.navigator.open_habit()
        await harness.shows("Your last take")
        await harness.press("enter")
        await harness.wait_until(lambda: devices.output.playing)
        devices.output.position_s = 4.0
        await harness.shows("0:04")
        await harness.press("m")
        await harness.shows("Marked: 1")
        if is_told:
            await harness.press("enter")
            await harness.shows("In that take")
        await pilot.pause()

    assert snap_compare(PracticeApp(services), run_before=play, terminal_size=size)


@pytest.mark.usefixtures("told")
def test_the_warm_up_card(
    snap_compare: Compare, services: Services, clock: FakeClock, size: tuple[int, int]
) -> None:
    services.places.banks.mkdir(parents=True)
    (services.places.banks / "mine.yaml").write_text(MINE)
    best = TakeBuilder(services, clock).answer("Tell me about a conflict.", bank="mine")
    library = services.workspace.library
    library.annotations.star(best.id, starred=True)
    when = WallTime(NOW.date(), time(16), "UTC")
    facts = InterviewFacts("Acme", round="panel", when=when, people=("Ana Lee", "Ben Ode"))
    library.interviews.add(facts, "UTC")
    steps = follow_steps(shown("Enter begin"), "w", shown("Ben Ode"), shown("Ask them"))
    assert snap_compare(PracticeApp(services), run_before=steps, terminal_size=size)
