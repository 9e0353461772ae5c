"""What the review screen says of itself: which take it shows, and why a key does nothing."""

from datetime import datetime

from practice.base.text import clock_time
from practice.library.takes import Take
from practice.tui.jobs.review_queue import ReviewQueue
from practice.tui.presentation import formatting

HEARS_MORE_NOW = (
    "An older version of practice transcribed this take and may have missed ums. "
    "F5 transcribes it again."
)
NO_REVIEW = "There is no review of this take yet."
WHY_NOT = {
    "compare": "There is one take of this question so far; r records another.",
    "retake": "This answer has no question that could be asked again.",
    "cancel": "Nothing is being transcribed.",
    "open": "This answer has no question that could come back.",
    "without_notes": "This take tells no story; y says which one it tells.",
    "with_notes": "This take tells no story; y says which one it tells.",
    "said_well": "This is not an open question; o opens it.",
    "not_today": "This is not an open question; o opens it.",
}
"""Why a command does nothing, by its action."""


def describe_waiting(take: Take, reviews: ReviewQueue) -> str:
    """What a take without a review waits for."""
    part = reviews.part(take.id)
    if part is None:
        return formatting.outcome(take)
    return formatting.hearing(part, reviews.left_s(take.id))


def describe_facts(
    take: Take, others: int, now: datetime, feedback: str, *, shows_original: bool
) -> str:
    """Which take, when, how long, and what its user says of it.

    Args:
        take: As the library has it.
        others: Takes of its question, itself included.
        now: What days are named from.
        feedback: Who answered, where somebody did.
        shows_original: Whether the machine's findings are shown without corrections.
    """
    parts = [
        f"take {take.number} of {max(others, take.number)}",
        f"{formatting.when(take, now)} {take.recorded_at.astimezone():%H:%M}",
        clock_time(take.duration_s or 0.0),
        f"rated {take.rating} of 4" if take.rating else "",
        "★" if take.starred else "",
        "notes" if take.notes else "",
        feedback,
        "without your corrections; v shows yours" if shows_original else "",
    ]
    return " · ".join(filter(None, parts))
