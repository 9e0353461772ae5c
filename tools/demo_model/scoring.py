"""Compares what was said with what was heard: word errors, fillers, and when words begin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from practice.base.words import Word
from tools.demo_model.text import FILLERS


@dataclass(frozen=True, slots=True)
class Pair:
    """A word said and the word heard in its place; None where there is none."""

    said: Word | None
    heard: Word | None


@dataclass(slots=True)
class Score:
    """Counts over any number of recordings."""

    words: int = 0
    errors: int = 0
    fillers_said: int = 0
    fillers_heard: int = 0
    fillers_found: int = 0
    start_errors_s: list[float] = field(default_factory=list)

    @property
    def error_rate(self) -> float:
        """Wrong, missing and invented words per word said."""
        return self.errors / self.words if self.words else 0.0

    @property
    def filler_recall(self) -> float | None:
        """Fillers found per filler said; None when none was said."""
        return self.fillers_found / self.fillers_said if self.fillers_said else None

    @property
    def filler_precision(self) -> float | None:
        """Fillers found per filler heard; None when none was heard."""
        return self.fillers_found / self.fillers_heard if self.fillers_heard else None

    def start_error_ms(self, percentile: float) -> float | None:
        """A percentile of how far words heard rightly begin from where they were said."""
        if not self.start_errors_s:
            return None
        return float(np.percentile(self.start_errors_s, percentile)) * 1000

    def add(self, other: "Score") -> None:
        """Count `other` too."""
        self.words += other.words
        self.errors += other.errors
        self.fillers_said += other.fillers_said
        self.fillers_heard += other.fillers_heard
        self.fillers_found += other.fillers_found
        self.start_errors_s += other.start_errors_s


def plain(text: str) -> str:
    """Return a word without case and punctuation."""
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter == "'")


def is_filler(word: Word | None) -> bool:
    """Whether a word is um, uh, er or hmm; hesitations of one sound are spelt in many ways."""
    if word is None:
        return False
    letters = "".join(letter for letter, _ in groupby(plain(word.text)))
    return letters in {"".join(letter for letter, _ in groupby(name)) for name in FILLERS}


def aligned(said: Sequence[Word], heard: Sequence[Word]) -> list[Pair]:
    """Pair words so that the fewest differ (Levenshtein distance over words)."""
    rows, columns = len(said), len(heard)
    costs = np.zeros((rows + 1, columns + 1), dtype=np.int32)
    costs[:, 0], costs[0, :] = np.arange(rows + 1), np.arange(columns + 1)
    names = [plain(word.text) for word in heard]
    for row, word in enumerate(said, start=1):
        name = plain(word.text)
        for column in range(1, columns + 1):
            costs[row, column] = min(
                costs[row - 1, column - 1] + (name != names[column - 1]),
                costs[row - 1, column] + 1,
                costs[row, column - 1] + 1,
            )
    return list(_traced(costs, said, heard))[::-1]


def _traced(
    costs: "np.typing.NDArray[np.int32]", said: Sequence[Word], heard: Sequence[Word]
) -> Iterable[Pair]:
    row, column = len(said), len(heard)
    while row or column:
        here = costs[row, column]
        if row and column:
            differs = plain(said[row - 1].text) != plain(heard[column - 1].text)
            if here == costs[row - 1, column - 1] + differs:
                row, column = row - 1, column - 1
                yield Pair(said[row], heard[column])
                continue
        if row and here == costs[row - 1, column] + 1:
            row -= 1
            yield Pair(said[row], None)
        else:
            column -= 1
            yield Pair(None, heard[column])


def score(said: Sequence[Word], heard: Sequence[Word]) -> Score:
    """Count one recording."""
    result = Score(words=len(said))
    heard = [word for word in heard if plain(word.text)]
    for pair in aligned(said, heard):
        same = pair.said and pair.heard and plain(pair.said.text) == plain(pair.heard.text)
        result.errors += not same
        result.fillers_said += is_filler(pair.said)
        result.fillers_heard += is_filler(pair.heard)
        result.fillers_found += is_filler(pair.said) and is_filler(pair.heard)
        if same and pair.said and pair.heard:
            result.start_errors_s.append(abs(pair.said.start_s - pair.heard.start_s))
    return result
