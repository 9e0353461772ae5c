"""Text in columns: fitting a text to a width, and the columns of a table side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from practice.base.text import one_line

if TYPE_CHECKING:
    from practice.library.takes import Take

NARROWEST = 10
"""Cells that a flexible column keeps however narrow the screen is."""
WIDE = 104
"""From so many cells on, the columns for wide screens are shown."""


def fit(text: str, width: int, *, right: bool = False, gap: int = 1) -> str:
    """`text` on one line in exactly `width` cells, cut with an ellipsis where it is longer.

    Args:
        text: May come from outside.
        width: In cells of the terminal; a wide character takes two.
        right: Whether it is aligned to the right.
        gap: Cells that stay free, so that it does not touch the column beside it.
    """
    line = one_line(text)
    room = max(0, width - gap)
    if cell_len(line) > room:
        line = set_cell_size(line, max(0, room - 1)).rstrip() + "…"
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
    wide_only: bool = False
    is_muted: bool = False
    measured: bool = False
    """Whether a take without numbers says what it waits for here; such columns come last."""


def lay_out(columns: Sequence[Column], width: int) -> list[tuple[Column, int]]:
    """The columns that fit into `width` cells, each with its own width."""
    shown = [column for column in columns if width >= WIDE or not column.wide_only]
    left = max(NARROWEST, width - sum(column.width for column in shown))
    return [(column, column.width or left) for column in shown]
