"""Words and rows of words said much more often than English talk has them."""

import math
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token

LONGEST_WORDS = 5
FEWEST = {1: 5, 2: 4}
"""How often a single word and a pair must be said; longer rows `FEWEST_LONG` times. A choice: below
that a listener hears no pattern, and a row of three words is noticed sooner than a word."""
FEWEST_LONG = 3
CHANCE = 0.001
"""The chance, at the usual rate, of saying it so often or oftener. An answer of 300 words has some
500 different pairs and rows of three: by chance alone one answer in two would show one, at most."""
BOUND = 0.8
"""A word that talk in general does not have ("terms") may stand in a row ("in terms of") when so
much of its use is in that row; a subject ("the database") is said in other ways too."""

_RARE_PER_10_000 = 2.0
"""How often a row that the table does not have is taken to be said: the rarest that it lists."""
_POINTING = frozenset(
    ("a", "an", "the", "my", "your", "our", "his", "her", "their", "its", "this", "that", "these")
)
"""With a word behind it each of these is a thing that is spoken about."""

Row = tuple[str, ...]
"""Words that follow each other in one sentence."""


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
class _UsualRates:
    """How often English talk has a word or a row, in 10,000 words."""

    words: Mapping[str, float]
    rows: Mapping[str, float]

    def per_10_000(self, row: Row) -> float:
        listed = self.words.get(row[0]) if len(row) == 1 else self.rows.get(" ".join(row))
        return _RARE_PER_10_000 if listed is None else listed


@cache
def _load_usual_rates() -> _UsualRates:
    file = resources.files("practice.delivery.transcript") / "spoken_english.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    return _UsualRates(document["words"], document["rows"])


def find_pet_phrases(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[PetPhrase, ...]:
    """What is said unusually often, most often first; English only, nothing in other languages.

    Args:
        tokens: What was said, without fillers and hedges: they are shown for themselves.
        lexicon: Its `function_words` carry no subject.
    """
    if lexicon.language != "en":
        return ()
    texts = [token.text for token in tokens]
    rates = _load_usual_rates()
    unusual: dict[Row, list[int]] = {}
    usual: dict[Row, float] = {}
    for row, places in _find_frequent_rows(tokens).items():
        usual[row] = len(texts) * rates.per_10_000(row) / 10_000
        if _is_way_of_speaking(row, len(places), texts, lexicon) and (
            chance_of_at_least(len(places), usual[row]) < CHANCE
        ):
            unusual[row] = places
    return tuple(
        PetPhrase(
            " ".join(row), len(places), tuple(tokens[at].start_s for at in places), usual[row]
        )
        for row, places in _drop_contained(unusual)
    )


def _find_frequent_rows(tokens: Sequence[Token]) -> dict[Row, list[int]]:
    """Every row of up to five words that is said often enough, with the index of each use.

    No row goes over the end of a sentence, and uses of one row do not overlap ("no no no").
    """
    found: dict[Row, list[int]] = {}
    for length in range(1, LONGEST_WORDS + 1):
        places = defaultdict[Row, list[int]](list)
        for first in range(len(tokens) - length + 1):
            row = tokens[first : first + length]
            if any(token.before >= Break.SENTENCE for token in row[1:]):
                continue
            said = places[tuple(token.text for token in row)]
            if not said or first >= said[-1] + length:
                said.append(first)
        found |= {row: said for row, said in places.items() if len(said) >= _fewest(row)}
    return found


def _fewest(row: Row) -> int:
    return FEWEST.get(len(row), FEWEST_LONG)


def _is_way_of_speaking(row: Row, count: int, texts: list[str], lexicon: Lexicon) -> bool:
    """Whether `row` is a way of speaking and not what is spoken about.

    Args:
        row: What comes back.
        count: How often.
        texts: Everything that was said.
        lexicon: Its `function_words` are light: they carry no subject.
    """
    general = _load_usual_rates().words
    light = [word in lexicon.function_words for word in row]
    known = [flag or word in general for word, flag in zip(row, light, strict=True)]
    if len(row) == 1:
        return known[0] and not light[0] and "'" not in row[0]
    # Pairs such as "very nice": "of the" is grammar, "the team" and "our users" are subjects.
    if len(row) == 2 and (all(light) or not all(known) or row[0] in _POINTING):
        return False
    # A longer row of light words alone ("a lot of") must come as often as a pair.
    if all(light) and count < FEWEST[2]:
        return False
    strange = [word for word, flag in zip(row, known, strict=True) if not flag]
    is_bound = all(count >= BOUND * texts.count(word) for word in strange)
    # The same word over and over is a repetition, and is shown as one.
    return len(set(row)) > 1 and len(strange) <= 1 and is_bound


def chance_of_at_least(count: int, expected: float) -> float:
    """The chance of `count` or more where `expected` are usual (Poisson)."""
    below, exactly = 0.0, math.exp(-expected)
    for fewer in range(count):
        below += exactly
        exactly *= expected / (fewer + 1)
    return max(1.0 - below, 0.0)


def _drop_contained(rows: Mapping[Row, list[int]]) -> list[tuple[Row, list[int]]]:
    """`rows` without those that are said almost only inside a longer one, most said first."""
    chosen: list[tuple[Row, list[int]]] = []
    # The longest first: "at the end of the day" takes "the end of" along.
    for row, places in sorted(rows.items(), key=lambda item: -len(item[0])):
        inside = sum(
            any(first <= place and place + len(row) <= first + len(longer) for first in firsts)
            for place in places
            for longer, firsts in chosen
        )
        if len(places) - inside >= _fewest(row):
            chosen.append((row, places))
    return sorted(chosen, key=lambda item: (-len(item[1]), item[1][0]))
