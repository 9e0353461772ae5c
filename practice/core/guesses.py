"""The user's guesses beside what was found, in one take and over weeks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

import msgspec

from practice.base.settings import Settings
from practice.core.workspace import Workspace
from practice.delivery.findings import approximate_count
from practice.documents.review import ReviewDocument
from practice.library.guesses import FillerGuess, Guess, PaceGuess
from practice.library.takes import Take
from practice.library.trends import (
    BAND_TAKES,
    TREND_MEASURE_BY_KEY,
    Band,
    Grouping,
    Series,
    SeriesPoint,
    TrendMeasure,
    usual_band,
)
from practice.schedule.days import short_date

GuessKind = Literal["fillers", "pace", "meant"]
NAMES: Mapping[GuessKind, str] = {
    "fillers": "fillers",
    "pace": "pace",
    "meant": "said what I meant",
}
ANSWERS: Mapping[GuessKind, tuple[str, str, str]] = {
    "fillers": ("none", "few", "many"),
    "pace": ("slow", "right", "fast"),
    "meant": ("yes", "partly", "no"),
}
"""What can be guessed, in the order of the keys 1, 2 and 3."""
FEW_PER_MIN = 5.0
"""Up to so many a minute listeners did not mind (Laske and DiGennaro Reed 2024)."""
_PLACES: Mapping[str, PaceGuess] = {"below": "slow", "in": "right", "above": "fast"}


@dataclass(frozen=True, slots=True)
class GuessedNumber:
    """One guess and what was found."""

    kind: GuessKind
    guessed: str
    found: str | None
    """In the words of the guess; None where nothing tells."""
    number: str
    """What was found as a review has it; empty where there is nothing."""


class OwnRanges:
    """Where the user's own first takes lay: what a guess about pace is held against.

    Args:
        takes: All there are, in any order.
    """

    def __init__(self, takes: Iterable[Take]) -> None:
        oldest_first = sorted(takes, key=lambda take: (take.recorded_at, take.id))
        self._judged = [
            take
            for take in oldest_first
            if take.measures is not None and take.measures.judged and not take.is_fragment
        ]

    def band(self, key: str, take: Take) -> Band | None:
        """The range of the measure `key` before `take`; None before there are five takes."""
        unit = take.measures.counted_unit if take.measures else None
        measure = TREND_MEASURE_BY_KEY[key]
        first: list[float] = []
        for other in self._judged:
            value = measure.of(other)
            if len(first) == BAND_TAKES or other.recorded_at >= take.recorded_at:
                break
            is_alike = other.measures is not None and other.measures.counted_unit == unit
            if value is not None and (is_alike or not measure.is_pace):
                first.append(value)
        return usual_band(first)


def asks_guess(workspace: Workspace) -> bool:
    """Whether guesses are asked for: not of the first answer of all, before any review was seen."""
    return workspace.settings.guesses and len(workspace.library.takes(limit=2)) > 1


def asked_kinds(settings: Settings) -> tuple[GuessKind, ...]:
    """What is asked for: a user who stutters is told no pace, and is asked for none."""
    return ("fillers", "meant") if settings.stutter else ("fillers", "pace", "meant")


def find_fillers(take: Take, ranges: OwnRanges, settings: Settings) -> FillerGuess | None:
    """Whether the review found no, few or many fillers; None where that cannot be said."""
    measures = take.measures
    if measures is None or not measures.judged or measures.fillers_certain is None:
        return None
    if not measures.fillers_certain:
        return "none"
    limit: float | None = FEW_PER_MIN
    if settings.second_language:
        # No limit of other people: few is what is usual for this one.
        band = ranges.band("fillers", take)
        limit = band.high if band else None
    if measures.fillers_per_min is None or limit is None:
        return None
    return "few" if measures.fillers_per_min <= limit else "many"


def find_pace(take: Take, ranges: OwnRanges) -> PaceGuess | None:
    """Where the pace lies against the user's own range; None where there is no such thing."""
    wpm, band = TREND_MEASURE_BY_KEY["wpm"].of(take), ranges.band("wpm", take)
    return _PLACES[band.place(wpm)] if wpm is not None and band is not None else None


def compare_guess(
    workspace: Workspace, take: Take, document: ReviewDocument
) -> tuple[GuessedNumber, ...]:
    """The guesses about a take beside what was found; empty where nothing was guessed.

    Args:
        workspace: Its library is read.
        take: A take with its review.
        document: The review as it is shown.
    """
    guess = workspace.library.guesses.of_take(take.id)
    if guess is None:
        return ()
    settings, ranges = workspace.settings, OwnRanges(workspace.library.takes())
    numbers = document.measures
    certain = numbers.fillers.certain
    rows: list[GuessedNumber] = []
    if guess.fillers is not None:
        number = approximate_count(certain) if certain else ""
        if number and numbers.fillers.per_min is not None:
            number += f", {numbers.fillers.per_min:.1f} a minute"
        found = find_fillers(take, ranges, settings)
        rows.append(GuessedNumber("fillers", guess.fillers, found, number))
    if guess.pace is not None and "pace" in asked_kinds(settings):
        unit = take.measures.counted_unit if take.measures else "words"
        number = "" if numbers.wpm is None else f"{numbers.wpm:.0f} {unit} a minute"
        rows.append(GuessedNumber("pace", guess.pace, find_pace(take, ranges), number))
    if guess.meant is not None:
        points = document.coverage.key_points
        said = sum(point.said for point in points)
        number = f"{said} of {len(points)} key points found" if points else ""
        rows.append(GuessedNumber("meant", guess.meant, None, number))
    return tuple(rows)


