"""A part of a recording, block by block, at its own speed or another one with the pitch kept."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from av.filter.graph import Graph

BLOCK_FRAMES = 4096
"""Read from the file at a time; the filter looks at about 0.1 s at once."""


class Excerpt:
    """Frames of an open sound file as 16-bit samples, channels interleaved; constant memory.

    Args:
        file: A `soundfile.SoundFile`.
        start: The first frame.
        end: The frame after the last.
        speed: How many seconds of the file are heard in one; 0.5 to 2, beyond which one of
            libav's `atempo` filters leaves samples out.
    """

    def __init__(self, file: Any, start: int, end: int, speed: float = 1.0) -> None:  # noqa: ANN401 - soundfile is untyped
        self._file = file
        self._start = start
        self._end = end
        self._next = start
        self._speed = speed
        self._frame_bytes = 2 * file.channels
        self._given = 0
        """Frames that were handed out, as they are heard."""
        self._ready = bytearray()
        self._tempo = None if speed == 1.0 else _Tempo(file.samplerate, file.channels, speed)
        file.seek(start)

    @property
    def position(self) -> float:
        """The frame of the file that follows what was read.

        Counted from what was handed out, not from `_next`: the filter holds frames back.
        """
        return min(self._start + self._given * self._speed, self._end)

    @property
    def finished(self) -> bool:
        """Everything was read."""
        return self._next >= self._end and not self._ready

    def read(self, frames: int) -> bytes:
        """The next `frames` frames as they are heard; fewer at the end."""
        while len(self._ready) < frames * self._frame_bytes and self._next < self._end:
            self._ready += self._read_block()
        data = bytes(self._ready[: frames * self._frame_bytes])
        del self._ready[: len(data)]
        self._given += len(data) // self._frame_bytes
        return data

    def _read_block(self) -> bytes:
        """What the next frames of the file give; a file that breaks off ends there."""
        import soundfile  # lazy: libsndfile brings NumPy

        try:
            wanted = min(BLOCK_FRAMES, self._end - self._next)
            data = bytes(self._file.buffer_read(wanted, dtype="int16")[:])
        except soundfile.LibsndfileError:
            data = b""
        self._next = self._next + len(data) // self._frame_bytes if data else self._end
        if self._tempo is None:
            return data
        heard = self._tempo.feed(data) if data else b""
        return heard + self._tempo.finish() if self._next >= self._end else heard


class _Tempo:
    """libav's `atempo` (overlap and add of similar stretches) over a stream of samples."""

    def __init__(self, sample_rate_hz: int, channels: int, speed: float) -> None:
        import av.filter  # lazy: libav takes 80 ms

        self._rate = sample_rate_hz
        self._layout = "mono" if channels == 1 else "stereo"
        self._graph: Graph = av.filter.Graph()
        source = self._graph.add_abuffer(
            sample_rate=sample_rate_hz, format="s16", layout=self._layout
        )
        tempo = self._graph.add("atempo", f"{speed:g}")
        sink = self._graph.add("abuffersink")
        source.link_to(tempo)
        tempo.link_to(sink)
        self._graph.configure()

    def feed(self, data: bytes) -> bytes:
        """Take samples in, give those that are ready."""
        import av  # lazy: libav takes 80 ms

        frame = av.AudioFrame.from_ndarray(
            np.frombuffer(data, dtype=np.int16)[None], format="s16", layout=self._layout
        )
        frame.sample_rate = self._rate
        self._graph.push(frame)
        return self._pull()

    def finish(self) -> bytes:
        """The rest, once everything was fed."""
        self._graph.push(None)
        return self._pull()

    def _pull(self) -> bytes:
        import av  # lazy: libav takes 80 ms

        parts: list[bytes] = []
        while True:
            try:
                frame = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return b"".join(parts)  # it wants more samples first, or has given all
            assert isinstance(frame, av.AudioFrame)
            parts.append(frame.to_ndarray().tobytes())
