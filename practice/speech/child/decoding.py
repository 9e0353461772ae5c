"""Sound from a file or from a recording under way, as mono blocks at 16 kHz in constant memory."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray

from practice.base.errors import UnreadableAudioError
from practice.base.text import one_line
from practice.speech.transcription import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]
BYTES_PER_SAMPLE = 2
READ_BYTES = 65_536
FULL_SCALE = np.float32(32_768)


def _resampler() -> av.AudioResampler:
    # Not in floats: there libav mixes stereo to mono without keeping the level.
    return av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)


def _samples(frames: list[av.AudioFrame]) -> Samples:
    blocks = [frame.to_ndarray().reshape(-1) for frame in frames]
    if not blocks:
        return np.empty(0, np.float32)
    return np.concatenate(blocks).astype(np.float32) / FULL_SCALE


def decoded(path: Path) -> Iterator[tuple[Samples, float | None]]:
    """The sound of any file that libav reads, block by block.

    Yields:
        Mono samples at 16 kHz, and the part of the file done, 0 to 1, where its length is known.

    Raises:
        UnreadableAudioError: There is no sound in it that can be decoded.
    """
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            if not container.streams.audio:
                raise UnreadableAudioError(f"there is no sound in {one_line(str(path))}")
            duration_s = container.duration / av.time_base if container.duration else None
            yield from _decoded(container, duration_s)
    except (OSError, ValueError, av.FFmpegError) as error:
        raise UnreadableAudioError(
            f"cannot decode {one_line(str(path))}: {_reason(error)}",
            "check that the file plays elsewhere, or convert it to WAV or FLAC",
        ) from error


def _reason(error: Exception) -> str:
    return one_line(getattr(error, "strerror", None) or str(error))


def _decoded(
    container: av.container.InputContainer, duration_s: float | None
) -> Iterator[tuple[Samples, float | None]]:
    resampler, done = _resampler(), 0
    for frame in _good_frames(container):
        block = _samples(resampler.resample(frame))
        done += len(block)
        yield block, min(1.0, done / SAMPLE_RATE_HZ / duration_s) if duration_s else None
    yield _samples(resampler.resample(None)), 1.0


def _good_frames(container: av.container.InputContainer) -> Iterator[av.AudioFrame]:
    """The frames that decode; damaged packets in between are passed over."""
    for packet in container.demux(audio=0):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            assert isinstance(frame, av.AudioFrame)
            frame.pts = None
            yield frame


class SpoolTail:
    """The end of a growing file of raw mono 16-bit samples, read as far as it goes each time."""

    def __init__(self, file: BinaryIO, sample_rate_hz: int) -> None:
        self._file = file
        self._sample_rate_hz = sample_rate_hz
        self._resampler = _resampler()
        self._odd = b""

    @property
    def unread_s(self) -> float:
        """How much lies behind what was read, as far as the file goes now."""
        left_bytes = os.fstat(self._file.fileno()).st_size - self._file.tell()
        return max(0, left_bytes) / BYTES_PER_SAMPLE / self._sample_rate_hz

    def read(self) -> Samples | None:
        """The next block at 16 kHz (it may be empty); None when all that is there was read."""
        data = self._odd + self._file.read(READ_BYTES)
        whole = len(data) - len(data) % BYTES_PER_SAMPLE
        self._odd = data[whole:]
        if not whole:
            return None
        frame = av.AudioFrame.from_ndarray(
            np.frombuffer(data[:whole], "<i2")[None, :], format="s16", layout="mono"
        )
        frame.sample_rate = self._sample_rate_hz
        return _samples(self._resampler.resample(frame))

    def flush(self) -> Samples:
        """What the resampler still held back; nothing may be read after it."""
        return _samples(self._resampler.resample(None))
