from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from practice.library.takes import Take, TakeState
from practice.questions.model import Question
from practice.schedule.proposal import Candidate, Turn, propose, takes_in_a_row

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
BASICS = [
    Candidate("basics", "Basics", Question(id=name, text=name.upper())) for name in ("a", "b", "c")
]


def make_take(question_id: str | None, ago: timedelta, bank: str | None = "basics") -> Take:
    return Take(
        id="t", number=1, question_id=question_id, bank=bank, question=None, session_id=None,
        state=TakeState.REVIEWED, recorded_at=NOW - ago, duration_s=60.0, audio=None,
        sample_rate_hz=None, peak_dbfs=None, clipped_s=None, overflows=None, device=None,
        interrupted=None, failure=None, model=None, starred=False, rating=None, notes="",
        measures=None,
    )  # fmt: skip


def sort_takes(*takes: Take) -> list[Take]:
    return sorted(takes, key=lambda item: item.recorded_at, reverse=True)


def propose_order(*takes: Take) -> list[str]:
    return [p.candidate.question.id for p in propose(BASICS, sort_takes(*takes), NOW, UTC)]


def find_reason(question_id: str, *takes: Take) -> str:
    proposals = propose(BASICS, sort_takes(*takes), NOW, UTC)
    return next(p.why for p in proposals if p.candidate.question.id == question_id)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def test_new_questions_come_in_the_order_of_their_bank() -> None:
    assert propose_order() == ["a", "b", "c"]
    assert find_reason("a") == "new to you"


def test_a_question_comes_back_after_a_week_before_new_ones() -> None:
    assert propose_order(make_take("c", days(9))) == ["c", "a", "b"]
    assert find_reason("c", make_take("c", days(9))) == "not answered for 9 days"


def test_a_question_of_the_last_days_waits_behind_new_ones() -> None:
    assert propose_order(make_take("a", days(2)), make_take("b", days(3))) == [
        "c",
        "b",
        "a",
    ]
    assert find_reason("a", make_take("a", days(1))) == "answered yesterday"


def test_of_two_that_are_due_the_older_comes_first() -> None:
    assert propose_order(make_take("b", days(8)), make_take("c", days(30)))[:2] == [
        "c",
        "b",
    ]


def test_three_takes_in_a_row_rest_until_tomorrow() -> None:
    tired = [make_take("a", timedelta(minutes=minutes)) for minutes in (5, 10, 15)]

    assert propose_order(*tired, make_take("b", timedelta(hours=2)))[-1] == "a"
    assert find_reason("a", *tired) == "resting: 3 takes in a row today"


def test_a_rested_question_comes_first_the_next_day() -> None:
    tired = [make_take("a", days(1) + timedelta(minutes=minutes)) for minutes in (5, 10, 15)]

    assert propose_order(*tired, make_take("b", days(20)))[0] == "a"
    assert find_reason("a", *tired) == "rested since yesterday"


def test_takes_with_another_question_between_them_are_not_in_a_row() -> None:
    minutes = [make_take("a", timedelta(minutes=at)) for at in (5, 10, 20)]

    assert find_reason("a", *minutes, make_take("b", timedelta(minutes=15))) == "answered today"


def test_a_bank_with_the_same_id_is_another_question() -> None:
    assert find_reason("a", make_take("a", days(1), bank="mine")) == "new to you"


def test_takes_in_a_row_count_back_from_the_newest_of_today() -> None:
    today = [make_take("a", timedelta(hours=hours)) for hours in (1, 2)]

    assert takes_in_a_row(sort_takes(*today, make_take("b", timedelta(hours=3))), NOW, UTC) == 2
    assert takes_in_a_row(sort_takes(make_take("a", days(1))), NOW, UTC) == 0
    assert takes_in_a_row([make_take(None, timedelta(hours=1))], NOW, UTC) == 0


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c", "gone", None]), st.integers(0, 60 * 24 * 40)),
        max_size=20,
    )
)
def test_every_candidate_is_proposed_once_in_the_order_of_turns(
    answered: list[tuple[str | None, int]],
) -> None:
    takes = sort_takes(*(make_take(name, timedelta(minutes=ago)) for name, ago in answered))

    proposals = propose(BASICS, takes, NOW, UTC)

    assert sorted(p.candidate.question.id for p in proposals) == ["a", "b", "c"]
    assert all(first.turn <= second.turn for first, second in pairwise(proposals))
    assert all(p.why for p in proposals)
    due = [p for p in proposals if p.turn is Turn.NEW]
    known = {name for name, _ in answered}
    assert {p.candidate.question.id for p in due} == {"a", "b", "c"} - known


def test_a_fragment_answers_no_question() -> None:
    fragment = replace(make_take("a", timedelta(minutes=5)), duration_s=3.0)
    assert propose_order(fragment) == ["a", "b", "c"]
    assert find_reason("a", fragment) == "new to you"
    assert takes_in_a_row([fragment] * 4, NOW, UTC) == 0


def test_a_question_is_weak_by_its_last_rating_and_starred_by_any_take() -> None:
    old = replace(make_take("a", days(3)), rating=1, starred=True)
    takes = [make_take("a", days(1)), old, replace(make_take("b", days(2)), rating=3)]
    older = replace(make_take("b", days(9)), rating=1)
    found = {
        p.candidate.question.id: p for p in propose(BASICS, sort_takes(*takes, older), NOW, UTC)
    }
    assert [found[name].is_weak for name in "abc"] == [True, False, False]
    assert [found[name].is_starred for name in "abc"] == [True, False, False]
