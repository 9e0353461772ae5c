"""Interviews, debriefs and open questions in the few words that fit a line."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from practice.base.wall_time import WallTime
from practice.core.rehearsing import describe_rehearsals
from practice.library.interviews import Debrief, Interview, NotedQuestion
from practice.library.open_questions import DAYS_TO_CLOSE, OpenQuestion, Verdict
from practice.schedule.days import (
    count_days,
    describe_days_left,
    join_days,
    name_day,
    short_date,
)

OFFERED_DAYS = 7
"""So many days after an interview its debrief is offered: later, less is remembered, and nobody is
reminded for weeks."""
NO_DAY = "no day yet"
_VERDICTS: dict[Verdict, str] = {"well": "said well", "again": "again", "later": "not today"}


def day_of(when: WallTime, now: datetime) -> date:
    """The day of an interview on the user's own calendar.

    Args:
        when: Of the interview, in the zone that it is meant in.
        now: In the user's own zone.
    """
    return when.day if when.at is None else when.begins.astimezone(now.tzinfo).date()


def describe_when(when: WallTime | None, now: datetime) -> str:
    """`Thursday 14:00, in 4 days`; with its zone where that is not the user's own."""
    if when is None:
        return NO_DAY
    day, today = day_of(when, now), now.date()
    hour = f" {when.at:%H:%M}" if when.at else ""
    if when.at and not _is_own_zone(when, now):
        hour = f"{hour} {when.zone}"
    said = f"{name_day(when.day, today)}{hour}"
    return ", ".join(filter(None, (said, count_days((day - today).days))))


def spell_out_when(when: WallTime) -> str:
    """`Thursday 3 December 2026, 14:00, Europe/Berlin`."""
    day = f"{when.day:%A} {when.day.day} {when.day:%B} {when.day.year}"
    return f"{day}, {when.at:%H:%M}, {when.zone}" if when.at else f"{day}, no hour yet"


def _is_own_zone(when: WallTime, now: datetime) -> bool:
    """Whether the clocks of both places show the same then."""
    begins = when.begins
    theirs = begins.astimezone(ZoneInfo(when.zone)).utcoffset()
    return theirs == begins.astimezone(now.tzinfo).utcoffset()


def describe_ahead(interview: Interview, now: datetime) -> str:
    """`Acme, panel, in 4 days`."""
    when = interview.facts.when
    if when is None:
        return interview.name
    day, today = day_of(when, now), now.date()
    hour = f" {when.at:%H:%M}" if when.at and (day - today).days <= 1 else ""
    return f"{interview.name}, {describe_days_left(day, today)}{hour}"


def find_debrief_to_offer(interviews: Sequence[Interview], now: datetime) -> Interview | None:
    """The newest interview that was just held and has no debrief; None where there is none."""
    recent = [
        each
        for each in interviews
        if each.facts.when
        and each.is_over(now)
        and not each.debriefed
        and each.is_open
        and now - each.facts.when.ends < timedelta(days=OFFERED_DAYS)
    ]
    return recent[-1] if recent else None


def describe_debrief(interview: Interview, now: datetime) -> str:
    """Whether there is one: `debriefed`, `debrief begun`, or when it can be made."""
    if interview.debriefed:
        return f"{interview.asked} noted"
    if interview.asked:
        return "begun"
    return "not yet" if interview.is_over(now) else ""


def describe_interview(
    interview: Interview, debrief: Debrief | None, now: datetime, rehearsals: int = 0
) -> str:
    """What is known of an interview beside its name: role, format, who, and where it stands."""
    facts = interview.facts
    people = f"with {', '.join(facts.people)}" if facts.people else ""
    known = " · ".join(filter(None, (facts.role, facts.format, people)))
    felt = f"felt {debrief.felt} of 5" if debrief is not None and debrief.felt else ""
    noted = describe_debrief(interview, now)
    if interview.debriefed:
        noted = f"{_count(interview.asked, 'question')} noted"
    elif noted:
        noted = f"debrief {noted}: d"
    rehearsed = f"rehearsals {describe_rehearsals(rehearsals)}" if rehearsals else ""
    stands = " · ".join(filter(None, (interview.outcome or "", noted, felt, rehearsed)))
    return "\n".join(filter(None, (known, stands)))


def describe_noted(noted: NotedQuestion) -> str:
    """A question of a debrief, in a line: `rough   Tell me about a conflict`."""
    return f"{noted.rating or '':<8}{noted.text}"


def describe_open(opened: OpenQuestion, today: date) -> str:
    """Where an open question stands, in a line."""
    well = opened.said_well_on
    if opened.closed_at is not None:
        if len(well) >= DAYS_TO_CLOSE:
            return f"said well on {join_days(well)}; let it go"
        return f"closed on {short_date(opened.closed_at.astimezone().date())}"
    if well:
        return f"said well on {join_days(well)}; on one more day it closes"
    if today in opened.days:
        return f"{_VERDICTS[opened.days[today]]}; it comes back tomorrow"
    return f"open since {short_date(opened.opened_at.astimezone().date())}"


def describe_deletion(
    interview: Interview, debrief: Debrief | None, opened: int, *, has_page: bool
) -> str:
    """What goes when an interview is deleted, and what stays, as a question."""
    parts = [
        "its debrief" if debrief is not None or interview.asked else "",
        "its outcome" if interview.outcome else "",
        "your page about it" if has_page else "",
        _count(opened, "open question") if opened else "",
    ]
    named = [part for part in parts if part]
    going = " and ".join(filter(None, (", ".join(named[:-1]), named[-1] if named else "")))
    question = f"Delete {interview.name} for good?"
    if going:
        question += f" With it {'go' if len(named) > 1 or opened > 1 else 'goes'} {going}."
    if interview.debriefed and interview.asked:
        question += " What was asked stays in your bank “asked”."
    return question


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
