"""How much F1 moves when each threshold of the filled pauses is moved by a tenth."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from benchmarks.findings.clips import Clip, clips
from benchmarks.findings.intervals import Hits
from benchmarks.findings.unexplained import (
    CONDITIONS,
    TRANSCRIPTS,
    ours,
    scores,
)
from practice.delivery import word_times
from practice.delivery.signal import filled_pauses, pauses, prolongation, syllable_nuclei

TENTH = 0.1
THRESHOLDS: Sequence[tuple[ModuleType, str]] = (
    (word_times, "CLEARNESS"),
    (word_times, "SMALLEST_MOVE_S"),
    (word_times, "CLOSURE_S"),
    (word_times, "LONGEST_SYLLABLE"),
    (word_times, "LEEWAY_S"),
    (word_times, "LEAST_WHOLE"),
    (syllable_nuclei, "DEEP_DIP_DB"),
    (syllable_nuclei, "CLEARLY_VOICED"),
    (prolongation, "SHORTEST_S"),
    (prolongation, "LONGEST_S"),
    (prolongation, "LARGEST_CHANGE_DB"),
    (prolongation, "LEAST_VOICING"),
    (prolongation, "BELOW_LOUD_DB"),
    (filled_pauses, "WORD_MARGIN_S"),
    (filled_pauses, "SPEECH_PROBABILITY"),
    (pauses, "SPEECH_PROBABILITY"),
)
"""Every number that decides whether a stretch of sound is a filled pause."""


@contextmanager
def moved(module: ModuleType, name: str, by: float) -> Iterator[None]:
    """The threshold times `1 + by` for a while."""
    usual = getattr(module, name)
    setattr(module, name, usual * (1 + by))
    try:
        yield
    finally:
        setattr(module, name, usual)


def f1_of_all(heard: Sequence[Clip]) -> float:
    """F1 with exact words, over every way a recogniser may deal with a filler it leaves out."""
    parts = (
        part for told in TRANSCRIPTS.values() for part in scores(heard, ours, CONDITIONS[0], told)
    )
    return sum(parts, Hits()).f1


def sensitivities(heard: Sequence[Clip]) -> Iterator[tuple[str, float, float]]:
    """Each threshold with F1 where it is a tenth lower and a tenth higher."""
    for module, name in THRESHOLDS:
        each = []
        for by in (-TENTH, TENTH):
            with moved(module, name, by):
                each.append(f1_of_all(heard))
        yield f"{module.__name__.rpartition('.')[2]}.{name}", each[0], each[1]


def report(data: Path) -> None:
    """Print F1 for each threshold moved down and up."""
    heard = clips(data)
    print("F1 of filled pauses in the sound (exact words, all three transcripts), thresholds moved")
    print(f"  {'as they are':32s} {f1_of_all(heard):.2f}")
    for name, lower, higher in sensitivities(heard):
        print(f"  {name:32s} {lower:.2f} at 90 %  {higher:.2f} at 110 %")
