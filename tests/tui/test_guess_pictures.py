"""How guesses and profiles look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from practice.library.guesses import Guess
from practice.library.takes import Take
from practice.tui.app import PracticeApp
from practice.tui.screens.session.guess import QUESTION
from practice.tui.screens.setup import settings, welcome
from practice.tui.services import Services
from practice.tui.widgets.level_meter import LevelMeter
from tests.support.app_harness import AppHarness, follow_steps, shown
from tests.support.clock import NOW, FakeClock
from tests.support.review_harness import ASKED, keep_bank
from tests.support.stuttering import keep_stuttered
from tests.support.takes import ANSWER, keep_take

SIZES = [(80, 24), (100, 30)]
Compare = Callable[..., bool]
LONGER = " |0.9 and in the end it was fine for all of us" + " and then we talked about it" * 2


@pytest.fixture(params=SIZES, ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def take(services: Services, clock: FakeClock) -> Take:
    """The newest of eight takes with guesses, over four weeks."""
    keep_bank(services)
    library = services.workspace.library
    for at in range(8):
        clock.set(NOW - timedelta(days=28 - 4 * at))
        take = keep_take(services.workspace, ANSWER + LONGER, ASKED)
        fillers, pace = ("few", "right") if at % 3 == 0 else ("many", "fast")
        library.guesses.keep(take.id, Guess(fillers, pace, "partly"))  # type: ignore[arg-type]
    clock.set(NOW)
    return take


def test_the_welcome(
    snap_compare: Compare,
    services: Services,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services.places.settings_file.unlink()
    monkeypatch.setattr(LevelMeter, "show", lambda *_: None)
    # The folder of a test is another one each time.
    monkeypatch.setattr(welcome, "show_path", lambda _: "~/.local/share/practice/recordings")
    steps = follow_steps(shown("Enter use it"), shown("say something"), "down")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


def test_the_settings(
    snap_compare: Compare,
    services: Services,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "show_path", lambda path: f"~/practice/{path.name}")

    async def open_it(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        await harness.press("comma")
        await harness.shows("demo, on this machine", "not done yet")
        await harness.press("up", "up")

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=open_it)


def test_the_box_before_a_review(
    snap_compare: Compare, services: Services, size: tuple[int, int]
) -> None:
    async def ask(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        harness.app.navigator.open_guess(("fillers", "pace", "meant"), lambda _: None)
        await harness.shows(QUESTION)
        await harness.press("2")

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=ask)


def test_a_review_with_its_guesses(
    snap_compare: Compare, services: Services, size: tuple[int, int], take: Take
) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("lately")
        harness.app.navigator.open_review(take.id)
        await harness.shows("you guessed", "sound   ┃")

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=open_it)


def test_trends_with_guesses(
    snap_compare: Compare, services: Services, size: tuple[int, int], take: Take
) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("lately")
        harness.app.navigator.open_trends()
        await harness.shows("pace guessed")
        await harness.press("end", "up")
        await harness.shows("Each point is a week.")

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=open_it)


def test_a_review_for_who_stutters(
    snap_compare: Compare, services: Services, size: tuple[int, int]
) -> None:
    keep_bank(services)
    stuttered = keep_stuttered(services.workspace, ASKED)
    services.change_setting("stutter", "yes")

    async def open_it(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("lately")
        harness.app.navigator.open_review(stuttered.id)
        await harness.shows("fillers", "sound   ┃")

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=open_it)
