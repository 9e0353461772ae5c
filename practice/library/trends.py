"""What becomes of each measure over takes or sittings, and the band that is usual for the user.

Nothing here is a score: a series holds what was measured, in the order it was said, and the band
is where the first takes of the same series lay.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from statistics import median
from typing import Literal

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
    unit: str
    """As it stands behind a number; empty where the name says it."""
    decimals: int
    from_zero: bool
    """Whether a plot of it begins at nothing."""
    of: Callable[[Take], float | None]
    """Its value for a take; None where there is none that can be trusted."""

    def say(self, value: float) -> str:
        """`value` as it is read."""
        number = f"{value:.{self.decimals}f}"
        return f"{number} {self.unit}" if self.unit else number


def _judged(pick: Callable[[TakeMeasures], float | None]) -> Callable[[Take], float | None]:
    def of(take: Take) -> float | None:
        return pick(take.measures) if take.measures and take.measures.judged else None

    return of


def _pauses_per_min(take: Take) -> float | None:
    if take.measures is None or not take.measures.judged or not take.duration_s:
        return None
    pauses = take.measures.pauses
    return None if pauses is None else 60 * pauses / take.duration_s


TREND_MEASURES: Sequence[TrendMeasure] = (
    TrendMeasure("wpm", "words a minute", "", 0, False, _judged(lambda m: m.wpm)),
    TrendMeasure("speaking_wpm", "while speaking", "", 0, False, _judged(lambda m: m.speaking_wpm)),
    TrendMeasure("fillers", "fillers a minute", "", 1, True, _judged(lambda m: m.fillers_per_min)),
    TrendMeasure("pauses", "pauses a minute", "", 1, True, _pauses_per_min),
    TrendMeasure(
        "longest_pause", "longest pause", "s", 1, True, _judged(lambda m: m.longest_pause_s)
    ),
    TrendMeasure("longest_run", "longest run", "s", 1, True, _judged(lambda m: m.longest_run_s)),
    TrendMeasure("repetitions", "said again", "", 0, True, _judged(lambda m: m.repetitions)),
    TrendMeasure("length", "length", "s", 0, True, lambda take: take.duration_s),
    TrendMeasure("rating", "your rating", "", 0, True, lambda take: take.rating),
)
"""Every measure that is followed; `docs/measures.md` defines them. Fillers are at least so many."""

TREND_MEASURE_BY_KEY: Mapping[str, TrendMeasure] = {
    measure.key: measure for measure in TREND_MEASURES
}


class Grouping(StrEnum):
    """What a point stands for."""

    TAKES = "takes"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One take, or the middle (median) of the takes of one sitting."""

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

    @property
    def values(self) -> tuple[float, ...]:
        """The values alone."""
        return tuple(point.value for point in self.points)


def make_series(
    takes: Iterable[Take],
    measure: TrendMeasure,
    grouping: Grouping = Grouping.TAKES,
    zone: tzinfo | None = None,
) -> Series:
    """What `measure` was over `takes`.

    Args:
        takes: In any order; those that were never kept are no part of it.
        measure: One of `MEASURES`.
        grouping: What a point stands for. Takes outside a session make one for each day.
        zone: Where days begin; None is the machine's own.
    """
    kept = sorted((take for take in takes if take.duration_s is not None), key=_time)
    measured = [(take, value) for take in kept if (value := measure.of(take)) is not None]
    groups: dict[str, list[tuple[Take, float]]] = {}
    for take, value in measured:
        name = take.id if grouping is Grouping.TAKES else _sitting(take, zone)
        groups.setdefault(name, []).append((take, value))
    points = tuple(
        SeriesPoint(group[0][0].recorded_at, median(value for _, value in group), len(group))
        for group in groups.values()
    )
    band = usual_band([value for _, value in measured])
    return Series(measure, grouping, points, band, len(kept) - len(measured))


def usual_band(values: Sequence[float]) -> Band | None:
    """From the lowest to the highest of the first `BAND_TAKES` values; None before there are."""
    first = values[:BAND_TAKES]
    return Band(min(first), max(first)) if len(first) == BAND_TAKES else None


def describe_series(found: Series, day: Callable[[datetime], str]) -> str:
    """What a plot of `found` shows, in two or three sentences.

    Args:
        found: The series.
        day: Names a day.
    """
    if len(found.points) < FEWEST:
        return _too_few(found)
    sentences = (_latest(found, day), _band(found), _left_out(found))
    return " ".join(filter(None, sentences))


def _latest(found: Series, day: Callable[[datetime], str]) -> str:
    say, values = found.measure.say, found.values
    recent = values[-BAND_TAKES:]
    course = (
        f"{found.measure.name.capitalize()}: {_range(found, values)} in {len(values)} "
        f"{found.grouping} since {day(found.points[0].at)}"
    )
    newest = f"the newest {say(values[-1])}{_place(found)}."
    if len(values) <= BAND_TAKES:
        return f"{course}; {newest}"
    middle = f"middle {say(median(recent))}"
    return f"{course}. The last {len(recent)}: {_range(found, recent)}, {middle}; {newest}"


def _place(found: Series) -> str:
    if found.band is None:
        return ""
    return f", {found.band.place(found.values[-1])} your band"


def _band(found: Series) -> str:
    if found.band is None:
        return f"Your band is drawn after {BAND_TAKES} takes."
    span = _range(found, (found.band.low, found.band.high))
    return f"Your band, {span}, is where your first {BAND_TAKES} takes lay."


def _left_out(found: Series) -> str:
    count = found.left_out
    if not count:
        return ""
    return f"{count} take{'' if count == 1 else 's'} had no number to trust."


def _too_few(found: Series) -> str:
    have = len(found.points)
    one = "take" if found.grouping is Grouping.TAKES else "session"
    more = FEWEST - have
    sentence = (
        f"{found.measure.name.capitalize()}: after {FEWEST} {found.grouping} with a number for it, "
        f"its course shows here; {more} more {one if more == 1 else found.grouping} to go."
    )
    return " ".join(filter(None, (sentence, _left_out(found))))


def _range(found: Series, values: Sequence[float]) -> str:
    low, high = (found.measure.say(value) for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def _sitting(take: Take, zone: tzinfo | None) -> str:
    if take.session_id is not None:
        return f"session {take.session_id}"
    return f"day {take.recorded_at.astimezone(zone).date()}"


def _time(take: Take) -> tuple[datetime, str]:
    return take.recorded_at, take.id
