"""Which known question somebody was asked, who remembers it in other words."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from practice.questions.model import AskedQuestion

NEAR = 0.35
"""From here on two texts are shown as perhaps the same; the user says whether they are.

On made-up memories F1 is highest at 0.45, where fewer others are offered (`python -m
benchmarks.findings asked`). A lower one is taken because half a question is compared too, while it
is typed, and because a wrong offer costs a look and a missing one makes a known question a new one.
"""
_PIECE = 3
"""Letters at a time: endings, spelling and languages without spaces matter little then."""


@dataclass(frozen=True, slots=True)
class Match:
    """A known question, and how alike it is to what was remembered: 0 to 1."""

    asked: AskedQuestion
    likeness: float


class QuestionMatcher:
    """Known questions, ready to be compared with what is typed.

    Pieces that many of them share ("tell me about a time") say little about which one it is, so
    each piece weighs the less the more questions have it.

    Args:
        questions: Of all banks.
    """

    def __init__(self, questions: Iterable[AskedQuestion]) -> None:
        found = [(asked, Counter(_pieces(asked.question.text))) for asked in questions]
        self._shared = Counter(piece for _, pieces in found for piece in pieces)
        # Once, and not at each key: a search is made while somebody types.
        self._known = [(asked, pieces, self._length(pieces)) for asked, pieces in found]

    def find(self, typed: str, limit: int = 3, near: float = NEAR) -> list[Match]:
        """The most alike, best first; none where no one is near."""
        wanted = Counter(_pieces(typed))
        if not wanted:
            return []
        wanted_length = self._length(wanted)
        found = [
            Match(asked, self._compare(wanted, pieces) / (wanted_length * length or 1.0))
            for asked, pieces, length in self._known
        ]
        alike = [match for match in found if match.likeness >= near]
        return sorted(alike, key=lambda match: -match.likeness)[:limit]

    def _compare(self, one: Counter[str], other: Counter[str]) -> float:
        """The product of the two, each piece by its weight; by their lengths it is the cosine."""
        return sum(
            one[piece] * other[piece] * self._weigh(piece) for piece in one if piece in other
        )

    def _length(self, pieces: Counter[str]) -> float:
        return sqrt(sum(count * count * self._weigh(piece) for piece, count in pieces.items()))

    def _weigh(self, piece: str) -> float:
        return 1 / (1 + self._shared[piece])


def _pieces(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(c if c.isalnum() else " " for c in folded)
    padded = f" {' '.join(letters.split())} " if letters.strip() else ""
    return [padded[at : at + _PIECE] for at in range(len(padded) - _PIECE + 1)]
