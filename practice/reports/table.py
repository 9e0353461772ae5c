"""Words and findings, or measures over time, as tables of comma-separated values."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import fields

from practice.base.clock import iso_utc
from practice.base.text import guard_formula, one_line
from practice.base.words import Word
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument
from practice.library.takes import Take, TakeMeasures

COLUMNS = ("kind", "label", "text", "start_s", "end_s", "certainty", "source", "probability")
TAKE_COLUMNS = ("take", "recorded_at", "question_id", "question", "number", "session")
"""Which take a line is about; its measures follow, with the names that they have in a review."""


def render(document: ReviewDocument) -> str:
    """A line for each word (kind `word`) and each finding, in order of time, under a header.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    items: list[Word | Finding] = [*document.words, *document.findings]
    items.sort(key=lambda item: (item.start_s, item.end_s))
    return _write_csv(COLUMNS, map(_item_row, items))


def render_takes(takes: Iterable[Take]) -> str:
    """A line for each take that was reviewed, oldest first, under a header: its measures."""
    names = [field.name for field in fields(TakeMeasures)]
    reviewed = sorted((take for take in takes if take.measures), key=lambda take: take.recorded_at)
    header = (*TAKE_COLUMNS, "duration_s", *names, "rating", "starred", "model")
    return _write_csv(header, (_take_row(take, names) for take in reviewed))


def _take_row(take: Take, names: Sequence[str]) -> tuple[object, ...]:
    return (
        take.id,
        iso_utc(take.recorded_at),
        _cell_text(take.question_id or ""),
        _cell_text(take.question or ""),
        take.number,
        take.session_id or "",
        take.duration_s,
        *(getattr(take.measures, name) for name in names),
        take.rating,
        take.starred,
        _cell_text(take.model or ""),
    )


def _write_csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue()


def _item_row(item: Word | Finding) -> tuple[object, ...]:
    text, times = _cell_text(item.text or ""), (item.start_s, item.end_s)
    if isinstance(item, Word):
        return ("word", "", text, *times, "", "transcript", item.probability)
    return (item.kind, _cell_text(item.label), text, *times, item.certainty, item.source, None)


def _cell_text(text: str) -> str:
    return guard_formula(one_line(text))
