"""An app on a temporary library, with a microphone that speaks when told to and a fixed clock."""

import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.message import Message

from practice.base.paths import places
from practice.base.settings import change_setting, load_settings
from practice.core.session import Mode
from practice.questions.model import Question
from practice.schedule.proposal import Candidate
from practice.tui.app import PracticeApp
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness, FakeDevices, FakeSpeechWorker
from tests.support.clock import FakeClock, FakeMonotonicClock
from tests.support.session_harness import CONFLICT, FAILURE, SessionHarness

BASICS = """\
title: Basics
questions:
  - id: project
    text: Tell me about a project that you are proud of.
    competency: results
    target_s: 120
    prep_s: 30
    follow_ups: [What would you do differently today?]
  - id: deadline
    text: Tell me about a time you missed a deadline.
  - id: disagreement
    text: Tell me about a disagreement with your manager.
"""
RunApp = Callable[..., AbstractAsyncContextManager[AppHarness]]
RunSession = Callable[..., AbstractAsyncContextManager[SessionHarness]]


@pytest.fixture(autouse=True)
def _days_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    if sys.platform != "win32":
        time.tzset()


@pytest.fixture
def devices() -> FakeDevices:
    """The devices that `services` uses."""
    return FakeDevices()


@pytest.fixture
def clock() -> FakeClock:
    """The time of day that `services` uses."""
    return FakeClock()


@pytest.fixture
def monotonic_clock() -> FakeMonotonicClock:
    """What countdowns run on."""
    return FakeMonotonicClock()


@pytest.fixture
def worker() -> FakeSpeechWorker:
    """What transcribes for `services`."""
    return FakeSpeechWorker()


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder of shipped banks that holds one small bank."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "basics.yaml").write_text(BASICS)
    return folder


@pytest.fixture
def services(
    home: Path,
    devices: FakeDevices,
    clock: FakeClock,
    monotonic_clock: FakeMonotonicClock,
    worker: FakeSpeechWorker,
    shipped: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Services]:
    """Services on a temporary home that has seen its first run, with the demo model."""
    where = places()
    change_setting(where.settings_file, "model", "demo")
    # A box after every answer would stand in the way of what most tests are about.
    change_setting(where.settings_file, "guesses", "no")
    settings = load_settings(where.settings_file)
    opened = Services(where, settings, clock, devices, monotonic=monotonic_clock)
    monkeypatch.setattr(opened.workspace, "worker", worker)
    opened.workspace.catalogue.shipped = shipped
    yield opened
    opened.close()


@pytest.fixture
def run_app(services: Services) -> RunApp:
    """Run the app as `async with run_app(size=(80, 24)) as harness`."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[AppHarness]:
        app, seen = PracticeApp(services), list[Message]()
        async with app.run_test(size=size, notifications=True, message_hook=seen.append) as pilot:
            yield AppHarness(pilot, seen)

    return run


@pytest.fixture
def run_session(run_app: RunApp, services: Services, devices: FakeDevices) -> RunSession:
    """Open the session screen on two questions."""

    @asynccontextmanager
    async def open_session(
        mode: Mode = Mode.PRACTICE,
        *questions: Question,
        counted: bool = False,
        size: tuple[int, int] = (80, 24),
    ) -> AsyncIterator[SessionHarness]:
        async with run_app(size) as harness:
            await harness.wait_for_screen(TodayScreen)
            asked = [Candidate("mine", "Mine", item) for item in questions or (CONFLICT, FAILURE)]
            harness.app.navigator.open_session(asked, mode, counted=counted)
            await harness.wait_for_screen(SessionScreen)
            yield SessionHarness(harness.pilot, harness.seen, devices)

    return open_session
