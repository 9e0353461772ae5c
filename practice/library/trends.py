"""What becomes of each measure over takes or sessions, and the band that is usual for the user.

Nothing here is a score: a series holds what was measured, in the order it was said, and the band
is where the first takes of the same series lay.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from statistics import median
from typing import Literal

from practice.base.spacing import format_pace
from practice.library.takes import Take, TakeMeasures

BAND_TAKES = 5
"""How many takes make the band. The next value of an unchanged speaker lies outside the range of
five about one time in three (2 / (5 + 1), for any continuous distribution)."""
FEWEST = 3
"""Below so many points there is nothing to see."""


@dataclass(frozen=True, slots=True)
class TrendMeasure:
    """Something that is followed over time."""

    key: str
    name: str
    """As people call it, with its unit."""
    of: Callable[[Take], float | None]
    """Its value for a take; None where there is none that can be trusted."""
    unit: str = ""
    """As it stands behind a number; empty where the name says it."""
    decimals: int = 0
    from_zero: bool = True
    """Whether a plot of it begins at nothing."""
    is_pace: bool = False
    """Whether it counts words, and characters in languages that write no spaces."""
    tells_of_stutter: bool = False
    """Whether pauses, repetitions or long sounds can be read from it."""

    def say(self, value: float) -> str:
        """`value` as it is read."""
        number = f"{value:.{self.decimals}f}"
        return f"{number} {self.unit}" if self.unit else number


def _if_judged(pick: Callable[[TakeMeasures], float | None]) -> Callable[[Take], float | None]:
    """A measure of takes that is None where the review says that its numbers cannot be trusted."""

    def value(take: Take) -> float | None:
        return pick(take.measures) if take.measures and take.measures.judged else None

    return value


def _pauses_per_min(take: Take) -> float | None:
    pauses = _if_judged(lambda measures: measures.pauses)(take)
    return None if pauses is None or not take.duration_s else 60 * pauses / take.duration_s


TREND_MEASURES: Sequence[TrendMeasure] = (
    TrendMeasure(
        "wpm",
        "words a minute",
        _if_judged(lambda m: m.wpm),
        from_zero=False,
        is_pace=True,
        tells_of_stutter=True,
    ),
    TrendMeasure(
        "speaking_wpm",
        "while speaking",
        _if_judged(lambda m: m.speaking_wpm),
        from_zero=False,
        is_pace=True,
        tells_of_stutter=True,
    ),
    TrendMeasure(
        "fillers", "fillers a minute", _if_judged(lambda m: m.fillers_per_min), decimals=1
    ),
    TrendMeasure("pauses", "pauses a minute", _pauses_per_min, decimals=1, tells_of_stutter=True),
    TrendMeasure(
        "longest_pause",
        "longest pause",
        _if_judged(lambda m: m.longest_pause_s),
        "s",
        decimals=1,
        tells_of_stutter=True,
    ),
    TrendMeasure(
        "longest_run",
        "longest run",
        _if_judged(lambda m: m.longest_run_s),
        "s",
        decimals=1,
        tells_of_stutter=True,
    ),
    TrendMeasure(
        "repetitions", "repeated words", _if_judged(lambda m: m.repetitions), tells_of_stutter=True
    ),
    TrendMeasure("length", "length", lambda take: take.duration_s, "s"),
    TrendMeasure("rating", "your rating", lambda take: take.rating),
)
"""Every measure that is followed; `docs/measures.md` defines them. Fillers are at least so many."""


def choose_measures(*, leaves_out_stutter: bool) -> Sequence[TrendMeasure]:
    """The measures that a user is shown."""
    return [m for m in TREND_MEASURES if not (leaves_out_stutter and m.tells_of_stutter)]


TREND_MEASURE_BY_KEY: Mapping[str, TrendMeasure] = {
    measure.key: measure for measure in TREND_MEASURES
}


class Grouping(StrEnum):
    """What a point stands for."""

    TAKES = "takes"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One take, or the middle (median) of the takes of one session."""

    at: datetime
    value: float
    takes: int
    """How many takes it stands for."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where the user's own first takes lay; both ends belong to it."""

    low: float
    high: float

    def place(self, value: float) -> Literal["below", "in", "above"]:
        """Where `value` lies."""
        if value < self.low:
            return "below"
        return "above" if value > self.high else "in"


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over time, oldest first."""

    measure: TrendMeasure
    grouping: Grouping
    points: tuple[SeriesPoint, ...]
    band: Band | None
    """None before there are `BAND_TAKES` takes with a value."""
    left_out: int
    """Takes without a value that can be trusted."""
    counted: str = "words"
    """What a pace counts in these takes: "words", or "characters" of some scripts."""
    counted_otherwise: int = 0
    """Takes whose pace counts the other of the two; they are left out, too."""

    @property
    def name(self) -> str:
        """What is followed, with its unit."""
        return name_measure(self.measure, self.counted)

    @property
    def values(self) -> tuple[float, ...]:
        """The values alone."""
        return tuple(point.value for point in self.points)


def name_measure(measure: TrendMeasure, counted: str) -> str:
    """The name of `measure` with what is `counted` in the place of words."""
    return measure.name.replace("words", counted) if measure.is_pace else measure.name


def format_value(take: Take, measure: TrendMeasure) -> str | None:
    """What `measure` was for `take` in a column of its name; a pace says what it counts."""
    value = measure.of(take)
    if value is None:
        return None
    if measure.is_pace:
        return format_pace(value, take.measures.language if take.measures else None)
    return f"{value:.{measure.decimals}f}"


def choose_comparable(
    measured: Sequence[tuple[Take, float]], measure: TrendMeasure
) -> tuple[list[tuple[Take, float]], str]:
    """Those of `measured`, oldest first, that count what the newest counts, and what that is.

    200 words and 200 characters a minute are no two points of one line.
    """
    units = [take.measures.counted_unit if take.measures else "words" for take, _ in measured]
    counted = units[-1] if units else "words"
    pairs = zip(measured, units, strict=True)
    return [pair for pair, unit in pairs if unit == counted or not measure.is_pace], counted


def make_series(
    takes: Iterable[Take],
    measure: TrendMeasure,
    grouping: Grouping = Grouping.TAKES,
    zone: tzinfo | None = None,
) -> Series:
    """What `measure` was over `takes`.

    Args:
        takes: In any order; fragments, and those whose recording was never finished, are left out.
        measure: One of `TREND_MEASURES`.
        grouping: What a point stands for. Takes outside a session make one for each day.
        zone: Where days begin; None is the machine's own.
    """
    recorded = [take for take in takes if take.duration_s is not None and not take.is_fragment]
    recorded.sort(key=lambda take: (take.recorded_at, take.id))
    measured = [(take, value) for take in recorded if (value := measure.of(take)) is not None]
    comparable, counted = choose_comparable(measured, measure)
    groups: dict[str, list[tuple[Take, float]]] = {}
    for take, value in comparable:
        groups.setdefault(_group_name(take, grouping, zone), []).append((take, value))
    # A group stands where its first take was recorded, so groups come in the order of time too.
    points = tuple(
        SeriesPoint(group[0][0].recorded_at, median(value for _, value in group), len(group))
        for group in groups.values()
    )
    # The band is made of takes whatever the points stand for: it does not move with the grouping.
    band = usual_band([value for _, value in comparable])
    return Series(
        measure,
        grouping,
        points,
        band,
        len(recorded) - len(measured),
        counted,
        len(measured) - len(comparable),
    )


def _group_name(take: Take, grouping: Grouping, zone: tzinfo | None) -> str:
    if grouping is Grouping.TAKES:
        return take.id
    if take.session_id is not None:
        return f"session {take.session_id}"
    return f"day {take.recorded_at.astimezone(zone).date()}"


def usual_band(values: Sequence[float]) -> Band | None:
    """From the lowest to the highest of the first `BAND_TAKES` values; None before there are."""
    first = values[:BAND_TAKES]
    return Band(min(first), max(first)) if len(first) == BAND_TAKES else None


def describe_series(series: Series, day: Callable[[datetime], str]) -> str:
    """What a plot of `series` shows, in two or three sentences.

    Args:
        series: What is plotted.
        day: Names a day.
    """
    measure, values, band = series.measure, series.values, series.band
    say, name = measure.say, series.name.capitalize()
    left_out = ""
    if series.left_out:
        takes = "take is" if series.left_out == 1 else "takes are"
        left_out = f" {series.left_out} {takes} left out (too noisy or too short)."
    if series.counted_otherwise:
        takes = "take is" if series.counted_otherwise == 1 else "takes are"
        other = "words" if series.counted == "characters" else "characters"
        left_out += f" {series.counted_otherwise} {takes} counted in {other} and left out."
    if len(values) < FEWEST:
        more = FEWEST - len(values)
        one = series.grouping[:-1] if more == 1 else series.grouping
        number = ("one", "two", "three")[more - 1]
        return f"{name}: {number} more {one} and the chart appears.{left_out}"
    course = f"{_say_range(measure, values)} in {len(values)} {series.grouping}"
    text = f"{name}: {course} since {day(series.points[0].at)}"
    newest = f"the newest {say(values[-1])}"
    if band is not None:
        newest += f", {band.place(values[-1])} your usual range"
    recent = values[-BAND_TAKES:]
    if len(values) > BAND_TAKES:
        # With no more than that, the last ones are all there are.
        text += f". The last {len(recent)}: {_say_range(measure, recent)}"
        text += f", middle {say(median(recent))}"
    text += f"; {newest}."
    if band is None:
        text += f" Your usual range is drawn after {BAND_TAKES} takes."
    else:
        span = _say_range(measure, (band.low, band.high))
        text += f" Your usual range, from your first {BAND_TAKES} takes: {span}."
    return text + left_out


def _say_range(measure: TrendMeasure, values: Sequence[float]) -> str:
    low, high = measure.say(min(values)), measure.say(max(values))
    return low if low == high else f"{low} to {high}"
