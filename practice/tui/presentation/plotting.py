"""A line through numbers, drawn with the eight dots of a braille character; knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import ceil, floor, log10

DOTS_ACROSS = 2
DOTS_DOWN = 4
_BRAILLE = 0x2800
_DOT = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bit of a dot in its character, by column and row (Unicode 16, chapter 21.1)."""
_STEPS = (1.0, 2.0, 2.5, 5.0)
_SLACK = 1e-9
"""What rounding may be off by."""
_LEAST_SPAN = 0.01
"""A change smaller than this part of the values is drawn as none."""
_FEWEST_TICKS = 2
_MOST_TICKS = 6
_ROWS_A_TICK = 3
_CELLS_A_POINT = 3
"""Points are drawn one by one while there is so much room for each."""


class Part(Enum):
    """What a cell of the plot belongs to."""

    EMPTY = "empty"
    LINE = "line"
    POINT = "point"
    EDGE = "edge"
    """The upper or lower end of the band."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of the plot."""

    text: str
    part: Part
    in_band: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to rows of dots, the highest value on top."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """The round values within it that get a label, lowest first."""
        first, last = ceil(self.low / self.step - _SLACK), floor(self.high / self.step + _SLACK)
        return [at * self.step for at in range(first, last + 1)]

    def part(self, value: float) -> float:
        """How far down `value` lies, 0 to 1."""
        return (self.high - value) / (self.high - self.low)

    def row(self, value: float, rows: int) -> int:
        """The row of `value` among `rows`."""
        return min(rows - 1, max(0, round(self.part(value) * (rows - 1))))

    def label(self, value: float) -> str:
        """`value` with the decimals that the steps have."""
        decimals = max(0, -floor(log10(self.step)))
        if round(self.step, decimals) != self.step:
            decimals += 1
        return f"{value:.{decimals}f}"


def scale(values: Sequence[float], rows: int, *, from_zero: bool) -> Scale:
    """A scale that holds `values`, with at least two round numbers on it.

    Args:
        values: At least one; all of them finite.
        rows: Of characters that there are.
        from_zero: Whether it begins at 0 however high the values are.
    """
    low, high = min(values), max(values)
    if from_zero:
        low = min(0.0, low)
    if high - low < abs(high) * _LEAST_SPAN or low == high:
        spread = max(1.0, abs(high) * _LEAST_SPAN)
        low, high = (low if from_zero else low - spread), high + spread
    span = high - low
    wished = span / max(_FEWEST_TICKS, min(_MOST_TICKS, rows // _ROWS_A_TICK))
    return Scale(low, high, _step(wished, span / _FEWEST_TICKS))


def draw(
    values: Sequence[float],
    measure: Scale,
    width: int,
    height: int,
    band: tuple[float, float] | None = None,
) -> list[list[Cell]]:
    """`height` rows of `width` cells with a line through `values`, equal steps apart.

    Args:
        values: In order, all within the scale.
        measure: The scale.
        width: Cells across, at least one.
        height: Cells down, at least one.
        band: The ends of a stretch to set off, within the scale.
    """
    dots = [[0] * width for _ in range(height)]
    places = _places(values, measure, width * DOTS_ACROSS, height * DOTS_DOWN)
    for before, after in pairwise(places):
        for x, y in _between(before, after):
            dots[y // DOTS_DOWN][x // DOTS_ACROSS] |= _DOT[x % DOTS_ACROSS][y % DOTS_DOWN]
    points = set[tuple[int, int]]()
    if len(values) * _CELLS_A_POINT <= width or len(values) == 1:
        points = {(x // DOTS_ACROSS, y // DOTS_DOWN) for x, y in places}
    banded = _band_rows(band, measure, height)
    edges = {banded.start, banded.stop - 1} if banded else set()
    return [
        [_cell(dots[y][x], (x, y) in points, y in banded, y in edges) for x in range(width)]
        for y in range(height)
    ]


def _cell(dots: int, is_point: bool, in_band: bool, on_edge: bool) -> Cell:
    if is_point:
        return Cell("●", Part.POINT, in_band)
    if dots:
        return Cell(chr(_BRAILLE + dots), Part.LINE, in_band)
    return Cell("╌", Part.EDGE, in_band) if on_edge else Cell(" ", Part.EMPTY, in_band)


def _band_rows(band: tuple[float, float] | None, measure: Scale, height: int) -> range:
    """The rows of the band, from the top."""
    if band is None:
        return range(0)
    low, high = band
    return range(measure.row(high, height), measure.row(low, height) + 1)


def _places(
    values: Sequence[float], measure: Scale, across: int, down: int
) -> list[tuple[int, int]]:
    """The dot of each value; a single one stands in the middle."""
    if len(values) == 1:
        return [(across // 2, measure.row(values[0], down))]
    last = len(values) - 1
    return [
        (round(at * (across - 1) / last), measure.row(value, down))
        for at, value in enumerate(values)
    ]


def _between(before: tuple[int, int], after: tuple[int, int]) -> list[tuple[int, int]]:
    """The dots of a straight line, both ends included."""
    (x0, y0), (x1, y1) = before, after
    steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    return [
        (round(x0 + (x1 - x0) * at / steps), round(y0 + (y1 - y0) * at / steps))
        for at in range(steps + 1)
    ]


def _step(wished: float, most: float) -> float:
    """The smallest round number from `wished` up to `most`; the greatest below where none is."""
    magnitude = 10.0 ** floor(log10(most))
    fitting = [
        step * power
        for power in (magnitude / 10, magnitude)
        for step in _STEPS
        if step * power <= most * (1 + _SLACK)
    ]
    return next((step for step in fitting if step >= wished * (1 - _SLACK)), fitting[-1])
