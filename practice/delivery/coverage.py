"""Whether what the user meant to say was said: their terms and their key points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from practice.delivery.lexicon import Lexicon
from practice.delivery.tokens import Token, normalised

NEARBY_S = 30.0
"""How far apart the words of one key point may lie."""
ENOUGH = 0.6
"""The share of a key point's content words that must be heard."""

_ENDINGS = re.compile(r"(?<=\w{3})(ments?|ingly|edly|ing|ied|ies|ed|es|ly|s|e|y)$")
_DOUBLED = re.compile(r"([^aeiousl\W\d])\1$")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the user meant to say."""

    text: str
    said: bool
    at_s: float | None
    """When it was first said; None where it was not."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The user's key points and terms; both are empty where there are no words to look in."""

    key_points: tuple[Said, ...] = ()
    terms: tuple[Said, ...] = ()


def stem(word: str) -> str:
    """`word` without its commonest English endings: crude, and the same on both sides."""
    short = _ENDINGS.sub("", normalised(word).removesuffix("'s"))
    return _DOUBLED.sub(r"\1", short[:3] + short[3:].rstrip("e"))


def term_said(term: str, tokens: Sequence[Token]) -> Said:
    """Whether `term` was said; spaces and hyphens do not matter ("trade-off", "tradeoff")."""
    parts = [part for part in re.split(r"[\W_]+", normalised(term)) if part]
    wanted = "".join(parts[:-1]) + stem(parts[-1]) if parts else ""
    for first in range(len(tokens) if wanted else 0):
        joined = ""
        for token in tokens[first:]:
            whole = re.sub(r"[\W_]", "", token.text)
            if joined + stem(whole) == wanted or joined + whole == "".join(parts):
                return Said(term, True, tokens[first].start_s)
            joined += whole
            if len(joined) > len(wanted):
                break
    return Said(term, False, None)


def key_point_said(point: str, tokens: Sequence[Token], lexicon: Lexicon) -> Said:
    """Whether at least 60 % of the content words of `point` were said within 30 s of each other.

    It compares words, not meaning: a point made in other words is missed, and a point whose words
    fall by chance is found. `at_s` is where the first of the words was said.
    """
    wanted = _content(re.split(r"\s+", point), lexicon)
    needed = ceil(ENOUGH * len(wanted))
    heard = [(stem(token.text), token.start_s) for token in tokens]
    hits = [(word, at_s) for word, at_s in heard if word in wanted]
    for index, (_, start_s) in enumerate(hits):
        near = {word for word, at_s in hits[index:] if at_s - start_s <= NEARBY_S}
        if len(near) >= needed:
            return Said(point, True, start_s)
    return Said(point, False, None)


def _content(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    """The stems of the words that carry meaning; of all words where none does."""
    plain = [normalised(word) for word in words if normalised(word)]
    content = {stem(word) for word in plain if word not in lexicon.function_words}
    return content or {stem(word) for word in plain}


def coverage(
    tokens: Sequence[Token], lexicon: Lexicon, key_points: Sequence[str], terms: Sequence[str]
) -> Coverage:
    """What of `key_points` and `terms` was said."""
    return Coverage(
        tuple(key_point_said(point, tokens, lexicon) for point in key_points),
        tuple(term_said(term, tokens) for term in terms),
    )
