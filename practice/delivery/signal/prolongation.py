"""Drawn-out voice: an um holds its sound, words change theirs all the time."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from practice.delivery.signal.sound import FRAME_HOP_S, Sound, level_db, loud_db, once_for
from practice.delivery.signal.voicing import power, take_voicing

SHORTEST_S = 0.12
LONGEST_S = 2.0
"""In telephone conversation 95 in 100 fillers last 0.12 to 0.67 s."""
LARGEST_CHANGE_DB = 2.9
"""Filled pauses of seven clips: 0.6 to 2.7 dB, one 3.5; the voice of their words: 2.9 to 4.4."""
LEAST_VOICING = 0.65
"""The 60th percentile over the stretch: room, breath and laughter have 0.43 to 0.67."""
BELOW_LOUD_DB = 22.0
"""Softer voices belong to other people or to the room."""
_WINDOW_S = 0.032
_BANDS = 20
_LOWEST_HZ = 100.0
_HIGHEST_HZ = 4000.0
_REACH = 4
_FLOOR = 1e-9
"""-90 dB under full scale in one band: quieter is nothing."""
_FRAMES_AT_ONCE = 4096


def is_prolonged(sound: Sound, first: int, last: int) -> bool:
    """Whether the frames from `first` to `last` (excluded) sound like a filled pause."""
    return bool(
        SHORTEST_S - 1e-9 <= (last - first) * FRAME_HOP_S <= LONGEST_S
        and level_db(sound)[first:last].max() >= loud_db(sound) - BELOW_LOUD_DB
        and np.percentile(take_voicing(sound)[first:last], 60) >= LEAST_VOICING
        and np.median(change_db(sound)[first:last]) <= LARGEST_CHANGE_DB
    )


def change_db(sound: Sound) -> NDArray[np.float64]:
    """How far the spectrum after each frame is from the one before it, in dB.

    The means of 0.04 s on both sides are compared in 20 mel bands from 100 to 4000 Hz, the level
    left out: the difference between bands, root mean square. That filled pauses hold the spectrum
    nearly still is from Goto, Itou and Hayamizu (1999).
    """
    return once_for(sound, "change", lambda: _change_db(_bands_db(sound)))


def _change_db(bands: NDArray[np.float32]) -> NDArray[np.float64]:
    total = np.cumsum(np.vstack([np.zeros((1, _BANDS)), bands]), axis=0, dtype=np.float64)
    at = np.arange(len(bands))
    before, after = np.maximum(at - _REACH, 0), np.minimum(at + _REACH, len(bands))
    earlier = (total[at] - total[before]) / np.maximum(at - before, 1)[:, None]
    later = (total[after] - total[at]) / np.maximum(after - at, 1)[:, None]
    return np.asarray((later - earlier).std(axis=1))


def _bands_db(sound: Sound) -> NDArray[np.float32]:
    """The level in each band around each frame."""
    size = round(_WINDOW_S * sound.sample_rate_hz)
    hop = round(FRAME_HOP_S * sound.sample_rate_hz)
    padded = np.pad(sound.samples, (size // 2 - hop // 2, size))
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop][: sound.frames]
    window = np.hanning(size).astype(np.float32)
    filters = _filters(size, sound.sample_rate_hz) / (np.square(window).sum() * size)
    starts = range(0, len(windows), _FRAMES_AT_ONCE)
    parts = [
        power(np.fft.rfft(windows[at : at + _FRAMES_AT_ONCE] * window, axis=1))
        @ filters.astype(np.float32)
        for at in starts
    ]
    bands = np.concatenate([np.zeros((0, _BANDS), np.float32), *parts])
    return np.asarray(10 * np.log10(bands + _FLOOR), np.float32)


@cache
def _filters(size: int, sample_rate_hz: int) -> NDArray[np.float64]:
    """Triangles that overlap by half, evenly spaced in mel; one column a band."""
    edges_mel = np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), _BANDS + 2)
    edges = 700 * (10 ** (edges_mel / 2595) - 1)
    hz = np.fft.rfftfreq(size, 1 / sample_rate_hz)[:, None]
    rising = (hz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hz) / (edges[2:] - edges[1:-1])
    return np.maximum(np.minimum(rising, falling), 0.0)


def _mel(hz: float) -> float:
    return float(2595 * np.log10(1 + hz / 700))
