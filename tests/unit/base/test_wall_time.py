"""Days and hours as people write them, and as clocks on a wall show them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import UsageError
from practice.base.wall_time import WallTime, local_zone, parse_wall_time

TODAY = date(2026, 11, 30)  # a Monday
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2026-12-03 14:00", date(2026, 12, 3), time(14)),
        ("2026-12-03T14:00", date(2026, 12, 3), time(14)),
        ("2026-12-03", date(2026, 12, 3), None),
        ("3 Dec 14:00", date(2026, 12, 3), time(14)),
        ("Dec 3rd, 2pm", date(2026, 12, 3), time(14)),
        ("3 december 2027 at 9.30", date(2027, 12, 3), time(9, 30)),
        ("12 Jan", date(2027, 1, 12), None),
        ("Thursday 14:00", date(2026, 12, 3), time(14)),
        ("mon 9am", date(2026, 12, 7), time(9)),
        ("tomorrow 12am", date(2026, 12, 1), time(0)),
        ("today 23:59", TODAY, time(23, 59)),
        ("yesterday 10:00", date(2026, 11, 29), time(10)),
        ("29 Feb", date(2028, 2, 29), None),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, day: date, at: time | None) -> None:
    assert parse_wall_time(text, TODAY, BERLIN) == WallTime(day, at, BERLIN)


def test_a_zone_may_stand_behind_it() -> None:
    found = parse_wall_time("3 Dec 14:00 america/new_york", TODAY, BERLIN)
    assert found.zone == "America/New_York"
    assert found.begins == datetime(2026, 12, 3, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "03/04", "2026-13-01", "2026-02-30", "3 Dec 25:00", "3 Dec 14", "13pm", "Dec",
     "3 Dec 14:00 tea", "31 Nov", "2026-12-03 13pm"],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_a_way_to_write_it(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_wall_time(text, TODAY, BERLIN)
    assert refused.value.hint


def test_an_hour_that_clocks_leave_out_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no 02:30 on 2027-03-28"):
        parse_wall_time("2027-03-28 2:30", TODAY, BERLIN)


def test_a_misspelt_zone_is_named() -> None:
    with pytest.raises(UsageError) as refused:
        parse_wall_time("3 Dec 14:00 Europe/Berln", TODAY, BERLIN)
    assert BERLIN in refused.value.hint


def test_a_day_ends_at_midnight_in_its_own_zone() -> None:
    day = WallTime(date(2026, 12, 3), None, "Pacific/Auckland")
    assert day.ends - day.begins == timedelta(hours=24)
    assert day.begins == datetime(2026, 12, 2, 11, tzinfo=UTC)


def test_days_on_which_clocks_change_have_their_own_length() -> None:
    assert _hours(date(2027, 3, 28)) == 23
    assert _hours(date(2026, 10, 25)) == 25


def _hours(day: date) -> float:
    when = WallTime(day, None, BERLIN)
    return (when.ends - when.begins).total_seconds() / 3600


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - of no zone yet
    st.sampled_from([BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
)
def test_a_time_that_a_clock_shows_is_that_time_there_whatever_the_season(
    local: datetime, zone: str
) -> None:
    local = local.replace(second=0, microsecond=0)
    when = WallTime(local.date(), local.time(), zone)
    there = when.begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert when.is_left_out == (there != local)
    if not when.is_left_out:
        assert parse_wall_time(f"{when}", TODAY, zone) == when


def test_this_machine_has_a_zone() -> None:
    assert ZoneInfo(local_zone())


@pytest.mark.parametrize("name", ["UTC", "Etc/UTC", "Etc/Zulu"])
def test_universal_time_has_one_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: name)
    assert local_zone() == "UTC"


def test_a_time_is_read_as_it_is_written_with_utc_behind_it() -> None:
    kept = WallTime(date(2026, 12, 3), time(14), "UTC")
    assert parse_wall_time(f"{kept} UTC", date(2026, 11, 23), "Europe/Berlin") == kept
