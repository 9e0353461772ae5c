"""An app on a temporary library, with a microphone that speaks when told to and a fixed clock."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.message import Message

from practice.paths import places
from practice.settings import change_setting, load_settings
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from tests.telling_microphone import Countdown
from tests.tui.stage import Desk, FixedClock, Stage

RunApp = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture(autouse=True)
def _days_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture
def desk() -> Desk:
    """The devices that `services` uses."""
    return Desk()


@pytest.fixture
def clock() -> FixedClock:
    """The time of day that `services` uses."""
    return FixedClock()


@pytest.fixture
def countdown() -> Countdown:
    """What countdowns run on."""
    return Countdown()


@pytest.fixture
def services(home: Path, desk: Desk, clock: FixedClock, countdown: Countdown) -> Services:
    """Services on a temporary home that has seen its first run, with the demo model."""
    where = places()
    change_setting(where.settings_file, "model", "demo")
    settings = load_settings(where.settings_file)
    return Services(where, settings, clock, desk, monotonic=countdown)


@pytest.fixture
def run_app(services: Services) -> RunApp:
    """Run the app as `async with run_app(size=(80, 24)) as stage`."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
        app, seen = PracticeApp(services), list[Message]()
        async with app.run_test(size=size, notifications=True, message_hook=seen.append) as pilot:
            yield Stage(pilot, seen)
        services.close()

    return run
