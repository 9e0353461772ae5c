"""Drawn-out voice: an um holds its sound, words change theirs all the time."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from practice.delivery.sound import FRAME_HOP_S, Sound, level_db, loud_db
from practice.delivery.voicing import take_voicing

SHORTEST_S = 0.12
LONGEST_S = 2.0
"""In telephone conversation 95 in 100 fillers last 0.12 to 0.67 s (SPEECH notes, 1.3)."""
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
_FLOOR_DB = 60.0


def is_drawn_out(sound: Sound, first: int, last: int) -> bool:
    """Whether the frames from `first` to `last` (excluded) sound like a filled pause."""
    return bool(
        SHORTEST_S - 1e-9 <= (last - first) * FRAME_HOP_S <= LONGEST_S
        and level_db(sound)[first:last].max() >= loud_db(sound) - BELOW_LOUD_DB
        and np.percentile(take_voicing(sound)[first:last], 60) >= LEAST_VOICING
        and np.median(change_db(sound, first, last)) <= LARGEST_CHANGE_DB
    )


def change_db(sound: Sound, first: int, last: int) -> NDArray[np.float64]:
    """How far the spectrum after each frame from `first` to `last` is from the one before it.

    The means of 0.04 s on both sides are compared in 20 mel bands from 100 to 4000 Hz, the level
    left out: the difference between bands, in dB (root mean square). That filled pauses hold the
    spectrum nearly still is from Goto, Itou and Hayamizu (1999).
    """
    start, end = max(first - _REACH, 0), min(last + _REACH, sound.frames)
    bands = _bands_db(sound, start, end)
    total = np.cumsum(np.vstack([np.zeros((1, _BANDS)), bands]), axis=0)
    at = np.arange(first, last) - start
    before, after = np.maximum(at - _REACH, 0), np.minimum(at + _REACH, end - start)
    earlier = (total[at] - total[before]) / np.maximum(at - before, 1)[:, None]
    later = (total[after] - total[at]) / np.maximum(after - at, 1)[:, None]
    return np.asarray((later - earlier).std(axis=1))


def _bands_db(sound: Sound, first: int, last: int) -> NDArray[np.float64]:
    """The level in each band around the frames, at most 60 dB under the take's loud speech."""
    size = round(_WINDOW_S * sound.sample_rate_hz)
    hop = round(FRAME_HOP_S * sound.sample_rate_hz)
    start = first * hop + hop // 2 - size // 2
    stop = start + (last - first - 1) * hop + size
    inside = sound.samples[max(start, 0) : stop]
    before = max(-start, 0)
    padded = np.pad(inside, (before, max(stop - start - before - len(inside), 0)))
    window = np.hanning(size).astype(np.float32)
    windows = padded[np.arange(last - first)[:, None] * hop + np.arange(size)] * window
    power = np.abs(np.fft.rfft(windows, axis=1)) ** 2 / np.square(window).sum() / size
    floor = 10 ** ((loud_db(sound) - _FLOOR_DB) / 10)
    return np.asarray(10 * np.log10(power @ _filters(size, sound.sample_rate_hz) + floor))


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
