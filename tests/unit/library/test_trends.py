from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.library.takes import Take, TakeMeasures, TakeState
from practice.library.trends import (
    BAND_TAKES,
    FEWEST,
    TREND_MEASURE_BY_KEY,
    TREND_MEASURES,
    Grouping,
    TrendMeasure,
    describe_series,
    make_series,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WPM = TREND_MEASURE_BY_KEY["wpm"]


def make_take(number: int, wpm: float | None, **known: object) -> Take:
    """The take recorded `number` days after noon."""
    measured: dict[str, Any] = dict.fromkeys(TakeMeasures.__dataclass_fields__)
    measured |= {
        "judged": known.pop("judged", True),
        "language": known.pop("language", "en"),
        "wpm": wpm,
        "pauses": 6,
        "fillers_per_min": 2.04,
    }
    values: dict[str, Any] = dict.fromkeys(Take.__dataclass_fields__)
    values |= {"id": f"t{number:04}", "state": TakeState.REVIEWED, "duration_s": 90.0}
    values |= {"recorded_at": NOON + timedelta(days=number)}
    return Take(**(values | {"measures": TakeMeasures(**measured)} | known))


def make_takes(*paces: float) -> list[Take]:
    return [make_take(number, wpm) for number, wpm in enumerate(paces)]


def name_day(moment: datetime) -> str:
    return f"{moment:%d.%m.}"


def test_a_series_is_in_order_of_time_whatever_order_the_takes_have() -> None:
    takes = make_takes(100, 110, 120)
    assert make_series(reversed(takes), WPM).values == (100, 110, 120)


def test_characters_and_words_a_minute_are_no_two_points_of_one_line() -> None:
    characters = [make_take(n, 340 + n, language="ja") for n in (4, 5, 6)]
    found = make_series([*make_takes(100, 110), *characters], WPM)
    assert (found.values, found.name) == ((344, 345, 346), "characters a minute")
    said = describe_series(found, name_day)
    assert said.startswith("Characters a minute: 344 to 346 in 3 takes")
    assert said.endswith(" 2 takes are counted in words and left out.")
    fillers = make_series([*make_takes(100, 110), *characters], TREND_MEASURE_BY_KEY["fillers"])
    assert len(fillers.values) == 5


def test_a_take_that_cannot_be_judged_is_left_out_and_told() -> None:
    takes = [*make_takes(100, 110, 120), make_take(9, 400, judged=False), make_take(10, None)]
    found = make_series(takes, WPM)
    assert (found.values, found.left_out) == ((100, 110, 120), 2)
    assert "2 takes are left out (too noisy or too short)." in describe_series(found, name_day)


def test_a_take_that_cannot_be_judged_still_has_its_length() -> None:
    assert make_series(
        [make_take(0, 400, judged=False)], TREND_MEASURE_BY_KEY["length"]
    ).values == (90.0,)


def test_a_take_that_was_never_kept_is_no_part_of_it() -> None:
    assert make_series([make_take(0, None, duration_s=None, measures=None)], WPM).left_out == 0


def test_the_band_is_where_the_first_five_takes_lay() -> None:
    band = make_series(make_takes(120, 150, 110, 130, 140, 300), WPM).band
    assert band is not None
    assert (band.low, band.high) == (110, 150)


def test_there_is_no_band_before_five_takes() -> None:
    found = make_series(make_takes(120, 150, 110, 130), WPM)
    assert found.band is None
    assert "Your usual range is drawn after 5 takes." in describe_series(found, name_day)


@pytest.mark.parametrize(
    ("newest", "place"), [(109, "below"), (110, "in"), (150, "in"), (151, "above")]
)
def test_the_newest_is_placed_by_the_band(newest: float, place: str) -> None:
    said = describe_series(make_series(make_takes(120, 150, 110, 130, 140, newest), WPM), name_day)
    assert f"the newest {newest}, {place} your usual range." in said


def test_a_session_is_one_point_at_its_middle_take() -> None:
    takes = [make_take(n, wpm, session_id="s1") for n, wpm in enumerate((100, 170, 110))]
    (point,) = make_series(takes, WPM, Grouping.SESSIONS).points
    assert (point.value, point.takes, point.at) == (110, 3, NOON)


def test_takes_outside_a_session_make_one_point_a_day() -> None:
    takes = [*make_takes(100, 120), make_take(2, 140, recorded_at=NOON + timedelta(hours=1))]
    assert make_series(takes, WPM, Grouping.SESSIONS, UTC).values == (120, 120)


def test_pauses_are_counted_by_the_minute_of_the_whole_take() -> None:
    assert make_series(make_takes(100), TREND_MEASURE_BY_KEY["pauses"]).values == (4.0,)


def test_the_words_say_what_the_plot_shows() -> None:
    said = describe_series(
        make_series(make_takes(180, 150, 170, 160, 190, 140, 130), WPM), name_day
    )
    assert said == (
        "Words a minute: 130 to 190 in 7 takes since 23.11.. "
        "The last 5: 130 to 190, middle 160; the newest 130, below your usual range. "
        "Your usual range, from your first 5 takes: 150 to 190."
    )


def test_too_few_takes_say_how_many_are_missing() -> None:
    assert describe_series(make_series(make_takes(100, 110), WPM), name_day) == (
        "Words a minute: one more take and the chart appears."
    )


@pytest.mark.parametrize("measure", TREND_MEASURES, ids=lambda measure: measure.key)
def test_no_words_judge(measure: TrendMeasure) -> None:
    takes = [make_take(n, 100.0 + n, rating=3) for n in range(8)]
    said = describe_series(make_series(takes, measure), name_day).lower()
    assert not {"good", "bad", "better", "worse", "score", "!"} & set(said.replace(".", "").split())


TAKES = st.lists(
    st.builds(
        make_take,
        st.integers(0, 400),
        st.none() | st.floats(1, 400),
        judged=st.booleans(),
        session_id=st.none() | st.sampled_from(["a", "b", "c"]),
    ),
    max_size=20,
    unique_by=lambda take: take.id,
)


@given(TAKES, st.sampled_from(Grouping))
def test_every_take_is_in_a_point_or_left_out(takes: list[Take], grouping: Grouping) -> None:
    found = make_series(takes, WPM, grouping, UTC)
    assert sum(point.takes for point in found.points) + found.left_out == len(takes)
    assert all(one.at <= other.at for one, other in pairwise(found.points))
    assert describe_series(found, name_day)


@given(TAKES)
def test_the_band_holds_the_first_takes_and_the_sessions_lie_within_the_takes(
    takes: list[Take],
) -> None:
    by_take, by_session = (make_series(takes, WPM, grouping, UTC) for grouping in Grouping)
    assert by_take.band == by_session.band
    assert (by_take.band is None) == (len(by_take.values) < BAND_TAKES)
    if by_take.band:
        assert all(by_take.band.place(value) == "in" for value in by_take.values[:BAND_TAKES])
    for value in by_session.values:
        assert min(by_take.values) <= value <= max(by_take.values)


@given(st.lists(st.floats(1, 400), min_size=FEWEST, max_size=9))
def test_one_session_is_the_median_of_its_takes(paces: list[float]) -> None:
    takes = [make_take(number, wpm, session_id="s") for number, wpm in enumerate(paces)]
    assert make_series(takes, WPM, Grouping.SESSIONS).values == (median(paces),)


def test_a_fragment_is_in_no_series_and_in_no_range() -> None:
    takes = [*make_takes(100, 110, 120, 130), make_take(8, 400, duration_s=3.0)]
    found = make_series(takes, WPM)
    assert (found.values, found.left_out, found.band) == ((100, 110, 120, 130), 0, None)
    lengths = make_series(takes, TREND_MEASURE_BY_KEY["length"])
    assert lengths.values == (90, 90, 90, 90)
