"""Words said again at once, and beginnings that were given up for another."""

import re
from collections.abc import Sequence
from typing import Literal

from practice.delivery.findings import Certainty, Finding
from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token, is_unspaced, label_of, spell

LONGEST_REPEATED_WORDS = 4
"""Longer rows said twice are mostly meant."""
_LONGEST_ABANDONED_WORDS = 2
"""Behind the pronoun; with three and more, lists of clauses look like new starts."""
_LONGEST_DOUBLED_CHARACTERS = 2
_STUB = re.compile(r"[^\W\daeiouyäöüáàâéèêíóôúœ_]{1,3}")
"""Up to three consonants and no vowel: no word of the languages with lexicons. Of 40 read at random
in meetings all were broken words (docs/findings.md)."""
_COORDINATORS = frozenset(
    ("and", "or", "to", "und", "oder", "bis", "et", "ou", "en", "of", "y", "e")
)


def find_repetitions(tokens: Sequence[Token], lexicon: Lexicon) -> list[Finding]:
    """Every immediate repetition of one to four words: "I I", "this means, this means".

    Args:
        tokens: What was said, without the fillers (so "the um the" counts).
        lexicon: Its `doubles` are words properly said twice; they and numerals do not count alone.

    Returns:
        One finding for each chain, however often its words are said again.
    """
    found: list[Finding] = []
    index = 0
    while index < len(tokens):
        if chain := _find_chain(tokens, index, lexicon):
            length, end = chain
            label = label_of([token.text for token in tokens[index : index + length]])
            found.append(_make_finding("repetition", label, tokens[index:end]))
            index = end
        else:
            index += 1
    return found


def _find_chain(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """How many words are repeated from `index` on, and the index after the last repetition."""
    # The longest first: "this means this means" is a pair said twice, not two words.
    for length in range(LONGEST_REPEATED_WORDS, 0, -1):
        end = index + length
        # Most places fail here, without a list being made.
        if end >= len(tokens) or tokens[end].text != tokens[index].text:
            continue
        said = _texts_at(tokens, index, length)
        while (
            said and _texts_at(tokens, end, length) == said and tokens[end].before < Break.SENTENCE
        ):
            end += length
        again = tokens[index + length : end]
        if again and not _is_proper(said, again[0].before, lexicon):
            return length, end
    return None


def _texts_at(tokens: Sequence[Token], index: int, length: int) -> list[str]:
    """The `length` words at `index`; none where a sentence or the take ends before the last."""
    part = tokens[index : index + length]
    if len(part) < length or any(token.before >= Break.SENTENCE for token in part[1:]):
        return []
    return [token.text for token in part]


def _is_proper(said: Sequence[str], between: Break, lexicon: Lexicon) -> bool:
    """Whether saying these words twice is ordinary speech.

    Characters of a script without spaces double to make words ("慢慢", "いろいろ"): one or two of
    them count only where a break lies between.
    """
    if all(map(is_unspaced, said)) and len(said) <= _LONGEST_DOUBLED_CHARACTERS:
        return between is Break.NONE
    return all(word in lexicon.doubles or word.isnumeric() for word in said)


def find_restarts(tokens: Sequence[Token], lexicon: Lexicon) -> list[Finding]:
    """Beginnings given up: a broken word ("wor- working"), a new start ("I was, I went").

    A word may be broken off for good ("wor- we left"), or stand there as its first consonants
    ("th the"). Lists ("I came, I saw") look the same, so a restart is never more than possible.
    """
    found: list[Finding] = []
    for index in range(len(tokens)):
        # What is in a restart begins no other one.
        if found and tokens[index].start_s < found[-1].end_s:
            continue
        if _is_completed(tokens, index):
            found.append(_make_finding("restart", "broken word", tokens[index : index + 2]))
        elif tokens[index].is_cut_off and not _is_compound(tokens, index, lexicon):
            found.append(_make_finding("restart", "cut-off word", tokens[index : index + 1]))
        elif end := _find_new_start(tokens, index, lexicon):
            found.append(_make_finding("restart", "new start", tokens[index:end]))
    return found


def _is_completed(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at `index` is the beginning of the next one: "wor- working", "th the"."""
    if index + 1 >= len(tokens) or tokens[index + 1].before >= Break.SENTENCE:
        return False
    part, whole = tokens[index], tokens[index + 1].text
    is_part = part.is_cut_off or _STUB.fullmatch(part.text) is not None
    return is_part and whole != part.text and whole.startswith(part.text)


def _is_compound(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the hyphen belongs: "pre- and post-war", "Vor- und Nachteile", a sound ("um-")."""
    text = tokens[index].text
    rest = tokens[index + 1 : index + 2]
    is_coordinated = any(
        token.text in _COORDINATORS and token.before < Break.SENTENCE for token in rest
    ) and not _STUB.fullmatch(text)
    return is_coordinated or (text,) in lexicon.entries


def _find_new_start(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> int | None:
    """The index after the second of two beginnings that share their first word, or None.

    "I was, I went": the same opener again after a comma, a pause or a filler, and then another
    word. With the same word it is a repetition ("I was, I was").
    """
    opener = tokens[index]
    if opener.text not in lexicon.openers:
        return None
    for abandoned in range(1, _LONGEST_ABANDONED_WORDS + 1):
        again = index + 1 + abandoned
        if again + 1 >= len(tokens):
            return None
        inside = tokens[index + 1 : again + 2]
        if any(token.before >= Break.SENTENCE for token in inside):
            return None
        is_again = tokens[again].text == opener.text and tokens[again].before is Break.CLAUSE
        if is_again and tokens[again + 1].text != tokens[index + 1].text:
            return again + 2
    return None


def _make_finding(
    kind: Literal["repetition", "restart"], label: str, said: Sequence[Token]
) -> Finding:
    certainty: Certainty = "certain" if kind == "repetition" else "possible"
    start_s, end_s = said[0].start_s, said[-1].end_s
    return Finding(kind, label, spell(said), start_s, end_s, certainty, "transcript")
