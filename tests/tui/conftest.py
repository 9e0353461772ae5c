"""An app on a temporary library, with a microphone that speaks when told to and a fixed clock."""

import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from textual.message import Message
from textual.pilot import Pilot

from practice.audio.devices import InputDevice
from practice.audio.source import Sink, Source
from practice.errors import AudioError
from practice.paths import places
from practice.settings import change_setting, load_settings
from practice.tui.app import PracticeApp
from practice.tui.services import Services

HOSTILE = "a [/x] [RED] [$primary] \\ \x1b]0;owned\x07\x1b[31mred\x9b2J\x1b]52;c;b3duZWQ=\x07"
"""Markup, an unknown tag, a variable, a lone backslash, a title, a colour, a C1 control and a
clipboard write: what a shared bank, a device or a file name may hold."""
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
RATE_HZ = 16_000
PATIENCE_S = 10.0
"""How long a test waits for a thread of the app; a busy machine may need seconds."""

RunApp = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


class FixedClock:
    """A time of day that moves only when it is told to."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


class Countdown:
    """Seconds that grow only when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class TellingMicrophone:
    """A microphone that hears what a test says."""

    sample_rate_hz = RATE_HZ

    def __init__(self, name: str) -> None:
        self.name = name
        self.open = False
        self._sink: Sink | None = None

    def start(self, sink: Sink) -> None:
        self._sink = sink
        self.open = True

    def stop(self) -> None:
        self.open = False

    def say(self, seconds: float, amplitude: float = 0.2) -> None:
        """Deliver a tone of `seconds`; an amplitude of 0 is digital silence."""
        assert self._sink is not None
        times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        tone = amplitude * 32767 * np.sin(2 * np.pi * 220 * times)
        self._sink.deliver(tone.astype("<i2").tobytes())

    def break_down(self, reason: str) -> None:
        """End as a device does that was pulled out."""
        assert self._sink is not None
        self._sink.ended(reason)


class SilentPlayer:
    """Plays nothing, until it is told that the end is reached, and remembers what it was given."""

    def __init__(self) -> None:
        self.played: list[Path] = []
        self.position_s = 0.0
        self._ended = threading.Event()
        self._ended.set()

    @property
    def playing(self) -> bool:
        return not self._ended.is_set()

    def play(self, path: Path, start_s: float = 0.0, stop_s: float | None = None) -> None:
        assert path.exists()
        self.played.append(path)
        self._ended.clear()

    def stop(self) -> None:
        self._ended.set()

    def reach_the_end(self) -> None:
        """What a real player does by itself."""
        self._ended.set()

    def wait(self, timeout_s: float | None = None) -> bool:
        return self._ended.wait(PATIENCE_S)


class Desk:
    """The devices of a test: microphones by name, and one player."""

    def __init__(self) -> None:
        self.names = ["Studio microphone", "Headset"]
        self.opened: list[TellingMicrophone] = []
        self.the_player = SilentPlayer()
        self.broken = ""
        """Why no microphone can be had; empty when one can."""

    @property
    def heard_by(self) -> TellingMicrophone:
        """The microphone that was asked for last."""
        return self.opened[-1]

    def inputs(self) -> list[InputDevice]:
        if self.broken:
            raise AudioError(self.broken, "connect one")
        return [
            InputDevice(index, name, "Test", 1, RATE_HZ, index == 0)
            for index, name in enumerate(self.names)
        ]

    def microphone(self, name: str) -> Source:
        if self.broken:
            raise AudioError(self.broken, "connect one")
        self.opened.append(TellingMicrophone(name or self.names[0]))
        return self.opened[-1]

    def player(self) -> SilentPlayer:
        return self.the_player


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days are counted in UTC, and nothing blinks."""
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
    """Run the app as `async with run_app(size=(80, 24)) as pilot`."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (80, 24), seen: list[Message] | None = None
    ) -> AsyncIterator[Pilot[None]]:
        app = PracticeApp(services)
        hook = None if seen is None else seen.append
        async with app.run_test(size=size, notifications=True, message_hook=hook) as pilot:
            yield pilot
        services.close()

    return run


def screen_text(pilot: Pilot[None]) -> str:
    """What is on screen, as lines of text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app run until `condition` holds; fails with the screen when it never does."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain:\n{screen_text(pilot)}")
        await pilot.pause(0.01)


async def shows(pilot: Pilot[None], text: str) -> None:
    """Let the app run until `text` is on screen."""
    await until(pilot, lambda: text in screen_text(pilot))
