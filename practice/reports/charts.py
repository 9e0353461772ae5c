"""Where the lines and bars of a report's charts lie: per cent across, pixels down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from practice.base.text import clock_time
from practice.documents.review import ReviewDocument
from practice.library.takes import Take
from practice.library.trends import TREND_MEASURE_BY_KEY, TrendMeasure
from practice.reports.layout import Mark
from practice.reports.marking import SHAPES, mark_of

WAVE_BARS = 180
WAVE_HEIGHT = 100.0
PACE_HEIGHT = 120.0
PACE_TOP_WPM = 260.0
PACE_LINES_WPM = (80, 120, 160, 200)
"""Where the blocks of `wording.LEVELS` change."""
TREND_HEIGHT = 44.0
FOLLOWED = ("wpm", "fillers", "longest_pause")
"""The measures whose course over takes is drawn."""
TAKE_HEADINGS = (
    "take",
    "day",
    "length",
    "words a minute",
    "fillers a minute",
    "longest pause, s",
    "own rating",
)
"""Of the columns of `take_rows`."""
_LABELLED = 14
"""With more windows than this their numbers would touch on a phone."""
_ROOM = 8.0
"""Above and below the points of a trend."""


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


def wave(levels: Sequence[float]) -> str:
    """The loudness over time as an SVG path, `WAVE_BARS` by `WAVE_HEIGHT`, around its middle."""
    loudest = max(levels, default=0.0)
    if not loudest:
        return ""
    path = []
    for bar in range(WAVE_BARS):
        first = bar * len(levels) // WAVE_BARS
        part = levels[first : max((bar + 1) * len(levels) // WAVE_BARS, first + 1)]
        height = max(WAVE_HEIGHT * (max(part) / loudest) ** 0.7, 2.0)
        path.append(f"M{bar + 0.2:.1f} {(WAVE_HEIGHT - height) / 2:.1f}h.6v{height:.1f}h-.6z")
    return "".join(path)


def ticks(document: ReviewDocument, duration_s: float) -> list[Tick]:
    """Where along the take its findings begin."""
    found = []
    for finding in document.findings:
        mark = mark_of(finding)
        x = _across(finding.start_s, duration_s)
        found.append(Tick(x, SHAPES[mark][0].strip(), mark))
    return found


def pace_bars(document: ReviewDocument, duration_s: float) -> list[PaceBar]:
    """The pace along the take."""
    pace = document.measures.pace
    every = len(pace) // _LABELLED + 1
    bars = []
    for number, window in enumerate(pace):
        x = _across(window.start_s, duration_s)
        height = PACE_HEIGHT * min(window.wpm, PACE_TOP_WPM) / PACE_TOP_WPM
        shown = number % every == 0
        bars.append(
            PaceBar(
                x,
                max(_across(window.end_s, duration_s) - x, 0.0),
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


def trends(takes: Sequence[Take]) -> list[Trend]:
    """The course of each followed measure over `takes`, oldest first; none of fewer than two."""
    return [
        trend for key in FOLLOWED if (trend := _trend(takes, TREND_MEASURE_BY_KEY[key])) is not None
    ]


def _trend(takes: Sequence[Take], measure: TrendMeasure) -> Trend | None:
    known = [(take.number, value) for take in takes if (value := measure.of(take)) is not None]
    if len(known) < 2:
        return None
    low, high = min(value for _, value in known), max(value for _, value in known)
    points = tuple(
        TrendPoint(
            round(6 + 88 * index / (len(known) - 1), 2),
            round(_ROOM + (TREND_HEIGHT - 2 * _ROOM) * _down(value, low, high), 1),
            f"take {number}: {measure.say(value)}",
        )
        for index, (number, value) in enumerate(known)
    )
    span = f"{measure.say(known[0][1])} → {measure.say(known[-1][1])}"
    said = f"{measure.name}, {', '.join(point.said for point in points)}"
    return Trend(measure.name, points, tuple(pairwise(points)), span, said)


def take_rows(takes: Sequence[Take]) -> Iterator[tuple[str, ...]]:
    """A line for each take: number, day, length, each followed measure, own rating."""
    for take in takes:
        shown = (_bare(TREND_MEASURE_BY_KEY[key], take) for key in FOLLOWED)
        length = "–" if take.duration_s is None else clock_time(take.duration_s)
        rating = "–" if take.rating is None else f"{take.rating} of 4"
        day = f"{take.recorded_at.astimezone():%Y-%m-%d}"
        yield (f"{take.number}", day, length, *shown, rating)


def _bare(measure: TrendMeasure, take: Take) -> str:
    value = measure.of(take)
    return "–" if value is None else f"{value:.{measure.decimals}f}"


def _across(time_s: float, duration_s: float) -> float:
    return round(100 * min(max(time_s / duration_s, 0.0), 1.0), 2) if duration_s > 0 else 0.0


def _down(value: float, low: float, high: float) -> float:
    return 0.5 if high == low else (high - value) / (high - low)
