from datetime import UTC, datetime, timedelta, timezone

import pytest

from practice.schedule.days import day_name, days_between

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "Saturday"),
        (6, "Tuesday"),
        (7, "16 Nov"),
        (400, "19 Oct 2025"),
        (-1, "24 Nov"),
    ],
)
def test_a_day_is_named_as_people_do(days: int, expected: str) -> None:
    assert day_name(NOW - timedelta(days=days), NOW, UTC) == expected


def test_midnight_is_that_of_the_zone() -> None:
    auckland = timezone(timedelta(hours=13))
    evening = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

    assert days_between(evening, NOW, UTC) == 1
    assert days_between(evening, NOW, auckland) == 0
