import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.library.takes import StarPart
from practice.reports.parts import PARTS, USUAL, part_shares


def test_a_part_lasts_until_the_next_one_begins() -> None:
    starts: dict[StarPart, float] = {"situation": 0, "task": 20, "action": 30, "result": 90}
    assert part_shares(starts, 100.0) == {
        "situation": 0.2, "task": 0.1, "action": 0.6, "result": 0.1,
    }  # fmt: skip


def test_what_lies_before_the_first_mark_belongs_to_none() -> None:
    assert part_shares({"action": 50.0, "result": 75.0}, 100.0) == {"action": 0.5, "result": 0.5}


def test_parts_may_come_in_another_order() -> None:
    assert part_shares({"result": 0.0, "situation": 25.0}, 100.0) == {
        "situation": 0.75,
        "result": 0.25,
    }


@pytest.mark.parametrize("end_s", [0.0, 10.0])
def test_without_a_mark_or_time_there_is_no_split(end_s: float) -> None:
    assert part_shares({}, end_s) == {}
    assert part_shares({"task": 10.0}, end_s) == {}


@given(
    st.dictionaries(st.sampled_from(PARTS), st.floats(0, 1e4), min_size=1),
    st.floats(0, 1e4),
)
def test_the_shares_of_a_split_add_up(starts: dict[StarPart, float], end_s: float) -> None:
    split = part_shares(starts, end_s)
    assert not split or sum(split.values()) == pytest.approx(1.0)
    assert all(share >= 0 for share in split.values())


def test_the_usual_split_is_whole() -> None:
    assert sum(USUAL.values()) == 100
