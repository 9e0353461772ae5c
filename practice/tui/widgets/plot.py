"""A measure over time as a line, with the user's band behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from practice.library.trends import FEWEST, Series
from practice.tui.presentation.columns import fit
from practice.tui.presentation.plotting import Cell, draw, scale

AXIS_ROWS = 2
"""The line at the foot, and the days under it."""
SMALLEST = (8, 2)
"""Cells across and down; below it nothing is drawn."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What a plot shows."""

    values: Sequence[float] = ()
    band: tuple[float, float] | None = None
    from_zero: bool = False
    first: str = ""
    """Names the left end."""
    last: str = ""
    """Names the right end."""


class Plot(Widget):
    """Axis, line, band; the words beside it say the same."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "plot--axis",
        "plot--line",
        "plot--point",
        "plot--edge",
        "plot--empty",
        "plot--band",
    }
    DEFAULT_CSS = """
    Plot {
        width: 1fr;
        height: 1fr;
        & > .plot--axis { color: $muted; }
        & > .plot--line { color: $primary; }
        & > .plot--point { color: $foreground; }
        & > .plot--edge { color: $border; }
        & > .plot--empty { color: $muted; }
        & > .plot--band { background: $panel; }
    }
    """

    curve: reactive[Curve] = reactive(Curve())
    """Replaced as a whole."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(id=name)
        self._drawn_for: tuple[object, ...] = ()
        self._rows: list[Strip] = []

    def render_line(self, y: int) -> Strip:
        """A row of the plot, the axis, or the days under it."""
        wanted = (self.curve, self.size, self.rich_style)
        if wanted != self._drawn_for:
            self._drawn_for, self._rows = wanted, self._drawn()
        if y < len(self._rows):
            return self._rows[y]
        return Strip.blank(self.size.width, self.rich_style)

    def _drawn(self) -> list[Strip]:
        curve, height = self.curve, self.size.height - AXIS_ROWS
        if not curve.values or height < SMALLEST[1]:
            return []
        measure = scale([*curve.values, *(curve.band or ())], height, from_zero=curve.from_zero)
        labels = {measure.row(tick, height): measure.label(tick) for tick in measure.ticks}
        margin = max(map(len, labels.values())) + 1
        width = self.size.width - margin - 1
        if width < SMALLEST[0]:
            return []
        cells = draw(curve.values, measure, width, height, curve.band)
        axis = self._style("axis")
        rows = [
            [Segment(f"{labels.get(y, ''):>{margin}}{'┤' if y in labels else '│'}", axis)]
            + [Segment(cell.text, self._of(cell)) for cell in row]
            for y, row in enumerate(cells)
        ]
        rows += [[Segment(" " * margin + "└" + "─" * width, axis)]]
        rows += [[Segment(" " * (margin + 1) + self._ends(width), axis)]]
        return [Strip(row).simplify() for row in rows]

    def _ends(self, width: int) -> str:
        """The names of both ends, one at either end."""
        left = fit(self.curve.first, max(0, width - len(self.curve.last)))
        return f"{left}{self.curve.last}"[:width]

    def _of(self, cell: Cell) -> Style:
        style = self._style(cell.part.value)
        if cell.in_band:
            style += self.get_component_rich_style("plot--band", partial=True)
        return style

    def _style(self, name: str) -> Style:
        return self.rich_style + self.get_component_rich_style(f"plot--{name}", partial=True)


def curve_of(found: Series, day: Callable[[datetime], str]) -> Curve:
    """The curve of a series.

    Args:
        found: The series.
        day: Names a day.
    """
    if len(found.points) < FEWEST:
        return Curve()
    return Curve(
        found.values,
        None if found.band is None else (found.band.low, found.band.high),
        found.measure.from_zero,
        day(found.points[0].at),
        day(found.points[-1].at),
    )
