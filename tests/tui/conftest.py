"""An app on a temporary library, with a microphone that speaks when told to and a fixed clock."""

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
from tests.support.app_harness import Desk, InstantWorker, Stage
from tests.support.clock import FakeClock, FakeMonotonicClock
from tests.support.session_harness import CONFLICT, FAILURE, Sitter

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
RunApp = Callable[..., AbstractAsyncContextManager[Stage]]
Sit = Callable[..., AbstractAsyncContextManager[Sitter]]


@pytest.fixture(autouse=True)
def _days_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture
def desk() -> Desk:
    """The devices that `services` uses."""
    return Desk()


@pytest.fixture
def clock() -> FakeClock:
    """The time of day that `services` uses."""
    return FakeClock()


@pytest.fixture
def countdown() -> FakeMonotonicClock:
    """What countdowns run on."""
    return FakeMonotonicClock()


@pytest.fixture
def worker() -> InstantWorker:
    """What hears for `services`."""
    return InstantWorker()


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
    desk: Desk,
    clock: FakeClock,
    countdown: FakeMonotonicClock,
    worker: InstantWorker,
    shipped: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Services]:
    """Services on a temporary home that has seen its first run, with the demo model."""
    where = places()
    change_setting(where.settings_file, "model", "demo")
    settings = load_settings(where.settings_file)
    opened = Services(where, settings, clock, desk, monotonic=countdown)
    monkeypatch.setattr(opened.workspace, "worker", worker)
    opened.workspace.catalogue.shipped = shipped
    yield opened
    opened.close()


@pytest.fixture
def run_app(services: Services) -> RunApp:
    """Run the app as `async with run_app(size=(80, 24)) as stage`."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
        app, seen = PracticeApp(services), list[Message]()
        async with app.run_test(size=size, notifications=True, message_hook=seen.append) as pilot:
            yield Stage(pilot, seen)

    return run


@pytest.fixture
def sit(run_app: RunApp, services: Services, desk: Desk) -> Sit:
    """Open the session screen on two questions."""

    @asynccontextmanager
    async def open_session(
        mode: Mode = Mode.PRACTICE,
        *questions: Question,
        counted: bool = False,
        size: tuple[int, int] = (80, 24),
    ) -> AsyncIterator[Sitter]:
        async with run_app(size) as stage:
            await stage.on(TodayScreen)
            asked = [Candidate("mine", "Mine", item) for item in questions or (CONFLICT, FAILURE)]
            stage.app.navigator.open_session(asked, mode, counted=counted)
            await stage.on(SessionScreen)
            sitter = Sitter(stage.pilot, stage.seen)
            sitter.desk = desk
            yield sitter

    return open_session