def make_guess(guessed: Mapping[GuessKind, str]) -> Guess:
    """The guess of these answers, each one of `ANSWERS`."""
    return msgspec.convert(dict(guessed), Guess)


def describe_guess(rows: Sequence[GuessedNumber]) -> list[str]:
    """Guess and count side by side, a line each."""
    return [_describe_row(row) for row in rows]


def _describe_row(row: GuessedNumber) -> str:
    found = f"{row.found} ({row.number})" if row.found and row.number else row.found or row.number
    name = NAMES[row.kind]
    return f"{name[0].upper()}{name[1:]}: you guessed {row.guessed}; {_found_words(row, found)}"


def _found_words(row: GuessedNumber, found: str) -> str:
    if row.kind == "meant":
        return found or "no key points to look for"
    if not found:
        return "it could not be counted"
    if row.found is None and row.kind == "pace":
        return f"found {found}; your own range comes after {BAND_TAKES} takes"
    return f"found {found}"


def guess_facts(rows: Sequence[GuessedNumber]) -> dict[str, object] | None:
    """The same for JSON; None where nothing was guessed."""
    by_kind = {
        row.kind: {"guessed": row.guessed, "found": row.found, "number": row.number} for row in rows
    }
    return {kind: by_kind.get(kind) for kind in NAMES} if rows else None


@dataclass(frozen=True, slots=True)
class GuessedWeek:
    """The guesses of one kind about the takes of one week that could be checked."""

    monday: datetime
    right: int
    guesses: int


@dataclass(frozen=True, slots=True)
class GuessSeries(Series):
    """How many guesses of a kind were right, week by week."""

    weeks: tuple[GuessedWeek, ...] = ()


GUESS_MEASURES: Mapping[GuessKind, TrendMeasure] = {
    "fillers": TrendMeasure("guess.fillers", "fillers guessed", lambda _: None, "%"),
    "pace": TrendMeasure("guess.pace", "pace guessed", lambda _: None, "%", tells_of_stutter=True),
}
"""What is followed; `docs/measures.md` defines both. What was meant has no count beside it."""


def follow_guesses(
    guesses: Mapping[str, Guess],
    takes: Sequence[Take],
    everything: Sequence[Take],
    settings: Settings,
    zone: tzinfo | None = None,
) -> list[GuessSeries]:
    """How the guesses close in; nothing of a kind that was never guessed.

    Args:
        guesses: By the id of their take.
        takes: Those to follow.
        everything: All there are, for the user's own ranges.
        settings: The user's.
        zone: Where weeks begin; None is the machine's own.
    """
    ranges = OwnRanges(everything)
    checks: Mapping[GuessKind, Callable[[Take], str | None]] = {
        "fillers": lambda take: find_fillers(take, ranges, settings),
        "pace": lambda take: find_pace(take, ranges),
    }
    found: list[GuessSeries] = []
    for kind, measure in GUESS_MEASURES.items():
        if kind not in asked_kinds(settings):
            continue
        guessed = [take for take in takes if getattr(guesses.get(take.id), kind, None)]
        if not guessed:
            continue
        weeks = _by_week(
            [
                (take, getattr(guesses[take.id], kind) == truth)
                for take in sorted(guessed, key=lambda take: take.recorded_at)
                if (truth := checks[kind](take)) is not None
            ],
            zone,
        )
        points = tuple(
            SeriesPoint(week.monday, 100 * week.right / week.guesses, week.guesses)
            for week in weeks
        )
        checked = sum(week.guesses for week in weeks)
        found.append(
            GuessSeries(measure, Grouping.TAKES, points, None, len(guessed) - checked, weeks=weeks)
        )
    return found


def _by_week(checked: Iterable[tuple[Take, bool]], zone: tzinfo | None) -> tuple[GuessedWeek, ...]:
    weeks: dict[datetime, list[bool]] = {}
    for take, is_right in checked:
        day = take.recorded_at.astimezone(zone)
        monday = (day - timedelta(days=day.weekday())).replace(
            hour=12, minute=0, second=0, microsecond=0
        )
        weeks.setdefault(monday, []).append(is_right)
    return tuple(GuessedWeek(monday, sum(each), len(each)) for monday, each in weeks.items())


def describe_guesses(series: GuessSeries) -> str:
    """How the guesses close in, in words; a point of `series` is a week."""
    name, left_out = series.name.capitalize(), ""
    if series.left_out:
        takes = "take" if series.left_out == 1 else "takes"
        left_out = f" {series.left_out} {takes} could not be checked."
    if not series.weeks:
        return f"{name}: no guess could be checked yet.{left_out}"
    first, newest = series.weeks[0], series.weeks[-1]
    said = f"{name}: {first.right} of {first.guesses} right in the week from {_date(first)}"
    if newest is not first:
        said += f", {newest.right} of {newest.guesses} in the one from {_date(newest)}"
    return f"{said}. Each point is a week.{left_out}"


def _date(week: GuessedWeek) -> str:
    return short_date(week.monday.date())
