"""Ambiguous words called fillers or hedges against annotators who marked discourse markers.

Reads every `ami_discourse_*.tsv` or `.tsv.gz` of the folder: columns meeting, phrase,
is_discourse_marker, index_in_context, words_in_phrase and a last one of word|start_s|end_s.
"""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.findings.intervals import wilson
from practice.base.words import Word
from practice.delivery.transcript.context_cues import CUE_TABLES, CueTable
from practice.delivery.transcript.contexts import RULES, PhraseContext, cue_applies, sum_points
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import Token, tokens_of

TABLES = "ami_discourse_*.tsv*"
SAME_RULE = {"sort of": "kind of"}
ALL_BUT_FEW = {"you know": 0.97, "i mean": 0.97}
"""Phrases that are nearly always habits in conversation: at least this recall before precision."""
_RIDGE = 2.0
_POINTS_PER_LOG_ODDS = 2
_RESAMPLES = 1000

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Uses:
    """All uses of one phrase."""

    phrase: str
    places: list[PhraseContext]
    marked: Flags
    """What the annotators said."""
    meetings: list[str]
    excerpts: list[str]
    """Each use in brackets among six words on either side."""

    @property
    def cue_table(self) -> CueTable | None:
        """The table that judges the phrase, where there is one."""
        return CUE_TABLES.get(SAME_RULE.get(self.phrase, self.phrase))

    @property
    def series(self) -> NDArray[np.str_]:
        """The four or so meetings of one group of people."""
        return np.array([meeting[:6] for meeting in self.meetings])


def report(data: Path) -> None:
    """Print precision, recall and F1 of every phrase, and F1 when its table is refitted."""
    phrases = uses(data)
    if not phrases:
        print(f"ambiguous words: no {TABLES} here")
        return
    print("ambiguous words: marked of all; called (certain or possible) P, R, F1; F1 of calling")
    print(
        "every use; F1 refitted without each series; F1 of calling all or no uses of a meeting by"
    )
    print("its share of marks, which is how much annotators differ; certain P, R. (95 % intervals)")
    for found in phrases:
        print(_line(found))


def uses(data: Path) -> list[Uses]:
    """The labelled uses in `data`, by phrase."""
    found = defaultdict[str, list[tuple[PhraseContext, bool, str, str]]](list)
    for path in sorted(data.glob(TABLES)):
        for row in _rows(path):
            tokens, first = tokens_of(context_words(row)), int(row["index_in_context"])
            length = int(row["words_in_phrase"])
            is_marked = row["is_discourse_marker"] == "1"
            use = (PhraseContext(tokens, first, length), is_marked, row["meeting"])
            found[row["phrase"]].append((*use, _excerpt(tokens, first, length)))
    return [
        Uses(phrase, list(places), np.array(marked), list(meetings), list(excerpts))
        for phrase, rows in sorted(found.items())
        for places, marked, meetings, excerpts in [zip(*rows, strict=True)]
    ]


def _excerpt(tokens: Sequence[Token], first: int, length: int) -> str:
    end = first + length
    parts = (tokens[max(first - 6, 0) : first], tokens[first:end], tokens[end : end + 6])
    return "{} [{}] {}".format(*(" ".join(token.written for token in part) for part in parts))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(content.decode("utf-8")), delimiter="\t")


def context_words(row: dict[str, str]) -> list[Word]:
    """The context as words, with a full stop before each capital letter that starts a segment."""
    parts = [item.rsplit("|", 2) for item in list(row.values())[-1].split()]
    texts = [part[0] for part in parts]
    ends = [
        text[:1].isupper() and text.split("'")[0] != "I" and "_" not in text for text in texts[1:]
    ]
    return [
        Word(text + "." * stop, float(start), float(end))
        for (text, start, end), stop in zip(parts, [*ends, False], strict=True)
    ]


def _line(found: Uses) -> str:
    certain, called = calls(found)
    every = np.ones_like(found.marked)
    again = f1(refitted(found), found.marked) if found.cue_table else float("nan")
    low, high = f1_interval(called, found)
    return (
        f"  {found.phrase:10s} {found.marked.sum():4d} of {len(found.marked):4d}"
        f"   P {share(called, found.marked)}  R {share(found.marked, called)}"
        f"  F1 {f1(called, found.marked):.2f} ({low:.2f}-{high:.2f})"
        f"   every {f1(every, found.marked):.2f}   refitted {again:.2f}"
        f"   by meeting {by_meeting(found):.2f}"
        f"   certain P {share(certain, found.marked)}  R {share(found.marked, certain)}"
    )


def calls(found: Uses) -> tuple[Flags, Flags]:
    """Which uses the shipped rules call certain, and which certain or possible."""
    entry = load_lexicon("en").entries[tuple(found.phrase.split())]
    said = [RULES[entry.rule](place) for place in found.places]
    return np.array([c == "certain" for c in said]), np.array([c is not None for c in said])


def share(of: Flags, hit: Flags) -> str:
    """The share of `of` that `hit` has too, with its interval."""
    return str(wilson(int((of & hit).sum()), int(of.sum())) or f"{'-':16s}")


def f1(called: Flags, marked: Flags) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (called & marked).sum() / max(called.sum() + marked.sum(), 1))


