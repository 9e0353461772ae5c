"""How the channels of a file become one, decided by a look at what is in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import av

LOOKED_S = 60.0
"""So much sound tells how the channels stand to each other; a swap half-way is nobody's file."""
CANCELLED_DB = 12.0
"""A mix that lies so far under its loudest channel has lost the voice: one channel is the other
turned over. A voice on one of two channels loses 6 dB, the middle one of six 11."""
_MOST_PLANES = 7
"""libav points at a plane for each channel, in a row of eight. PyAV (18.1) goes along it up to the
first that points nowhere, and with eight channels reads whatever lies behind the row."""
_LARGEST = 1e4
"""80 dB over full scale: a float beyond is damage."""
_AUDIBLE = 1e-4
"""Blocks whose samples all stay below are silence and tell nothing (-80 dB under full scale)."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """What is done with each frame before it is mixed to one channel."""

    channel: int | None = None
    """The one that is taken alone; None where all are mixed."""
    gain: float = 1.0
    """What each sample is multiplied by, so that none lies beyond full scale."""
    is_exact: bool = False
    """The samples are floats as somebody wrote them: they may be infinite, or no numbers."""

    def prepare(self, frame: "av.AudioFrame") -> "av.AudioFrame":
        """`frame` with what is kept of it."""
        import av  # lazy: libav takes 80 ms

        if self == Mixing():
            return frame
        channels = split_channels(frame) * np.float32(self.gain)
        layout = frame.layout.name
        if self.channel is not None:
            # Damage may change the number of channels half-way.
            number = min(self.channel, len(channels) - 1)
            channels, layout = channels[number : number + 1], "mono"
        made = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(channels), format="fltp", layout=layout
        )
        made.sample_rate = frame.sample_rate
        return made


def choose_mixing(frames: Iterable["av.AudioFrame"], *, is_exact: bool) -> Mixing:
    """Look at the beginning of a track; where its floats are exact, at all of it.

    Args:
        frames: Its frames, in order.
        is_exact: Whether its samples are stored as floats, which may lie beyond full scale.
            What a lossy codec makes of its coefficients passes it by a hair and is left alone.
    """
    powers: NDArray[np.float64] = np.zeros(0)
    mixed = peak = heard_s = 0.0
    for frame in frames:
        channels = split_channels(frame).astype(np.float64)
        loudest = float(np.abs(channels).max(initial=0.0))
        peak = max(peak, loudest)
        if loudest > _AUDIBLE:
            if len(powers) != len(channels):
                powers, mixed = np.zeros(len(channels)), 0.0
            powers += (channels**2).sum(axis=1)
            mixed += float((channels.mean(axis=0) ** 2).sum())
            heard_s += frame.samples / (frame.sample_rate or 1)
        if heard_s > LOOKED_S and not is_exact:
            break
    most = float(powers.max(initial=0.0))
    is_cancelled = len(powers) > 1 and mixed < most * 10 ** (-CANCELLED_DB / 10)
    return Mixing(int(np.argmax(powers)) if is_cancelled else None, 1 / max(peak, 1.0), is_exact)


def split_channels(frame: "av.AudioFrame") -> NDArray[np.float32]:
    """The samples of `frame`, shape (channels, n), from -1 to 1 except where floats go beyond.

    What is no number is 0.
    """
    if frame.format.is_planar and len(frame.layout.channels) > _MOST_PLANES:
        frame = _interleave(frame)
    samples: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, len(frame.layout.channels)).T
    if samples.dtype == np.uint8:
        return (samples.astype(np.float32) - np.float32(128)) / np.float32(128)
    if samples.dtype.kind == "i":
        return np.asarray(samples / np.float64(np.iinfo(samples.dtype).max + 1), dtype=np.float32)
    # The largest float32 would overflow when it is squared or summed.
    finite = np.nan_to_num(samples, nan=0.0, posinf=_LARGEST, neginf=-_LARGEST)
    return np.asarray(np.clip(finite, -_LARGEST, _LARGEST), dtype=np.float32)


def _interleave(frame: "av.AudioFrame") -> "av.AudioFrame":
    """`frame` with the samples of all channels in one plane."""
    import av  # lazy: libav takes 80 ms

    resampler = av.AudioResampler(frame.format.packed.name, frame.layout, frame.sample_rate)
    return resampler.resample(frame)[0]
