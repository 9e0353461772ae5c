"""Pauses against labels, in quiet and in noise, and what each threshold is worth.

Labelled are the silences that a person marked. Of other clean clips the pauses found in them are
the truth for the same clip with noise in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from types import ModuleType

import numpy as np
import soundfile as sf
from numpy.typing import NDArray

from benchmarks.findings.clips import overlap_s, read_labels, speech_probability
from benchmarks.findings.intervals import Hits, cell
from practice.base.words import Span
from practice.delivery.signal import pauses, room
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.level import measure_level
from practice.delivery.signal.pauses import MARKED_PAUSE_S, PAUSE_S, find_phrasing
from practice.speech.transcription import SAMPLE_RATE_HZ

RATIOS_DB: Sequence[int | None] = (None, 15, 10, 5, 0)
"""Voice over noise; None adds no noise."""
NEARLY_S = 0.15
"""A pause at the limit may be found a little shorter and is found all the same."""
CLEAN_DB = 25.0
"""With the voice so far above the room a clip is its own truth."""
SPEAKERS: Mapping[str, str] = {"mfa": "mfa", "gt_": "rosehill"}
"""Clips of one person by how their names begin; of readers the number before the dash tells."""
SWEEPS: Sequence[tuple[ModuleType, str, Sequence[float]]] = (
    (pauses, "SPEECH_PROBABILITY", (0.4, 0.5, 0.6)),
    (pauses, "LEAST_QUIET", (0.1, 0.25, 0.4)),
    (pauses, "EDGE_SEARCH_S", (0.1, 0.2, 0.3)),
    (pauses, "THRESHOLD_SHARE", (0.25, 0.35, 0.45)),
    (pauses, "CLEAR_DB", (8.0, 15.0, 25.0)),
    (pauses, "SURE_DB", (3.0, 6.0, 10.0)),
    (pauses, "DETECTOR_WEIGHT", (0.5, 1.0, 2.0)),
    (pauses, "NOISY_DB", (0.0, 3.0, 6.0, 9.0)),
    (room, "REACH_S", (2.0, 5.0, 10.0)),
)


@dataclass(frozen=True)
class Case:
    """A clip, with or without noise."""

    clip: str
    speaker: str
    by_hand: bool
    ratio_db: int | None
    sound: SoundFeatures
    truth: tuple[Span, ...]
    """Silences between speech, of any length."""


@dataclass
class Score:
    """What was found of the pauses of at least `MARKED_PAUSE_S`."""

    hits: Hits = field(default_factory=Hits)
    errors_s: tuple[float, ...] = ()
    """How far off both edges of each are."""
    cases: int = 0
    refused: int = 0
    """How many cases were too noisy."""

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.hits + other.hits,
            self.errors_s + other.errors_s,
            self.cases + other.cases,
            self.refused + other.refused,
        )

    def __str__(self) -> str:
        edges = "-"
        if self.errors_s:
            middle, most = 1000 * np.quantile(self.errors_s, [0.5, 0.9])
            edges = f"{middle:.0f} / {most:.0f} ms"
        return (
            f"{cell(self.hits.recall)} {cell(self.hits.precision)}  {edges:>12s}"
            f"  {self.refused:3d} of {self.cases}"
        )


def matched(wanted: Sequence[Span], found: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each wanted span with the one found that shares most with it, where one does."""
    pairs = []
    for span in wanted:
        best = max(found, key=lambda other: overlap_s(span, other), default=None)
        if best and overlap_s(span, best) > 0:
            pairs.append((span, best))
    return pairs


def score(case: Case) -> Score:
    """What is found in a case; a pause is found where half of it and most of its length is."""
    speech = find_phrasing(case.sound)
    found = speech.pauses
    wanted = [span for span in case.truth if span.duration_s >= MARKED_PAUSE_S]
    pairs = [
        (span, other)
        for span, other in matched(wanted, found)
        if overlap_s(span, other) >= span.duration_s / 2
        and other.duration_s >= MARKED_PAUSE_S - NEARLY_S
    ]
    marked = [span for span in found if span.duration_s >= MARKED_PAUSE_S]
    false = sum(
        not any(
            overlap_s(span, other) >= span.duration_s / 2
            for other in case.truth
            if other.duration_s >= MARKED_PAUSE_S - NEARLY_S
        )
        for span in marked
    )
    errors_s = [e for a, b in pairs for e in (a.start_s - b.start_s, a.end_s - b.end_s)]
    return Score(
        Hits(len(pairs), len(wanted), false),
        tuple(map(abs, errors_s)),
        1,
        speech.is_mostly_noisy,
    )


def hear(samples: NDArray[np.float32]) -> SoundFeatures:
    """The curves that pauses are found in; the others, which take long, are left empty."""
    level = measure_level(samples, SAMPLE_RATE_HZ)
    empty = np.zeros(len(level))
    probability = speech_probability(samples)
    return SoundFeatures(len(samples) / SAMPLE_RATE_HZ, level, empty, empty, probability)


