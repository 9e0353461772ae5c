"""Words made comparable: lower case, no punctuation, and the breaks between them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from practice.base.spacing import UNSPACED_CHARACTER, has_space, join_pieces
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
UNNAMED_SOUND = "[*]"
"""What whisper-timestamped writes for a hesitation that it hears and has no word for."""
_INNER_BREAK = re.compile(
    r"(?<=[^\W\d_])(?:[,;!?\N{EM DASH}\N{HORIZONTAL ELLIPSIS}]+|\.{2,})(?=[^\W\d_])"
)
"""Between two words that are written without a space: "so\N{EM DASH}um\N{EM DASH}I"."""
_CUT_OFF = re.compile(r"[^\W\d_]-$")


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
    space_before: bool = True
    """Whether a space stands before it."""

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
        return ends_clause(self.written)

    @property
    def is_cut_off(self) -> bool:
        """Whether it is written as broken off: "wor-"."""
        return _CUT_OFF.search(self.written) is not None

    @property
    def is_unspaced(self) -> bool:
        """Whether it is a character of a script that writes no spaces."""
        return is_unspaced(self.text)


def ends_clause(written: str) -> bool:
    """Whether punctuation that ends a clause follows a word as it is written."""
    return bool(_SENTENCE_END.search(written) or _CLAUSE_END.search(written))


def normalise(text: str) -> str:
    """`text` in lower case with plain apostrophes and without surrounding punctuation."""
    folded = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
    return _EDGES.sub("", folded)


def is_unspaced(text: str) -> bool:
    """Whether `text` begins with a character of a script that writes no spaces."""
    return UNSPACED_CHARACTER.match(text) is not None


def split_words(phrase: str) -> list[str]:
    """The comparable words of `phrase`; where its script has no spaces, the characters."""
    parts = (part for word in phrase.split() for part in split_written(word))
    return [text for text in map(normalise, parts) if text]


def spell(tokens: Sequence[Token]) -> str:
    """`tokens` as they were written, with spaces where they were written."""
    return "".join(" " * token.space_before + token.written for token in tokens).strip()


def label_of(texts: Sequence[str]) -> str:
    """The words of a phrase as one label."""
    return ("" if all(map(is_unspaced, texts)) else " ").join(texts)


def tokens_of(words: Sequence[Word]) -> list[Token]:
    """`words` as tokens: what is compared and counted.

    Words that an old transcript has in pieces are made whole where that is sure, and bare
    punctuation joins the word before it. Two words written as one ("so\N{EM DASH}um", "I-I") are
    two tokens; a word of a script without spaces becomes its characters. Each has an equal part of
    its time. Noises that verbatim models write in brackets ("[laughter]") are no words.
    """
    found: list[Token] = []
    spoken = (word for word in words if not _is_noise(word.text.strip()))
    last_word: Word | None = None
    for word in _split_words(join_pieces(spoken, spaces_written=False)):
        text = UNNAMED_SOUND if is_unnamed_sound(word.text) else normalise(word.text)
        last = found[-1] if found else None
        if text:
            depth = _find_break(last, word)
            space = last_word is None or has_space(last_word, word)
            found.append(Token(text, word.text, word.start_s, word.end_s, depth, space))
        elif last and word.start_s - last.end_s < STRETCH_GAP_S:
            # After a long silence it belongs to no word.
            found[-1] = replace(last, written=last.written + word.text)
        last_word = word
    return found


def is_unnamed_sound(text: str) -> bool:
    """Whether a written word only tells that there was a hesitation."""
    return text.strip().rstrip(".,?!") == UNNAMED_SOUND


def _is_noise(text: str) -> bool:
    is_said = is_unnamed_sound(text) or normalise(text) in _BRACKETED_SOUNDS
    return bool(_BRACKETED.match(text)) and not is_said


def _split_words(words: Iterable[Word]) -> Iterator[Word]:
    """`words` with those cut that are written as one and are several."""
    for word in words:
        pieces = split_written(word.text)
        step_s = word.span.duration_s / len(pieces)
        for number, piece in enumerate(pieces):
            yield Word(
                piece,
                word.start_s + number * step_s,
                # The last one ends where the word does, to the last bit.
                word.end_s if number == len(pieces) - 1 else word.start_s + (number + 1) * step_s,
                space_before=False if number else word.space_before,
            )


def split_written(text: str) -> list[str]:
    """A written word in the parts that are compared, as they are written: "I-I" is two."""
    return [part for piece in _split_joined(text) for part in _split_unspaced(piece)]


def _split_joined(text: str) -> list[str]:
    """`text` cut behind a break inside it, and at the hyphens of what is said again ("I-I")."""
    cuts = [0, *(match.end() for match in _INNER_BREAK.finditer(text)), len(text)]
    parts = [text[first:last] for first, last in pairwise(cuts)]
    return [again for part in parts for again in _split_repeated(part)]


def _split_repeated(text: str) -> list[str]:
    first, *rest = text.split("-")
    # Where the parts differ it is one word: "well-known", "uh-huh".
    if rest and normalise(first) and {normalise(first)} == set(map(normalise, rest)):
        return [first, *(f"-{part}" for part in rest)]
    return [text]


def _split_unspaced(text: str) -> list[str]:
    """`text` cut before every unspaced character and after the last of a row of them."""
    cuts = {0, len(text)}
    for match in UNSPACED_CHARACTER.finditer(text):
        cuts |= {match.start(), match.end()}
    return [text[first:last] for first, last in pairwise(sorted(cuts))]


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
