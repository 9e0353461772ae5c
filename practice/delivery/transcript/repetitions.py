"""Words said again at once, and beginnings that were given up for another."""

import re
from collections.abc import Sequence

from practice.delivery.findings import Finding
from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.tokens import Break, Token, is_unspaced, label_of, spell

LONGEST_REPEATED_WORDS = 4
_LONGEST_ABANDONED_WORDS = 2
_LONGEST_DOUBLED_CHARACTERS = 2
_LONGEST_STUB_LETTERS = 3
_STUB = re.compile(rf"[^\W\daeiouyäöüáàâéèêíóôúœ_]{{1,{_LONGEST_STUB_LETTERS}}}")
"""Up to three consonants and no vowel: no word of the languages with lexicons."""
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
        chain = _chain(tokens, index, lexicon)
        if chain:
            length, end = chain
            label = label_of([token.text for token in tokens[index : index + length]])
            found.append(_finding("repetition", label, tokens[index:end]))
            index = end
        else:
            index += 1
    return found


def _chain(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The number of words repeated at `index` and where the chain ends; longest words first."""
    for length in range(LONGEST_REPEATED_WORDS, 0, -1):
        end = index + length
        if end >= len(tokens) or tokens[end].text != tokens[index].text:
            continue
        said = _texts(tokens, index, length)
        while said and _texts(tokens, end, length) == said and _is_joined(tokens, end):
            end += length
        again = tokens[index + length : end]
        if again and not _is_proper(said, again[0].before, lexicon):
            return length, end
    return None


def _texts(tokens: Sequence[Token], index: int, length: int) -> list[str]:
    """The words at `index`, cut where a sentence ends inside them."""
    part = tokens[index : index + length]
    if any(token.before >= Break.SENTENCE for token in part[1:]):
        return []
    return [token.text for token in part] if len(part) == length else []


def _is_joined(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].before < Break.SENTENCE


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
        if found and tokens[index].start_s < found[-1].end_s:
            continue
        if end := _broken_word(tokens, index):
            found.append(_finding("restart", "broken word", tokens[index:end]))
        elif tokens[index].is_cut_off and not _is_compound(tokens, index, lexicon):
            found.append(_finding("restart", "cut-off word", tokens[index : index + 1]))
        elif end := _new_start(tokens, index, lexicon):
            found.append(_finding("restart", "new start", tokens[index:end]))
    return found


def _broken_word(tokens: Sequence[Token], index: int) -> int | None:
    """Past the word that completes "wor-", or None."""
    token, rest = tokens[index], tokens[index + 1 : index + 2]
    if not rest or rest[0].before >= Break.SENTENCE:
        return None
    is_part = token.is_cut_off or _STUB.fullmatch(token.text) is not None
    whole = rest[0].text
    return index + 2 if is_part and whole != token.text and whole.startswith(token.text) else None


def _is_compound(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the hyphen belongs: "pre- and post-war", "Vor- und Nachteile", a sound ("um-")."""
    text = tokens[index].text
    rest = tokens[index + 1 : index + 2]
    is_coordinated = any(
        t.text in _COORDINATORS and t.before < Break.SENTENCE for t in rest
    ) and not _STUB.fullmatch(text)
    return is_coordinated or (text,) in lexicon.entries


def _new_start(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> int | None:
    """Past the second of two beginnings that share their first word, or None."""
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


def _finding(kind: str, label: str, said: Sequence[Token]) -> Finding:
    text = spell(said)
    start_s, end_s = said[0].start_s, said[-1].end_s
    if kind == "repetition":
        return Finding("repetition", label, text, start_s, end_s, "certain", "transcript")
    return Finding("restart", label, text, start_s, end_s, "possible", "transcript")
