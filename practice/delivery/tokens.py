"""Words made comparable: lower case, no punctuation, and the breaks between them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from practice.words import Word

CLAUSE_GAP_S = 0.15
"""A silence between two words that counts like a comma, as beside a discourse marker."""

STRETCH_GAP_S = 2.0
"""After a silence this long nothing before it is context any more."""

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_APOSTROPHES = str.maketrans(
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`", "'''"
)
_SENTENCE_END = re.compile(r"[.?!\N{HORIZONTAL ELLIPSIS}][\W_]*$")
_CLAUSE_END = re.compile(r"[,;:\N{EM DASH}\N{EN DASH}-][\W_]*$")


class Break(IntEnum):
    """What lies between two words; larger is deeper."""

    NONE = 0
    CLAUSE = 1
    SENTENCE = 2
    STRETCH = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word that can be compared, and where it came from."""

    text: str
    """Lower case, without surrounding punctuation; "don't" and "uh-huh" stay whole."""
    written: str
    """As the recogniser wrote it, with the punctuation that follows."""
    start_s: float
    end_s: float
    before: Break
    """What separates it from the word before it."""

    @property
    def is_question(self) -> bool:
        """Whether a question mark follows."""
        return "?" in self.written[-3:]


def normalised(text: str) -> str:
    """`text` in lower case with plain apostrophes and without surrounding punctuation."""
    folded = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
    return _EDGES.sub("", folded)


def tokens_of(words: Sequence[Word]) -> list[Token]:
    """`words` as tokens: bare punctuation joins the word before it, "-huh" joins its "uh"."""
    found: list[Token] = []
    for word in words:
        text = normalised(word.text)
        if not text:
            if found:
                found[-1] = _joined(found[-1], found[-1].text, word)
        elif found and _continues(found[-1], word, text):
            found[-1] = _joined(found[-1], f"{found[-1].text}-{text}", word)
        else:
            depth = _break(found[-1] if found else None, word.start_s)
            found.append(Token(text, word.text.strip(), word.start_s, word.end_s, depth))
    return found


def _joined(token: Token, text: str, word: Word) -> Token:
    end_s = word.end_s if text != token.text else token.end_s
    return Token(text, token.written + word.text.strip(), token.start_s, end_s, token.before)


def _continues(previous: Token, word: Word, text: str) -> bool:
    """Whether `word` is the second half of a compound that the recogniser split at its hyphen."""
    return (
        word.text.strip().startswith("-")
        and previous.text != text
        and word.start_s - previous.end_s < CLAUSE_GAP_S
        and _EDGES.sub("", previous.written[-1:]) != ""
    )


def _break(previous: Token | None, start_s: float) -> Break:
    if previous is None or start_s - previous.end_s >= STRETCH_GAP_S:
        return Break.STRETCH
    if _SENTENCE_END.search(previous.written):
        return Break.SENTENCE
    if _CLAUSE_END.search(previous.written) or start_s - previous.end_s >= CLAUSE_GAP_S:
        return Break.CLAUSE
    return Break.NONE
