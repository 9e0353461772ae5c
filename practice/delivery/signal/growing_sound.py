"""The curves of a take, computed while its samples arrive."""

import numpy as np
from numpy.typing import NDArray

from practice.delivery.signal.prolongation import change_db
from practice.delivery.signal.sound import FRAME_HOP_S, Sound, level_db
from practice.delivery.signal.voicing import take_voicing

_CONTEXT_FRAMES = 6
"""A frame looks up to 0.056 s to either side; what is computed so near an end is computed again."""
_STEP_FRAMES = 100
_CURVES = {"level": level_db, "voicing": take_voicing, "change": change_db}


class GrowingSound:
    """Level, voicing and change of samples that are not kept.

    Args:
        sample_rate_hz: Of the samples, which are mono, from -1 to 1.
    """

    def __init__(self, sample_rate_hz: int = 16_000) -> None:
        self._sample_rate_hz = sample_rate_hz
        self._hop = round(FRAME_HOP_S * sample_rate_hz)
        self._samples = np.zeros(0, np.float32)
        self._before = 0
        """How many frames of `_samples` are computed and kept for the sake of those behind them."""
        self._length = 0
        self._parts: dict[str, list[NDArray[np.float64]]] = {name: [] for name in _CURVES}

    def add(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples."""
        self._samples = np.concatenate([self._samples, samples])
        self._length += len(samples)
        ready = len(self._samples) // self._hop - _CONTEXT_FRAMES
        if ready - self._before >= _STEP_FRAMES:
            self._compute(ready)

    def sound(self, speech_probability: NDArray[np.float32]) -> Sound:
        """The whole take: its curves are there, its samples are not a number."""
        self._compute(len(self._samples) // self._hop)
        return Sound(
            np.broadcast_to(np.float32(np.nan), self._length),
            speech_probability,
            self._sample_rate_hz,
            {name: np.concatenate([np.zeros(0), *parts]) for name, parts in self._parts.items()},
        )

    def _compute(self, ready: int) -> None:
        part = Sound(self._samples, np.zeros(0, np.float32), self._sample_rate_hz)
        for name, curve in _CURVES.items():
            self._parts[name].append(curve(part)[self._before : ready])
        kept = max(ready - _CONTEXT_FRAMES, 0)
        self._samples = self._samples[kept * self._hop :]
        self._before = ready - kept
