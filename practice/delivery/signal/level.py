"""The level of a sound, frame by frame."""

import numpy as np
from numpy.typing import NDArray

FRAME_HOP_S = 0.010
"""The step of every curve that is computed from the samples: one frame."""

_WINDOW_S = 0.030
_QUIETEST_DB = -100.0


def measure_level(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float64]:
    """The level around each frame, in dB under full scale, over a window of 30 ms.

    Args:
        samples: Shape (n,), mono, from -1 to 1.
        sample_rate_hz: Of the samples.

    Returns:
        Shape (frames,), one value for each whole `FRAME_HOP_S`; -100 dB and more.
    """
    hop = round(FRAME_HOP_S * sample_rate_hz)
    half = round(_WINDOW_S * sample_rate_hz / 2)
    # With running sums a window of any length costs one subtraction.
    energy = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    centres = np.arange(len(samples) // hop) * hop + hop // 2
    first = np.maximum(centres - half, 0)
    last = np.minimum(centres + half, len(samples))
    power = np.maximum(energy[last] - energy[first], 0.0) / np.maximum(last - first, 1)
    return np.asarray(np.maximum(10.0 * np.log10(power + 1e-12), _QUIETEST_DB))
