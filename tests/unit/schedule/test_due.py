"""What is due: in order, within the minutes, before the interview, and never a debt."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from practice.schedule.due import (
    INTERVALS_DAYS,
    LAST_DAYS,
    OVERHEAD_S,
    DueItem,
    DueKind,
    History,
    Practisable,
    interleave,
    next_day,
    plan_due,
)

TODAY = date(2026, 11, 30)


NEVER = History()


def make(
    kind: DueKind, name: str, history: History = NEVER, rank: int = 0, topic: str = ""
) -> Practisable:
    return Practisable(DueItem(kind, ("b", name), name, 60, "why", topic), history, rank)


def names(items: list[DueItem]) -> list[str]:
    return [item.text for item in items]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_open_questions_come_first_those_of_the_newest_interview_before_others() -> None:
    candidates = [
        make(DueKind.REVIEW, "old", History(ago(40), 1, ago(40))),
        make(DueKind.OPEN, "other", rank=1),
        make(DueKind.OPEN, "newest", rank=0),
    ]
    assert names(plan_due(candidates, TODAY, 2))[0] == "newest"
    assert set(names(plan_due(candidates, TODAY, 4))) == {"newest", "other"}


def test_a_story_comes_behind_each_question_of_the_interview() -> None:
    candidates = [make(DueKind.INTERVIEW, f"question {number}") for number in range(50)]
    candidates += [make(DueKind.STORY, name) for name in ("night", "move")]
    soon = TODAY + timedelta(days=5)
    due = plan_due(candidates, TODAY, 8, interview_day=soon)
    assert [item.kind for item in due] == [DueKind.INTERVIEW, DueKind.STORY] * 2
    assert {"night", "move"} <= set(names(due))


def test_an_answer_comes_back_after_longer_and_longer() -> None:
    for wells, days in enumerate(INTERVALS_DAYS, start=1):
        history = History(ago(days), wells, ago(days))
        assert next_day(history) == TODAY
    assert next_day(History(ago(35), 9, ago(35))) == TODAY


def test_an_answer_that_was_not_said_well_comes_back_on_the_next_day() -> None:
    assert next_day(History(ago(1), 3, ago(9))) == TODAY


def test_in_the_last_week_every_story_comes_twice() -> None:
    known = History(ago(30), 3, ago(30))

    def told(times: int, days_left: int) -> bool:
        history = History(known.last, known.said_well, known.last_well, since_window=times)
        day = TODAY + timedelta(days=days_left)
        return bool(plan_due([make(DueKind.STORY, "s", history)], TODAY, 9, interview_day=day))

    assert [told(0, LAST_DAYS + 1), told(0, LAST_DAYS), told(1, LAST_DAYS)] == [False, True, False]
    assert [told(1, 3), told(2, 3), told(1, 1)] == [True, False, True]


def test_nothing_is_due_on_the_day_of_the_interview_and_while_one_rests() -> None:
    candidates = [make(DueKind.OPEN, "rough"), make(DueKind.INTERVIEW, "theirs")]
    assert plan_due(candidates, TODAY, 20, interview_day=TODAY) == []
    assert plan_due(candidates, TODAY, 20, rest_until=TODAY + timedelta(days=1)) == []
    assert plan_due(candidates, TODAY, 20, rest_until=TODAY) != []


def test_what_was_done_today_goes_and_nothing_moves_up_in_its_place() -> None:
    before = [make(DueKind.OPEN, name) for name in "abc"]
    after = [make(DueKind.OPEN, "a", History(done_today=True)), *before[1:]]
    assert names(plan_due(before, TODAY, 3)) == ["a", "b"]
    assert names(plan_due(after, TODAY, 3)) == ["b"]


days = st.integers(0, 400)
histories = st.builds(
    lambda last, wells, well, window: (
        History()
        if last is None
        else History(ago(last + 1), wells, ago(last + 1 + well) if wells else None, window)
    ),
    st.none() | days,
    st.integers(0, 6),
    days,
    st.integers(0, 3),
)
candidate_lists = st.lists(
    st.builds(
        make,
        st.sampled_from(DueKind),
        st.uuids().map(str),
        histories,
        st.integers(0, 3),
        st.sampled_from(["", "behavioural", "technical"]),
    ),
    max_size=40,
    unique_by=lambda each: each.item.key,
)


@given(candidate_lists, st.integers(0, 60), st.none() | st.integers(-5, 30))
def test_the_set_never_passes_the_minutes_by_more_than_one_answer(
    candidates: list[Practisable], minutes: int, ahead: int | None
) -> None:
    day = None if ahead is None else TODAY + timedelta(days=ahead)
    found = plan_due(candidates, TODAY, minutes, interview_day=day)
    assert sum(item.takes_s for item in found) < 60 * minutes + 60 + OVERHEAD_S
    assert len({item.key for item in found}) == len(found)


@given(candidate_lists, st.integers(1, 60), st.integers(0, 30))
def test_nothing_for_an_interview_is_planned_on_its_day_or_after(
    candidates: list[Practisable], minutes: int, after: int
) -> None:
    found = plan_due(candidates, TODAY, minutes, interview_day=TODAY - timedelta(days=after))
    assert all(item.kind is not DueKind.INTERVIEW for item in found)


@given(candidate_lists, st.integers(1, 30), st.integers(1, 60))
def test_a_pause_makes_no_debt(candidates: list[Practisable], minutes: int, pause: int) -> None:
    later = plan_due(candidates, TODAY + timedelta(days=pause), minutes)
    assert sum(item.takes_s for item in later) < 60 * minutes + 60 + OVERHEAD_S


@given(candidate_lists, st.integers(1, 60), st.randoms())
def test_the_set_is_the_same_whenever_it_is_asked_for(
    candidates: list[Practisable], minutes: int, random: object
) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan_due(candidates, TODAY, minutes) == plan_due(shuffled, TODAY, minutes)


@given(candidate_lists, st.integers(1, 60), st.data())
def test_doing_something_only_takes_it_off_the_list(
    candidates: list[Practisable], minutes: int, data: st.DataObject
) -> None:
    before = plan_due(candidates, TODAY, minutes)
    if not before:
        return
    done = data.draw(st.sampled_from(before))
    marked = [
        Practisable(each.item, _done(each.history), each.rank) if each.item == done else each
        for each in candidates
    ]
    assert plan_due(marked, TODAY, minutes) == [item for item in before if item != done]


def _done(history: History) -> History:
    return History(
        history.last, history.said_well, history.last_well, history.since_window, done_today=True
    )


@given(candidate_lists)
def test_neighbours_differ_where_they_can(candidates: list[Practisable]) -> None:
    items = [each.item for each in candidates]
    ordered = interleave(items)
    assert sorted(ordered, key=lambda item: item.key) == sorted(items, key=lambda item: item.key)
    groups = [(item.kind, item.topic) for item in ordered]
    most = max((groups.count(group) for group in groups), default=0)
    same = sum(a == b for a, b in pairwise(groups))
    # The first one is given; behind it only a sort that fills more than half must follow itself.
    if 2 * most <= len(groups):
        assert same == 0
