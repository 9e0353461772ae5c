"""How periodic the voice is, frame by frame."""

import numpy as np
from numpy.typing import NDArray

from practice.delivery.signal.sound import FRAME_HOP_S, Sound, once_for

_WINDOW_S = 0.040
_LOWEST_HZ = 65.0
_HIGHEST_HZ = 400.0
_RATE_HZ = 8000
"""Enough for pitch; half the samples make it three times as fast."""
_FRAMES_AT_ONCE = 4096


def take_voicing(sound: Sound) -> NDArray[np.float64]:
    """The strength of voicing in each frame of the take, 0 to 1.

    The largest normalised autocorrelation over the lags of 65 to 400 Hz in a window of 40 ms:
    about 0.7 and more in steady voice, under 0.5 in breath and noise.
    """
    return once_for(sound, "voicing", lambda: _take_voicing(sound))


def power(spectrum: NDArray[np.complexfloating]) -> NDArray[np.float32]:
    """The square of the magnitude, without the root that `abs` takes."""
    return np.asarray(np.square(spectrum.real) + np.square(spectrum.imag))


def _take_voicing(sound: Sound) -> NDArray[np.float64]:
    step = max(sound.sample_rate_hz // _RATE_HZ, 1)
    rate_hz = sound.sample_rate_hz // step
    whole = sound.samples[: len(sound.samples) // step * step]
    samples = whole.reshape(-1, step).mean(axis=1)
    size, hop = round(_WINDOW_S * rate_hz), round(FRAME_HOP_S * rate_hz)
    padded = np.pad(samples, (size // 2 - hop // 2, size))
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop][: sound.frames]
    starts = range(0, len(windows), _FRAMES_AT_ONCE)
    parts = [_strength(windows[start : start + _FRAMES_AT_ONCE], rate_hz) for start in starts]
    return np.concatenate([np.zeros(0), *parts])


def _strength(windows: NDArray[np.float32], rate_hz: int) -> NDArray[np.float64]:
    size = windows.shape[1]
    centred = windows - windows.mean(axis=1, keepdims=True)
    lags = np.arange(int(rate_hz / _HIGHEST_HZ), int(rate_hz / _LOWEST_HZ) + 1)
    length = -(-(size + lags[-1]) // 60) * 60
    products = np.fft.irfft(power(np.fft.rfft(centred, length, axis=1)), length, axis=1)[:, lags]
    energy = np.cumsum(np.square(centred), axis=1)
    head = energy[:, size - 1 - lags]
    tail = energy[:, -1:] - energy[:, lags - 1]
    scale = np.sqrt(np.maximum(head * tail, 0.0))
    return np.asarray(np.clip((products / np.maximum(scale, 1e-9)).max(axis=1), 0.0, 1.0))
