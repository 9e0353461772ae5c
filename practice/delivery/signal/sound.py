"""The sound of a take as `delivery` sees it, and its level over time."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

HOP_S = 0.032
"""The step of `Sound.speech_probability` (512 samples at 16 kHz, the step of Silero)."""

FRAME_HOP_S = 0.010
"""The step of every curve computed here from the samples."""

_LEVEL_WINDOW_S = 0.030
_QUIETEST_DB = -100.0


@dataclass(frozen=True, eq=False)
class Sound:
    """The samples of a take and how likely each moment is to be speech.

    Both start at the start of the take. They may differ in length by the rest of a hop.
    """

    samples: NDArray[np.float32]
    """Mono, -1 to 1, at `sample_rate_hz`."""
    speech_probability: NDArray[np.float32]
    """One value per `HOP_S`, 0 to 1, from a voice activity detector."""
    sample_rate_hz: int = 16_000
    curves: dict[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)
    """What was computed from the samples and is asked for again."""

    @property
    def duration_s(self) -> float:
        """The length of the samples in seconds."""
        return len(self.samples) / self.sample_rate_hz

    @property
    def frames(self) -> int:
        """How many frames of `FRAME_HOP_S` the samples hold."""
        return len(self.samples) // round(FRAME_HOP_S * self.sample_rate_hz)


def level_db(sound: Sound) -> NDArray[np.float64]:
    """The level around each frame, in dB under full scale, over a window of 30 ms."""
    return once_for(sound, "level", lambda: _level_db(sound))


def loud_db(sound: Sound) -> float:
    """The level that one frame in a hundred passes: the take's own loud speech."""
    return float(once_for(sound, "loud", lambda: np.quantile(level_db(sound), [0.99]))[0])


def once_for(
    sound: Sound, name: str, curve: Callable[[], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """A curve that depends on `sound` alone, computed at the first call and kept with it.

    A take is reviewed again after each correction of its words; its sound stays the same.
    """
    if name not in sound.curves:
        sound.curves[name] = curve()
    return sound.curves[name]


def _level_db(sound: Sound) -> NDArray[np.float64]:
    hop = round(FRAME_HOP_S * sound.sample_rate_hz)
    half = round(_LEVEL_WINDOW_S * sound.sample_rate_hz / 2)
    energy = np.concatenate([[0.0], np.cumsum(np.square(sound.samples, dtype=np.float64))])
    centres = np.arange(sound.frames) * hop + hop // 2
    first = np.maximum(centres - half, 0)
    last = np.minimum(centres + half, len(sound.samples))
    power = np.maximum(energy[last] - energy[first], 0.0) / np.maximum(last - first, 1)
    return np.asarray(np.maximum(10.0 * np.log10(power + 1e-12), _QUIETEST_DB))


def probability_by_frame(sound: Sound) -> NDArray[np.float64]:
    """The speech probability at each frame, interpolated between the middles of the hops."""
    if len(sound.speech_probability) == 0:
        return np.zeros(sound.frames)
    frame_s = (np.arange(sound.frames) + 0.5) * FRAME_HOP_S
    hop_s = (np.arange(len(sound.speech_probability)) + 0.5) * HOP_S
    return np.asarray(np.interp(frame_s, hop_s, sound.speech_probability))


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches where `mask` is true, as half-open (first, last) indexes."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]
