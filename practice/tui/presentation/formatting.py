"""Numbers and takes in the few words that fit a line."""

from datetime import datetime

from practice.base.spacing import format_pace
from practice.base.text import clock_time, shorten_reason
from practice.delivery.findings import describe_filler_count
from practice.library.takes import Take, TakeState
from practice.schedule.days import day_name

WAITING, WORKING = "waiting", "working"
"""What is said of a take, everywhere, until it has its review."""
_TIMED = {"today", "yesterday"}
"""Days of which people still know the hour."""


def length(seconds: float) -> str:
    """A target or a countdown: `2 min`, `90 s`, `1:45`."""
    whole = round(seconds)
    if whole >= 120 and whole % 60 == 0:
        return f"{whole // 60} min"
    return f"{whole} s" if whole < 120 else clock_time(whole)


def when(take: Take, now: datetime) -> str:
    """The day of a take, as people name it."""
    return day_name(take.recorded_at, now)


def day_and_time(take: Take, now: datetime) -> str:
    """The day of a take; of today's and yesterday's the time of day, too."""
    day = when(take, now)
    return f"{day} {take.recorded_at.astimezone():%H:%M}" if day in _TIMED else day


def short_day_and_time(take: Take, now: datetime) -> str:
    """The same in at most 12 cells."""
    return day_and_time(take, now).replace("yesterday", "yest.")


def shortest_day(take: Take, now: datetime) -> str:
    """The same in at most 6 cells: `14:05`, `yest.`, `Thu`, `3 Mar`."""
    day = when(take, now)
    short = {"today": f"{take.recorded_at.astimezone():%H:%M}", "yesterday": "yest."}
    return short.get(day) or (day[:3] if day[0].isalpha() else " ".join(day.split()[:2]))


def outcome(take: Take, part: float | None = None) -> str:
    """What is known of a take: its first numbers, or what it waits for.

    Args:
        take: As the library has it.
        part: How much of it is heard, 0 to 1, while it waits in the queue.
    """
    if part:
        return f"{WORKING} {part:.0%}"
    if take.state is TakeState.FAILED and part is None:
        return f"not transcribed: {take.failure}"
    if take.state is TakeState.REVIEWED and take.measures is not None:
        return _measures(take) or "reviewed; no words"
    return WAITING


def hearing(part: float, left_s: float | None) -> str:
    """How far the transcription of a take is, and how long it will still take where known."""
    if not part:
        return f"{WAITING}; F6 cancels it"
    left = "" if left_s is None else f", about {length(left_s)} left"
    return f"{WORKING} {part:.0%}{left}; F6 cancels it"


def describe_doubt(take: Take) -> str:
    """In three words why numbers of a take are missing; empty where none is."""
    if take.measures is None or take.measures.judged:
        return ""
    return shorten_reason(take.measures.doubt or "some numbers are missing")


def _measures(take: Take) -> str:
    measures = take.measures
    assert measures is not None
    fillers, wpm = measures.fillers_certain, measures.wpm
    # Where something could not be heard, that nothing was found says nothing.
    if not measures.judged and not fillers:
        fillers = None
    parts = [
        None if measures.judged else describe_doubt(take),
        None if fillers is None else describe_filler_count(fillers),
        None if wpm is None else format_pace(wpm, measures.language),
    ]
    return " · ".join(part for part in parts if part)
