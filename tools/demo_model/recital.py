"""Speaks whole answers for measuring, with silences between sentences and the true word times."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import soundfile
from numpy.typing import NDArray

from practice.base.words import Word
from tools.demo_model.scoring import plain
from tools.demo_model.speech import SAMPLE_RATE_HZ, Manner, speak
from tools.demo_model.text import FILLERS, utterances

ANSWERS = Path(__file__).parent / "answers.txt"
UNSEEN_SEED = 900_001
WORDS_PER_ANSWER = 75
SILENCES_S = (0.2, 4.0)


@dataclass(frozen=True, slots=True)
class Recital:
    """Sound at 16 kHz and the words in it."""

    samples: NDArray[np.float32]
    words: list[Word]

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return len(self.samples) / SAMPLE_RATE_HZ

    def write(self, path: Path) -> None:
        """Write a 16-bit sound file."""
        soundfile.write(path, self.samples, SAMPLE_RATE_HZ, subtype="PCM_16")


def written_answers() -> list[str]:
    """Return the answers written by hand."""
    lines = ANSWERS.read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("#"))
    return [
        " ".join(paragraph.split()).lower() for paragraph in kept.split("\n\n") if paragraph.strip()
    ]


def drawn_answers(count: int) -> list[str]:
    """Draw answers of the training grammar from a seed training never used."""
    texts = utterances(UNSEEN_SEED)
    answers: list[str] = []
    for _ in range(count):
        words: list[str] = []
        while len(words) < WORDS_PER_ANSWER:
            words += next(texts).split()
        words[-1] = words[-1].rstrip(",.?") + "."
        answers.append(" ".join(words))
    return answers


def without_fillers(text: str) -> str:
    """Return the same text without um, uh, er and hmm."""
    return " ".join(word for word in text.split() if plain(word) not in FILLERS)


def sentences(text: str) -> list[str]:
    """Cut a text behind full stops and question marks."""
    marked = text.replace(". ", ".\n").replace("? ", "?\n")
    return marked.split("\n")


def recite(text: str, voice: str, seed: int) -> Recital:
    """Speak `text` sentence by sentence; the silences between them are drawn from `seed`.

    They are as often short as long: their logarithm is drawn evenly.
    """
    random = Random(seed)
    parts = [np.zeros(SAMPLE_RATE_HZ // 2, np.float32)]
    words: list[Word] = []
    at_s = 0.5
    low, high = np.log(SILENCES_S)
    for sentence in sentences(text):
        speech = speak(sentence, Manner(voice))
        if not speech.words:
            raise ValueError(f"{voice} gave no word times for {sentence!r}")
        words += [Word(w.label, at_s + w.start_s, at_s + w.end_s) for w in speech.words]
        silence_s = float(np.exp(random.uniform(low, high)))
        parts += [speech.samples, np.zeros(round(silence_s * SAMPLE_RATE_HZ), np.float32)]
        at_s += (len(parts[-1]) + len(parts[-2])) / SAMPLE_RATE_HZ
    return Recital(np.concatenate(parts), words)


def room_noise(duration_s: float, seed: int) -> NDArray[np.float32]:
    """Return noise like that of a quiet room: falling 6 dB per octave, at -50 dBFS."""
    random = np.random.default_rng(seed)
    white = random.standard_normal(round(duration_s * SAMPLE_RATE_HZ))
    spectrum = np.fft.rfft(white)
    spectrum /= np.maximum(np.arange(len(spectrum)) / duration_s, 60.0)
    noise = np.fft.irfft(spectrum, len(white))
    scaled: NDArray[np.float32] = (noise / noise.std() * 10 ** (-50 / 20)).astype(np.float32)
    return scaled
