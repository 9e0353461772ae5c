"""An open question closes when it was said well on two different days, and not before."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.base.errors import NotFoundError
from practice.library.library import Library
from practice.library.open_questions import VERDICTS, OpenQuestions, Verdict
from tests.support.clock import FakeClock

DAY = date(2026, 12, 1)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenQuestions]:
    with Library(tmp_path / "library.db", tmp_path / "sound", FakeClock()) as library:
        yield library.open_questions


def test_it_closes_on_the_second_day_on_which_it_was_said_well(opened: OpenQuestions) -> None:
    question = opened.open("asked", "why-us", "Why us?", wish="the numbers")
    assert opened.judge(question.id, "well", DAY).closed_at is None
    assert opened.judge(question.id, "well", DAY).closed_at is None
    assert opened.judge(question.id, "later", DAY + timedelta(days=1)).closed_at is None
    closed = opened.judge(question.id, "well", DAY + timedelta(days=3))
    assert closed.closed_at is not None
    assert closed.said_well_on == (DAY, DAY + timedelta(days=3))


def test_a_verdict_of_the_same_day_takes_the_place_of_the_one_before(
    opened: OpenQuestions,
) -> None:
    question = opened.open("asked", "why-us", "Why us?")
    opened.judge(question.id, "well", DAY)
    opened.judge(question.id, "well", DAY + timedelta(days=1))
    again = opened.judge(question.id, "again", DAY + timedelta(days=1))
    assert again.closed_at is None
    assert again.said_well_on == (DAY,)


def test_the_same_question_is_open_once_and_may_be_opened_again_later(
    opened: OpenQuestions,
) -> None:
    first = opened.open("asked", "why-us", "Why us?", wish="the numbers")
    assert opened.open("asked", "why-us", "Why us?").id == first.id
    assert opened.get(first.id).wish == "the numbers"
    assert opened.open("asked", "why-us", "Why us?", wish="the team").wish == "the team"
    opened.close(first.id)
    second = opened.open("asked", "why-us", "Why us?")
    assert second.id != first.id
    assert [each.id for each in opened.all()] == [second.id, first.id]
    assert opened.open(None, "why-us", "Why us?").id not in {first.id, second.id}


def test_one_that_is_not_there_is_named(opened: OpenQuestions) -> None:
    with pytest.raises(NotFoundError, match="no open question 7"):
        opened.judge(7, "well", DAY)
    opened.delete(7)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(VERDICTS)), max_size=12))
def test_closed_means_said_well_on_two_days_whatever_came_between(
    tmp_path_factory: pytest.TempPathFactory, judged: list[tuple[int, Verdict]]
) -> None:
    folder = tmp_path_factory.mktemp("open")
    with Library(folder / "library.db", folder / "sound", FakeClock()) as library:
        question = library.open_questions.open("asked", "q", "Why?")
        last: dict[int, Verdict] = {}
        for after, verdict in judged:
            library.open_questions.judge(question.id, verdict, DAY + timedelta(days=after))
            last[after] = verdict
        found = library.open_questions.get(question.id)
        well = [after for after, verdict in last.items() if verdict == "well"]
        assert (found.closed_at is not None) == (len(well) >= 2)
