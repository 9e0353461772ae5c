"""Labelled silences inside the talk against the pauses found."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.findings.clips import Clip, clips, overlap_s
from benchmarks.findings.intervals import Hits, cell
from practice.base.words import Span
from practice.delivery.signal.pauses import PAUSE_S, find_phrasing


def labelled_pauses(clip: Clip) -> list[Span]:
    """The labelled silences between the first and the last word."""
    last_s = max(word.end_s for word in clip.words)
    return [s for s in clip.silences if s.start_s > 0 and s.end_s <= last_s]


def matched(wanted: Sequence[Span], found: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each wanted span with the one found that shares most with it, where one does."""
    pairs = []
    for span in wanted:
        best = max(found, key=lambda other: overlap_s(span, other), default=None)
        if best and overlap_s(span, best) > 0:
            pairs.append((span, best))
    return pairs


def report(data: Path) -> None:
    """Print what was found of the pauses of at least 0.25 s, and how far off the edges are."""
    print("pauses of at least 0.25 s, on clips with labelled silences")
    total, errors_s = Hits(), list[float]()
    for clip in clips(data):
        if not clip.silences:
            continue
        labelled = labelled_pauses(clip)
        wanted = [span for span in labelled if span.duration_s >= PAUSE_S]
        pauses = find_phrasing(clip.sound).pauses
        pairs = matched(wanted, pauses)
        false = len(pauses) - len({pause.start_s for _, pause in matched(labelled, pauses)})
        total += Hits(len(pairs), len(wanted), false)
        errors_s += [abs(a.start_s - b.start_s) for a, b in pairs]
        errors_s += [abs(a.end_s - b.end_s) for a, b in pairs]
    print(f"  recall {cell(total.recall)}   precision {cell(total.precision)}")
    if errors_s:
        middle, most = np.median(errors_s), max(errors_s)
        print(f"  edges off by {1000 * middle:.0f} ms (median), {1000 * most:.0f} ms at most")
