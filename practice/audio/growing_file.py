"""A recording under way, read behind its end while somebody else appends to it."""

import os
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from practice.audio.sound_track import as_floats

if TYPE_CHECKING:
    import av

SAMPLE_BYTES = 2
READ_BYTES = 1 << 16
"""0.7 s of a microphone: whoever reads can look at other work in between."""


class GrowingFile:
    """Reads a file of little-endian 16-bit mono samples as far as it goes each time.

    Args:
        file: Open at its beginning; it may be removed meanwhile.
        sample_rate_hz: Of the samples.
    """

    def __init__(self, file: BinaryIO, sample_rate_hz: int) -> None:
        self._file = file
        self._sample_rate_hz = sample_rate_hz
        self._half = b""
        """The first byte of a sample whose second byte was not there yet."""

    @property
    def unread_s(self) -> float:
        """How much lies behind what was read, as far as the file goes now."""
        left_bytes = os.fstat(self._file.fileno()).st_size - self._file.tell()
        return max(0, left_bytes) / SAMPLE_BYTES / self._sample_rate_hz

    def read(self) -> NDArray[np.int16] | None:
        """The next samples at the rate of the file; None when all that is there was read."""
        data = self._half + self._file.read(READ_BYTES)
        count = len(data) // SAMPLE_BYTES
        self._half = data[count * SAMPLE_BYTES :]
        return np.frombuffer(data, "<i2", count=count) if count else None


class Resampler:
    """Blocks of mono 16-bit samples as floats from -1 to 1 at 16 kHz: one stream, cut anywhere.

    Args:
        sample_rate_hz: Of what is fed.
        sample_format: What libav computes in, `flt` or `s16`. A growing recording and its
            finished file give the same samples where both are read in the same format.
    """

    def __init__(self, sample_rate_hz: int, sample_format: str = "flt") -> None:
        import av  # lazy: libav takes 80 ms

        self._sample_rate_hz = sample_rate_hz
        self._resampler = av.AudioResampler(sample_format, "mono", 16_000)

    def feed(self, block: NDArray[np.int16]) -> NDArray[np.float32]:
        """What is ready once `block` was taken in; it may be nothing."""
        import av  # lazy: libav takes 80 ms

        frame = av.AudioFrame.from_ndarray(block[None, :], format="s16", layout="mono")
        frame.sample_rate = self._sample_rate_hz
        return self._resample(frame)

    def finish(self) -> NDArray[np.float32]:
        """The last samples, which the filter still held back."""
        return self._resample(None)

    def _resample(self, frame: "av.AudioFrame | None") -> NDArray[np.float32]:
        parts = map(as_floats, self._resampler.resample(frame))
        return np.concatenate([np.zeros(0, np.float32), *parts])
