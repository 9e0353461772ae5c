"""Playing a recording, or a part of it, with its place as the clock."""

import threading
from pathlib import Path
from typing import Any

from practice.audio import portaudio
from practice.audio.playback import Excerpt
from practice.base.errors import AudioError, UnreadableAudioError
from practice.base.system.files import encode_path
from practice.base.text import one_line

LATENCY_S = 0.1
"""Held by the device: what a stop has to throw away."""

_OPEN_LIMIT_S = 10.0
_STOP_LIMIT_S = 1.0


class Player:
    """Plays one part of one file at a time, on a thread of the sound library."""

    def __init__(self) -> None:
        self._playing: _Playback | None = None

    def play(
        self, path: Path, start_s: float = 0.0, stop_s: float | None = None, speed: float = 1.0
    ) -> None:
        """Play `path` from `start_s` to `stop_s` or its end; what was playing stops.

        Args:
            path: The recording.
            start_s: Where in it to begin.
            stop_s: Where to end; None for its end.
            speed: 0.5 to 2; the pitch stays.

        Raises:
            UnreadableAudioError: The file cannot be read.
            AudioError: There is no output device, or it cannot be opened.
        """
        self.stop()
        self._playing = _Playback(path, start_s, stop_s, speed)
        self._playing.start()

    def stop(self) -> None:
        """Fall silent at once."""
        if self._playing is not None:
            self._playing.stop()

    @property
    def position_s(self) -> float:
        """The place in the file that is being heard; it stays where it was after the end."""
        return self._playing.position_s if self._playing is not None else 0.0

    @property
    def playing(self) -> bool:
        """Sound is still to come."""
        return self._playing is not None and not self._playing.ended.is_set()

    @property
    def failure(self) -> AudioError | None:
        """Why the last playback ended before its end, None when it did not."""
        return self._playing.failure if self._playing is not None else None

    def wait(self, timeout_s: float | None = None) -> bool:
        """True once nothing plays any more, the device let go; False after `timeout_s`."""
        if self._playing is None:
            return True
        if not self._playing.ended.wait(timeout_s):
            return False
        self._playing.stop()
        return True


class _Playback:
    """One part of one file on its way to the device.

    The device's callback reads the file itself: decoding a block of FLAC and stretching it takes
    a fraction of the time that it lasts, and the frames it took are the clock.
    """

    def __init__(self, path: Path, start_s: float, stop_s: float | None, speed: float) -> None:
        self._file = _open_file(path)
        self._rate: int = self._file.samplerate
        end = self._file.frames if stop_s is None else round(stop_s * self._rate)
        end = min(max(0, end), self._file.frames)
        self._start: int = min(max(0, round(start_s * self._rate)), end)
        self._speed = speed
        self._excerpt = Excerpt(self._file, self._start, end, speed)
        self._stream: Any = None
        self._held_frames = 0
        self._stopping = False
        self.ended = threading.Event()
        self.failure: AudioError | None = None

    @property
    def position_s(self) -> float:
        # What the device still holds was read and not yet heard; once it has played to its end it
        # holds nothing.
        is_over = self.ended.is_set() and not self._stopping
        held = 0 if is_over else self._held_frames * self._speed
        return max(self._start, self._excerpt.position - held) / self._rate

    def start(self) -> None:
        sounddevice = portaudio.load()
        try:
            self._stream = portaudio.open_stream(_OPEN_LIMIT_S, lambda: self._open(sounddevice))
        except (sounddevice.PortAudioError, ValueError) as error:
            self._file.close()
            raise _no_output(portaudio.explain(error)) from error
        except TimeoutError as error:
            self._stopping = True
            raise _no_output("the sound server does not answer") from error
        self._held_frames = round(self._stream.latency * self._rate)

    def stop(self) -> None:
        self._stopping = not self.ended.is_set()
        stream, self._stream = self._stream, None
        if stream is None:
            return
        try:
            portaudio.close_stream(_STOP_LIMIT_S, stream)
        except TimeoutError:
            return  # the file stays open with the stream that still holds it
        finally:
            self.ended.set()
        self._file.close()

    def _open(self, sounddevice: Any) -> Any:  # noqa: ANN401 - sounddevice is untyped
        stop = sounddevice.CallbackStop

        def fill(samples: Any, frames: int, _time: Any, _status: Any) -> None:  # noqa: ANN401
            data = b"" if self._stopping else self._excerpt.read(frames)
            samples[: len(data)] = data
            samples[len(data) :] = bytes(len(samples) - len(data))
            if len(data) < len(samples):
                raise stop

        stream = sounddevice.RawOutputStream(
            samplerate=self._rate,
            channels=self._file.channels,
            dtype="int16",
            latency=LATENCY_S,
            callback=fill,
            finished_callback=self._finished,
        )
        stream.start()
        return stream

    def _finished(self) -> None:
        if not self._stopping and not self._excerpt.finished:
            self.failure = _no_output("the sound server or the device went away")
        self.ended.set()


def _open_file(path: Path) -> Any:  # noqa: ANN401 - soundfile is untyped
    import soundfile  # lazy: libsndfile brings NumPy

    try:
        return soundfile.SoundFile(encode_path(path))
    except (soundfile.LibsndfileError, OSError) as error:
        raise UnreadableAudioError(
            f"cannot play {one_line(str(path))}: {one_line(str(error))}",
            "check that the recording is still there",
        ) from error


def _no_output(reason: str) -> AudioError:
    return AudioError(
        f"cannot play sound: {reason}",
        "connect a loudspeaker or headphones and check that the sound server is running",
    )
