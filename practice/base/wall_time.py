"""When something is in somebody's own time: a day, perhaps an hour, and the zone it is meant in.

An interview at 14:00 in Berlin stays at 14:00 there, whatever a government does to the clocks until
then. So the time is kept as it was said, with the name of its zone, and turned into a moment only
when it is compared with one.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from practice.base.errors import UsageError
from practice.base.text import near_names, one_line

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEAR_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE
)
_UTC = "UTC"
_UTC_NAMES = frozenset({"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Zulu"})
_HOW = "write it as 2026-12-03 14:00, 3 Dec 14:00, Thursday 14:00 or tomorrow 9am"


@dataclass(frozen=True, slots=True, order=True)
class WallTime:
    """A day and perhaps an hour, as a clock on the wall of that place shows it."""

    day: date
    at: time | None
    """None where only the day is known."""
    zone: str
    """Such as Europe/Berlin."""

    @property
    def begins(self) -> datetime:
        """The moment, in UTC; of a day without an hour the moment it begins.

        Of an hour that a clock shows twice it is the first; one that it leaves out is the moment to
        which somebody would come who had not put the clock forward.
        """
        local = datetime.combine(self.day, self.at or time(), ZoneInfo(self.zone))
        return local.astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The same; of a day without an hour the moment it ends."""
        if self.at is not None:
            return self.begins
        following = datetime.combine(self.day + timedelta(days=1), time(), ZoneInfo(self.zone))
        return following.astimezone(UTC)

    @property
    def is_left_out(self) -> bool:
        """Whether no clock there shows it, because clocks are put forward over it."""
        if self.at is None:
            return False
        there = self.begins.astimezone(ZoneInfo(self.zone))
        return there.replace(tzinfo=None) != datetime.combine(self.day, self.at)

    def __str__(self) -> str:
        return f"{self.day}" if self.at is None else f"{self.day} {self.at:%H:%M}"


def local_zone() -> str:
    """The name of this machine's own zone; UTC where nothing tells it, and by its short name."""
    from tzlocal import get_localzone_name  # lazy: it looks through files of the system

    try:
        name = get_localzone_name() or _UTC
    except (LookupError, OSError, ValueError):
        return _UTC
    return _UTC if name in _UTC_NAMES else name


def parse_wall_time(text: str, today: date, zone: str) -> WallTime:
    """The day and hour that `text` names.

    Args:
        text: As typed: `2026-12-03 14:00`, `3 Dec 2pm`, `Thursday`, `tomorrow 9:30`, with the name
            of a zone behind it or without.
        today: The day that weekdays and `tomorrow` are counted from; a day and a month without a
            year are the next such day.
        zone: Of the machine; what the text names goes before it.

    Raises:
        UsageError: It is no time, or no such time exists.
    """
    words = one_line(text).split()
    if words and words[-1][0].isalpha() and ("/" in words[-1] or words[-1].upper() == "UTC"):
        zone = _find_zone(words.pop())
    day, rest = _parse_day(words, today, text)
    at = _parse_time(" ".join(rest), text) if rest else None
    found = WallTime(day, at, zone)
    if found.is_left_out:
        raise UsageError(
            f"there is no {at:%H:%M} on {day} in {zone}: the clocks go forward over it",
            "choose an hour later",
        )
    return found


def _find_zone(name: str) -> str:
    zones = available_timezones()
    found = next((zone for zone in zones if zone.casefold() == name.casefold()), None)
    if found is None:
        near = ", ".join(near_names(name, zones))
        hint = f"did you mean {near}?" if near else "write it as Europe/Berlin"
        raise UsageError(f"there is no time zone {one_line(name)!r}", hint)
    return found


def _parse_day(words: list[str], today: date, text: str) -> tuple[date, list[str]]:
    """The day at the beginning of `words`, and the words behind it."""
    if not words:
        raise _not_a_time(text)
    # "2026-12-03T14:00", as calendars write it.
    if match := re.fullmatch(
        r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T(\d{2}:\d{2})(?::\d{2})?)?", words[0]
    ):
        year, month, day, clock = match.groups()
        rest = [clock, *words[1:]] if clock else words[1:]
        return _make_day(int(year), int(month), int(day), text), rest
    first = words[0].casefold().strip(",.")
    if first in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[first]), words[1:]
    if first[:3] in _WEEKDAYS and first.isalpha():
        ahead = (_WEEKDAYS.index(first[:3]) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7), words[1:]
    # "3 Dec", "Dec 3", "3. Dec 2026"; figures alone could be a month or a day.
    if len(words) > 1:
        second = words[1].casefold().strip(",.")
        number, name = (first, second) if first[:1].isdigit() else (second, first)
        number = re.sub(r"(st|nd|rd|th)$", "", number)
        if number.isdigit() and name[:3] in _MONTHS and name.isalpha():
            rest = words[2:]
            month = 1 + _MONTHS.index(name[:3])
            if rest and re.fullmatch(r"\d{4},?", rest[0]):
                return _make_day(int(rest[0].strip(",")), month, int(number), text), rest[1:]
            return _next_such_day(today, month, int(number), text), rest
    raise _not_a_time(text)


def _next_such_day(today: date, month: int, number: int, text: str) -> date:
    for year in range(today.year, today.year + 5):  # 29 Feb may be four years away
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= today:
            return day
    raise _not_a_time(text)


def _make_day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UsageError(f"{one_line(text)!r} is not a date in the calendar", _HOW) from error


def _parse_time(words: str, text: str) -> time:
    match = _TIME.fullmatch(re.sub(r"^(at|um|à|,)\s+", "", words.casefold()))
    if match is None or not (match["minute"] or match["half"]):
        raise _not_a_time(text)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise _not_a_time(text)
        hour = hour % 12 + 12 * match["half"].startswith("p")
    if hour > 23 or minute > 59:
        raise _not_a_time(text)
    return time(hour, minute)


def _not_a_time(text: str) -> UsageError:
    return UsageError(f"{one_line(text)!r} is not understood as a day or time", _HOW)
