"""The app under test, with its keys and its screen, and the fakes of what it works with."""

import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import soundfile
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from practice.audio.devices import InputDevice
from practice.audio.source import Source
from practice.base.errors import AudioError, PracticeError
from practice.base.words import Word
from practice.questions.catalogue import BankEntry, Catalogue
from practice.questions.model import Bank, Question
from practice.speech.transcription import HOP_S, Progress, Transcription, TranscriptionOptions
from practice.tui.app import PracticeApp
from tests.support.fake_microphone import RATE_HZ, FakeMicrophone
from tests.support.fake_reader import FakeReader

HOSTILE = "a [/x] [RED] [$primary] \\ \x1b]0;owned\x07\x1b[31mred\x9b2J\x1b]52;c;b3duZWQ=\x07"
"""Markup, an unknown tag, a variable, a lone backslash, a title, a colour, a C1 control and a
clipboard write: what a shared bank, a device or a file name may hold."""
PATIENCE_S = 60.0
"""How long a test waits for a thread of the app; a busy machine may need seconds."""

ScreenType = TypeVar("ScreenType", bound=Screen[Any])


@dataclass(frozen=True)
class PlayRequest:
    """What a player was asked for."""

    path: Path
    start_s: float = 0.0
    stop_s: float | None = None
    speed: float = 1.0


class FakePlayer:
    """Plays without a sound until it is stopped or told that it has reached the end."""

    def __init__(self) -> None:
        self.requests: list[PlayRequest] = []
        self.position_s = 0.0
        """Where it is; it moves only when a test sets it."""
        self.failure = ""
        """Why nothing can be heard; empty when it can."""
        self._ended = threading.Event()
        self._ended.set()

    @property
    def playing(self) -> bool:
        return not self._ended.is_set()

    def play(
        self, path: Path, start_s: float = 0.0, stop_s: float | None = None, speed: float = 1.0
    ) -> None:
        if self.failure:
            raise AudioError(self.failure, "connect a loudspeaker")
        assert path.exists()
        self.requests.append(PlayRequest(path, start_s, stop_s, speed))
        self.position_s = start_s
        self._ended.clear()

    def stop(self) -> None:
        self._ended.set()

    def reach_the_end(self) -> None:
        """What a real player does by itself."""
        self._ended.set()

    def wait(self, timeout_s: float | None = None) -> bool:
        return self._ended.wait(PATIENCE_S)


class FakeSpeechWorker:
    """Transcribes in no time, and always the same: the speech child has tests of its own."""

    def __init__(self) -> None:
        self.words: tuple[Word, ...] = (
            Word("So", 0.1, 0.4, 0.9),
            Word("um", 0.5, 0.7, 0.9),
            Word("yes", 0.8, 1, 0.9),
        )
        self.refusal: PracticeError | None = None
        """Raised instead of a transcription."""
        self.progress: Progress | None = None
        """Told before it has finished."""
        self.may_end = threading.Event()
        """Clear to make it take its time."""
        self.may_end.set()
        self.has_begun = False

    def warm(self, model: Path | None) -> None:
        pass

    def close(self) -> None:
        pass

    def cancel(self) -> None:
        pass

    def follow(self, *spool: object) -> "FakeSpeechWorker":
        return self

    def transcribe(
        self, recording: Path, options: TranscriptionOptions, progress: object = None
    ) -> Transcription:
        return self.finish(recording)

    def finish(
        self, recording: Path, progress: Callable[[Progress], None] | None = None
    ) -> Transcription:
        self.has_begun = True
        if self.progress and progress:
            progress(self.progress)
        self.may_end.wait(PATIENCE_S)
        if self.refusal:
            raise self.refusal
        probability = np.ones(round(soundfile.info(recording).duration / HOP_S), np.float32)
        return Transcription("ok", "demo", "en", self.words, probability, 0.1, None)