def by_meeting(found: Uses) -> float:
    """The best F1 of one who knows how often each meeting's annotator marked, and no word."""
    names = np.array(found.meetings)
    rate = {name: found.marked[names == name].mean() for name in found.meetings}
    rates = np.array([rate[name] for name in found.meetings])
    return max(f1(rates >= rate, found.marked) for rate in np.unique(rates))


def f1_interval(called: Flags, found: Uses) -> tuple[float, float]:
    """95 % of the F1 of meetings drawn anew: uses within a meeting share their annotator."""
    rng = np.random.default_rng(0)
    names = np.array(found.meetings)
    parts = [np.flatnonzero(names == name) for name in dict.fromkeys(found.meetings)]
    drawn = [
        np.concatenate([parts[i] for i in rng.integers(len(parts), size=len(parts))])
        for _ in range(_RESAMPLES)
    ]
    scores = [f1(called[rows], found.marked[rows]) for rows in drawn]
    low, high = np.quantile(scores, [0.025, 0.975])
    return float(low), float(high)


def refitted(found: Uses) -> Flags:
    """Each series called by points that were fitted to the other series, with the same cues."""
    called = np.zeros_like(found.marked)
    for name in np.unique(found.series):
        out = found.series == name
        sums = cue_matrix(found) @ fit(found, ~out)
        called[out] = sums[out] >= threshold(sums[~out], found.marked[~out], found.phrase)
    return called


def cue_matrix(found: Uses) -> NDArray[np.float64]:
    """Which cues (columns) are at which uses (rows)."""
    assert found.cue_table, f"{found.phrase} is not judged by a table"
    return np.array(
        [[cue_applies(cue, place) for cue in found.cue_table.cues] for place in found.places],
        dtype=np.float64,
    )


def fit(found: Uses, rows: Flags) -> NDArray[np.float64]:
    """The points of each cue on some of the uses; those set by hand stay as they are.

    A ridge logistic regression by Newton's method, doubled and rounded.
    """
    assert found.cue_table, f"{found.phrase} is not judged by a table"
    own = np.array([cue.points for cue in found.cue_table.cues], dtype=np.float64)
    free = np.array([not cue.by_hand for cue in found.cue_table.cues])
    cues, marked = cue_matrix(found)[rows], found.marked[rows]
    design = np.column_stack([np.ones(len(cues)), cues[:, free]])
    fixed = cues[:, ~free] @ own[~free] / _POINTS_PER_LOG_ODDS
    penalty = np.diag([1e-9] + [_RIDGE] * int(free.sum()))
    weights = np.zeros(design.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-design @ weights - fixed))
        slope = design.T @ (marked - chance) - penalty @ weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        weights += np.linalg.solve(curve, slope)
    own[free] = np.rint(_POINTS_PER_LOG_ODDS * weights[1:])
    return own


def threshold(sums: NDArray[np.float64], marked: Flags, phrase: str) -> float:
    """The sum from which calling a use gives the best F1, at the recall that the phrase needs."""
    needed = ALL_BUT_FEW.get(phrase, 0.0) * marked.sum()
    choices = [t for t in np.unique(sums) if (marked & (sums >= t)).sum() >= needed]
    return float(max(choices, key=lambda t: f1(sums >= t, marked)))


def fitted_tables(phrases: Sequence[Uses]) -> Iterator[str]:
    """What the points would be if they were fitted to all of the uses: for whoever changes them."""
    for found in phrases:
        if found.cue_table is None or found.phrase in SAME_RULE:
            continue
        fitted = fit(found, np.ones_like(found.marked))
        start = -threshold(cue_matrix(found) @ fitted, found.marked, found.phrase)
        yield f"{found.phrase}: starts with {start:+.0f}, shipped {found.cue_table.points:+d}"
        counts = cue_matrix(found).sum(axis=0)
        for cue, own, count in zip(found.cue_table.cues, fitted, counts, strict=True):
            yield f"  {own:+.0f}  shipped {cue.points:+d}  at {count:3.0f}  {cue.reason}"


def changed(found: Uses, factor: float) -> float:
    """F1 with every point of the table multiplied by `factor`, its start left as it is."""
    assert found.cue_table, f"{found.phrase} is not judged by a table"
    sums = found.cue_table.points + factor * np.array(
        [sum_points(found.cue_table, place) - found.cue_table.points for place in found.places]
    )
    return f1(sums >= 0, found.marked)


def wrong(found: Uses, count: int) -> Iterator[str]:
    """Uses on which the rules and the annotators disagree, in turn called and missed."""
    _, called = calls(found)
    rng = np.random.default_rng(0)
    over, missed = (
        rng.permutation(np.flatnonzero(rows))
        for rows in (called & ~found.marked, ~called & found.marked)
    )
    chosen = [*over[: count - min(len(missed), count // 2)], *missed][:count]
    for index in chosen:
        verdict = "called, not marked" if called[index] else "marked, not called"
        yield f"{found.meetings[index]}  {verdict}: {found.excerpts[index]}"


if __name__ == "__main__":
    from benchmarks.findings.clips import CLIPS

    labelled = uses(CLIPS)
    print("\n".join(fitted_tables(labelled)))
    for phrase in labelled:
        print(f"\n{phrase.phrase}, where rules and annotators disagree")
        print("\n".join(wrong(phrase, 5)))
