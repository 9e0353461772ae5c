"""What is due today: pure, the same all day, never more than was asked for, and never a debt.

Everything is decided from what was so when the day began; what is done today only goes off the
list. Nothing is carried over: who rests for two weeks comes back to a list as short as before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import zip_longest

INTERVALS_DAYS = (1, 3, 7, 16, 35)
"""After how many days an answer comes back that was said well once, twice, and so on: each about
twice as long as the one before, as in spaced retrieval (FSRS and its forerunners)."""
LAST_DAYS = 7
"""So many days before an interview its stories come twice."""
SECOND_TELLING_DAYS = 3
"""The second time within so many days before it."""
OVERHEAD_S = 60
"""What an answer takes beside itself: to think, and to look at its review."""


class DueKind(IntEnum):
    """Why something is due, in the order in which it comes.

    Of the next interview's questions and of stories one comes after the other.
    """

    OPEN = 0
    """It was rough, and is not said well on two days yet."""
    INTERVIEW = 1
    """It belongs to the next interview."""
    STORY = 2
    """It was not told without notes yet, or is to be told before the interview."""
    REVIEW = 3
    """It was answered before, and its interval has passed."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that can be practised."""

    kind: DueKind
    key: tuple[str, str]
    """The bank and the question, or `stories` and the story."""
    text: str
    target_s: float
    """How long the answer is to be."""
    why: str
    """Such as `rough at Acme`."""
    topic: str = ""
    """What neighbours are told apart by: the sort of the question."""

    @property
    def takes_s(self) -> float:
        """How long it takes in all."""
        return self.target_s + OVERHEAD_S


@dataclass(frozen=True, slots=True)
class History:
    """When something was practised, by day; what happened today is in `done_today` alone."""

    last: date | None = None
    said_well: int = 0
    """On how many days it was said well, or told without notes."""
    last_well: date | None = None
    since_window: int = 0
    """How often it was told in the last days before the interview."""
    done_today: bool = False


@dataclass(frozen=True, slots=True)
class Practisable:
    """Something that can be due, with what is known of it."""

    item: DueItem
    history: History = History()
    rank: int = 0
    """Of two of a kind the lower comes first: the newest interview's before others."""


def plan_due(
    candidates: Iterable[Practisable],
    today: date,
    minutes: float,
    *,
    interview_day: date | None = None,
    rest_until: date | None = None,
) -> list[DueItem]:
    """What to practise today, in order.

    Args:
        candidates: Everything that can be due.
        today: In the user's own zone.
        minutes: How long the user wants to practise; the set may pass it by one answer.
        interview_day: Of the next interview; on that day, and from then on until another is set,
            nothing is planned for it.
        rest_until: The day on which rest ends.
    """
    if rest_until is not None and today < rest_until:
        return []
    if interview_day == today:
        return []
    days_left = (interview_day - today).days if interview_day and interview_day > today else None
    due = sorted(
        (each for each in candidates if is_due(each, today, days_left)),
        key=lambda each: (each.item.kind, each.rank, _waiting_since(each), each.item.key),
    )
    chosen: list[Practisable] = []
    planned_s = 0.0
    for each in _let_stories_in(due):
        # What was done today stays counted, so that nothing moves up in its place.
        if planned_s >= 60 * minutes:
            break
        planned_s += each.item.takes_s
        chosen.append(each)
    ordered = interleave([each.item for each in chosen])
    done = {each.item.key for each in chosen if each.history.done_today}
    return [item for item in ordered if item.key not in done]


def _let_stories_in(due: Sequence[Practisable]) -> list[Practisable]:
    """`due` with a story behind each question of the interview.

    A round has more questions than anybody has minutes: behind all of them no story would come.
    """
    before = [each for each in due if each.item.kind is DueKind.OPEN]
    questions = [each for each in due if each.item.kind is DueKind.INTERVIEW]
    stories = [each for each in due if each.item.kind is DueKind.STORY]
    after = [each for each in due if each.item.kind is DueKind.REVIEW]
    in_turn = [each for pair in zip_longest(questions, stories) for each in pair if each]
    return [*before, *in_turn, *after]


def is_due(candidate: Practisable, today: date, days_left: int | None) -> bool:
    """Whether something is due on a day.

    Args:
        candidate: What it is.
        today: The day.
        days_left: Until the interview; None where none is ahead.
    """
    history, kind = candidate.history, candidate.item.kind
    if kind is DueKind.OPEN:
        return True
    if kind is DueKind.INTERVIEW:
        return days_left is not None and (history.last is None or _has_passed(history, today))
    if kind is DueKind.STORY:
        if days_left is not None and days_left <= LAST_DAYS:
            wanted = 2 if days_left <= SECOND_TELLING_DAYS else 1
            if history.since_window < wanted:
                return True
        return history.said_well == 0
    return history.last is not None and _has_passed(history, today)


def next_day(history: History) -> date | None:
    """The day on which an answer comes back; None where it was never answered."""
    if history.last is None:
        return None
    if history.last_well is None or history.last_well < history.last:
        return history.last + timedelta(days=1)
    step = INTERVALS_DAYS[min(max(history.said_well, 1), len(INTERVALS_DAYS)) - 1]
    return history.last_well + timedelta(days=step)


def _has_passed(history: History, today: date) -> bool:
    comes_back = next_day(history)
    return comes_back is not None and comes_back <= today


def _waiting_since(candidate: Practisable) -> date:
    return candidate.history.last or date.min


def interleave(items: Sequence[DueItem]) -> list[DueItem]:
    """`items` so that neighbours differ in kind or topic where they can; the first one stays first.

    Practice that changes between things is harder and lasts longer (Rohrer and Taylor 2007).
    """
    left = list(items)
    ordered: list[DueItem] = []
    while left:
        last = ordered[-1] if ordered else None
        at = 0
        if last is not None:
            # The commonest sort goes whenever it may, or it would be left over at the end.
            groups = [(item.kind, item.topic) for item in left]
            allowed = [n for n, group in enumerate(groups) if group != (last.kind, last.topic)]
            if allowed:
                at = max(allowed, key=lambda n: (groups.count(groups[n]), -n))
        ordered.append(left.pop(at))
    return ordered
