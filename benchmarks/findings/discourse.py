"""Words that may be fillers against annotators who marked discourse markers.

Reads every `ami_discourse_*.tsv` or `.tsv.gz` of the folder: columns meeting, phrase,
is_discourse_marker, index_in_context, words_in_phrase and a last one of word|start_s|end_s.
"""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.findings.intervals import Interval, wilson
from practice.base.words import Word
from practice.delivery.findings import Certainty
from practice.delivery.transcript.fillers import find_occurrences
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon
from practice.delivery.transcript.tokens import Token, tokens_of

TABLES = "ami_discourse_*.tsv*"
_RESAMPLES = 1000

Flags = NDArray[np.bool_]


@cache
def _load_english() -> Lexicon:
    return load_lexicon("en")


@dataclass(frozen=True)
class Use:
    """One use of a phrase with eight words or so on either side."""

    words: list[Word]
    first: int
    """The index of the first word of the phrase."""
    length: int
    is_marked: bool
    """What the annotators said."""
    meeting: str

    @property
    def tokens(self) -> list[Token]:
        """The words made comparable: one token for each of them."""
        return tokens_of(self.words)

    @property
    def excerpt(self) -> str:
        """The phrase in brackets among six words on either side."""
        end = self.first + self.length
        around = slice(max(self.first - 6, 0), self.first), slice(end, end + 6)
        before, after = (" ".join(word.text for word in self.words[part]) for part in around)
        phrase = " ".join(word.text for word in self.words[self.first : end])
        return f"{before} [{phrase}] {after}"

    def judge(self) -> Certainty | None:
        """What the shipped list makes of it; None where it is not listed."""
        found = find_occurrences(self.tokens, _load_english())
        return next((o.certainty for o in found if o.first == self.first), None)


@dataclass(frozen=True)
class Uses:
    """All uses of one phrase."""

    phrase: str
    uses: list[Use]

    @property
    def marked(self) -> Flags:
        """What the annotators said of each."""
        return np.array([use.is_marked for use in self.uses])

    @property
    def meetings(self) -> NDArray[np.str_]:
        """The meeting of each.

        Two letters of its name are the site where it was recorded, six the series of meetings of
        the same people.
        """
        return np.array([use.meeting for use in self.uses])


def report(data: Path) -> None:
    """Print what is listed of every phrase against what was marked."""
    phrases = load_uses(data)
    if not phrases:
        print(f"words that may be fillers: no {TABLES} here")
        return
    print("words that may be fillers: marked of all; listed (certain or possible) P, R, F1; F1 of")
    print("listing every use; F1 of listing all or no uses of a meeting by its share of marks,")
    print("which is how much annotators differ; certain P, R. (95 % intervals)")
    for found in phrases:
        print(_line(found))


def load_uses(data: Path) -> list[Uses]:
    """The labelled uses in `data`, by phrase."""
    found = defaultdict[str, list[Use]](list)
    for path in sorted(data.glob(TABLES)):
        for row in _rows(path):
            use = Use(
                _words_of(row),
                int(row["index_in_context"]),
                int(row["words_in_phrase"]),
                row["is_discourse_marker"] == "1",
                row["meeting"],
            )
            found[row["phrase"]].append(use)
    return [Uses(phrase, uses) for phrase, uses in sorted(found.items())]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(content.decode("utf-8")), delimiter="\t")


def _words_of(row: dict[str, str]) -> list[Word]:
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
    certain, listed = calls(found)
    marked = found.marked
    every = np.ones_like(marked)
    return (
        f"  {found.phrase:10s} {marked.sum():4d} of {len(marked):4d}"
        f"   P {share(listed, marked)}  R {share(marked, listed)}"
        f"  F1 {f1_interval(listed, marked, found.meetings)}   every {f1(every, marked):.2f}"
        f"   by meeting {f1_by_meeting(found):.2f}"
        f"   certain P {share(certain, marked)}  R {share(marked, certain)}"
    )


def calls(found: Uses) -> tuple[Flags, Flags]:
    """Which uses the shipped list calls certain, and which certain or possible."""
    said = [use.judge() for use in found.uses]
    return np.array([c == "certain" for c in said]), np.array([c is not None for c in said])


def share(of: Flags, hit: Flags) -> str:
    """The share of `of` that `hit` has too, with its interval."""
    return str(wilson(int((of & hit).sum()), int(of.sum())) or f"{'-':16s}")


def f1(called: Flags, marked: Flags) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (called & marked).sum() / max(called.sum() + marked.sum(), 1))


def f1_by_meeting(found: Uses) -> float:
    """The best F1 of one who knows how often each meeting's annotator marked, and no word."""
    rate = {name: found.marked[found.meetings == name].mean() for name in set(found.meetings)}
    rates = np.array([rate[name] for name in found.meetings])
    return max(f1(rates >= least, found.marked) for least in np.unique(rates))


def draw_meetings(meetings: NDArray[np.str_]) -> Iterator[NDArray[np.intp]]:
    """Rows of meetings drawn anew: uses within a meeting share their annotator."""
    rng = np.random.default_rng(0)
    parts = [np.flatnonzero(meetings == name) for name in dict.fromkeys(meetings)]
    for _ in range(_RESAMPLES):
        yield np.concatenate([parts[i] for i in rng.integers(len(parts), size=len(parts))])


def f1_interval(called: Flags, marked: Flags, meetings: NDArray[np.str_]) -> Interval:
    """F1 with the interval of a bootstrap over meetings."""
    scores = [f1(called[rows], marked[rows]) for rows in draw_meetings(meetings)]
    low, high = np.quantile(scores, [0.025, 0.975])
    return Interval(f1(called, marked), float(low), float(high))


def unmarked(found: Uses, count: int) -> Iterator[str]:
    """Some of the uses that are listed and were not marked."""
    rows = np.flatnonzero(calls(found)[1] & ~found.marked)
    for index in np.random.default_rng(0).permutation(rows)[:count]:
        yield f"{found.uses[index].meeting}: {found.uses[index].excerpt}"


def _print_unmarked(phrases: Sequence[Uses]) -> None:
    for found in phrases:
        print(f"\n{found.phrase}, listed and not marked")
        print("\n".join(unmarked(found, 5)))


if __name__ == "__main__":
    from benchmarks.findings.clips import CLIPS

    _print_unmarked(load_uses(CLIPS))
