"""How much the spectrum changes, frame by frame: an um holds it, words change it all the time."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from practice.delivery.signal.level import FRAME_HOP_S
from practice.delivery.signal.voicing import power

_WINDOW_S = 0.032
_BANDS = 20
_LOWEST_HZ = 100.0
_HIGHEST_HZ = 4000.0
_REACH = 4
"""Frames on each side whose mean is compared: 0.04 s."""
_FLOOR = 1e-9
"""-90 dB under full scale in one band: quieter is nothing."""
_FRAMES_AT_ONCE = 4096


def measure_spectral_change(
    samples: NDArray[np.float32], sample_rate_hz: int
) -> NDArray[np.float64]:
    """How far the spectrum after each frame is from the one before it, in dB.

    The means of 0.04 s on both sides are compared in 20 mel bands from 100 to 4000 Hz, the level
    left out: the difference between bands, root mean square. That filled pauses hold the spectrum
    nearly still is from Goto, Itou and Hayamizu (1999).

    Args:
        samples: Shape (n,), mono, from -1 to 1.
        sample_rate_hz: Of the samples.

    Returns:
        Shape (frames,), one value for each whole `FRAME_HOP_S`.
    """
    bands = _band_levels_db(samples, sample_rate_hz)
    total = np.cumsum(np.vstack([np.zeros((1, _BANDS)), bands]), axis=0, dtype=np.float64)
    at = np.arange(len(bands))
    before, after = np.maximum(at - _REACH, 0), np.minimum(at + _REACH, len(bands))
    earlier = (total[at] - total[before]) / np.maximum(at - before, 1)[:, None]
    later = (total[after] - total[at]) / np.maximum(after - at, 1)[:, None]
    # The standard deviation over the bands leaves out what is common to all: a change of level.
    return np.asarray((later - earlier).std(axis=1))


def _band_levels_db(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float32]:
    """The level in each band around each frame, in dB; shape (frames, bands)."""
    size, hop = round(_WINDOW_S * sample_rate_hz), round(FRAME_HOP_S * sample_rate_hz)
    padded = np.pad(samples, (size // 2 - hop // 2, size))
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop]
    windows = windows[: len(samples) // hop]
    window = np.hanning(size).astype(np.float32)
    filters = _mel_filters(size, sample_rate_hz) / (np.square(window).sum() * size)
    parts = [
        power(np.fft.rfft(windows[at : at + _FRAMES_AT_ONCE] * window, axis=1))
        @ filters.astype(np.float32)
        for at in range(0, len(windows), _FRAMES_AT_ONCE)
    ]
    bands = np.concatenate([np.zeros((0, _BANDS), np.float32), *parts])
    return np.asarray(10 * np.log10(bands + _FLOOR), np.float32)


@cache
def _mel_filters(size: int, sample_rate_hz: int) -> NDArray[np.float64]:
    """Triangles that overlap by half, evenly spaced in mel; shape (size // 2 + 1, bands)."""
    lowest_mel, highest_mel = (2595 * np.log10(1 + hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    edges_mel = np.linspace(lowest_mel, highest_mel, _BANDS + 2)
    edges = 700 * (10 ** (edges_mel / 2595) - 1)
    hz = np.fft.rfftfreq(size, 1 / sample_rate_hz)[:, None]
    rising = (hz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hz) / (edges[2:] - edges[1:-1])
    return np.maximum(np.minimum(rising, falling), 0.0)
