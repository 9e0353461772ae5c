"""Where the lines and bars of a report's charts lie: per cent across, pixels down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from practice.base.text import clock_time
from practice.documents.review import ReviewDocument
from practice.library.takes import Take
from practice.library.trends import (
    TREND_MEASURE_BY_KEY,
    TrendMeasure,
    choose_comparable,
    format_value,
    name_measure,
)
from practice.reports.layout import Mark
from practice.reports.marking import SHAPES, mark_of

WAVE_BARS = 180
WAVE_HEIGHT = 100.0
_WAVE_EXPONENT = 0.7
"""Below 1, so that what is said softly still shows beside one loud word."""
_LOWEST_BAR = 2.0
"""A bar of silence: still a line, so that nobody takes the chart for broken."""
PACE_HEIGHT = 120.0
PACE_TOP_WPM = 260.0
PACE_LINES_WPM = (80, 120, 160, 200)
"""Where the blocks of `wording.PACE_BLOCKS` change."""
TREND_HEIGHT = 44.0
FOLLOWED = ("wpm", "fillers", "longest_pause")
"""The measures whose course over takes is drawn."""
_HEADINGS = {
    "wpm": "pace",
    "fillers": "fillers a minute",
    "longest_pause": "longest pause, s",
}
"""Of the columns of the followed measures."""
_LABELLED = 14
"""With more windows than this their numbers would touch on a phone."""
_MARGIN_PERCENT = 6.0
"""To the left and right of the points of a trend, so that none is cut off."""
_MARGIN = 8.0
"""Above and below them."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A finding on the line of time."""

    x: float
    shape: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class PaceBar:
    """The pace of one window."""

    x: float
    width: float
    y: float
    height: float
    label: str
    """The words a minute; empty where there is no room."""
    time: str
    """When it begins; empty where there is no room."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One take in the course of a measure."""

    x: float
    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The course of one measure over takes."""

    name: str
    points: tuple[TrendPoint, ...]
    lines: tuple[tuple[TrendPoint, TrendPoint], ...]
    span: str
    """Its first and last value."""
    said: str
    """All of it in words."""


def wave_path(levels: Sequence[float]) -> str:
    """The loudness over time as an SVG path, `WAVE_BARS` by `WAVE_HEIGHT`, around its middle."""
    loudest = max(levels, default=0.0)
    if not loudest:
        return ""
    path = []
    for bar in range(WAVE_BARS):
        # A short sound has fewer levels than there are bars: some bars then share one.
        first = bar * len(levels) // WAVE_BARS
        part = levels[first : max((bar + 1) * len(levels) // WAVE_BARS, first + 1)]
        height = max(WAVE_HEIGHT * (max(part) / loudest) ** _WAVE_EXPONENT, _LOWEST_BAR)
        # A rectangle 0.6 wide: the gap to the next one is what makes it a bar.
        path.append(f"M{bar + 0.2:.1f} {(WAVE_HEIGHT - height) / 2:.1f}h.6v{height:.1f}h-.6z")
    return "".join(path)


def make_ticks(document: ReviewDocument, duration_s: float) -> list[Tick]:
    """Where along the take its findings begin."""
    marks = [(finding.start_s, mark_of(finding)) for finding in document.findings]
    return [
        Tick(_x_percent(start_s, duration_s), SHAPES[mark][0].strip(), mark)
        for start_s, mark in marks
    ]


def pace_bars(document: ReviewDocument, duration_s: float) -> list[PaceBar]:
    """The pace along the take."""
    pace = document.measures.pace
    # Where there is no room for every label, every second or third time is shown and no number.
    every = len(pace) // _LABELLED + 1
    bars = []
    for number, window in enumerate(pace):
        x = _x_percent(window.start_s, duration_s)
        height = PACE_HEIGHT * min(window.wpm, PACE_TOP_WPM) / PACE_TOP_WPM
        shown = number % every == 0
        bars.append(
            PaceBar(
                x,
                max(_x_percent(window.end_s, duration_s) - x, 0.0),
                round(PACE_HEIGHT - height, 1),
                round(height, 1),
                f"{window.wpm:.0f}" if every == 1 else "",
                clock_time(window.start_s) if shown else "",
            )
        )
    return bars


def pace_lines() -> list[tuple[int, float]]:
    """The words a minute of each line of the scale, and how far down it lies."""
    return [(wpm, round(PACE_HEIGHT * (1 - wpm / PACE_TOP_WPM), 1)) for wpm in PACE_LINES_WPM]


def make_trends(takes: Sequence[Take]) -> list[Trend]:
    """The course of each followed measure over `takes`, oldest first; none of fewer than two."""
    trends = [_make_trend(takes, TREND_MEASURE_BY_KEY[key]) for key in FOLLOWED]
    return [trend for trend in trends if trend is not None]


def _make_trend(takes: Sequence[Take], measure: TrendMeasure) -> Trend | None:
    measured = [(take, value) for take in takes if (value := measure.of(take)) is not None]
    comparable, counted = choose_comparable(measured, measure)
    known = [(take.number, value) for take, value in comparable]
    if len(known) < 2:
        return None
    low, high = min(value for _, value in known), max(value for _, value in known)
    points = []
    for index, (number, value) in enumerate(known):
        # Equal distances, whatever the time between the takes: what counts is their order. Where
        # all values are the same, they lie in the middle.
        across = index / (len(known) - 1)
        down = 0.5 if high == low else (high - value) / (high - low)
        points.append(
            TrendPoint(
                round(_MARGIN_PERCENT + (100 - 2 * _MARGIN_PERCENT) * across, 2),
                round(_MARGIN + (TREND_HEIGHT - 2 * _MARGIN) * down, 1),
                f"take {number}: {measure.say(value)}",
            )
        )
    span = f"{measure.say(known[0][1])} → {measure.say(known[-1][1])}"
    name = name_measure(measure, counted)
    said = f"{name}, {', '.join(point.said for point in points)}"
    return Trend(name, tuple(points), tuple(pairwise(points)), span, said)


def take_headings(takes: Sequence[Take]) -> tuple[str, ...]:
    """What stands over the columns of `take_rows`."""
    measured = (_HEADINGS[measure.key] for measure in _measures_known(takes))
    return ("take", "day", "length", *measured, "own rating")


def _measures_known(takes: Sequence[Take]) -> list[TrendMeasure]:
    """The followed measures that at least one of the takes has."""
    measures = (TREND_MEASURE_BY_KEY[key] for key in FOLLOWED)
    return [m for m in measures if any(m.of(take) is not None for take in takes)]


def take_rows(takes: Sequence[Take]) -> Iterator[tuple[str, ...]]:
    """A line for each take: number, day, length, each measure that is known of one, own rating."""
    measures = _measures_known(takes)
    for take in takes:
        shown = (format_value(take, measure) or "–" for measure in measures)
        length = "–" if take.duration_s is None else clock_time(take.duration_s)
        rating = "–" if take.rating is None else f"{take.rating} of 4"
        day = f"{take.recorded_at.astimezone():%Y-%m-%d}"
        yield (f"{take.number}", day, length, *shown, rating)


def _x_percent(time_s: float, duration_s: float) -> float:
    """How far across a time lies; what lies beyond the ends is moved to them."""
    return round(100 * min(max(time_s / duration_s, 0.0), 1.0), 2) if duration_s > 0 else 0.0
