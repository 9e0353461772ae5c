"""Names that shall not be passed on, taken out of everything a report holds."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import zip_longest
from pathlib import PurePath
from typing import TypeVar, cast

from practice.base.spacing import UNSPACED_CHARACTER, has_space, join_words
from practice.base.words import Span, Word
from practice.documents.review import ReviewDocument
from practice.library.takes import Take
from practice.reports.report import Report

MASKED = "(masked)"
"""Stands for what was there: the same for every name and every length."""
MARGIN_S = 0.4
"""How much sound goes before and after a masked word. A choice on the wide side: the times of words
are the model's, a few tenths of a second off at times, and half a name is a name."""

_OURS = {"id", "recorded_at", "checked_at", "kind", "certainty", "source", "status", "language"}
"""Texts in a document that are words of our own."""
T = TypeVar("T")

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_ENDINGS = ("", "s", "es")
"""A name may come as more than one of it, or own something."""


class Masker:
    """Finds some words wherever they stand, however they are written.

    Case, accents, punctuation, spaces and a plural or genitive s make no difference: `Acme Corp`
    is found in `ACME-corp's`, and `DataDog` in `data dog`. A name within a longer word is not
    that name: `Al` leaves `also` alone.

    Args:
        names: Words or phrases; those without a letter or digit are passed over.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._wanted = {letters for name in names if (letters := _fold_letters(name))}
        self._longest = max(map(len, self._wanted), default=0) + max(map(len, _ENDINGS))

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def mask_text(self, text: str) -> str:
        """`text` with each name replaced by `MASKED`."""
        parts, done = [], 0
        for start, end in self.find_names(text):
            parts += [text[done:start], MASKED]
            done = end
        return "".join([*parts, text[done:]])

    def find_names(self, text: str) -> list[tuple[int, int]]:
        """Where a name begins and ends in `text`; names that touch or overlap are one."""
        merged: list[tuple[int, int]] = []
        for start, end in self._find(text):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def find_words(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        """The first and last index of the words that each name lies on; no word is in two."""
        # Looked for in the whole text: a recogniser may have written a name as one word or two.
        spoken = [
            word.text + " " * (after is None or has_space(word, after))
            for word, after in zip_longest(words, words[1:])
        ]
        word_at = [index for index, text in enumerate(spoken) for _ in text]
        found: list[tuple[int, int]] = []
        for start, end in self.find_names("".join(spoken)):
            first, last = word_at[start], word_at[end - 1]
            # Two names may share a word, such as "Acme/DataDog".
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found

    def find_spans(self, words: Sequence[Word]) -> list[Span]:
        """When a name is heard, with `MARGIN_S` around it."""
        times = []
        for first, last in self.find_words(words):
            spoken = words[first : last + 1]
            start_s = min(word.start_s for word in spoken) - MARGIN_S
            end_s = max(word.end_s for word in spoken) + MARGIN_S
            times.append(Span(max(start_s, 0.0), end_s))
        return times

    def _find(self, text: str) -> Iterator[tuple[int, int]]:
        """Every name in `text`; they may overlap."""
        # From each piece on, pieces are put together for as long as a name may come of it. So a
        # name begins and ends with a piece, and it does not matter what stands between its pieces.
        pieces = list(_split_pieces(text))
        for first, (start, _, _) in enumerate(pieces):
            letters = ""
            for _, end, more in pieces[first:]:
                letters += more
                if len(letters) > self._longest:
                    break
                if any(letters.removesuffix(ending) in self._wanted for ending in _ENDINGS):
                    yield start, end


def drop_own_words(report: Report) -> Report:
    """`report` without what its user says of the take: notes, ratings and star."""
    takes = tuple(replace(take, rating=None, starred=False, notes="") for take in report.takes)
    return replace(report, notes="", rating=None, starred=False, takes=takes)


def mask_report(report: Report, masker: Masker) -> Report:
    """`report` without the names, and without what tells whose machine it was made on.

    Its sound is not touched: see `Masker.find_spans`.
    """
    return replace(
        report,
        review=_mask_document(report.review, masker),
        notes=masker.mask_text(report.notes),
        to_reader=masker.mask_text(report.to_reader),
        takes=tuple(_mask_take(take, masker) for take in report.takes),
    )


def _mask_take(take: Take, masker: Masker) -> Take:
    """Only the numbers of a take are shown; what else it holds goes no further."""
    return replace(
        take,
        question=take.question and masker.mask_text(take.question),
        question_id=None,
        bank=None,
        audio=None,
        device=None,
        interrupted=None,
        failure=None,
        model=take.model and _mask_model(take.model, masker),
        notes="",
        asked_by=None,
    )


def _mask_model(name: str, masker: Masker) -> str:
    """A model may be named by its path, which says whose machine it lies on."""
    return masker.mask_text(PurePath(name).name)


def _mask_document(document: ReviewDocument, masker: Masker) -> ReviewDocument:
    heard, take, check = document.transcription, document.take, document.calibration
    occasion = document.occasion
    anonymous = replace(
        document,
        # The id of a question is made of its words.
        take=take and replace(take, question_id=None),
        source=replace(document.source, path=None, track=None),
        transcription=replace(heard, model=heard.model and _mask_model(heard.model, masker)),
        words=tuple(_mask_words(document.words, masker)),
        # Whoever asked did not choose to be named.
        occasion=occasion and replace(occasion, asked_by=None),
        calibration=check and replace(check, device=None, model=_mask_model(check.model, masker)),
    )
    return _mask_texts(anonymous, masker)


def _mask_texts(found: T, masker: Masker) -> T:
    """`found` with every text in it masked.

    It goes through whatever there is and knows only what to leave alone (`_OURS`), so that a field
    that the document gets some day is masked although nobody thought of it here.
    """
    if isinstance(found, str):
        return cast("T", masker.mask_text(found))
    if isinstance(found, tuple):
        return cast("T", tuple(_mask_texts(item, masker) for item in found))
    if not is_dataclass(found) or isinstance(found, type):
        return found
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    changed = {
        name: _mask_texts(value, masker)
        for name, value in values.items()
        if not (isinstance(value, str) and name in _OURS)
    }
    return replace(found, **changed)


def _mask_words(words: Sequence[Word], masker: Masker) -> Iterator[Word]:
    """The words of a name become one, without the probability of the name."""
    last_of = dict(masker.find_words(words))
    index = 0
    while index < len(words):
        last = last_of.get(index, index)
        word = words[index]
        if index in last_of:
            spoken = words[index : last + 1]
            word = Word(
                masker.mask_text(join_words(spoken)),
                word.start_s,
                max(part.end_s for part in spoken),
                space_before=word.space_before,
            )
        yield word
        index = last + 1


def _split_pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """The words and numbers in `text`, folded, with where they begin and end."""
    for found in _PIECE.finditer(text):
        start = found.start()
        for end in range(start + 1, found.end()):
            if _starts_piece(text[end - 1], text[end]):
                yield start, end, _fold_letters(text[start:end])
                start = end
        yield start, found.end(), _fold_letters(text[start : found.end()])


def _starts_piece(before: str, after: str) -> bool:
    """A capital after a small letter, as in `DataDog`; or a script without spaces beside it."""
    return (before.islower() and after.isupper()) or any(map(_is_unspaced, (before, after)))


def _is_unspaced(character: str) -> bool:
    """Also Korean: it writes spaces, but endings on its names."""
    is_wide = unicodedata.east_asian_width(character) == "W"
    return is_wide or UNSPACED_CHARACTER.match(character) is not None


def _fold_letters(text: str) -> str:
    """`text` without case, accents and whatever is no letter or digit."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in folded if character.isalnum())