class HostileCatalogue(Catalogue):
    """A bank as if no reader had refused its control characters."""

    def banks(self) -> list[BankEntry]:
        return [BankEntry("hostile", HOSTILE, self.own / "hostile.yaml", 2, True, ())]

    def bank(self, name: str) -> Bank:
        questions = tuple(
            Question(
                id=name, text=HOSTILE, competency=HOSTILE, prep_s=600, follow_ups=(HOSTILE,),
                key_points=(HOSTILE,), terms=(HOSTILE,), tags=(HOSTILE,), notes=HOSTILE,
                source=HOSTILE,
            )
            for name in ("first", "second")
        )  # fmt: skip
        return Bank(title=HOSTILE, questions=questions)


class FakeDevices:
    """Microphones by name, and one player."""

    def __init__(self) -> None:
        self.names = ["Studio microphone", "Headset"]
        self.microphones: list[FakeMicrophone] = []
        """Every one that was asked for, the last one last."""
        self.output = FakePlayer()
        self.aloud = FakeReader()
        self.failure = ""
        """Why no microphone can be had; empty when one can."""

    @property
    def microphone_in_use(self) -> FakeMicrophone:
        """The microphone that was opened last."""
        return next(one for one in reversed(self.microphones) if one.open)

    def inputs(self) -> list[InputDevice]:
        if self.failure:
            raise AudioError(self.failure, "connect one")
        return [
            InputDevice(index, name, "Test", 1, RATE_HZ, index == 0)
            for index, name in enumerate(self.names)
        ]

    def microphone(self, name: str) -> Source:
        if self.failure:
            raise AudioError(self.failure, "connect one")
        self.microphones.append(FakeMicrophone(name or self.names[0]))
        return self.microphones[-1]

    def player(self) -> FakePlayer:
        return self.output

    def reader(self) -> FakeReader:
        return self.aloud


class AppHarness:
    """A running app: press keys, wait for what it shows."""

    def __init__(self, pilot: Pilot[None], seen: list[Message]) -> None:
        assert isinstance(pilot.app, PracticeApp)
        self.app = pilot.app
        self.pilot = pilot
        self.seen = seen
        """Every message that passed."""

    @property
    def text(self) -> str:
        """What is on screen, as lines."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Let the app run until `condition` holds; fails with the screen when it never does."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            # An Exception, unlike that of pytest.fail, ends an app that is driven by itself.
            assert time.monotonic() < deadline, f"waited in vain:\n{self.text}"
            await self.pilot.pause(0.01)

    async def shows(self, *texts: str) -> None:
        """Let the app run until every one of `texts` is on screen."""
        await self.wait_until(lambda: all(text in self.text for text in texts))

    async def hides(self, text: str) -> None:
        """Let the app run until `text` is gone from the screen."""
        await self.wait_until(lambda: text not in self.text)

    async def wait_for_screen(self, kind: type[ScreenType]) -> ScreenType:
        """Let the app run until a screen of `kind` is on top; returns it."""
        await self.wait_until(
            lambda: isinstance(self.app.screen, kind) and self.app.screen.is_mounted
        )
        screen = self.app.screen
        assert isinstance(screen, kind)
        return screen

    def messages(self, kind: type[Message]) -> list[Message]:
        """The messages of `kind` that passed."""
        return [message for message in self.seen if isinstance(message, kind)]

    @property
    def has_exited(self) -> bool:
        """Whether the app was told to end, or ended with an error."""
        return self.app.return_code is not None


Step = str | Callable[[AppHarness], bool]
"""A key to press, or a condition to wait for."""


def shown(text: str) -> Step:
    """The condition that `text` is on screen."""
    return lambda harness: text in harness.text


def follow_steps(*steps: Step) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Bring an app to where a picture is taken of it.

    Args:
        steps: What a key starts beside the screen needs a condition before the next key.
    """

    async def follow(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        for step in steps:
            if isinstance(step, str):
                await harness.press(step)
            else:
                await harness.wait_until(partial(step, harness))
        await pilot.pause()

    return follow
