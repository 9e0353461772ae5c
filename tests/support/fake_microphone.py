"""A microphone that hears what a test says, when it says it."""

import threading

import numpy as np

from practice.audio.source import Sink

RATE_HZ = 16_000
HEARTBEAT_S = 0.5


class FakeMicrophone:
    """A source without a device: `say` delivers a tone to whoever records."""

    sample_rate_hz = RATE_HZ

    def __init__(self, name: str = "Studio microphone") -> None:
        self.name = name
        self.open = False
        self._sink: Sink | None = None
        self._closed = threading.Event()

    def start(self, sink: Sink) -> None:
        self._sink = sink
        self.open = True
        self._closed.clear()
        threading.Thread(target=self._stay_alive, args=(sink,), daemon=True).start()

    def stop(self) -> None:
        self.open = False
        self._closed.set()

    def _stay_alive(self, sink: Sink) -> None:
        """Deliver nothing now and then, so that silence is not taken for a dead device."""
        while not self._closed.wait(HEARTBEAT_S):
            sink.deliver(b"")

    def say(self, seconds: float, amplitude: float = 0.2) -> None:
        """Deliver a tone of `seconds`; 0 is digital silence, and above 1 it is cut off."""
        assert self._sink is not None, "nobody listens"
        times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        tone = 32767 * np.clip(amplitude * np.sin(2 * np.pi * 220 * times), -1, 1)
        self._sink.deliver(tone.astype("<i2").tobytes())

    def break_down(self, reason: str) -> None:
        """End as a device does that was pulled out."""
        assert self._sink is not None, "nobody listens"
        self._sink.ended(reason)
