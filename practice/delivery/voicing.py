"""How periodic the voice is, frame by frame, and at what pitch."""

import numpy as np
from numpy.typing import NDArray

from practice.delivery.sound import FRAME_HOP_S, Sound

_WINDOW_S = 0.040
_LOWEST_HZ = 65.0
_HIGHEST_HZ = 400.0
_FRAMES_AT_ONCE = 4096


def voicing(
    sound: Sound, first: int = 0, last: int | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The strength of voicing and the pitch of frames `first` to `last` (excluded).

    The strength is the largest normalised autocorrelation over the lags of 65 to 400 Hz in a
    window of 40 ms: about 0.7 and more in steady voice, under 0.5 in breath and noise.

    Returns:
        Two arrays, one value per frame: strength (0 to 1) and pitch in Hz.
    """
    end = sound.frames if last is None else min(last, sound.frames)
    parts = [
        _voicing(_windows(sound, start, min(start + _FRAMES_AT_ONCE, end)), sound.sample_rate_hz)
        for start in range(first, end, _FRAMES_AT_ONCE)
    ]
    if not parts:
        return np.zeros(0), np.zeros(0)
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _windows(sound: Sound, first: int, last: int) -> NDArray[np.float64]:
    size = round(_WINDOW_S * sound.sample_rate_hz)
    hop = round(FRAME_HOP_S * sound.sample_rate_hz)
    start = first * hop + hop // 2 - size // 2
    stop = start + (last - first - 1) * hop + size
    inside = sound.samples[max(start, 0) : stop].astype(np.float64)
    before = max(-start, 0)
    padded = np.pad(inside, (before, max(stop - start - before - len(inside), 0)))
    return np.asarray(padded[np.arange(last - first)[:, None] * hop + np.arange(size)])


def _voicing(
    windows: NDArray[np.float64], sample_rate_hz: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    size = windows.shape[1]
    centred = windows - windows.mean(axis=1, keepdims=True)
    spectrum = np.abs(np.fft.rfft(centred, 2 * size, axis=1)) ** 2
    products = np.fft.irfft(spectrum, axis=1)[:, :size]
    energy = np.cumsum(np.square(centred), axis=1)
    total = energy[:, -1:]
    lags = np.arange(int(sample_rate_hz / _HIGHEST_HZ), int(sample_rate_hz / _LOWEST_HZ) + 1)
    head = energy[:, size - 1 - lags]
    tail = total - energy[:, lags - 1]
    scale = np.sqrt(np.maximum(head * tail, 0.0))
    strength = products[:, lags] / np.maximum(scale, 1e-9)
    best = strength.argmax(axis=1)
    return np.clip(strength.max(axis=1), 0.0, 1.0), sample_rate_hz / lags[best]
