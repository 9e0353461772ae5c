"""What a synthetic voice returns: sound, and when each word and each phone begins and ends."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
SILENCE = "_"


@dataclass(frozen=True, slots=True)
class Span:
    """A word or a phone, with its place in the sound."""

    label: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Speech:
    """One utterance: mono float32 at 16 kHz, its words (as written) and phones in order."""

    samples: NDArray[np.float32]
    words: tuple[Span, ...]
    phones: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a voice is made to speak; the defaults are the voice as it comes.

    `rate` and `pitch` are factors. `size` stretches the spectrum (formants and pitch together,
    by resampling): above 1 the speaker is larger and slower.
    """

    voice: str
    rate: float = 1.0
    pitch: float = 1.0
    size: float = 1.0


class Synthesizer(Protocol):
    """A program that speaks."""

    def speak(self, text: str, manner: Manner) -> Speech:
        """Speak `text`, whose words are parted by single spaces."""
        ...


def resample(samples: NDArray[np.float32], source_hz: float) -> NDArray[np.float32]:
    """Bring `samples` to 16 kHz through the Fourier transform of the whole utterance."""
    ratio = SAMPLE_RATE_HZ / source_hz
    if abs(ratio - 1) < 1e-6:
        return samples
    # Whole blocks of 512 keep the transform fast; the padding is silence.
    padded = np.pad(samples, (0, -len(samples) % 512))
    length = round(len(padded) * ratio)
    spectrum = np.fft.rfft(padded)
    kept = min(len(spectrum), length // 2 + 1)
    target = np.zeros(length // 2 + 1, dtype=spectrum.dtype)
    target[:kept] = spectrum[:kept]
    return (np.fft.irfft(target, length) * ratio).astype(np.float32)


def finished(
    samples: NDArray[np.int16], rate_hz: int, words: list[Span], phones: list[Span], size: float
) -> Speech:
    """Trim the silence at both ends, change the speaker's size, and bring all times along."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 40)
    if len(loud) == 0 or not words:
        return Speech(np.zeros(0, np.float32), (), ())
    first = min(int(loud[0]), int(words[0].start_s * rate_hz))
    last = max(int(loud[-1]) + 1, int(words[-1].start_s * rate_hz) + 1)
    sound = samples[first:last].astype(np.float32) / 32768.0
    duration_s = len(sound) * size / rate_hz

    def moved(span: Span) -> Span:
        start, end = ((at - first / rate_hz) * size for at in (span.start_s, span.end_s))
        return Span(span.label, min(max(start, 0), duration_s), min(max(end, 0), duration_s))

    return Speech(
        resample(sound, rate_hz / size), tuple(map(moved, words)), tuple(map(moved, phones))
    )


@cache
def synthesizer(program: str) -> Synthesizer:
    """Return the speaking program `espeak` or `flite`, started once in this process."""
    module = import_module(f"tools.demo_model.{program}")
    made: Synthesizer = module.Voice()
    return made


def speak(text: str, manner: Manner) -> Speech:
    """Speak with the program the voice's name begins with: `espeak:en-us+m1`, `flite:slt`."""
    program, _, name = manner.voice.partition(":")
    return synthesizer(program).speak(text, Manner(name, manner.rate, manner.pitch, manner.size))
