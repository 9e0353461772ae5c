"""Words made comparable: lower case, no punctuation, and the breaks between them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from practice.base.words import Span, Word

CLAUSE_GAP_S = 0.15
"""A silence between two words that counts like a comma. In telephone talk a "like" beside so much
is a habit more often: precision rises from 0.51 to 0.67 (docs/findings.md)."""

STRETCH_GAP_S = 2.0
"""After a silence this long nothing before it is context any more: it is a very long pause."""

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_APOSTROPHES = str.maketrans(
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`", "'''"
)
_TRAILING_OFF = re.compile(r"(\.{2,}|\N{HORIZONTAL ELLIPSIS})[\W_]*$")
_SENTENCE_END = re.compile(r"[.?!\N{IDEOGRAPHIC FULL STOP}\uff1f\uff01][\W_]*$")
_CLAUSE_END = re.compile(
    r"[,;:\N{EM DASH}\N{EN DASH}\N{IDEOGRAPHIC COMMA}\uff0c\uff1b\uff1a-][\W_]*$"
)
_CLAUSE_START = re.compile(r"^(\.{2,}|[\N{HORIZONTAL ELLIPSIS}\N{EM DASH}\N{EN DASH}])")
_BRACKETED = re.compile(r"(\[.*\]|<.*>|\*.*\*)[.,?!]?$")
_BRACKETED_SOUNDS = frozenset(
    ("uh", "um", "uhm", "hm", "hmm", "mm", "mhm", "er", "erm", "ah", "eh", "huh")
)
"""What verbatim models put in brackets though somebody said it: "[UH]". The rest are noises."""
_UNSPACED = re.compile(
    "[\u3040-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    "[\u3041\u3043\u3045\u3047\u3049\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30e3\u30e5\u30e7\u30fc]*"
)
"""A character of Japanese or Chinese, with the small ones and the long-vowel marks behind it."""


class Break(IntEnum):
    """What lies between two words; larger is deeper."""

    NONE = 0
    CLAUSE = 1
    """A comma or a short pause."""
    SENTENCE = 2
    STRETCH = 3
    """A very long pause, or the beginning of the take."""


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
    def span(self) -> Span:
        """Where it was said."""
        return Span(self.start_s, self.end_s)

    @property
    def is_question(self) -> bool:
        """Whether a question mark follows."""
        return bool({"?", "\uff1f"} & set(self.written[-3:]))

    @property
    def ends_clause(self) -> bool:
        """Whether punctuation that ends a clause follows."""
        return bool(_SENTENCE_END.search(self.written) or _CLAUSE_END.search(self.written))

    @property
    def is_cut_off(self) -> bool:
        """Whether it is written as broken off: "wor-"."""
        return self.written.endswith("-") and self.text[-1:].isalpha()

    @property
    def is_unspaced(self) -> bool:
        """Whether it is a character of a script that writes no spaces."""
        return is_unspaced(self.text)


def normalise(text: str) -> str:
    """`text` in lower case with plain apostrophes and without surrounding punctuation."""
    folded = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
    return _EDGES.sub("", folded)


def is_unspaced(text: str) -> bool:
    """Whether `text` begins with a character of a script that writes no spaces."""
    return _UNSPACED.match(text) is not None


def split_words(phrase: str) -> list[str]:
    """The comparable words of `phrase`; where its script has no spaces, the characters."""
    parts = (part for word in phrase.split() for part in _split_unspaced(word))
    return [text for text in map(normalise, parts) if text]


def spell(tokens: Sequence[Token]) -> str:
    """`tokens` as they were written, with spaces where their script has them."""
    return "".join(
        token.written + " " * (not token.is_unspaced or not after.is_unspaced)
        for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)
    ).rstrip()


def label_of(texts: Sequence[str]) -> str:
    """The words of a phrase as one label."""
    return ("" if all(map(is_unspaced, texts)) else " ").join(texts)


def tokens_of(words: Sequence[Word]) -> list[Token]:
    """`words` as tokens: bare punctuation joins the word before it, "-huh" joins its "uh".

    A word of Japanese or Chinese becomes its characters, each with an equal part of its time.
    Noises that verbatim models write in brackets ("[laughter]") are no words.
    """
    found: list[Token] = []
    spoken = (word for word in words if not _is_noise(word.text.strip()))
    for word in (part for whole in spoken for part in _split_characters(whole)):
        text = normalise(word.text)
        last = found[-1] if found else None
        if not text:
            # After a long silence it belongs to no word.
            if last and word.start_s - last.end_s < STRETCH_GAP_S:
                found[-1] = replace(last, written=last.written + word.text.strip())
        elif last and _completes(last, word, text):
            found[-1] = Token(
                f"{last.text}-{text}",
                last.written + word.text.strip(),
                last.start_s,
                word.end_s,
                last.before,
            )
        else:
            depth = _find_break(last, word)
            found.append(Token(text, word.text.strip(), word.start_s, word.end_s, depth))
    return found


def _is_noise(text: str) -> bool:
    return bool(_BRACKETED.match(text)) and normalise(text) not in _BRACKETED_SOUNDS


def _split_unspaced(text: str) -> list[str]:
    """`text` cut before every unspaced character and after the last of a row of them."""
    starts = [0]
    for match in _UNSPACED.finditer(text):
        starts += [match.start(), match.end()]
    ends = [*starts[1:], len(text)]
    return [text[first:last] for first, last in zip(starts, ends, strict=True) if first < last]


def _split_characters(word: Word) -> list[Word]:
    """`word`, or its characters where its script has no spaces."""
    pieces = _split_unspaced(word.text)
    if len(pieces) < 2:
        return [word]
    step_s = (word.end_s - word.start_s) / len(pieces)
    return [
        replace(
            word,
            text=piece,
            start_s=word.start_s + number * step_s,
            end_s=word.start_s + (number + 1) * step_s,
        )
        for number, piece in enumerate(pieces)
    ]


def _completes(last: Token, word: Word, text: str) -> bool:
    """Whether `word` is the second half of a compound that the recogniser split at its hyphen."""
    return (
        word.text.strip().startswith("-")
        # "I -I" is a repetition, and "well, -known" has a comma between: neither is a compound.
        and last.text != text
        and word.start_s - last.end_s < CLAUSE_GAP_S
        and _EDGES.sub("", last.written[-1:]) != ""
    )


def _find_break(last: Token | None, word: Word) -> Break:
    """What lies between two words, by what is written and by the silence."""
    if last is None or word.start_s - last.end_s >= STRETCH_GAP_S:
        return Break.STRETCH
    # Before the full stops: three of them end no sentence.
    if _TRAILING_OFF.search(last.written) or _CLAUSE_START.search(word.text.strip()):
        return Break.CLAUSE
    if _SENTENCE_END.search(last.written):
        return Break.SENTENCE
    if _CLAUSE_END.search(last.written) or word.start_s - last.end_s >= CLAUSE_GAP_S:
        return Break.CLAUSE
    return Break.NONE
