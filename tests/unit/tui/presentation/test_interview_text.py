"""Interviews, debriefs and open questions in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from practice.base.wall_time import WallTime
from practice.core.weeks import DebriefPlan, describe_plan
from practice.library.interviews import Interview, InterviewFacts
from practice.library.open_questions import OpenQuestion
from practice.schedule.days import join_days, name_day
from practice.tui.presentation.interview_text import (
    describe_ahead,
    describe_deletion,
    describe_open,
    describe_when,
    find_debrief_to_offer,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=ZoneInfo("Europe/Berlin"))
OPENED = OpenQuestion(1, "b", "q", "Why?", "", None, NOW, None, {})


def make(days: int, hour: int | None = 14, zone: str = "Europe/Berlin") -> Interview:
    at = None if hour is None else time(hour)
    when = WallTime(TODAY + timedelta(days=days), at, zone)
    return Interview("i", InterviewFacts("Acme", round="panel", when=when), zone, NOW)


@pytest.mark.parametrize(
    ("days", "name"),
    [(-1, "yesterday"), (0, "today"), (1, "tomorrow"), (3, "Thursday"), (8, "1 Dec"),
     (40, "2 Jan 2027")],
)  # fmt: skip
def test_days_are_named_as_people_name_them(days: int, name: str) -> None:
    assert name_day(TODAY + timedelta(days=days), TODAY) == name


@pytest.mark.parametrize(
    ("interview", "when", "ahead"),
    [
        (make(4), "Friday 14:00, in 4 days", "Acme, panel, in 4 days"),
        (make(1), "tomorrow 14:00", "Acme, panel, tomorrow 14:00"),
        (make(0, None), "today", "Acme, panel, today"),
        # 23:00 in New York is the next morning in Berlin.
        (make(2, 23, "America/New_York"), "Wednesday 23:00 America/New_York, in 3 days",
         "Acme, panel, in 3 days"),
        # Where the clocks agree, the zone need not be said.
        (make(4, 14, "Europe/Paris"), "Friday 14:00, in 4 days", "Acme, panel, in 4 days"),
    ],
)  # fmt: skip
def test_a_time_is_told_from_where_the_user_is(interview: Interview, when: str, ahead: str) -> None:
    assert describe_when(interview.facts.when, NOW) == when
    assert describe_ahead(interview, NOW) == ahead


def test_a_debrief_is_offered_from_the_hour_on_and_for_a_week() -> None:
    held = make(0)
    assert find_debrief_to_offer([held], NOW) == held
    assert find_debrief_to_offer([held], NOW - timedelta(minutes=6)) is None
    assert find_debrief_to_offer([make(-6)], NOW) is not None
    assert find_debrief_to_offer([make(-8)], NOW) is None
    assert find_debrief_to_offer([replace(held, debriefed=True)], NOW) is None
    assert find_debrief_to_offer([replace(held, outcome="rejected")], NOW) is None


def test_the_plan_is_a_sentence() -> None:
    day = TODAY + timedelta(days=1)
    assert describe_plan(DebriefPlan((), day, 3), TODAY).startswith("Nothing was rough")
    one = describe_plan(DebriefPlan((OPENED,), day, 3), TODAY)
    assert one == "1 question to say well: tomorrow, 3 minutes."
    after_rest = describe_plan(DebriefPlan((OPENED,) * 3, TODAY + timedelta(days=3), 3), TODAY)
    assert after_rest == "3 questions to say well: the first on Thursday, 3 minutes each."


def test_days_are_joined_with_their_month_once() -> None:
    assert join_days([]) == ""
    assert join_days([date(2026, 12, 4)]) == "4 Dec"
    assert join_days([date(2026, 12, 4), date(2026, 12, 6)]) == "4 and 6 Dec"
    assert join_days([date(2026, 11, 30), date(2026, 12, 2)]) == "30 Nov and 2 Dec"


def test_an_open_question_says_where_it_stands() -> None:
    well = replace(OPENED, days={date(2026, 12, 4): "well", date(2026, 12, 6): "well"})
    closed = replace(well, closed_at=datetime(2026, 12, 6, tzinfo=UTC))
    assert describe_open(OPENED, TODAY) == "open since 23 Nov"
    assert describe_open(closed, TODAY) == "said well on 4 and 6 Dec; let it go"
    later = replace(OPENED, days={TODAY: "later"})
    assert describe_open(later, TODAY) == "not today; it comes back tomorrow"


def test_a_deletion_names_what_goes_and_nothing_that_is_not_there() -> None:
    assert describe_deletion(make(1), None, 0, has_page=False) == "Delete Acme, panel for good?"
    full = replace(make(-1), outcome="rejected", debriefed=True, asked=4)
    said = describe_deletion(full, None, 2, has_page=False)
    assert "its debrief, its outcome and 2 open questions" in said
    assert "your page about it" in describe_deletion(full, None, 0, has_page=True)
    assert "stays in your bank “asked”" in said
