"""Whether what the user meant to say was said: their terms and their key points.

Only the words that were heard are looked at. Neither terms nor key points are ever given to the
recogniser as a hint: it would write what it was told to expect.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token, is_unspaced, spell, split_words
from practice.delivery.transcript.word_matching import is_spelled_like, stem, strip_elision

NEARBY_S = 30.0
"""How far apart the words of one key point may lie: two or three sentences."""
ENOUGH = 0.6
"""The share of a key point's content words that must be heard: two of three, three of five. Any
share from 0.55 on finds the same in our sentences; half finds 4 more that were said and 6 that were
not (docs/findings.md)."""


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


def find_term(term: str, tokens: Sequence[Token], lexicon: Lexicon) -> CoverageItem:
    """Whether `term` was said, in any common form or spelled as it sounds.

    Spaces and hyphens do not matter ("trade-off", "tradeoff"), but its words must follow each
    other in one sentence.
    """
    parts = [
        letters for part in split_words(term) for letters in re.split(r"[\W_]+", part) if letters
    ]
    for first in range(len(tokens) if parts else 0):
        if length := _match_term(tokens, first, parts, lexicon):
            heard = tokens[first : first + length]
            return CoverageItem(term, True, heard[0].start_s, spell(heard))
    return CoverageItem(term, False)


def _match_term(tokens: Sequence[Token], first: int, parts: Sequence[str], lexicon: Lexicon) -> int:
    """How many tokens from `first` on are the term whose words are `parts`, or 0.

    A recogniser may join the words of a term or split them elsewhere, so their letters are
    compared in one row. Only the last word has an ending; those before it stand as they are.
    """
    whole = "".join(parts)
    wanted = "".join(parts[:-1]) + stem(parts[-1], lexicon)
    said = ""
    for number, token in enumerate(tokens[first:], start=1):
        if number > 1 and token.before >= Break.SENTENCE:
            return 0
        letters = re.sub(r"[\W_]", "", strip_elision(token.text, lexicon.language))
        # "stakeholder" said as "stake holders": the endings agree only in the whole of both.
        if is_spelled_like(said + stem(letters, lexicon), wanted) or (
            stem(said + letters, lexicon) == stem(whole, lexicon)
        ):
            return number
        said += letters
        # One letter more may still be a misspelling or an ending; two are another word.
        if len(said) > len(whole) + 1:
            return 0
    return 0


def find_key_point(point: str, tokens: Sequence[Token], lexicon: Lexicon) -> CoverageItem:
    """Whether at least 60 % of the content words of `point` were said within 30 s of each other.

    It compares words, not meaning: a point made in other words is missed, and a point whose words
    fall by chance is found. `at_s` is where the first of the words was said.
    """
    wanted = _find_content(split_words(point), lexicon)
    needed = ceil(ENOUGH * len(wanted))
    if not needed:
        return CoverageItem(point, False)
    texts = [token.text for token in tokens]
    hits = [
        (word, index)
        for index in range(len(tokens))
        if (word := _match_word(_unit_at(texts, index), wanted, lexicon))
    ]
    # Each hit opens a stretch of 30 s; the first stretch with enough different words counts.
    for number, (_, first) in enumerate(hits):
        near: dict[str, int] = {}
        for word, index in hits[number:]:
            if tokens[index].start_s - tokens[first].start_s <= NEARBY_S:
                near.setdefault(word, index)
        if len(near) >= needed:
            heard = " … ".join(
                spell(tokens[index : index + (2 if _is_pair(texts, index) else 1)])
                for index in sorted(near.values())
            )
            return CoverageItem(point, True, tokens[first].start_s, heard)
    return CoverageItem(point, False)


def _find_content(texts: Sequence[str], lexicon: Lexicon) -> set[str]:
    """The stems of what carries meaning in `texts`; of everything where nothing does."""
    units = [
        _unit_at(texts, index)
        for index, text in enumerate(texts)
        # The last character of a row is in the pair before it.
        if not is_unspaced(text) or _is_pair(texts, index) or len(texts) == 1
    ]
    content = [
        unit
        for unit in units
        if unit not in lexicon.function_words
        # Of a pair of characters neither may be one of the little words, such as "的".
        and not (is_unspaced(unit) and lexicon.function_words & set(unit))
    ]
    return {stem(unit, lexicon) for unit in content or units}


def _unit_at(texts: Sequence[str], index: int) -> str:
    """The word at `index`; of a script without spaces the pair of characters that begins there.

    One character alone is in too many words.
    """
    return "".join(texts[index : index + 2]) if _is_pair(texts, index) else texts[index]


def _is_pair(texts: Sequence[str], index: int) -> bool:
    pair = texts[index : index + 2]
    return len(pair) == 2 and all(map(is_unspaced, pair))


def _match_word(said: str, wanted: set[str], lexicon: Lexicon) -> str | None:
    """Which of the `wanted` stems `said` is a form of; None where it is none."""
    short = stem(said, lexicon)
    if short in wanted:
        return short
    # In a fixed order: a set has another one in every process.
    return next((word for word in sorted(wanted) if is_spelled_like(short, word)), None)


def find_coverage(
    tokens: Sequence[Token], lexicon: Lexicon, key_points: Sequence[str], terms: Sequence[str]
) -> Coverage:
    """What of `key_points` and `terms` was said."""
    return Coverage(
        tuple(find_key_point(point, tokens, lexicon) for point in key_points),
        tuple(find_term(term, tokens, lexicon) for term in terms),
    )
