"""A marked transcript broken into rows of a given width."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from practice.reports.layout import Cell, cell_width, fit_cell, has_space


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell, or a part of one that is wider than a row."""

    place: int
    x: int
    """Its first column within the text."""
    segments: Cell
    width: int
    gap: int
    """Columns before it: 1, or 0 where it follows the piece before it without a space."""


Row = tuple[Piece, ...]


class Page:
    """The rows of a transcript, and where in them each place lies.

    Args:
        cells: What to lay out, one for each place.
        width: Columns of text.
    """

    def __init__(self, cells: Sequence[Cell], width: int) -> None:
        self.rows: list[Row] = []
        self.row_of: list[int] = []
        """The row in which each place begins."""
        row: list[Piece] = []
        used = 0
        for place, cell in enumerate(cells):
            # Measured as Textual measures it, which draws the row.
            for number, segments in enumerate(fit_cell(cell, max(width, 2), cell_len)):
                columns = cell_width(segments, cell_len)
                gap = int(not row or has_space(segments))
                if row and used + gap + columns > width:
                    self.rows.append(tuple(row))
                    row, used, gap = [], 0, 1
                x = used + gap if row else 0
                row.append(Piece(place, x, segments, columns, gap))
                used = x + columns
                if not number:
                    self.row_of.append(len(self.rows))
        if row:
            self.rows.append(tuple(row))

    def place_at(self, row: int, x: int) -> int | None:
        """The place at a column of a row, the gap before it included; None beside the text."""
        if not 0 <= row < len(self.rows):
            return None
        return next((p.place for p in self.rows[row] if p.x - 1 <= x < p.x + p.width), None)
