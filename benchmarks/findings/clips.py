"""The labelled recordings in `tests/data/speech`, heard once."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import soundfile as sf
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from practice.base.words import Span, Word
from practice.delivery.signal.features import SoundFeatures, extract_features

CLIPS = Path(__file__).parents[2] / "tests" / "data" / "speech"


@dataclass(frozen=True)
class Clip:
    """A recording with its labels."""

    name: str
    samples: NDArray[np.float32]
    """Mono, 16 kHz."""
    sound: SoundFeatures
    words: tuple[Word, ...]
    """In order of time; of several people where several speak."""
    fillers: tuple[Span, ...]
    silences: tuple[Span, ...]
    """Labelled ones; empty where the clip has no such labels."""
    vocal_sounds: tuple[Span, ...]
    """Laughter, breath and coughs."""

    @property
    def spoken(self) -> tuple[Word, ...]:
        """The words without the fillers, with their own times."""
        starts = {filler.start_s for filler in self.fillers}
        return tuple(word for word in self.words if word.start_s not in starts)

    @property
    def sounds_of_no_words(self) -> tuple[Span, ...]:
        """Laughter, breath and coughs, and every stretch of 0.5 s without a labelled word."""
        cuts = [0.0, *(t for w in self.words for t in (w.start_s, w.end_s)), self.sound.duration_s]
        quiet = (Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
        return (*(span for span in quiet if span.duration_s >= 0.5), *self.vocal_sounds)


def speech_probability(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Silero's probability of speech in each hop of 512 samples (16 kHz)."""
    whole_hops = np.pad(samples, (0, -len(samples) % 512))
    return np.asarray(get_vad_model()(whole_hops), dtype=np.float32).ravel()


@cache
def clips(folder: Path = CLIPS) -> tuple[Clip, ...]:
    """The recordings in `folder` itself whose words are all labelled with their times, by name."""
    found = ((path, read_labels(path)) for path in sorted(folder.glob("*.flac")))
    return tuple(_clip(path, labels) for path, labels in found if has_timed_words(labels))


def read_labels(path: Path) -> dict[str, Any]:
    """What lies beside a recording."""
    labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert isinstance(labels, dict)
    return labels


def has_timed_words(labels: dict[str, Any]) -> bool:
    """Whether the words are labelled, each with its time."""
    words = labels.get("words") or ()
    return bool(words) and all(word["s"] is not None for word in words)


def _clip(path: Path, labels: dict[str, Any]) -> Clip:
    samples, rate = sf.read(path, dtype="float32")
    words = [Word(item["w"], item["s"], item["e"]) for item in labels["words"]]
    return Clip(
        path.stem,
        samples,
        extract_features(samples, speech_probability(samples), rate),
        tuple(sorted(words, key=lambda word: word.start_s)),
        tuple(Span(item["s"], item["e"]) for item in labels["fillers"]),
        tuple(Span(item["s"], item["e"]) for item in labels.get("silences", ())),
        tuple(
            Span(item["s"], item["e"])
            for item in labels.get("events") or ()
            if item["type"] == "vocalsound" and item["e"] > item["s"]
        ),
    )


def overlap_s(a: Span, b: Span) -> float:
    """How long the two share; negative is the distance between them."""
    return min(a.end_s, b.end_s) - max(a.start_s, b.start_s)