def cases(data: Path) -> Iterator[Case]:
    """Every clip in `data` and the folders in it, in quiet and in two noises at each ratio.

    Recordings in a folder "noise" are added to the noises; clips without labelled silences are
    taken where they are clean and have pauses.
    """
    paths = sorted(data.rglob("*.flac"))
    noises = [*make_noises(), *(read(path) for path in paths if path.parent.name == "noise")]
    turn = 0
    for path in paths:
        samples, labels = read(path), read_labels(path)
        # People talk at once in these meetings, and the microphones are far.
        if path.parent.name == "noise" or path.stem.startswith("ami_"):
            continue
        sound = hear(samples)
        if by_hand := "silences" in labels:
            last_s = max(word["e"] for word in labels["words"])
            spans = (Span(each["s"], each["e"]) for each in labels["silences"])
            truth = tuple(span for span in spans if span.start_s > 0 and span.end_s <= last_s)
        elif float(np.median(room.measure_room(sound).distance_db)) >= CLEAN_DB:
            truth = find_phrasing(sound).pauses
        else:
            continue
        if not any(span.duration_s >= MARKED_PAUSE_S for span in truth):
            continue
        who = SPEAKERS.get(path.stem[:3], path.stem.split("-")[0])
        yield Case(path.stem, who, by_hand, None, sound, truth)
        spoken = np.repeat(find_phrasing(sound).frames(sound.frames), SAMPLE_RATE_HZ // 100)
        voice = samples[: len(spoken)][spoken]
        for noise in (noises[turn % len(noises)], noises[(turn + 1) % len(noises)]):
            added = np.resize(noise, len(samples))
            for ratio_db in RATIOS_DB[1:]:
                assert ratio_db is not None
                gain = np.std(voice) / np.std(added) * 10 ** (-ratio_db / 20)
                heard = hear((samples + gain * added).astype(np.float32))
                yield Case(path.stem, who, by_hand, ratio_db, heard, truth)
        turn += 2


def read(path: Path) -> NDArray[np.float32]:
    """The samples of a recording."""
    samples, rate_hz = sf.read(path, dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    return np.asarray(samples, np.float32)


def make_noises() -> Iterator[NDArray[np.float32]]:
    """White noise, and pink as of fans and traffic; a minute of each."""
    white = np.random.default_rng(0).normal(size=60 * SAMPLE_RATE_HZ)
    yield white.astype(np.float32)
    spectrum = np.fft.rfft(white) / np.sqrt(np.maximum(np.arange(len(white) // 2 + 1), 600))
    yield np.fft.irfft(spectrum, len(white)).astype(np.float32)


@contextmanager
def setting(module: ModuleType, name: str, value: float) -> Iterator[None]:
    """A threshold with another value for a while."""
    usual = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, usual)


def total(scores: Iterable[Score]) -> Score:
    """All of them together."""
    return sum(scores, Score())


def report(data: Path) -> None:
    """Print what was found by noise, and F1 over each threshold."""
    heard = list(cases(data))
    people = sorted({case.speaker for case in heard})
    print(f"pauses of at least {MARKED_PAUSE_S} s, {len({c.clip for c in heard})} clips of")
    print(f"{len(people)} speakers: recall, precision (Wilson), edges (median / 90 %), too noisy")
    by_hand = [case for case in heard if case.by_hand and case.ratio_db is None]
    print(f"  by hand, quiet {total(map(score, by_hand))}")
    for ratio_db, group in groupby(
        sorted(heard, key=lambda case: -(99 if case.ratio_db is None else case.ratio_db)),
        key=lambda case: case.ratio_db,
    ):
        if ratio_db is not None:
            print(f"  {ratio_db:2d} dB over noise {total(map(score, group))}")
    _report_short(by_hand)
    noisy = [case for case in heard if case.ratio_db is not None]
    print("F1 in noise for values of each threshold; with the value that is best for the others")
    for module, name, values in SWEEPS:
        _report_sweep(noisy, people, module, name, values)


def _report_short(by_hand: Sequence[Case]) -> None:
    """Of the labelled silences from `PAUSE_S` on."""
    hits = Hits()
    for case in by_hand:
        wanted = [span for span in case.truth if span.duration_s >= PAUSE_S]
        found = find_phrasing(case.sound).pauses
        right = {pause.start_s for _, pause in matched(case.truth, found)}
        hits += Hits(len(matched(wanted, found)), len(wanted), len(found) - len(right))
    print(f"by hand, of at least {PAUSE_S} s {cell(hits.recall)} {cell(hits.precision)}")


def _report_sweep(
    noisy: Sequence[Case],
    people: Sequence[str],
    module: ModuleType,
    name: str,
    values: Sequence[float],
) -> None:
    by_value: dict[float, dict[str, Hits]] = {}
    for value in values:
        with setting(module, name, value):
            by_value[value] = {
                person: total(score(c) for c in noisy if c.speaker == person).hits
                for person in people
            }
    held_out = Hits()
    for person in people:
        best = max(
            values,
            key=lambda value: (
                sum((hits for who, hits in by_value[value].items() if who != person), Hits()).f1
            ),
        )
        held_out += by_value[best][person]
    each = "  ".join(f"{v:g}: {sum(by_value[v].values(), Hits()).f1:.3f}" for v in values)
    print(f"  {name:20s} {each}; speakers left out {held_out.f1:.3f}")
