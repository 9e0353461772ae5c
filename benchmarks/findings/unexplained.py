"""Filled pauses found in the sound once their words are taken out of the transcript.

As Whisper does, the time of a filler that is left out goes to the word beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.findings.clips import Clip, clips, overlap_s
from benchmarks.findings.intervals import Hits, cell, f1_interval
from practice.delivery.filled_pauses import unexplained_voice
from practice.delivery.pauses import Span
from practice.delivery.sound import FRAME_HOP_S, Sound, probability_by_frame, runs
from practice.delivery.word_times import mended
from practice.words import Word

SEEDS = 20
SHORTEST_GAP_S = 0.12
"""What the plain rule "gap in voice activity" takes for speech (SPEECH notes, 1.5 B)."""

Find = Callable[[Sequence[Word], Sound], list[Span]]


@dataclass(frozen=True)
class Condition:
    """How the recogniser's word times differ from the labelled ones."""

    name: str
    shift_s: float = 0.0
    spread_s: float = 0.0

    def words(self, clip: Clip, given: bool, seed: int) -> list[Word]:
        """The words of `clip` without its fillers, their times moved."""
        rng = np.random.default_rng(seed)
        told = neighbours_stretched(clip) if given else list(clip.spoken)
        edges_s = sorted({t for word in told for t in (word.start_s, word.end_s)})
        moved = {t: max(t + self.shift_s + rng.normal(0, self.spread_s), 0.0) for t in edges_s}
        words = [
            replace(w, start_s=moved[w.start_s], end_s=max(moved[w.end_s], moved[w.start_s]))
            for w in told
        ]
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


def neighbours_stretched(clip: Clip) -> list[Word]:
    """The spoken words; the time of each filler given to the next word, else the one before."""
    words = list(clip.spoken)
    for filler in clip.fillers:
        after = next((i for i, w in enumerate(words) if abs(w.start_s - filler.end_s) < 0.05), None)
        before = next(
            (i for i, w in enumerate(words) if abs(w.end_s - filler.start_s) < 0.05), None
        )
        if after is not None:
            words[after] = replace(words[after], start_s=filler.start_s)
        elif before is not None:
            words[before] = replace(words[before], end_s=filler.end_s)
    return words


def ours(words: Sequence[Word], sound: Sound) -> list[Span]:
    """What the product finds, certain or possible."""
    at = mended(words, sound, "en")
    return [Span(f.start_s, f.end_s) for f in unexplained_voice(at.words, sound, at.cut_off)]


def gaps_in_voice_activity(words: Sequence[Word], sound: Sound) -> list[Span]:
    """The plain rule: speech of at least 0.12 s that lies under no word."""
    speech = probability_by_frame(sound) > 0.5
    for word in words:
        speech[round(word.start_s / FRAME_HOP_S) : round(word.end_s / FRAME_HOP_S)] = False
    spans = (Span(a * FRAME_HOP_S, b * FRAME_HOP_S) for a, b in runs(speech))
    return [span for span in spans if span.duration_s >= SHORTEST_GAP_S]


def compared(clip: Clip, found: Sequence[Span]) -> Hits:
    """Fillers that some finding overlaps, and findings that overlap none."""
    hit = sum(any(overlap_s(filler, span) > 0 for span in found) for filler in clip.fillers)
    false = sum(all(overlap_s(span, filler) <= 0 for filler in clip.fillers) for span in found)
    return Hits(hit, len(clip.fillers), false)


def scores(heard: Sequence[Clip], find: Find, condition: Condition, given: bool) -> Iterator[Hits]:
    """One for each clip, all seeds of a random condition together."""
    seeds = range(SEEDS if condition.spread_s else 1)
    for clip in heard:
        each = [compared(clip, find(condition.words(clip, given, s), clip.sound)) for s in seeds]
        whole = sum(each, Hits())
        yield Hits(whole.hit / len(each), whole.labelled / len(each), whole.false / len(each))


def report(data: Path) -> None:
    """Print recall, precision and F1 for each condition, beside the plain rule."""
    heard = clips(data)
    print("speech that no word explains: recall, precision (Wilson), F1 (bootstrap over clips)")
    for given, title in ((True, "the filler's time given to a neighbour"), (False, "left free")):
        print(f"  {title}")
        for condition in CONDITIONS:
            for name, find in (("ours", ours), ("gap in voice activity", gaps_in_voice_activity)):
                parts = list(scores(heard, find, condition, given))
                total = sum(parts, Hits())
                print(
                    f"    {condition.name:14s} {name:22s} {cell(total.recall)}"
                    f" {cell(total.precision)} {cell(f1_interval(parts))}"
                )
