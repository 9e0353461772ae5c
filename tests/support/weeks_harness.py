"""Interviews on the days around now, as tests of the weeks need them."""

from datetime import time, timedelta

from practice.base.wall_time import WallTime
from practice.library.interviews import Interview, InterviewFacts, NotedQuestion, Rating, Round
from practice.tui.services import Services
from tests.support.clock import NOW

UTC_ZONE = "UTC"


def add_interview(
    services: Services,
    days: int,
    company: str = "Acme",
    kind: Round = "panel",
    hour: int | None = 14,
) -> Interview:
    """An interview so many days from now, at 14:00: five minutes ago where it is today."""
    at = None if hour is None else time(hour)
    when = WallTime(NOW.date() + timedelta(days=days), at, UTC_ZONE)
    facts = InterviewFacts(company, round=kind, when=when)
    return services.workspace.library.interviews.add(facts, UTC_ZONE)


def note_question(
    services: Services,
    interview: Interview,
    text: str,
    rating: Rating | None = "rough",
    wish: str = "",
) -> NotedQuestion:
    """A question of its debrief, as a draft keeps it."""
    noted = NotedQuestion(text, rating=rating, wish=wish)
    return services.workspace.library.interviews.save_asked(interview.id, noted)
