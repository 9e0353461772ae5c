"""Clocks that a test sets: the time of day, and seconds for countdowns."""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


class FakeClock:
    """A time of day that stands still until it is set or advanced.

    Args:
        now: Where it begins.
        step: How far every reading advances it, for tests that need times that differ.
    """

    def __init__(self, now: datetime = NOW, *, step: timedelta = timedelta()) -> None:
        self._now = now
        self._step = step

    def now(self) -> datetime:
        self._now += self._step
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, by: timedelta) -> None:
        self._now += by


class FakeMonotonicClock:
    """Seconds since some moment that grow only when they are advanced."""

    def __init__(self) -> None:
        self._seconds = 1000.0

    def __call__(self) -> float:
        return self._seconds

    def advance(self, by_s: float) -> None:
        self._seconds += by_s
