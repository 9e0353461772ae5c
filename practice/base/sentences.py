"""Sentences of what was said, with their times: from words, from lines, from plain text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from practice.base.spacing import join_words
from practice.base.text import one_line
from practice.base.words import Word

CLOSING_S = 3.0
"""A silence this long ends a sentence whatever its punctuation."""
UNMARKED_GAP_S = 0.7
"""Where a recogniser writes no punctuation, a silence this long ends a sentence: marked pauses
begin at 0.6 s, and inside a sentence longer ones are rare."""
_MARKED_WORDS = 60
"""A text with fewer than one full stop or question mark in so many words has no punctuation."""
_END = re.compile(r"[.!?…。！？؟।](?:[\"'»”’)\]」』]*)$")
_SPLIT = re.compile(
    r"(?<=[.!?…])[\"'»”’)\]]*\s+(?=[\"'«“‘(\[¿¡]*[^\W_])|(?<=[。！？])(?![」』”])|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|\w\.\w|[Dd]r|[Mm]rs?|Ms|St|Nr|[Pp]rof|ca|etc|bzw)\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, in one line."""

    text: str
    start_s: float | None = None
    """When it begins; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that begins at a known time: a cue, a line."""

    text: str
    start_s: float | None = None
    begins: bool = True
    """Whether no sentence goes on into it from the piece before."""


def is_closed(text: str) -> bool:
    """Whether `text` ends as a sentence does."""
    return _END.search(text.rstrip()) is not None


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`, each in one line; "Dr." and "z. B." end none."""
    found: list[str] = []
    open_part = ""
    for part in _SPLIT.split(text):
        whole = one_line(f"{open_part} {part}")
        open_part = whole if _ABBREVIATION.search(whole) else ""
        if whole and not open_part:
            found.append(whole)
    return [*found, open_part] if open_part else found


def join_sentences(pieces: Iterable[Piece]) -> list[Sentence]:
    """The sentences of pieces that follow each other; one may go over several of them."""
    found: list[Sentence] = []
    group: list[Piece] = []
    for piece in pieces:
        if piece.begins and group:
            found += _split_group(group)
            group = []
        group.append(piece)
    return found + _split_group(group)


def sentences_of(words: Sequence[Word]) -> list[Sentence]:
    """The sentences of recognised words, which must be in order of time."""
    marks = sum(is_closed(word.text) for word in words)
    gap_s = CLOSING_S if marks * _MARKED_WORDS >= len(words) else UNMARKED_GAP_S
    found: list[Sentence] = []
    group: list[Word] = []
    for word in words:
        if group and (is_closed(group[-1].text) or word.start_s - group[-1].end_s >= gap_s):
            found.append(_sentence_of(group))
            group = []
        group.append(word)
    return [*found, _sentence_of(group)] if group else found


def _sentence_of(words: Sequence[Word]) -> Sentence:
    return Sentence(one_line(join_words(words)), words[0].start_s)


def _split_group(group: Sequence[Piece]) -> list[Sentence]:
    """Split the text of several pieces, each sentence with the time of the piece it begins in."""
    texts = [one_line(piece.text) for piece in group]
    begins: list[tuple[int, float | None]] = []
    length = 0
    for piece, text in zip(group, texts, strict=True):
        begins.append((length, piece.start_s))
        length += len(text) + 1
    whole = " ".join(texts)
    found: list[Sentence] = []
    at = 0
    for text in split_sentences(whole):
        # White space may have been folded, so the place is looked for by the first word.
        at = max(whole.find(text[:20], at), at)
        start_s = next((s for begin, s in reversed(begins) if begin <= at), None)
        found.append(Sentence(text, start_s))
        at += len(text)
    return found
