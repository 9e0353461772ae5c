"""Names that shall not be passed on, taken out of everything a report holds."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import PurePath
from typing import TypeVar, cast

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
Found = TypeVar("Found")

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
        self._wanted = {letters for name in names if (letters := _letters(name))}
        self._longest = max(map(len, self._wanted), default=0) + max(map(len, _ENDINGS))

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def text(self, text: str) -> str:
        """`text` with each name replaced by `MASKED`."""
        kept, done = [], 0
        for start, end in self.places(text):
            kept += [text[done:start], MASKED]
            done = end
        return "".join([*kept, text[done:]])

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where a name begins and ends in `text`; places that touch or overlap are one."""
        merged: list[tuple[int, int]] = []
        for start, end in self._found(text):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def runs(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        """The first and last index of the words that names lie on; no word is in two runs."""
        spoken = [f"{word.text} " for word in words]
        owner = [index for index, text in enumerate(spoken) for _ in text]
        found: list[tuple[int, int]] = []
        for start, end in self.places("".join(spoken)):
            first, last = owner[start], owner[end - 1]
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found

    def stretches(self, words: Sequence[Word]) -> list[Span]:
        """When a name is heard, with `MARGIN_S` around it."""
        times = []
        for first, last in self.runs(words):
            spoken = words[first : last + 1]
            start_s = min(word.start_s for word in spoken) - MARGIN_S
            end_s = max(word.end_s for word in spoken) + MARGIN_S
            times.append(Span(max(start_s, 0.0), end_s))
        return times

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        pieces = list(_pieces(text))
        for first, (start, _, _) in enumerate(pieces):
            letters = ""
            for _, end, more in pieces[first:]:
                letters += more
                if len(letters) > self._longest:
                    break
                if any(letters.removesuffix(ending) in self._wanted for ending in _ENDINGS):
                    yield start, end


def mask_report(report: Report, masker: Masker) -> Report:
    """`report` without the names, and without what tells whose machine it was made on.

    Its sound is not touched: see `Masker.stretches`.
    """
    return replace(
        report,
        review=_document(report.review, masker),
        notes=masker.text(report.notes),
        to_reader=masker.text(report.to_reader),
        takes=tuple(_take(take, masker) for take in report.takes),
    )


def _take(take: Take, masker: Masker) -> Take:
    """Only the numbers of a take are shown; what else it holds goes no further."""
    return replace(
        take,
        question=_optional(take.question, masker),
        question_id=None,
        bank=None,
        audio=None,
        device=None,
        interrupted=None,
        failure=None,
        model=_model(take.model, masker),
        notes="",
    )


def _model(name: str | None, masker: Masker) -> str | None:
    """A model may be named by its path."""
    return name and masker.text(PurePath(name).name)


def _document(document: ReviewDocument, masker: Masker) -> ReviewDocument:
    heard, take, check = document.transcription, document.take, document.calibration
    anonymous = replace(
        document,
        # The id of a question is made of its words.
        take=take and replace(take, question_id=None),
        source=replace(document.source, path=None, track=None),
        transcription=replace(heard, model=_model(heard.model, masker)),
        words=tuple(_words(document.words, masker)),
        calibration=check and replace(check, device=None, model=_model(check.model, masker) or ""),
    )
    return _everywhere(anonymous, masker)


def _everywhere(found: Found, masker: Masker) -> Found:
    """`found` with every text in it masked: a field that is new in the document is, too."""
    if isinstance(found, str):
        return cast("Found", masker.text(found))
    if isinstance(found, tuple):
        return cast("Found", tuple(_everywhere(item, masker) for item in found))
    if not is_dataclass(found) or isinstance(found, type):
        return found
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    changed = {
        name: _everywhere(value, masker)
        for name, value in values.items()
        if not (isinstance(value, str) and name in _OURS)
    }
    return replace(found, **changed)


def _words(words: Sequence[Word], masker: Masker) -> Iterator[Word]:
    """A name of several words becomes one."""
    firsts = dict(masker.runs(words))
    index = 0
    while index < len(words):
        last = firsts.get(index, index)
        word = words[index]
        if index in firsts:
            spoken = words[index : last + 1]
            text = masker.text(" ".join(part.text for part in spoken))
            word = Word(text, word.start_s, max(part.end_s for part in spoken))
        yield word
        index = last + 1


def _optional(text: str | None, masker: Masker) -> str | None:
    return None if text is None else masker.text(text)


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """The words and numbers in `text`, folded, with where they begin and end."""
    for found in _PIECE.finditer(text):
        start = found.start()
        for end in range(start + 1, found.end()):
            if _begins_anew(text[end - 1], text[end]):
                yield start, end, _letters(text[start:end])
                start = end
        yield start, found.end(), _letters(text[start : found.end()])


def _begins_anew(before: str, after: str) -> bool:
    """A capital after a small letter, as in `DataDog`; or a script without spaces."""
    return (before.islower() and after.isupper()) or unicodedata.east_asian_width(after) == "W"


def _letters(text: str) -> str:
    """`text` without case, accents and whatever is no letter or digit."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in folded if character.isalnum())
