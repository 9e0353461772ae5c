"""Whether what the user meant to say was said: their terms and their key points.

Only the words that were heard are looked at. Neither terms nor key points are ever given to the
recogniser as a hint: it would write what it was told to expect.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token, is_unspaced, spell, split
from practice.delivery.transcript.word_matching import is_spelled_like, stem

NEARBY_S = 30.0
"""How far apart the words of one key point may lie: two or three sentences."""
ENOUGH = 0.6
"""The share of a key point's content words that must be heard: two of three, three of five."""


@dataclass(frozen=True, slots=True)
class CoverageItem:
    """One thing the user meant to say."""

    text: str
    said: bool
    at_s: float | None = None
    """When it was first said; None where it was not."""
    heard: str | None = None
    """The words that were taken for it, as written."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The user's key points and terms; both are empty where there are no words to look in."""

    key_points: tuple[CoverageItem, ...] = ()
    terms: tuple[CoverageItem, ...] = ()


def term_said(term: str, tokens: Sequence[Token], lexicon: Lexicon) -> CoverageItem:
    """Whether `term` was said, in any common form or spelled as it sounds.

    Spaces and hyphens do not matter ("trade-off", "tradeoff"), but its words must follow each
    other in one sentence.
    """
    parts = [letters for part in split(term) for letters in re.split(r"[\W_]+", part) if letters]
    whole = "".join(parts)
    for first in range(len(tokens) if whole else 0):
        if length := _spells(tokens[first : first + len(whole) + 2], parts, lexicon):
            heard = tokens[first : first + length]
            return CoverageItem(term, True, heard[0].start_s, spell(heard))
    return CoverageItem(term, False, None)


def _spells(tokens: Sequence[Token], parts: Sequence[str], lexicon: Lexicon) -> int:
    """How many of `tokens` from the first on are the term, or 0."""
    whole, joined = "".join(parts), ""
    wanted = "".join(parts[:-1]) + stem(parts[-1], lexicon)
    for number, token in enumerate(tokens, start=1):
        if number > 1 and token.before >= Break.SENTENCE:
            return 0
        letters = re.sub(r"[\W_]", "", token.text)
        if is_spelled_like(joined + stem(letters, lexicon), wanted):
            return number
        joined += letters
        if len(joined) > len(whole) + 1:
            return 0
    return 0


def key_point_said(point: str, tokens: Sequence[Token], lexicon: Lexicon) -> CoverageItem:
    """Whether at least 60 % of the content words of `point` were said within 30 s of each other.

    It compares words, not meaning: a point made in other words is missed, and a point whose words
    fall by chance is found. `at_s` is where the first of the words was said.
    """
    wanted = _content(split(point), lexicon)
    needed = ceil(ENOUGH * len(wanted))
    hits = [
        (word, index)
        for index in range(len(tokens))
        if (word := _matching(tokens, index, wanted, lexicon))
    ]
    for number, (_, first) in enumerate(hits):
        near: dict[str, int] = {}
        for word, index in hits[number:]:
            if tokens[index].start_s - tokens[first].start_s <= NEARBY_S:
                near.setdefault(word, index)
        if needed and len(near) >= needed:
            heard = " … ".join(_written(tokens, index) for index in sorted(near.values()))
            return CoverageItem(point, True, tokens[first].start_s, heard)
    return CoverageItem(point, False, None)


def _content(texts: Sequence[str], lexicon: Lexicon) -> set[str]:
    """The stems of what carries meaning in `texts`; of everything where nothing does.

    Of scripts without spaces pairs of characters are compared: one alone is in too many words.
    """
    units = [
        pair if (pair := _pair(texts, index)) else text
        for index, text in enumerate(texts)
        if _pair(texts, index) or not is_unspaced(text) or len(texts) == 1
    ]
    content = [unit for unit in units if not lexicon.function_words & {unit, *_characters(unit)}]
    return {stem(unit, lexicon) for unit in content or units}


def _characters(unit: str) -> str:
    return unit if is_unspaced(unit) else ""


def _pair(texts: Sequence[str], index: int) -> str:
    pair = texts[index : index + 2]
    return "".join(pair) if len(pair) == 2 and all(map(is_unspaced, pair)) else ""


def _matching(
    tokens: Sequence[Token], index: int, wanted: set[str], lexicon: Lexicon
) -> str | None:
    """The stem of the wanted word that is said at `index`."""
    texts = [token.text for token in tokens[index : index + 2]]
    unit = _pair(texts, 0) or texts[0]
    short = stem(unit, lexicon)
    if short in wanted:
        return short
    return next((word for word in sorted(wanted) if is_spelled_like(short, word)), None)


def _written(tokens: Sequence[Token], index: int) -> str:
    pair = tokens[index : index + 2]
    return spell(pair if _pair([t.text for t in pair], 0) else pair[:1])


def find_coverage(
    tokens: Sequence[Token], lexicon: Lexicon, key_points: Sequence[str], terms: Sequence[str]
) -> Coverage:
    """What of `key_points` and `terms` was said."""
    return Coverage(
        tuple(key_point_said(point, tokens, lexicon) for point in key_points),
        tuple(term_said(term, tokens, lexicon) for term in terms),
    )
