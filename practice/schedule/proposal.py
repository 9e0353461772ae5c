"""Which question to serve next, and why: the one that was not answered for longest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import IntEnum
from itertools import groupby, takewhile

from practice.library.takes import Take
from practice.questions.model import Question
from practice.schedule.days import days_between

COMES_BACK_DAYS = 7
"""An answered question is proposed again before new ones once so many days have passed.

A week is our choice: long enough that the answer must be found again, which is what makes a
repetition useful, short enough that an active search for work sees it several times.
"""
REST_AFTER = 3
"""After so many takes of one question in a row it rests until the next day: the later ones are
rarely the better ones."""

WEAK_RATING = 2
"""Of 4; a question whose last rated take got no more is weak."""

QuestionKey = tuple[str | None, str | None]
"""What tells questions apart: the name of the bank and the id within it."""


class Turn(IntEnum):
    """The order in which questions come."""

    RESTED = 0
    """It was rested after several takes in a row, and a night has passed."""
    DUE = 1
    """It was answered, but not for `COMES_BACK_DAYS`."""
    NEW = 2
    """It was never answered."""
    RECENT = 3
    """It was answered in the last days."""
    RESTING = 4
    """It had several takes in a row today."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be served."""

    bank: str
    bank_title: str
    question: Question

    @property
    def key(self) -> QuestionKey:
        """What its takes are filed under."""
        return self.bank, self.question.id


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question with the reason why it is served now."""

    candidate: Candidate
    turn: Turn
    why: str
    """Such as `not answered for 9 days`."""
    is_starred: bool = False
    """One of its takes has a star."""
    is_weak: bool = False
    """The last take of it that has a rating got `WEAK_RATING` or less."""


@dataclass(frozen=True, slots=True)
class _History:
    """What the takes of one question say about its turn."""

    last: datetime
    in_a_row: int
    """The most takes of it with no other question between them, on the day of the last one."""


@dataclass(slots=True)
class _OwnMarks:
    """What the user gave to the takes of one question."""

    is_starred: bool = False
    rating: int | None = None
    """That of the newest take that has one."""


def propose(
    candidates: Iterable[Candidate],
    takes: Sequence[Take],
    now: datetime,
    zone: tzinfo | None = None,
) -> list[Proposal]:
    """Every candidate in the order in which to serve them.

    Args:
        candidates: In the order of their banks, the user's own first; new ones keep that order.
        takes: Newest first, as the library gives them; a fragment answers no question.
        now: The moment to judge from.
        zone: Where midnight is counted; None for the machine's own zone.
    """
    histories = _find_histories([take for take in takes if not take.is_fragment], zone)
    judged = [
        _judge_candidate(candidate, histories.get(candidate.key), now, zone)
        for candidate in candidates
    ]
    marks = _find_own_marks(takes)
    # The sort is stable: what is alike, such as all new ones, keeps the order of the banks.
    return [
        _with_marks(proposal, marks.get(proposal.candidate.key))
        for _, proposal in sorted(judged, key=lambda item: item[0])
    ]


def takes_in_a_row(takes: Sequence[Take], now: datetime, zone: tzinfo | None = None) -> int:
    """How many of today's takes, from the newest back, answer the same question as the newest."""
    today = [
        take
        for take in takes
        if days_between(take.recorded_at, now, zone) == 0 and not take.is_fragment
    ]
    if not today or today[0].question_id is None:
        return 0
    newest = _question_key(today[0])
    return len(list(takewhile(lambda take: _question_key(take) == newest, today)))


def _question_key(take: Take) -> QuestionKey:
    return take.bank, take.question_id


def _find_histories(takes: Sequence[Take], zone: tzinfo | None) -> dict[QuestionKey, _History]:
    """For each question its last take and the longest row of takes on that day."""

    def key_and_day(take: Take) -> tuple[QuestionKey, date]:
        return _question_key(take), take.recorded_at.astimezone(zone).date()

    histories: dict[QuestionKey, _History] = {}
    # A row is what `groupby` makes a group of: takes that follow each other. Newest first, so the
    # first row of a question holds its last take.
    for (key, day), row in groupby(takes, key_and_day):
        newest, *others = row
        known = histories.setdefault(key, _History(newest.recorded_at, 0))
        if day == known.last.astimezone(zone).date():
            histories[key] = _History(known.last, max(known.in_a_row, 1 + len(others)))
    return histories


def _find_own_marks(takes: Sequence[Take]) -> dict[QuestionKey, _OwnMarks]:
    marks: dict[QuestionKey, _OwnMarks] = {}
    for take in takes:
        own = marks.setdefault(_question_key(take), _OwnMarks())
        own.is_starred = own.is_starred or take.starred
        own.rating = take.rating if own.rating is None else own.rating
    return marks


def _with_marks(proposal: Proposal, own: _OwnMarks | None) -> Proposal:
    if own is None:
        return proposal
    is_weak = own.rating is not None and own.rating <= WEAK_RATING
    return replace(proposal, is_starred=own.is_starred, is_weak=is_weak)


def _judge_candidate(
    candidate: Candidate, history: _History | None, now: datetime, zone: tzinfo | None
) -> tuple[tuple[int, float], Proposal]:
    """What a candidate is sorted by (its turn, then the longest ago), and its proposal."""
    if history is None:
        return (Turn.NEW, 0.0), Proposal(candidate, Turn.NEW, "new to you")
    days = days_between(history.last, now, zone)
    turn, why = _find_turn(days, history.in_a_row)
    return (turn, history.last.timestamp()), Proposal(candidate, turn, why)


def _find_turn(days: int, in_a_row: int) -> tuple[Turn, str]:
    if days <= 0:
        resting = in_a_row >= REST_AFTER
        why = f"resting: {in_a_row} takes in a row today" if resting else "answered today"
        return (Turn.RESTING if resting else Turn.RECENT), why
    since = "yesterday" if days == 1 else f"for {days} days"
    if in_a_row >= REST_AFTER and days < COMES_BACK_DAYS:
        return Turn.RESTED, "rested since yesterday" if days == 1 else f"rested {since}"
    if days >= COMES_BACK_DAYS:
        return Turn.DUE, f"not answered {since}"
    return Turn.RECENT, f"answered {since}" if days == 1 else f"not answered {since}"
