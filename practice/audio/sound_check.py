"""Listening before anything is recorded: does the microphone hear, and how does it sound."""

import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from practice.audio.level import Level, Meter
from practice.audio.source import Sink, Source
from practice.base.errors import AudioError
from practice.base.scratch import ScratchFolder

SAMPLE_S = 5.0
"""How long the sample of the microphone check lasts."""
MUTE_AFTER_S = 2.0
"""Digital silence for so long is a muted microphone; a quiet room is never exactly zero."""
QUIET_DBFS = -50.0
"""A sample whose loudest moment stays below this is hardly audible: speech at arm's length peaks
some 30 dB above it on a built-in microphone."""

MUTED = "no sound arrived: the microphone is muted, or this program may not use it"
"""The verdict on a sample of digital silence."""


class OpenMicrophone:
    """A source that runs ahead of its recorder: metered, its samples dropped until it is started.

    A stream may deliver nothing for its first seconds. Opened while the question is read, it is
    running when the first word is spoken. To a recorder it is a source like any other.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._meter = Meter()
        self._sink: Sink | None = None
        self._ended: tuple[str | None] | None = None
        self._lock = threading.Lock()
        self._heard_bytes = 0
        self._loud = False

    @property
    def name(self) -> str:
        """The device's name."""
        return self._source.name

    @property
    def sample_rate_hz(self) -> int:
        """Samples a second."""
        return self._source.sample_rate_hz

    @property
    def muted(self) -> bool:
        """Samples arrive, and for `MUTE_AFTER_S` every one of them is zero."""
        enough = self._heard_bytes >= MUTE_AFTER_S * self.sample_rate_hz * 2
        return enough and not self._loud

    @property
    def failure(self) -> str | None:
        """Why the source ended by itself before anybody recorded it."""
        return self._ended[0] if self._ended else None

    def open(self) -> None:
        """Let the source run; blocks until the device answers.

        Raises:
            AudioError: It cannot be opened.
        """
        self._source.start(self)

    def level(self) -> Level:
        """The level since the last call."""
        return self._meter.read_and_reset()

    def start(self, sink: Sink) -> None:
        """Hand every sample from now on to `sink`.

        Raises:
            AudioError: The source has ended in the meantime.
        """
        with self._lock:
            if self._ended:
                raise AudioError(
                    self._ended[0] or f"no more sound comes from {self.name}",
                    "check the microphone, then try again",
                )
            self._sink = sink

    def stop(self) -> None:
        """Close the device; safe to call twice."""
        self._source.stop()

    def deliver(self, block: bytes, overflowed: bool = False) -> None:
        """Take a block from the source."""
        if self._sink is not None:
            self._sink.deliver(block, overflowed)
            return
        samples = np.frombuffer(block, "<i2", count=len(block) // 2)
        self._loud = self._loud or bool(samples.any())
        self._heard_bytes += len(block)
        self._meter.add(samples)

    def ended(self, reason: str | None) -> None:
        """Take the end of the source."""
        with self._lock:
            self._ended = (reason,)
            if self._sink is not None:
                self._sink.ended(reason)

    def wait_for_room(self, timeout_s: float) -> bool:
        """A file waits here until it is recorded."""
        if self._sink is not None:
            return self._sink.wait_for_room(timeout_s)
        threading.Event().wait(timeout_s)
        return False


class Sample:
    """A few seconds of a microphone, kept in memory, to be listened to and forgotten.

    Args:
        microphone: Open; it is closed when the sample is complete.
        duration_s: How long to listen.
    """

    def __init__(self, microphone: OpenMicrophone, duration_s: float = SAMPLE_S) -> None:
        self._microphone = microphone
        self._wanted = round(duration_s * microphone.sample_rate_hz) * 2
        self._samples = bytearray()
        self._meter = Meter()
        self._whole = Meter()
        self._done = threading.Event()

    @property
    def part(self) -> float:
        """How much of it is there, 0 to 1."""
        return min(1.0, len(self._samples) / self._wanted)

    @property
    def done(self) -> bool:
        """It is complete, or the microphone has ended."""
        return self._done.is_set()

    def level(self) -> Level:
        """The level since the last call."""
        return self._meter.read_and_reset()

    def start(self) -> None:
        """Begin to keep what the microphone hears.

        Raises:
            AudioError: The microphone has ended in the meantime.
        """
        self._microphone.start(self)

    def wait(self, timeout_s: float | None = None) -> bool:
        """True once it is done."""
        return self._done.wait(timeout_s)

    def verdict(self) -> str:
        """What was heard, in words that say what to do."""
        level = self._whole.read_and_reset()
        if not any(self._samples):
            return MUTED
        if level.peak_dbfs < QUIET_DBFS:
            return "very quiet: move closer, or raise the input level"
        if level.clipped:
            return "too loud in places: move back, or lower the input level"
        return "clear enough"

    @contextmanager
    def as_file(self, scratch: Path) -> Iterator[Path]:
        """A private WAV file of it in `scratch` that is gone afterwards."""
        with ScratchFolder(scratch) as folder:
            path = folder.path / "sample.wav"
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(self._microphone.sample_rate_hz)
                file.writeframes(bytes(self._samples))
            yield path

    def deliver(self, block: bytes, overflowed: bool = False) -> None:
        """Take a block from the microphone."""
        if self._done.is_set():
            return
        kept = block[: self._wanted - len(self._samples)]
        self._samples += kept
        samples = np.frombuffer(kept, "<i2", count=len(kept) // 2)
        self._meter.add(samples)
        self._whole.add(samples)
        if len(self._samples) >= self._wanted:
            self._done.set()

    def ended(self, reason: str | None) -> None:
        """Take the end of the microphone."""
        self._done.set()

    def wait_for_room(self, timeout_s: float) -> bool:
        """There is always room for a few seconds."""
        return not self._done.is_set()
