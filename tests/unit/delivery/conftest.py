"""Words from a sentence, sounds from a pattern, and the labelled clips."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from practice.base.words import Word
from practice.delivery.signal.features import HOP_S, SoundFeatures, extract_features
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon

CLIPS = Path(__file__).parents[2] / "data" / "speech"
WORD_S = 0.3


def words_of(sentence: str) -> list[Word]:
    """Words of 0.3 s that touch; a number alone is a silence of so many seconds."""
    words: list[Word] = []
    at_s = 0.0
    for part in sentence.split():
        if part.startswith("|"):
            at_s += float(part[1:])
        else:
            words.append(Word(part, round(at_s, 3), round(at_s + WORD_S, 3)))
            at_s += WORD_S
    return words


def sound_of(pattern: list[tuple[str, float]]) -> SoundFeatures:
    """A voice of 140 Hz and a quiet room in turns, with the speech probability to match."""
    rng = np.random.default_rng(0)
    parts = []
    for kind, seconds in pattern:
        count = round(seconds * 16_000)
        time = np.arange(count) / 16_000
        voice = sum(np.sin(2 * np.pi * 140 * k * time) / k for k in range(1, 8))
        room = rng.normal(0, 0.0005, count)
        parts.append(room + (0.1 * voice if kind == "voice" else 0.0))
    samples = np.concatenate(parts).astype(np.float32)
    edges = np.cumsum([0.0, *(seconds for _, seconds in pattern)])
    middles = (np.arange(-(-len(samples) // 512)) + 0.5) * HOP_S
    which = np.clip(np.searchsorted(edges, middles, "right") - 1, 0, len(pattern) - 1)
    loud = np.array([kind == "voice" for kind, _ in pattern])
    return extract_features(samples, np.where(loud[which], 0.97, 0.02).astype(np.float32))


@pytest.fixture
def make_words() -> Callable[[str], list[Word]]:
    return words_of


@pytest.fixture
def make_sound() -> Callable[[list[tuple[str, float]]], SoundFeatures]:
    return sound_of


@pytest.fixture(scope="session")
def english() -> Lexicon:
    return load_lexicon("en")


def read_clip(name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The samples of a labelled recording, at 16 kHz, and its speech probability."""
    import soundfile

    samples, rate_hz = soundfile.read(CLIPS / f"{name}.flac", dtype="float32")
    assert rate_hz == 16_000
    return samples, detect_speech(samples)


def detect_speech(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The speech probability of a sound, as the speech process gives it."""
    from practice.speech.child.voice_activity import VoiceActivity

    return VoiceActivity().feed(np.pad(samples, (0, -len(samples) % 512)))


@pytest.fixture
def load_clip() -> Callable[[str], tuple[SoundFeatures, dict[str, list[dict[str, float | str]]]]]:
    """A labelled recording by name."""

    def load(name: str) -> tuple[SoundFeatures, dict[str, list[dict[str, float | str]]]]:
        labels = json.loads((CLIPS / f"{name}.json").read_text(encoding="utf-8"))
        return extract_features(*read_clip(name)), labels

    return load
