"""A microphone as a source of samples."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from practice.audio import portaudio
from practice.audio.devices import InputDevice, choose_input, find_index
from practice.audio.source import Sink
from practice.base.errors import AudioError
from practice.base.system.microphone_access import way_to_allow

OPEN_LIMIT_S = 10.0
"""A Bluetooth headset takes a few seconds to change its profile; nothing takes longer."""

CLOSE_LIMIT_S = 2.0
"""A stream whose sound server has died may never close."""

LATENCY_S = 0.1
"""What the sound system holds back: enough to ride out a busy machine, and lost in a crash."""

_INVALID_CHANNEL_COUNT = -9998  # paInvalidChannelCount of portaudio.h


class Microphone:
    """A device opened at its native rate, one channel, 16 bits."""

    def __init__(self, device: InputDevice) -> None:
        self._device = device
        self._stream: Any = None
        self._stopping = False
        self._closing = threading.Lock()
        """Closing a PortAudio stream twice crashes the process."""

    @property
    def name(self) -> str:
        """The device's name."""
        return self._device.name

    @property
    def sample_rate_hz(self) -> int:
        """The device's native rate."""
        return self._device.sample_rate_hz

    def start(self, sink: Sink) -> None:
        """Open the device and let its callback fill `sink`.

        Raises:
            AudioError: It cannot be opened, or the sound server does not answer.
        """
        sounddevice = portaudio.load()
        try:
            self._stream = portaudio.open_stream(
                OPEN_LIMIT_S, lambda: self._open(sounddevice, sink)
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            way = way_to_allow() if portaudio.may_be_forbidden(error) else ""
            raise self._open_error(portaudio.explain(error), way) from error
        except TimeoutError as error:
            self._stopping = True  # `_open` may still come back, and closes what it opened
            raise self._open_error("the sound server does not answer") from error

    def stop(self) -> None:
        """Close the device, or leave it behind when it does not close in `CLOSE_LIMIT_S`."""
        self._stopping = True
        with self._closing:
            stream, self._stream = self._stream, None
        if stream is None:
            return
        try:
            portaudio.close_stream(CLOSE_LIMIT_S, stream)
        except TimeoutError:
            return

    def _open(self, sounddevice: Any, sink: Sink) -> Any:  # noqa: ANN401 - sounddevice is untyped
        index = find_index(sounddevice, self._device)
        # One channel where the sound system mixes; a bare device takes only the number it has.
        try:
            stream = self._make_stream(sounddevice, index, sink, 1)
        except sounddevice.PortAudioError as error:
            if _INVALID_CHANNEL_COUNT not in error.args:
                raise
            stream = self._make_stream(sounddevice, index, sink, self._device.channels)
        try:
            stream.start()
        except sounddevice.PortAudioError:
            stream.close()
            raise
        if self._stopping:  # it came too late: nobody waits for it any longer
            stream.close()
            return None
        return stream

    def _make_stream(
        self,
        sounddevice: Any,  # noqa: ANN401 - it is untyped
        index: int,
        sink: Sink,
        channels: int,
    ) -> Any:  # noqa: ANN401
        return sounddevice.RawInputStream(
            device=index,
            samplerate=self._device.sample_rate_hz,
            channels=channels,
            dtype="int16",
            latency=LATENCY_S,
            callback=_make_callback(sink, channels),
            finished_callback=lambda: self._finished(sink),
        )

    def _finished(self, sink: Sink) -> None:
        if not self._stopping:
            sink.ended(f"the sound server or the microphone {self.name} went away")

    def _open_error(self, reason: str, way_to_allow: str = "") -> AudioError:
        hint = "close other programs that use it, or choose another one: `practice devices`"
        return AudioError(
            f"cannot open the microphone {self.name}: {reason}",
            f"{way_to_allow}; or {hint}" if way_to_allow else hint,
        )


def choose_microphone(name: str | None) -> Microphone:
    """The microphone of that name, not opened yet.

    Args:
        name: As in `choose_input`; None or nothing for the default one.

    Raises:
        AudioError: There is no such microphone, none at all, or several match.
    """
    return Microphone(choose_input(name or None))


def _make_callback(sink: Sink, channels: int) -> Callable[[Any, int, Any, Any], None]:
    """What PortAudio calls with each block: it copies the first channel and returns."""
    deliver = sink.deliver

    def copy(samples: Any, _frames: int, _time: Any, status: Any) -> None:  # noqa: ANN401
        deliver(bytes(samples), status.input_overflow)

    def copy_first(samples: Any, _frames: int, _time: Any, status: Any) -> None:  # noqa: ANN401
        first = np.frombuffer(samples, np.int16)[::channels]
        deliver(first.tobytes(), status.input_overflow)

    return copy if channels == 1 else copy_first
