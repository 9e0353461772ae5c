"""Text in columns: fitting a text to a width, and the columns of a table side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from practice.base.text import one_line, shorten

if TYPE_CHECKING:
    from practice.library.takes import Take

NARROWEST = 10
"""Cells that a flexible column keeps however narrow the screen is."""
ROOMY = 60
"""From so many cells on, a table has all its columns but those for wide screens."""
WIDE = 104
"""From so many cells on, the columns for wide screens are shown."""


def fit(text: str, width: int, *, right: bool = False, gap: int = 1, shared: int = 0) -> str:
    """`text` on one line in exactly `width` cells, shortened with an ellipsis where it is longer.

    Args:
        text: May come from outside.
        width: In cells of the terminal; a wide character takes two.
        right: Whether it is aligned to the right.
        gap: Cells that stay free, so that it does not touch the column beside it.
        shared: How many of its first characters are those of another line beside it, too.
    """
    line = shorten(one_line(text), max(0, width - gap), shared, cell_len)
    if right:
        line = " " * (width - cell_len(line)) + line
    return set_cell_size(line, width)


@dataclass(frozen=True, slots=True)
class RowContext:
    """What the text of a line depends on beside its take."""

    now: datetime
    """What days are named from."""
    part: Callable[[str], float | None]
    """How much of a take is heard by now; None when it does not wait for its review."""
    has_model: bool
    """Whether there is a speech model to hear takes with."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of takes."""

    title: str
    width: int
    """Cells; 0 takes what is left."""
    text: "Callable[[Take, RowContext], str]"
    right: bool = False
    """Whether it is aligned to the right."""
    from_width: int = 0
    """It is shown on a table of so many cells or more,"""
    below_width: int = 100_000
    """and of fewer than so many."""
    tells_apart: bool = False
    """Whether its texts may begin alike, so that they are shortened where they do not differ."""
    is_muted: bool = False
    measured: bool = False
    """Whether a take without numbers says what it waits for here; such columns come last."""
    tells_of_stutter: bool = False
    """Whether it is left out for a user who stutters."""


def lay_out(columns: Sequence[Column], width: int) -> list[tuple[Column, int]]:
    """The columns that fit into `width` cells, each with its own width."""
    shown = [column for column in columns if column.from_width <= width < column.below_width]
    left = max(NARROWEST, width - sum(column.width for column in shown))
    return [(column, column.width or left) for column in shown]
