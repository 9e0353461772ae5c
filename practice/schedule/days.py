"""Days as people name them."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

_WEEK = 7


def days_between(earlier: datetime, later: datetime, zone: tzinfo | None = None) -> int:
    """How many midnights lie between two moments in `zone` (None: the machine's own)."""
    return (later.astimezone(zone).date() - earlier.astimezone(zone).date()).days


def day_name(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """`today`, `yesterday`, a weekday within the last week, else the date."""
    days = days_between(moment, now, zone)
    local = moment.astimezone(zone)
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    if 1 < days < _WEEK:
        return local.strftime("%A")
    same_year = local.year == now.astimezone(zone).year
    return f"{local.day} {local:%b}" if same_year else f"{local.day} {local:%b %Y}"


def name_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, a weekday within a week, else the date."""
    days = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    if abs(days) < _WEEK:
        return f"{day:%A}"
    return short_date(day) if day.year == today.year else f"{short_date(day)} {day.year}"


def short_date(day: date) -> str:
    """`3 Dec`."""
    return f"{day.day} {day:%b}"


def count_days(days: int) -> str:
    """`in 4 days`, `3 days ago`; empty for yesterday, today and tomorrow, which say it already."""
    if abs(days) <= 1:
        return ""
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def describe_days_left(day: date, today: date) -> str:
    """`today`, `tomorrow`, `in 4 days`, `yesterday`, `9 days ago`."""
    return count_days((day - today).days) or name_day(day, today)


def join_days(days: Sequence[date]) -> str:
    """`4 and 6 Dec`, `30 Nov and 2 Dec`."""
    named = [
        str(day.day) if after and (day.month, day.year) == (after.month, after.year)
        else short_date(day)
        for day, after in zip(days, [*days, None][1:], strict=True)
    ]  # fmt: skip
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1]))) if named else ""
