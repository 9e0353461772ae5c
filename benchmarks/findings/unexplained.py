"""Filled pauses found in the sound once their words are taken out of the transcript.

As Whisper does, the time of a filler that is left out goes to the word beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.findings.clips import Clip, clips, overlap_s
from benchmarks.findings.intervals import Hits, cell, f1_interval
from practice.base.words import Span, Word
from practice.delivery.signal.features import SoundFeatures, find_runs
from practice.delivery.signal.filled_pauses import find_lone_syllables, find_unexplained_voice
from practice.delivery.signal.level import FRAME_HOP_S
from practice.delivery.word_times import align_words

SEEDS = 20
TOUCH_S = 0.05
"""Labelled words overlap by as much."""
SHORTEST_GAP_S = 0.12
"""What the plain rule "gap in voice activity" takes for speech."""

Find = Callable[[Sequence[Word], SoundFeatures], list[Span]]


@dataclass(frozen=True)
class Condition:
    """How the recogniser's word times differ from the labelled ones."""

    name: str
    shift_s: float = 0.0
    spread_s: float = 0.0
    """The standard deviation of each edge by itself."""

    @property
    def seeds(self) -> range:
        """One where nothing is random."""
        return range(SEEDS if self.spread_s else 1)

    def words(self, told: Sequence[Word], seed: int) -> list[Word]:
        """`told` with its times moved."""
        rng = np.random.default_rng(seed)
        edges_s = np.array([(word.start_s, word.end_s) for word in told]).reshape(-1, 2)
        moved_s = edges_s + self.shift_s + rng.normal(0, self.spread_s, edges_s.shape)
        ordered_s = np.sort(np.maximum(moved_s, 0.0), axis=1)
        words = [replace(w, start_s=a, end_s=b) for w, (a, b) in zip(told, ordered_s, strict=True)]
        return sorted(words, key=lambda word: word.start_s)


CONDITIONS = (
    Condition("exact"),
    Condition("0.1 s late", 0.1),
    Condition("0.1 s early", -0.1),
    Condition("0.2 s late", 0.2),
    Condition("0.2 s early", -0.2),
    Condition("jitter 50 ms", 0.0, 0.05),
    Condition("jitter 100 ms", 0.0, 0.10),
)


def next_word_stretched(clip: Clip) -> list[Word]:
    """The spoken words; each that follows a filler begins where the filler did."""
    words = list(clip.spoken)
    for filler in clip.fillers:
        after = [i for i, w in enumerate(words) if w.start_s >= filler.end_s - TOUCH_S]
        if after:
            words[after[0]] = replace(words[after[0]], start_s=filler.start_s)
    return sorted(words, key=lambda word: word.start_s)


def previous_word_stretched(clip: Clip) -> list[Word]:
    """The spoken words; each that comes before a filler ends where the filler did."""
    words = list(clip.spoken)
    for filler in clip.fillers:
        before = [i for i, w in enumerate(words) if w.end_s <= filler.start_s + TOUCH_S]
        if before:
            last = max(before, key=lambda i: words[i].end_s)
            words[last] = replace(words[last], end_s=filler.end_s)
    return words


TRANSCRIPTS: Mapping[str, Callable[[Clip], list[Word]]] = {
    "given to the next word": next_word_stretched,
    "given to the word before": previous_word_stretched,
    "left free": lambda clip: list(clip.spoken),
}
"""What a recogniser that writes no fillers does with their time."""


def ours(words: Sequence[Word], sound: SoundFeatures) -> list[Span]:
    """What the product finds, certain or possible."""
    at = align_words(words, sound, "en")
    return [Span(f.start_s, f.end_s) for f in find_unexplained_voice(at.words, sound)]


def gaps_in_voice_activity(words: Sequence[Word], sound: SoundFeatures) -> list[Span]:
    """The plain rule: speech of at least 0.12 s that lies under no word."""
    speech = sound.frame_probability > 0.5
    for word in words:
        speech[round(word.start_s / FRAME_HOP_S) : round(word.end_s / FRAME_HOP_S)] = False
    spans = (Span(a * FRAME_HOP_S, b * FRAME_HOP_S) for a, b in find_runs(speech))
    return [span for span in spans if span.duration_s >= SHORTEST_GAP_S]


FINDERS: Mapping[str, Find] = {"ours": ours, "gap in voice activity": gaps_in_voice_activity}


def compare_reviews(clip: Clip, found: Sequence[Span]) -> Hits:
    """Fillers that some finding overlaps, and findings that overlap none."""
    hit = sum(any(overlap_s(filler, span) > 0 for span in found) for filler in clip.fillers)
    false = sum(all(overlap_s(span, filler) <= 0 for filler in clip.fillers) for span in found)
    return Hits(hit, len(clip.fillers), false)


def scores(
    heard: Sequence[Clip],
    find: Find,
    condition: Condition,
    told: Callable[[Clip], list[Word]] = next_word_stretched,
) -> Iterator[Hits]:
    """One for each clip, the mean over the seeds of a random condition."""
    for clip in heard:
        words = told(clip)
        each = [
            compare_reviews(clip, find(condition.words(words, seed), clip.sound))
            for seed in condition.seeds
        ]
        yield sum(each, Hits()) / len(each)


def report(data: Path) -> None:
    """Print recall, precision and F1 for each condition, beside the plain rules."""
    heard = clips(data)
    print(
        "filled pauses in the sound, their words taken out: recall, precision (Wilson), F1"
        " (bootstrap over clips)"
    )
    for title, told in TRANSCRIPTS.items():
        print(f"  time {title}")
        for condition in CONDITIONS:
            for name, find in FINDERS.items():
                parts = list(scores(heard, find, condition, told))
                total = sum(parts, Hits())
                print(
                    f"    {condition.name:14s} {name:22s} {cell(total.recall)}"
                    f" {cell(total.precision)} {cell(f1_interval(parts))}"
                )
    labelled = sum(len(clip.fillers) for clip in heard)
    print(f"  counting words alone finds 0 of these {labelled}: none is written")
    _false_alarms(heard)
    _without_words(heard)


def _false_alarms(heard: Sequence[Clip]) -> None:
    """Findings where nobody speaks, or somebody only laughs, with exact words."""
    places = [(clip, place) for clip in heard for place in clip.sounds_of_no_words]
    false = sum(
        overlap_s(place, found) > 0
        for clip, place in places
        for found in ours(list(clip.words), clip.sound)
    )
    minutes = sum(place.duration_s for _, place in places) / 60
    print(f"  in {minutes:.1f} minutes of room tone, breath and laughter: {false} false")


def _without_words(heard: Sequence[Clip]) -> None:
    spans = [[Span(f.start_s, f.end_s) for f in find_lone_syllables(clip.sound)] for clip in heard]
    total = sum((compare_reviews(c, found) for c, found in zip(heard, spans, strict=True)), Hits())
    print(f"  without any words: {cell(total.recall)} {cell(total.precision)}")
