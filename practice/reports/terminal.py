"""The plain review: lines of text for a terminal, a pipe or a screen reader."""

from collections.abc import Iterator

from practice.base.text import clock_time
from practice.documents.review import ReviewDocument
from practice.reports import wording
from practice.reports.layout import (
    Cell,
    Line,
    Mark,
    Segment,
    cells_of,
    plain_line,
    wrap,
    wrap_text,
)
from practice.reports.marking import legend, mark_words

NARROWEST = 24
"""Below this width nothing can be laid out; lines are as wide then."""

_NAME_WIDTH = 20
_ANSI: dict[Mark, str] = {
    Mark.FILLER: "33",
    Mark.HABIT: "35",
    Mark.REPETITION: "36",
    Mark.RESTART: "36",
    Mark.PAUSE: "34",
    Mark.LONG_PAUSE: "1;34",
    Mark.HURRIED: "32",
    Mark.SLOW: "32",
}
_BOLD = "1"


def render(document: ReviewDocument, width: int = 80, colour: bool = False) -> str:
    """The review as text that ends with a line feed; no line is wider than `width`.

    Args:
        document: The review.
        width: Columns, at least `NARROWEST`.
        colour: Whether to colour the marks; their shapes tell the same without.
    """
    width = max(width, NARROWEST)
    blocks = (
        _header(document, width, colour),
        wrap_text(wording.judgement(document), width),
        wrap_text(wording.no_words(document), width),
        *_transcript(document, width, colour),
        _pace(document, width),
        _measures(document, width),
        *_coverage(document, width),
    )
    return "\n\n".join("\n".join(block) for block in blocks if any(block)) + "\n"


def _header(document: ReviewDocument, width: int, colour: bool) -> list[str]:
    title = wrap_text(wording.title(document), width)
    if colour:
        title = [f"\x1b[{_BOLD}m{line}\x1b[0m" for line in title]
    return title + wrap_text(wording.describe_take(document), width)


def _transcript(document: ReviewDocument, width: int, colour: bool) -> Iterator[list[str]]:
    cells = mark_words(document)
    yield [_styled(line, colour) for line in wrap(cells, width)]
    entries: list[Cell] = []
    for example, meaning, mark in legend(cells):
        first, *rest = cells_of(f"{meaning};")
        entries += [(Segment(example, mark), Segment(" "), *first), *rest]
    if entries:
        entries[-1] = (*entries[-1][:-1], Segment(entries[-1][-1].text.removesuffix(";")))
        yield [_styled(line, colour) for line in wrap(entries, width, "marks: ", "       ")]


def _styled(line: Line, colour: bool) -> str:
    if not colour:
        return plain_line(line)
    return "".join(
        f"\x1b[{_ANSI[segment.mark]}m{segment.text}\x1b[0m" if segment.mark else segment.text
        for segment in line
    )


def _pace(document: ReviewDocument, width: int) -> list[str]:
    pace = document.measures.pace
    if not pace:
        return []
    length_s = pace[0].end_s - pace[0].start_s
    label = len(clock_time(pace[-1].start_s)) + 1
    a_line = max((width - label) // 2, 1)
    strip = [
        f"{clock_time(pace[at].start_s):>{label - 1}} "
        + "".join(wording.block(window) * 2 for window in pace[at : at + a_line])
        for at in range(0, len(pace), a_line)
    ]
    return [
        *wrap_text(f"pace in words a minute, every {length_s:.0f} s", width),
        *strip,
        *wrap_text(wording.SCALE, width, "  ", "  "),
        *(
            line
            for said in wording.pace_words(document)
            for line in wrap_text(said, width, "  ", "    ")
        ),
    ]


def _measures(document: ReviewDocument, width: int) -> list[str]:
    lines: list[str] = []
    for row in wording.rows(document):
        text = f"{row.value}, {row.meaning}" if row.meaning else row.value
        if width < 3 * _NAME_WIDTH:
            lines += wrap_text(f"{row.name}: {text}", width, rest="  ")
        else:
            lines += wrap_text(
                text, width, f"{row.indented_name:<{_NAME_WIDTH}}", " " * _NAME_WIDTH
            )
    return lines


def _coverage(document: ReviewDocument, width: int) -> Iterator[list[str]]:
    for heading, said in wording.mentions(document):
        yield [
            *wrap_text(heading, width),
            *(line for mention in said for line in wrap_text(mention, width, "  ", "    ")),
        ]
