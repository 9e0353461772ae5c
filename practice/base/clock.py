"""The time of day, passed in so that tests can choose it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells what time it is."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        return datetime.now(UTC)


def iso_utc(moment: datetime) -> str:
    """`moment` as `2026-11-23T12:47:42.123Z`; sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """The aware moment that `iso_utc` wrote.

    Raises:
        ValueError: It wrote no such text.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone")
    return moment
