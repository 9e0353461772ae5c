"""Playing for a screen: requests are carried out on one thread, and only the newest counts."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from practice.base.errors import PracticeError
from practice.tui.services import Devices, Playback

SPEEDS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


class PlayingFailed(Message):
    """What was asked for cannot be heard."""

    def __init__(self, error: PracticeError) -> None:
        super().__init__()
        self.error = error


@dataclass(frozen=True, slots=True)
class _Stretch:
    path: Path
    start_s: float
    stop_s: float | None
    speed: float


class PlaybackController:
    """A player that never holds up the screen: a device may take seconds to open.

    Args:
        devices: The way to sound.
        tell: Takes a message; callable from any thread.
    """

    def __init__(self, devices: Devices, tell: Callable[[Message], object]) -> None:
        self._devices = devices
        self._tell = tell
        self._requests: queue.SimpleQueue[_Stretch | None] = queue.SimpleQueue()
        self._wanted: _Stretch | None = None
        self._playback: Playback | None = None
        self._heard: _Stretch | None = None
        """What the player was given last."""
        self._thread: threading.Thread | None = None

    @property
    def playing(self) -> bool:
        """Something was asked for and is not over."""
        if self._wanted is None:
            return False
        if self._heard is not self._wanted:
            return True
        return self._playback is not None and self._playback.playing

    @property
    def position_s(self) -> float:
        """The place in the recording that is heard; where it will begin until then."""
        if self._wanted is None:
            return 0.0
        if self._heard is not self._wanted or self._playback is None:
            return self._wanted.start_s
        return self._playback.position_s

    def play(
        self, path: Path, start_s: float, stop_s: float | None = None, speed: float = 1.0
    ) -> None:
        """Play a stretch; what was playing stops."""
        self._ask(_Stretch(path, start_s, stop_s, speed))

    def stop(self) -> None:
        """Fall silent."""
        self._ask(None)

    def _ask(self, wanted: _Stretch | None) -> None:
        self._wanted = wanted
        self._requests.put(wanted)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="listening", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            request = self._requests.get()
            while not self._requests.empty():
                request = self._requests.get()
            try:
                self._carry_out(request)
            except PracticeError as error:
                if self._wanted is request:
                    self._wanted = None
                self._tell(PlayingFailed(error))

    def _carry_out(self, request: _Stretch | None) -> None:
        if self._playback is None:
            self._playback = self._devices.player()
        if request is None:
            self._playback.stop()
            return
        self._playback.play(request.path, request.start_s, request.stop_s, request.speed)
        self._heard = request
