"""What is asked of the sound of a take: its curves over time, computed as its samples arrive."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from practice.delivery.signal.level import (
    FRAME_HOP_S,
    SILENT_MICROPHONE_DB,
    measure_level,
)
from practice.delivery.signal.spectral_change import measure_spectral_change
from practice.delivery.signal.voicing import measure_voicing

HOP_S = 0.032
"""The step of the speech probability (512 samples at 16 kHz, the step of Silero)."""

_CONTEXT_FRAMES = 6
"""A frame looks up to 0.056 s to either side (the window of a band and the reach of the spectral
change); what is computed so near to an end is computed again when more has arrived."""
_STEP_FRAMES = 100
"""How much must be new before the curves go on: a second, so that the transforms are not called for
every block of the microphone."""
_SMOOTH_S = 0.03


@dataclass(frozen=True, eq=False)
class SoundFeatures:
    """The curves of one take; all of them begin at its start.

    Level, voicing and spectral change have one value for each frame of `FRAME_HOP_S` (10 ms). The
    samples themselves are not kept: they are 40 times as large, and nothing asks for them.
    """

    duration_s: float
    """The length of the sound."""
    level_db: NDArray[np.float64]
    """Shape (frames,); dB under full scale, as `measure_level`."""
    voicing: NDArray[np.float64]
    """Shape (frames,); 0 to 1, as `measure_voicing`."""
    spectral_change_db: NDArray[np.float64]
    """Shape (frames,); dB, as `measure_spectral_change`."""
    speech_probability: NDArray[np.float32]
    """Shape (hops,); 0 to 1 for each `HOP_S`, from a voice activity detector. It may end with the
    sound or with the hop that the sound ends in."""

    @property
    def frames(self) -> int:
        """How many frames of `FRAME_HOP_S` there are."""
        return len(self.level_db)

    @cached_property
    def frame_probability(self) -> NDArray[np.float64]:
        """The speech probability of each frame, interpolated; shape (frames,).

        Zeros are no speech, though the detector remembers for a second what was before them.
        """
        if len(self.speech_probability) == 0:
            return np.zeros(self.frames)
        frame_s = (np.arange(self.frames) + 0.5) * FRAME_HOP_S
        hop_s = (np.arange(len(self.speech_probability)) + 0.5) * HOP_S
        probability = np.interp(frame_s, hop_s, self.speech_probability)
        return np.where(self.is_live, probability, 0.0)

    @cached_property
    def is_live(self) -> NDArray[np.bool_]:
        """Which frames a microphone heard; shape (frames,). Zeros are no sound of any room."""
        return np.asarray(self.level_db > SILENT_MICROPHONE_DB)

    @cached_property
    def live_level_db(self) -> NDArray[np.float64]:
        """The levels of the live frames, of all where none is; shape (frames,) at most.

        Quantiles of a take's level are taken of these.
        """
        return self.level_db[self.is_live] if self.is_live.any() else self.level_db

    @cached_property
    def loud_db(self) -> float:
        """The level that one frame in a hundred passes: the take's own loud speech."""
        return float(np.quantile(self.live_level_db, 0.99))

    @cached_property
    def smooth_level_db(self) -> NDArray[np.float64]:
        """The level without its ripples from pulse to pulse of the voice; shape (frames,)."""
        weights = np.hanning(round(_SMOOTH_S / FRAME_HOP_S) + 2)[1:-1]
        return np.convolve(self.level_db, weights / weights.sum(), "same")


class FeatureExtractor:
    """Computes the curves while samples arrive; a finished recording goes the same way in blocks.

    Args:
        sample_rate_hz: Of the samples, which are mono, from -1 to 1.
    """

    def __init__(self, sample_rate_hz: int = 16_000) -> None:
        self._rate_hz = sample_rate_hz
        self._hop = round(FRAME_HOP_S * sample_rate_hz)
        self._samples = np.zeros(0, np.float32)
        """The samples whose curves are still to come, after `_context` frames before them."""
        self._context = 0
        self._length = 0
        self._level: list[NDArray[np.float64]] = []
        self._voicing: list[NDArray[np.float64]] = []
        self._change: list[NDArray[np.float64]] = []

    def add(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples; shape (n,), of any length."""
        self._samples = np.concatenate([self._samples, samples])
        self._length += len(samples)
        # What looks beyond the last sample waits for what follows it.
        ready = len(self._samples) // self._hop - _CONTEXT_FRAMES
        if ready - self._context >= _STEP_FRAMES:
            self._go_on(ready)

    def finish(self, speech_probability: NDArray[np.float32]) -> SoundFeatures:
        """Everything that was added, to its end.

        Args:
            speech_probability: As in `SoundFeatures`.
        """
        self._go_on(len(self._samples) // self._hop)
        empty = np.zeros(0)
        return SoundFeatures(
            self._length / self._rate_hz,
            np.concatenate([empty, *self._level]),
            np.concatenate([empty, *self._voicing]),
            np.concatenate([empty, *self._change]),
            speech_probability,
        )

    def _go_on(self, ready: int) -> None:
        """Compute the curves up to the frame `ready` of the samples that are held."""
        new = slice(self._context, ready)
        self._level.append(measure_level(self._samples, self._rate_hz)[new])
        self._voicing.append(measure_voicing(self._samples, self._rate_hz)[new])
        self._change.append(measure_spectral_change(self._samples, self._rate_hz)[new])
        first_kept = max(ready - _CONTEXT_FRAMES, 0)
        self._samples = self._samples[first_kept * self._hop :]
        self._context = ready - first_kept


def extract_features(
    samples: NDArray[np.float32],
    speech_probability: NDArray[np.float32],
    sample_rate_hz: int = 16_000,
) -> SoundFeatures:
    """The curves of a sound that is there as a whole.

    Args:
        samples: Shape (n,), mono, from -1 to 1.
        speech_probability: As in `SoundFeatures`.
        sample_rate_hz: Of the samples.
    """
    extractor = FeatureExtractor(sample_rate_hz)
    extractor.add(samples)
    return extractor.finish(speech_probability)


def find_runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches where `mask` is true, as half-open (first, last) indexes."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]
