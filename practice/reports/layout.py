"""Text in lines of a given width: how wide it shows, where it breaks."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from practice.base.text import one_line

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_EMOJI_STYLE = "\N{VARIATION SELECTOR-16}"
"""Makes the character before it two columns wide, so it counts as one itself."""
_WIDTHLESS = {"Mn", "Me", "Cf"}


class Mark(StrEnum):
    """What a piece of the transcript is marked as."""

    FILLER = "filler"
    HABIT = "habit"
    REPETITION = "repetition"
    RESTART = "restart"
    PAUSE = "pause"
    LONG_PAUSE = "long-pause"
    HURRIED = "hurried"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text in one style."""

    text: str
    mark: Mark | None = None


Cell = tuple[Segment, ...]
"""What stays together: a word with the marks around it."""
Line = tuple[Segment, ...]


def display_width(text: str) -> int:
    """How many columns `text` takes in a terminal; never less than it does."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if character in {_SOFT_HYPHEN, _EMOJI_STYLE}:
        return 1
    if unicodedata.category(character) in _WIDTHLESS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cell_width(cell: Iterable[Segment]) -> int:
    """How many columns the segments take side by side."""
    return sum(display_width(segment.text) for segment in cell)


def cells_of(text: str) -> list[Cell]:
    """A cell for each word of `text`, made plain."""
    return [(Segment(word),) for word in one_line(text).split()]


def wrap(cells: Iterable[Cell], width: int, first: str = "", rest: str = "") -> list[Line]:
    """`cells` in lines of at most `width` columns, one space between two cells.

    A cell that is wider than a line is broken, between characters that do not combine.

    Args:
        cells: What to lay out.
        width: Columns; at least two more than the indents take.
        first: Begins the first line.
        rest: Begins every other line.
    """
    lines: list[list[Segment]] = [[Segment(first)] if first else []]
    used, is_empty = display_width(first), True
    for cell in _fitting(cells, width - max(display_width(first), display_width(rest))):
        columns = cell_width(cell)
        if not is_empty and used + 1 + columns > width:
            lines.append([Segment(rest)] if rest else [])
            used, is_empty = display_width(rest), True
        if not is_empty:
            lines[-1].append(Segment(" "))
            used += 1
        lines[-1].extend(cell)
        used, is_empty = used + columns, False
    return [tuple(line) for line in lines]


def wrap_text(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `width` columns; see `wrap`."""
    return [plain_line(line) for line in wrap(cells_of(text), width, first, rest)]


def plain_line(line: Sequence[Segment]) -> str:
    """The text of `line` without its styles."""
    return "".join(segment.text for segment in line)


def _fitting(cells: Iterable[Cell], width: int) -> Iterator[Cell]:
    """`cells`, those wider than `width` broken into several."""
    for cell in cells:
        if cell_width(cell) <= width:
            yield cell
        else:
            yield from _broken(cell, width)


def _broken(cell: Cell, width: int) -> Iterator[Cell]:
    part: list[Segment] = []
    used = 0
    for segment in cell:
        for character in segment.text:
            columns = _columns(character)
            if part and columns and used + columns > width:
                yield tuple(part)
                part, used = [], 0
            if part and part[-1].mark == segment.mark:
                part[-1] = replace(part[-1], text=part[-1].text + character)
            else:
                part.append(replace(segment, text=character))
            used += columns
    if part:
        yield tuple(part)
