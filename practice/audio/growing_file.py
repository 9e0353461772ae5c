"""A recording under way, read behind its end at the rate that is measured."""

from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import av

READ_BYTES = 1 << 18
"""Some seconds of a microphone: little memory, and little to wait for."""


class RecordingTail:
    """Reads a growing file of little-endian 16-bit mono samples, as `codec.decode` would.

    Args:
        file: Open at its beginning; it may be removed meanwhile.
        sample_rate_hz: Its rate.
        rate_hz: The rate to read it at.
    """

    def __init__(self, file: BinaryIO, sample_rate_hz: int, rate_hz: int = 16_000) -> None:
        import av  # 80 ms: only who measures a recording pays

        self._file = file
        self._sample_rate_hz = sample_rate_hz
        self._resampler = av.AudioResampler("flt", "mono", rate_hz)
        self._half = b""

    def read(self) -> NDArray[np.float32] | None:
        """The next samples, from -1 to 1; None when all that is there was read."""
        import av

        data = self._half + self._file.read(READ_BYTES)
        whole = len(data) // 2
        self._half = data[2 * whole :]
        if not whole:
            return None
        block = np.frombuffer(data, "<i2", count=whole)
        frame = av.AudioFrame.from_ndarray(block[None, :], format="s16", layout="mono")
        frame.sample_rate = self._sample_rate_hz
        return _samples(self._resampler.resample(frame))

    def finish(self) -> NDArray[np.float32]:
        """The last samples, which the resampler still held back."""
        return _samples(self._resampler.resample(None))


def _samples(frames: list["av.AudioFrame"]) -> NDArray[np.float32]:
    blocks = [frame.to_ndarray()[0] for frame in frames]
    return np.concatenate([np.zeros(0, np.float32), *blocks])
