"""Words and rows of words said much more often than English talk has them."""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token

LONGEST_WORDS = 5
FEWEST = {1: 5, 2: 4}
"""How often a single word and a pair must be said; longer rows `FEWEST_LONG` times.

Below that a listener hears no pattern; a row of three words is noticed sooner than a word.
"""
FEWEST_LONG = 3
CHANCE = 0.001
"""The chance, at the usual rate, of saying it so often or oftener; an answer of 300 words has some
500 different rows."""
BOUND = 0.8
"""A word that talk in general does not have ("terms") may stand in a row ("in terms of") when so
much of its use is in that row; a subject ("the database") is said in other ways too."""

_RARE_PER_10_000 = 2.0
_POINTING = frozenset(
    ("a", "an", "the", "my", "your", "our", "his", "her", "their", "its", "this", "that", "these")
)


@dataclass(frozen=True, slots=True)
class PetPhrase:
    """One row of words that comes back."""

    text: str
    count: int
    at_s: tuple[float, ...]
    """When each was said."""
    usual: float
    """How often it would be said in so many words of English talk, at most."""


@dataclass(frozen=True)
class _Usage:
    """How often English talk has a word or a row, in 10,000 words."""

    words: Mapping[str, float]
    rows: Mapping[str, float]

    def per_10_000(self, row: Sequence[str]) -> float:
        listed = self.words.get(row[0]) if len(row) == 1 else self.rows.get(" ".join(row))
        return _RARE_PER_10_000 if listed is None else listed


@cache
def _english() -> _Usage:
    file = resources.files("practice.delivery.transcript") / "spoken_english.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    return _Usage(document["words"], document["rows"])


def find_pet_phrases(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[PetPhrase, ...]:
    """What is said unusually often, most often first; English only, nothing in other languages.

    Args:
        tokens: What was said, without fillers and hedges: they are shown for themselves.
        lexicon: Its `function_words` carry no subject.
    """
    if lexicon.language != "en":
        return ()
    texts = [token.text for token in tokens]
    rows = dict(_frequent(tokens))
    kept = [
        (row, places)
        for row, places in rows.items()
        if _is_phrase(row, len(places), texts, lexicon) and _is_unusual(row, places, len(texts))
    ]
    return tuple(_phrase(tokens, row, places) for row, places in _longest(kept))


def _frequent(tokens: Sequence[Token]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Every row of up to five words that is said often enough, with where; none over a sentence."""
    for length in range(1, LONGEST_WORDS + 1):
        places = defaultdict[tuple[str, ...], list[int]](list)
        for first in range(len(tokens) - length + 1):
            row = tokens[first : first + length]
            if not any(token.before >= Break.SENTENCE for token in row[1:]):
                said = places[tuple(token.text for token in row)]
                if not said or first >= said[-1] + length:
                    said.append(first)
        fewest = FEWEST.get(length, FEWEST_LONG)
        yield from ((row, said) for row, said in places.items() if len(said) >= fewest)


def _is_phrase(row: tuple[str, ...], count: int, texts: list[str], lexicon: Lexicon) -> bool:
    """Whether `row` is a way of speaking and not what is spoken about."""
    general = _english().words
    light = [word in lexicon.function_words for word in row]
    known = [flag or word in general for word, flag in zip(row, light, strict=True)]
    if len(row) == 1:
        return known[0] and not light[0] and "'" not in row[0]
    if len(row) == 2 and (all(light) or not all(known) or row[0] in _POINTING):
        return False
    if all(light) and count < FEWEST[2]:
        return False
    strange = [word for word, flag in zip(row, known, strict=True) if not flag]
    is_bound = all(count >= BOUND * texts.count(word) for word in strange)
    return len(set(row)) > 1 and len(strange) <= 1 and is_bound


def _is_unusual(row: tuple[str, ...], places: Sequence[int], words: int) -> bool:
    expected = words * _english().per_10_000(row) / 10_000
    return chance_of_at_least(len(places), expected) < CHANCE


def chance_of_at_least(count: int, expected: float) -> float:
    """The chance of `count` or more where `expected` are usual (Poisson)."""
    below, exactly = 0.0, math.exp(-expected)
    for fewer in range(count):
        below += exactly
        exactly *= expected / (fewer + 1)
    return max(1.0 - below, 0.0)


def _longest(
    kept: Sequence[tuple[tuple[str, ...], list[int]]],
) -> list[tuple[tuple[str, ...], list[int]]]:
    """`kept` without rows that are said almost only inside a longer one, most said first."""
    chosen: list[tuple[tuple[str, ...], list[int]]] = []
    for row, places in sorted(kept, key=lambda item: -len(item[0])):
        inside = sum(
            any(first <= place and place + len(row) <= first + len(longer) for first in firsts)
            for place in places
            for longer, firsts in chosen
        )
        if len(places) - inside < FEWEST.get(len(row), FEWEST_LONG):
            continue
        chosen.append((row, places))
    return sorted(chosen, key=lambda item: (-len(item[1]), item[1][0]))


def _phrase(tokens: Sequence[Token], row: tuple[str, ...], places: Sequence[int]) -> PetPhrase:
    usual = len(tokens) * _english().per_10_000(row) / 10_000
    at_s = tuple(tokens[place].start_s for place in places)
    return PetPhrase(" ".join(row), len(places), at_s, usual)
