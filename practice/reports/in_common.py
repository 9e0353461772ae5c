"""What interviews have in common, as lines, Markdown and a page; the numbers come from elsewhere.

All three say the same: a page is put into words once, as parts with lines and tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from practice.base.text import escape_markdown, one_line, shorten
from practice.library.in_common import FEWEST_DEBRIEFS, InCommon, KindCount, TextCount
from practice.reports.html import load_page
from practice.reports.layout import display_width, wrap_text

TITLE = "What your interviews have in common"
LONGEST_ITEM = 300
"""Characters of a question, a reason, a story; longer ones are cut."""
FOOT = "These are counts. They say nothing about why, and nothing about you as a person."


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; the first column is text, the others are numbers or text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands below it; every text is one line."""

    heading: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    items: tuple[str, ...] = ()
    """A list."""


def describe_missing(missing: int) -> str:
    """What is said while there are too few debriefs; empty where there are enough."""
    if not missing:
        return ""
    more = "1 more debrief" if missing == 1 else f"{missing} more debriefs"
    return f"It takes {more}: from {FEWEST_DEBRIEFS} on, what they have in common stands here."


def describe_in_common(found: InCommon) -> list[Part]:
    """The report in words, one part for each thing that is counted."""
    parts = [
        Part(
            "Stages reached",
            (_of(found.ended, "interview", "whose end you noted"),),
            _tables(
                ("stage", "interviews", "how they ended"),
                ((row.stage, str(row.interviews), _join(row.outcomes)) for row in found.stages),
            ),
        ),
        Part(
            "How the answers went",
            (_of(found.preparation.asked, "question", f"in {_count(found.debriefs, 'debrief')}"),),
            (*_kind_tables("kind", found.kinds), *_kind_tables("about", found.competencies)),
        ),
        *_describe_preparation(found),
        Part(
            "Reasons they gave",
            (_of(found.rejections, "rejection"),),
            _count_tables("reason", found.reasons),
        ),
    ]
    if found.guesses:
        said = "What you think yourself, kept apart from what they said."
        parts.append(Part("Your guesses", (said,), _count_tables("guess", found.guesses)))
    parts.append(
        Part(
            "Stories you told",
            (_of(found.stories_told, "question", "answered with a story that you named"),),
            _tables(
                ("story", "told", "interviews", "more than once at"),
                (
                    (row.story, str(row.told), str(row.interviews), ", ".join(row.again_at) or "-")
                    for row in found.stories
                ),
            ),
        )
    )
    if found.never_told:
        parts.append(Part("Stories you never told", items=tuple(map(_cut, found.never_told))))
    return parts


def _describe_preparation(found: InCommon) -> Iterator[Part]:
    numbers = found.preparation
    practised = "No question was practised here before the last interview."
    if numbers.practised:
        practised = (
            f"{_count(numbers.practised, 'question')} practised before the last interview:"
            f" {numbers.practised_asked} came up afterwards, {numbers.practised_not_asked} did not."
        )
    yield Part(
        "Asked, and practised before",
        (
            f"{_count(numbers.asked, 'question')} asked: {numbers.asked_practised} you had"
            f" practised before that interview, {numbers.asked_not_practised} you had not.",
            practised,
        ),
    )
    if numbers.surprises:
        items = tuple(
            _cut(each.text) if each.count == 1 else f"{_cut(each.text)} ({each.count} times)"
            for each in numbers.surprises
        )
        yield Part("Asked, never practised before", items=items)
    if numbers.unused:
        yield Part("Practised, never asked", items=tuple(map(_cut, numbers.unused)))


def _kind_tables(what: str, rows: Sequence[KindCount]) -> tuple[Table, ...]:
    return _tables(
        (what, "asked", "rough", "okay", "strong", "not rated"),
        (
            (row.kind, *map(str, (row.asked, row.rough, row.okay, row.strong, row.not_rated)))
            for row in rows
        ),
    )


def _count_tables(what: str, counts: Sequence[TextCount]) -> tuple[Table, ...]:
    return _tables((what, "times"), ((each.text, str(each.count)) for each in counts))


def _tables(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> tuple[Table, ...]:
    """One table, or none where it would be empty."""
    found = tuple(tuple(map(_cut, row)) for row in rows)
    return (Table(header, found),) if found else ()


def _cut(text: str) -> str:
    """One line, cut where it is very long; the interview itself has it whole."""
    return shorten(one_line(text), LONGEST_ITEM)


def _join(counts: Iterable[TextCount]) -> str:
    return ", ".join(f"{each.count} {each.text}" for each in counts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _of(number: int, what: str, which: str = "") -> str:
    return f"Of {_count(number, what)}{f' {which}' if which else ''}." if number else "None yet."


def render_text(found: InCommon, missing: int, width: int = 100) -> str:
    """The report as lines for a terminal of that many columns."""
    if missing:
        return "\n".join(wrap_text(describe_missing(missing), width))
    lines = wrap_text(TITLE, width)
    for part in describe_in_common(found):
        lines += ["", *wrap_text(part.heading, width)]
        for line in part.lines:
            lines += wrap_text(line, width, "  ", "  ")
        for table in part.tables:
            lines += _draw_table(table, width)
        for item in map(one_line, part.items):
            lines += wrap_text(item, width, "  - ", "    ")
    return "\n".join([*lines, "", *wrap_text(FOOT, width)])


def _draw_table(table: Table, width: int) -> list[str]:
    """The table in columns, or, where it is too wide for them, a line for each row."""
    rows = (table.header, *table.rows)
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) + 2 > width:
        lines = []
        for row in table.rows:
            cells = zip(table.header[1:], row[1:], strict=True)
            told = ", ".join(f"{name} {cell}" for name, cell in cells if cell not in {"-", "0"})
            lines += wrap_text(f"{row[0]}: {told}", width, "  - ", "    ")
        return lines
    return [
        "    "
        + "  ".join(
            cell + " " * (room - display_width(cell))
            for cell, room in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def render_markdown(found: InCommon, missing: int) -> str:
    """The report as Markdown, ending with a line feed."""
    blocks = [f"# {TITLE}"]
    if missing:
        blocks.append(describe_missing(missing))
    for part in [] if missing else describe_in_common(found):
        blocks += [f"## {part.heading}", *map(escape_markdown, part.lines)]
        for table in part.tables:
            rows = [" | ".join(map(escape_markdown, row)) for row in table.rows]
            header = f"| {' | '.join(table.header)} |\n" + "|---" * len(table.header) + "|"
            blocks.append("\n".join([header, *(f"| {row} |" for row in rows)]))
        if part.items:
            blocks.append("\n".join(f"- {escape_markdown(item)}" for item in part.items))
    return "\n\n".join([*blocks, FOOT]) + "\n"


def render_html(found: InCommon, missing: int) -> str:
    """The report as a whole HTML document without a script."""
    parts = [] if missing else describe_in_common(found)
    said = describe_missing(missing)
    return load_page("in_common.html.j2", "in_common.css").render(
        title=TITLE, parts=parts, missing=said, foot=FOOT
    )
