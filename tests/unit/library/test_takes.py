from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import StorageError
from practice.library.retention import find_expired
from practice.library.row_mapping import path_of_recording
from practice.library.takes import Take, TakeState, check_move, is_take_id, new_id

MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
)
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
TAKE = Take(
    id="t",
    number=1,
    question_id=None,
    bank=None,
    question=None,
    session_id=None,
    state=TakeState.REVIEWED,
    recorded_at=NOW - timedelta(days=31),
    duration_s=60.0,
    audio=Path("t.flac"),
    sample_rate_hz=48_000,
    peak_dbfs=-3.0,
    clipped_s=0.0,
    overflows=0,
    device="mic",
    interrupted=None,
    failure=None,
    model=None,
    starred=False,
    rating=None,
    notes="",
    measures=None,
)


@given(earlier=MOMENTS, later=MOMENTS)
def test_ids_are_safe_names_that_sort_by_the_minute(earlier: datetime, later: datetime) -> None:
    earlier, later = sorted((earlier, later))
    first, second = new_id(earlier), new_id(later)
    assert is_take_id(first)
    assert first[:13] <= second[:13]
    assert len(first) == 17


def test_an_id_reads_as_its_date_in_utc() -> None:
    moment = datetime(2026, 11, 24, 0, 5, tzinfo=timezone(timedelta(hours=10)))
    assert new_id(moment).startswith("20261123-1405-")


def test_a_take_never_goes_back_to_recording() -> None:
    for state in TakeState:
        with pytest.raises(StorageError):
            check_move("t", state, TakeState.RECORDING)


def test_a_refused_move_names_the_take_and_both_states() -> None:
    with pytest.raises(StorageError, match="the take t is reviewed and cannot become recorded"):
        check_move("t", TakeState.REVIEWED, TakeState.RECORDED)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc/passwd", "..\\x", "a\0"])
def test_a_stored_name_cannot_point_outside_its_folder(name: str) -> None:
    with pytest.raises(StorageError):
        path_of_recording(Path("recordings"), name)


def test_sound_older_than_the_limit_has_outlived_it() -> None:
    young = replace(TAKE, recorded_at=NOW - timedelta(days=29))
    assert find_expired([TAKE, young], 30, NOW) == [TAKE]


@pytest.mark.parametrize(
    "kept",
    [
        replace(TAKE, starred=True),
        replace(TAKE, audio=None),
        replace(TAKE, state=TakeState.FAILED),
        replace(TAKE, state=TakeState.RECORDED),
    ],
    ids=["starred", "without sound", "failed", "not reviewed"],
)
def test_a_take_that_needs_its_sound_keeps_it(kept: Take) -> None:
    assert find_expired([kept], 30, NOW) == []


@pytest.mark.parametrize(
    ("state", "model", "lacks"),
    [
        (TakeState.RECORDING, None, False),
        (TakeState.RECORDED, None, True),
        (TakeState.TRANSCRIBED, "base.en", True),
        (TakeState.FAILED, None, True),
        (TakeState.REVIEWED, None, True),
        (TakeState.REVIEWED, "base.en", False),
    ],
)
def test_a_take_lacks_words_until_a_model_has_heard_it(
    state: TakeState, model: str | None, lacks: bool
) -> None:
    take = replace(TAKE, state=state, model=model)
    assert take.lacks_words is lacks
    assert not replace(take, audio=None).lacks_words
