"""The script of the check, read aloud by the demo voice or as words."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from practice.base.words import Word
from practice.delivery.calibration.script import PlannedFiller, Sentence, load_script

RATE_HZ = 22_050
BREATH_S = 0.5
ROOM_LEVEL = 0.0004


def read_aloud(path: Path, sentences: Sequence[Sentence | str] | None = None) -> Path:
    """Write `sentences` to a WAV file at `path`; without any, the whole English script."""
    if sentences is None:
        script = load_script("en")
        assert script is not None
        sentences = script.sentences
    breath = np.zeros(round(BREATH_S * RATE_HZ), np.float32)
    parts = [breath, *(part for sentence in sentences for part in (_synthesize(sentence), breath))]
    sound = np.concatenate(parts)
    room = np.random.default_rng(7).normal(0, ROOM_LEVEL, sound.size)
    soundfile.write(path, 0.8 * sound + room, RATE_HZ, subtype="PCM_16")
    return path


def script_words(*, without: str = "") -> tuple[Word, ...]:
    """The English script as words, without the fillers called `without`."""
    script = load_script("en")
    assert script is not None
    parts = [part for sentence in script.sentences for part in sentence.parts]
    kept = [
        part.text if isinstance(part, PlannedFiller) else part
        for part in parts
        if not (isinstance(part, PlannedFiller) and part.text.lower() == without)
    ]
    texts = " ".join(kept).split()
    return tuple(Word(text, at * 0.3, at * 0.3 + 0.3, 0.9) for at, text in enumerate(texts))


def _synthesize(sentence: Sentence | str) -> np.ndarray:
    text = sentence if isinstance(sentence, str) else " ".join(map(_punctuate, sentence.parts))
    command = ["espeak-ng", "-v", "en-us", "-s", "160", "--stdout", text]
    wave = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(wave[44:], dtype="<i2").astype(np.float32) / np.float32(32768)


def _punctuate(part: str | PlannedFiller) -> str:
    """With a comma after each filler, for which the voice pauses."""
    return part if isinstance(part, str) else f"{part.text},"
