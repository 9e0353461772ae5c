"""Text in lines of a given width: how wide it shows, where it breaks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from practice.base.text import one_line


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
class StyledText:
    """A piece of text in one style."""

    text: str
    mark: Mark | None = None
    shape: Literal["opens", "closes"] | None = None
    """What it does for its mark where it is its shape; None where it is a text of its own."""
    space_before: bool = True
    """Of the first in a cell: a space stands before the cell, unless a line begins there."""


Cell = tuple[StyledText, ...]
"""What stays together: a word with the marks around it."""
Line = tuple[StyledText, ...]
TextWidth = Callable[[str], int]
"""Says how many columns a text takes. Programs differ in it: what is laid out for one of them has
to be measured as that one measures."""


def display_width(text: str) -> int:
    """How many columns `text` takes in a terminal."""
    # Here, not above: most commands import this module and lay out nothing.
    from wcwidth import width  # lazy: only for a layout

    return width(text, control_codes="ignore")


def cell_width(cell: Iterable[StyledText], measure: TextWidth = display_width) -> int:
    """How many columns the parts of a cell take side by side."""
    return sum(measure(styled.text) for styled in cell)


def join_cells(cells: Iterable[Cell]) -> str:
    """The text of `cells` in one line."""
    return "".join(" " * has_space(cell) + plain_line(cell) for cell in cells).removeprefix(" ")


def has_space(cell: Cell) -> bool:
    """Whether a space stands before `cell` within a line."""
    return not cell or cell[0].space_before


def cells_of(text: str) -> list[Cell]:
    """A cell for each word of `text`, made plain."""
    return [(StyledText(word),) for word in one_line(text).split()]


def wrap(cells: Iterable[Cell], width: int, first: str = "", rest: str = "") -> list[Line]:
    """`cells` in lines of at most `width` columns, with a space between two cells that have one.

    A cell that is wider than a line is broken.

    Args:
        cells: What to lay out.
        width: Columns; at least two more than the indents take.
        first: Begins the first line.
        rest: Begins every other line.
    """
    lines: list[list[StyledText]] = [[StyledText(first)] if first else []]
    used, is_empty = display_width(first), True
    room = width - max(display_width(first), display_width(rest))
    for cell in (part for whole in cells for part in fit_cell(whole, room)):
        columns, gap = cell_width(cell), has_space(cell)
        if not is_empty and used + gap + columns > width:
            lines.append([StyledText(rest)] if rest else [])
            used, is_empty = display_width(rest), True
        if gap and not is_empty:
            lines[-1].append(StyledText(" "))
            used += 1
        lines[-1].extend(cell)
        used, is_empty = used + columns, False
    return [tuple(line) for line in lines]


def wrap_text(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `width` columns; see `wrap`."""
    return [plain_line(line) for line in wrap(cells_of(text), width, first, rest)]


def plain_line(line: Sequence[StyledText]) -> str:
    """The text of `line` without its styles."""
    return "".join(styled.text for styled in line)


def fit_cell(cell: Cell, width: int, measure: TextWidth = display_width) -> list[Cell]:
    """`cell` in parts of at most `width` columns; whole where it fits."""
    if cell_width(cell, measure) <= width:
        return [cell]
    parts: list[Cell] = []
    part: list[StyledText] = []
    used = 0
    for styled in cell:
        begin = end = 0
        for character in _split_characters(styled.text, width, measure):
            columns = measure(character)
            # What takes no column stays in the line of what it belongs to.
            if columns and used + columns > width and (part or end > begin):
                if end > begin:
                    part.append(replace(styled, text=styled.text[begin:end]))
                parts.append(tuple(part))
                part, used, begin = [], 0, end
            end += len(character)
            used += columns
        if end > begin:
            part.append(replace(styled, text=styled.text[begin:]))
    return [*parts, tuple(part)]


def _split_characters(text: str, width: int, measure: TextWidth) -> Iterator[str]:
    """What people see as characters: a letter with its accents, an emoji of several parts."""
    from wcwidth import iter_graphemes  # lazy: only for a layout

    for cluster in iter_graphemes(text):
        if measure(cluster) <= width:
            yield cluster
            continue
        # Some scripts join letters without end. Such a cluster is cut before each of its letters.
        begin = 0
        for at in range(1, len(cluster)):
            if measure(cluster[at]):
                yield cluster[begin:at]
                begin = at
        yield cluster[begin:]
