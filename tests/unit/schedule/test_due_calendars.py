"""What is due in ten made-up calendars: the list that a person would find on that day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from practice.schedule.due import DueItem, DueKind, History, Practisable, plan_due

TODAY = date(2026, 11, 30)
"""A Monday."""


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def make(
    kind: DueKind, name: str, topic: str, minutes: int, rank: int, past: History
) -> Practisable:
    # An answer takes a minute more than its own length.
    return Practisable(
        DueItem(kind, (topic, name), name, 60.0 * minutes - 60, "", topic), past, rank
    )


def open_question(name: str, topic: str = "behavioural", rank: int = 0) -> Practisable:
    return make(DueKind.OPEN, name, topic, 3, rank, History())


def for_interview(name: str, topic: str, last: date | None = None) -> Practisable:
    return make(DueKind.INTERVIEW, name, topic, 3, 0, History(last=last))


def story(name: str, told_well: int = 0, in_window: int = 0) -> Practisable:
    past = History(day(-20) if told_well else None, told_well, since_window=in_window)
    return make(DueKind.STORY, name, "story", 3, 0, past)


def answered(name: str, last: date, said_well: int = 0, topic: str = "other") -> Practisable:
    past = History(last, said_well, last if said_well else None)
    return make(DueKind.REVIEW, name, topic, 2, 0, past)


def plan(*candidates: Practisable, minutes: int = 10, **given: date) -> list[str]:
    return [item.text for item in plan_due(candidates, TODAY, minutes, **given)]


CALENDARS: dict[str, tuple[Callable[[], list[str]], list[str]]] = {
    "nothing yet: a new user, no interview": (lambda: plan(), []),
    "answered yesterday, not said well: it comes back today": (
        lambda: plan(answered("Yourself", day(-1))),
        ["Yourself"],
    ),
    "said well once yesterday is due, twice two days ago is not": (
        lambda: plan(answered("Once", day(-1), 1), answered("Twice", day(-2), 2)),
        ["Once"],
    ),
    "three rough ones after an interview: the newest interview's first, and what fits": (
        lambda: plan(
            open_question("Old A", rank=1), open_question("New"), open_question("Old B", rank=1),
            answered("Yourself", day(-9)), minutes=5,
        ),
        ["New", "Old A"],
    ),
    "rough and rested kinds take turns": (
        lambda: plan(
            open_question("Failure"), open_question("Conflict"),
            answered("Cache", day(-4), topic="technical"), minutes=8,
        ),
        ["Conflict", "Cache", "Failure"],
    ),
    "an interview in ten days: its round, then stories never told, then what was answered": (
        lambda: plan(
            answered("Yourself", day(-5)), story("Migration"), story("Launch", told_well=2),
            for_interview("Design a cache", "technical"), minutes=15, interview_day=day(10),
        ),
        ["Design a cache", "Migration", "Yourself"],
    ),
    "an interview in six days: a story told well long ago comes once more": (
        lambda: plan(
            story("Launch", told_well=2), story("Migration", told_well=2, in_window=1),
            interview_day=day(6),
        ),
        ["Launch"],
    ),
    "an interview in two days: a story told once this week comes a second time": (
        lambda: plan(
            story("Launch", told_well=2, in_window=2), story("Migration", told_well=2, in_window=1),
            interview_day=day(2),
        ),
        ["Migration"],
    ),
    "the day of the interview: nothing, whatever is open": (
        lambda: plan(open_question("Failure"), answered("Yourself", day(-9)), interview_day=TODAY),
        [],
    ),
    "a rejection, and rest until Thursday: nothing; on Thursday the list is no longer": (
        lambda: [
            *plan(open_question("Failure"), open_question("Conflict"), rest_until=day(3)),
            "-- Thursday --",
            *plan(open_question("Failure"), open_question("Conflict"), rest_until=TODAY),
        ],
        ["-- Thursday --", "Conflict", "Failure"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("calendar", CALENDARS)
def test_each_calendar_has_the_list_that_a_person_would_expect(calendar: str) -> None:
    due, expected = CALENDARS[calendar]
    assert due() == expected
