"""Log-mel features exactly as faster-whisper makes them, kept so that sound can be edited in them.

The cache holds log10 power as bytes, before the two last steps of `FeatureExtractor`: the clamp at
8 decades below the loudest value, and the scaling. Gain is then an addition, silence a constant,
and a window of several utterances a concatenation; `normalized` does the two last steps.
"""

from functools import cache

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray

FRAME_S = 0.01
MEL_BANDS = 80
FLOOR = -10.0
BYTES_PER_DECADE = 18.0
SAMPLES_PER_FRAME = 160


@cache
def _extractor() -> FeatureExtractor:
    return FeatureExtractor(feature_size=MEL_BANDS)


def log_power(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log10 mel power of 16 kHz samples, frames x bands; frame k lies around k * 10 ms."""
    extractor = _extractor()
    window = np.hanning(extractor.n_fft + 1)[:-1].astype(np.float32)
    spectrum = extractor.stft(
        np.pad(samples, (0, SAMPLES_PER_FRAME)),
        extractor.n_fft,
        extractor.hop_length,
        window=window,
        return_complex=True,
    )
    power = np.abs(spectrum[..., :-1]).astype(np.float32) ** 2
    logs: NDArray[np.float32] = np.log10(np.maximum(extractor.mel_filters @ power, 1e-10)).T
    return logs


def packed(logs: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Round log10 power to bytes, 0.56 dB each."""
    data: NDArray[np.uint8] = np.clip(np.rint((logs - FLOOR) * BYTES_PER_DECADE), 0, 255).astype(
        np.uint8
    )
    return data


def unpacked(data: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Undo `packed`."""
    return data.astype(np.float32) / np.float32(BYTES_PER_DECADE) + np.float32(FLOOR)


def normalized(logs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Clamp and scale as the last lines of `FeatureExtractor.__call__` do."""
    clamped = np.maximum(logs, logs.max() - 8.0)
    scaled: NDArray[np.float32] = (clamped + 4.0) / 4.0
    return scaled
