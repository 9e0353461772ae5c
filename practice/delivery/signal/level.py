"""The level of a sound, frame by frame."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

FRAME_HOP_S = 0.010
"""The step of every curve that is computed from the samples: one frame."""
SILENT_MICROPHONE_DB = -105.0
"""Quieter than any microphone in any room: with 16 bits, one sample in thirty that is not zero. So
quiet is only what a mute switch, a noise gate or a headset's noise cancelling has replaced."""
LOWEST_VOICE_HZ = 200.0
"""Below lie mains hum, rumble, most noise of rooms and the offset of the microphone's zero. A voice
has its pitch there, and most of its energy above."""

_WINDOW_S = 0.030
_FILTER_S = 0.040
"""Stops 50 and 60 Hz by 40 dB, and reaches only 0.02 s to either side of a frame."""
_QUIETEST_DB = -120.0


def measure_level(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float64]:
    """The level of the voice band around each frame, in dB under full scale, over 30 ms.

    Args:
        samples: Shape (n,), mono, from -1 to 1.
        sample_rate_hz: Of the samples.

    Returns:
        Shape (frames,), one value for each whole `FRAME_HOP_S`; -120 dB and more.
    """
    hop = round(FRAME_HOP_S * sample_rate_hz)
    half = round(_WINDOW_S * sample_rate_hz / 2)
    voice = _remove_rumble(samples, sample_rate_hz)
    # With running sums a window of any length costs one subtraction.
    energy = np.concatenate([[0.0], np.cumsum(np.square(voice))])
    centres = np.arange(len(samples) // hop) * hop + hop // 2
    first = np.maximum(centres - half, 0)
    last = np.minimum(centres + half, len(samples))
    power = np.maximum(energy[last] - energy[first], 0.0) / np.maximum(last - first, 1)
    return np.asarray(np.maximum(10.0 * np.log10(power + 1e-12), _QUIETEST_DB))


def _remove_rumble(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float64]:
    """`samples` without what lies below `LOWEST_VOICE_HZ`; of the same shape."""
    if not len(samples):
        return np.zeros(0)
    taps = _low_pass(sample_rate_hz)
    half = len(taps) // 2
    # The ends go on as they are: an offset that began with the recording would be a click.
    padded = np.pad(samples.astype(np.float64), half, mode="edge")
    length = 1 << (len(padded) + len(taps)).bit_length()
    spectrum = np.fft.rfft(padded, length) * np.fft.rfft(taps, length)
    rumble = np.fft.irfft(spectrum, length)[2 * half : 2 * half + len(samples)]
    return np.asarray(samples - rumble)


@cache
def _low_pass(sample_rate_hz: int) -> NDArray[np.float64]:
    """A windowed sinc that passes what lies below `LOWEST_VOICE_HZ`; an odd number of taps."""
    half = round(_FILTER_S * sample_rate_hz / 2)
    at_s = np.arange(-half, half + 1) / sample_rate_hz
    taps = np.sinc(2 * LOWEST_VOICE_HZ * at_s) * np.hanning(2 * half + 3)[1:-1]
    return np.asarray(taps / taps.sum())
