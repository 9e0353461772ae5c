"""The plain review: lines of text for a terminal, a pipe or a screen reader."""

from collections.abc import Iterator, Sequence

from practice.base.text import clock_time
from practice.documents.review import ReviewDocument
from practice.reports import wording
from practice.reports.layout import (
    Cell,
    Line,
    Mark,
    StyledText,
    cells_of,
    plain_line,
    wrap,
    wrap_text,
)
from practice.reports.marking import legend, mark_words
from practice.reports.occasions import occasion_lists

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


def render(
    document: ReviewDocument,
    width: int = 80,
    colour: bool = False,
) -> str:
    """The review as text that ends with a line feed; no line is wider than `width`.

    Args:
        document: The review.
        width: Columns, at least `NARROWEST`.
        colour: Whether to colour the marks; their shapes tell the same without.
    """
    width = max(width, NARROWEST)
    title = _make_bold(wrap_text(wording.report_title(document), width), colour)
    return _join_blocks(
        title + wrap_text(wording.describe_take(document), width),
        *_opening_blocks(document, width, colour),
        *_transcript_blocks(document, width, colour),
        _pace_lines(document, width, drawn=True),
        *_measure_blocks(document, width),
        *_coverage_blocks(document, width),
        *_list_blocks(occasion_lists(document), width),
    )


def render_summary(document: ReviewDocument, width: int = 80, colour: bool = False) -> str:
    """The same without the words, to be read aloud after an answer.

    What a voice cannot say is left out, too: the drawn pace; and the question, which was just
    asked. Whoever listens cannot skip, so what matters most comes first, and the words are a
    part of their own, `render_words`.
    """
    width = max(width, NARROWEST)
    return _join_blocks(
        wrap_text(wording.describe_take(document), width),
        *_opening_blocks(document, width, colour),
        *_coverage_blocks(document, width),
        *_list_blocks(occasion_lists(document), width),
        *_measure_blocks(document, width),
        _pace_lines(document, width, drawn=False),
    )


def render_words(document: ReviewDocument, width: int = 80, colour: bool = False) -> str:
    """What was said, with its marks and what they mean; why there are no words, where so."""
    width = max(width, NARROWEST)
    missing = wrap_text(wording.explain_missing_words(document), width)
    return _join_blocks(missing, *_transcript_blocks(document, width, colour))


def _join_blocks(*blocks: list[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if any(block)) + "\n"


def _opening_blocks(document: ReviewDocument, width: int, colour: bool) -> Iterator[list[str]]:
    """What is said first, and what of the review is missing."""
    yield _first_lines(document, width, colour)
    yield wrap_text(wording.describe_judgement(document), width)
    yield wrap_text(wording.offer_language(document), width)
    yield wrap_text(wording.explain_missing_words(document), width)


def _first_lines(document: ReviewDocument, width: int, colour: bool) -> list[str]:
    """The places worth hearing, and what of the plan was not said."""
    said = [wrap_text(sentence, width, rest="  ") for sentence in wording.describe_first(document)]
    lines = [line for wrapped in said[1:] for line in wrapped]
    return [*_make_bold(said[0], colour), *lines] if said else []


def _make_bold(lines: list[str], colour: bool) -> list[str]:
    return [f"\x1b[{_BOLD}m{line}\x1b[0m" for line in lines] if colour else lines


def _transcript_blocks(document: ReviewDocument, width: int, colour: bool) -> Iterator[list[str]]:
    cells = mark_words(document)
    yield [_style_line(line, colour) for line in wrap(cells, width)]
    # An example and the first word of its meaning are one cell: no line ends between them.
    entries: list[Cell] = []
    for example, meaning, mark in legend(cells):
        first, *rest = cells_of(f"{meaning};")
        entries += [(StyledText(example, mark), StyledText(" "), *first), *rest]
    if entries:
        entries[-1] = (*entries[-1][:-1], StyledText(entries[-1][-1].text.removesuffix(";")))
        yield [_style_line(line, colour) for line in wrap(entries, width, "marks: ", "       ")]


def _style_line(line: Line, colour: bool) -> str:
    if not colour:
        return plain_line(line)
    return "".join(
        f"\x1b[{_ANSI[styled.mark]}m{styled.text}\x1b[0m" if styled.mark else styled.text
        for styled in line
    )


def _pace_lines(document: ReviewDocument, width: int, *, drawn: bool) -> list[str]:
    pace = document.measures.pace
    if not pace:
        return []
    length_s = pace[0].end_s - pace[0].start_s
    # Each line begins with the time of its first window; a window takes two columns.
    time_width = len(clock_time(pace[-1].start_s))
    windows_a_line = max((width - time_width - 1) // 2, 1)
    strip = [
        f"{clock_time(pace[at].start_s):>{time_width}} "
        + "".join(wording.pace_block(window) * 2 for window in pace[at : at + windows_a_line])
        for at in range(0, len(pace), windows_a_line)
    ]
    return [
        *wrap_text(
            f"pace in {wording.counted_unit(document)} a minute, every {length_s:.0f} s", width
        ),
        *(strip if drawn else ()),
        *(wrap_text(wording.SCALE, width, "  ", "  ") if drawn else ()),
        *(
            line
            for sentence in wording.describe_pace(document)
            for line in wrap_text(sentence, width, "  ", "    ")
        ),
    ]


def _measure_blocks(document: ReviewDocument, width: int) -> Iterator[list[str]]:
    """The numbers, those that are read together in a block with a title."""
    for title, rows in wording.group_rows(document):
        yield [title, *(line for row in rows for line in _row_lines(row, width))]


def _row_lines(row: wording.MeasureRow, width: int) -> list[str]:
    text = f"{row.value}, {row.meaning}" if row.meaning else row.value
    if width < 3 * _NAME_WIDTH:
        return wrap_text(f"{row.name}: {text}", width, "  ", "    ")
    return wrap_text(text, width, f"  {row.indented_name:<{_NAME_WIDTH}}", " " * (_NAME_WIDTH + 2))


def _coverage_blocks(document: ReviewDocument, width: int) -> Iterator[list[str]]:
    yield from _list_blocks(wording.coverage_lists(document), width)


def _list_blocks(lists: Sequence[tuple[str, list[str]]], width: int) -> Iterator[list[str]]:
    for heading, items in lists:
        yield [
            *wrap_text(heading, width),
            *(line for item in items for line in wrap_text(item, width, "  ", "    ")),
        ]
