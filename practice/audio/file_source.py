"""A sound file that stands in for the microphone."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from practice.audio.source import Sink
from practice.base.errors import AudioError
from practice.base.system.files import encode_path
from practice.base.text import one_line

BLOCK_FRAMES = 4096
"""Frames delivered at a time, the order of magnitude that a sound system uses."""

_JOIN_LIMIT_S = 2.0
_ROOM_POLL_S = 0.1


class FileSource:
    """A file that libsndfile reads, mixed to mono, delivered as fast as the sink makes room."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Any = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    @property
    def name(self) -> str:
        """`played file` and the file's name."""
        return f"played file {one_line(self._path.name)}"

    @property
    def sample_rate_hz(self) -> int:
        """The file's own rate.

        Raises:
            AudioError: It cannot be read.
        """
        return int(self._open().samplerate)

    def start(self, sink: Sink) -> None:
        """Deliver the file from its beginning on a thread; `ended(None)` follows the last block.

        Raises:
            AudioError: It cannot be read.
        """
        file = self._open()
        self._thread = threading.Thread(
            target=self._deliver, args=(file, sink), name="file microphone", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Deliver no more."""
        self._stopping.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_JOIN_LIMIT_S)

    def _open(self) -> Any:  # noqa: ANN401 - soundfile is untyped
        import soundfile  # lazy: libsndfile brings NumPy

        if self._file is None:
            try:
                self._file = soundfile.SoundFile(encode_path(self._path))
            except (soundfile.LibsndfileError, OSError) as error:
                raise AudioError(
                    f"cannot use {one_line(str(self._path))} as a microphone: "
                    f"{one_line(str(error))}",
                    "choose a wav, flac, ogg or mp3 file",
                ) from error
        return self._file

    def _deliver(self, file: Any, sink: Sink) -> None:  # noqa: ANN401
        import soundfile  # lazy: libsndfile brings NumPy

        reason = None
        try:
            with file:
                while not self._stopping.is_set():
                    if not sink.wait_for_room(_ROOM_POLL_S):
                        continue
                    frames = file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)
                    if len(frames) == 0:
                        break
                    sink.deliver(_mono_s16(frames).tobytes())
        except soundfile.LibsndfileError as error:
            reason = f"{self.name} cannot be read further: {one_line(str(error))}"
        sink.ended(reason)


def _mono_s16(frames: NDArray[np.float32]) -> NDArray[np.int16]:
    mono: NDArray[np.float64] = frames.mean(axis=1, dtype=np.float64) * 32768
    return np.rint(mono).clip(-32768, 32767).astype(np.int16)
