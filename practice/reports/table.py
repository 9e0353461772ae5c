"""Words and findings as one table of comma-separated values."""

import csv
import io

from practice.delivery.findings import Finding
from practice.reports.document import ReviewDocument
from practice.text import one_line
from practice.words import Word

COLUMNS = ("kind", "label", "text", "start_s", "end_s", "certainty", "source", "probability")
_FORMULA = ("=", "+", "-", "@")


def render(document: ReviewDocument) -> str:
    """A line for each word (kind `word`) and each finding, in order of time, under a header.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    spoken: list[Word | Finding] = [*document.words, *document.findings]
    spoken.sort(key=lambda item: (item.start_s, item.end_s))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, spoken))
    return file.getvalue()


def _row(item: Word | Finding) -> tuple[object, ...]:
    text, times = _text(item.text or ""), (item.start_s, item.end_s)
    if isinstance(item, Word):
        return ("word", "", text, *times, "", "transcript", item.probability)
    return (item.kind, _text(item.label), text, *times, item.certainty, item.source, None)


def _text(text: str) -> str:
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line
