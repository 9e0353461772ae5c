"""The retrieval drill: which story answers this question, in ten seconds."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from practice.base.errors import NotFoundError
from practice.base.text import one_line
from practice.core.weeks import list_questions, now_in_zone
from practice.core.workspace import Workspace
from practice.library.interviews import find_next
from practice.questions.model import Question

RETRIEVAL_QUESTIONS = 10
RETRIEVAL_S = 10.0
"""For each question: to choose a story, and to say its first sentence."""
_ANSWERED_BY_STORIES = frozenset({"behavioural", None})
"""Sorts of question that ask for something that happened, and questions of no sort."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What came of one question of the retrieval drill."""

    question: str
    """What was asked."""
    story: str | None
    """The title of the story that was chosen; None where none was in time."""
    seconds: float | None
    """How long choosing took."""


class Retrieval:
    """Ten questions, ten seconds each: which story, and its first sentence aloud.

    It knows no screen: whoever shows it looks at `question`, `left_s` and `chosen` a few times a
    second, and calls `choose` and `go_on`. Nothing is recorded or kept.

    Args:
        questions: In the order in which they are asked; at least one.
        stories: The titles of the stories, in the order in which they are offered.
        monotonic: Seconds that only grow.
    """

    def __init__(
        self, questions: Sequence[str], stories: Sequence[str], monotonic: Callable[[], float]
    ) -> None:
        self.questions = tuple(questions)
        self.stories = tuple(stories)
        self._monotonic = monotonic
        self._began_at = monotonic()
        self._choices: list[Choice] = []
        self._chosen: Choice | None = None

    @property
    def number(self) -> int:
        """Which question is asked, from 0; as many as there are once it is over."""
        self._catch_up()
        return len(self._choices)

    @property
    def is_over(self) -> bool:
        """Every question was asked."""
        return self.number == len(self.questions)

    @property
    def question(self) -> str:
        """What is asked now; the last one once it is over."""
        # Its time may run out between two looks, so that being over was not seen yet.
        return self.questions[min(self.number, len(self.questions) - 1)]

    @property
    def chosen(self) -> str | None:
        """The story that was chosen for it; None before one is."""
        self._catch_up()
        return self._chosen.story if self._chosen else None

    @property
    def left_s(self) -> float:
        """Time that is left for this question."""
        self._catch_up()
        return max(0.0, self._began_at + RETRIEVAL_S - self._monotonic())

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What came of every question so far."""
        self._catch_up()
        return tuple(self._choices)

    def choose(self, story: int) -> None:
        """Choose a story by its place; the first choice stands."""
        if self.is_over or self._chosen or not 0 <= story < len(self.stories):
            return
        seconds = min(self._monotonic() - self._began_at, RETRIEVAL_S)
        asked = self.questions[len(self._choices)]
        self._chosen = Choice(asked, self.stories[story], round(seconds, 1))

    def go_on(self) -> None:
        """Ask the next question before the time is over."""
        if not self.is_over:
            self._end_question(self._monotonic())

    def _catch_up(self) -> None:
        """End every question whose time is over."""
        while len(self._choices) < len(self.questions):
            ends_at = self._began_at + RETRIEVAL_S
            if self._monotonic() < ends_at:
                return
            self._end_question(ends_at)

    def _end_question(self, at: float) -> None:
        asked = self.questions[len(self._choices)]
        self._choices.append(self._chosen or Choice(asked, None, None))
        self._chosen, self._began_at = None, at


def choose_retrieval_questions(workspace: Workspace, times_before: int = 0) -> list[str]:
    """Ten questions that a story can answer; another ten on another day, and another time.

    Those of the next interview's round come before others.

    Args:
        workspace: Where the questions are.
        times_before: How often the drill was begun already, just now.

    Raises:
        NotFoundError: No bank has one.
        StorageError: The library cannot be read.
    """
    now = now_in_zone(workspace)
    ahead = find_next(workspace.library.interviews.all(), now)
    wanted_round = ahead.facts.round if ahead else ""
    found = [
        each.question
        for each in list_questions(workspace)
        if each.question.kind in _ANSWERED_BY_STORIES
    ]
    if not found:
        raise NotFoundError("no bank has a question that a story answers", "practice banks list")
    picked = pick_for_day(found, now.date(), wanted_round, times_before)
    return [each.text for each in picked]


def pick_for_day(
    questions: Sequence[Question], day: date, wanted_round: str, times_before: int = 0
) -> list[Question]:
    """At most ten of the questions, in another order on each day; those of a round first.

    Each further time goes on where the time before ended, and begins again after the last.
    """
    shuffled = list(questions)
    random.Random(day.toordinal()).shuffle(shuffled)
    shuffled.sort(key=lambda question: wanted_round not in question.rounds)
    begin = times_before * RETRIEVAL_QUESTIONS % max(len(shuffled), 1)
    return [*shuffled[begin:], *shuffled[:begin]][:RETRIEVAL_QUESTIONS]


def sum_up_retrieval(choices: Sequence[Choice], stories: Sequence[str]) -> list[str]:
    """What the drill came to, in sentences: the choices, their time, and the stories left over."""
    lines = []
    for choice in choices:
        if choice.story is None:
            lines.append(f"no story in time: {one_line(choice.question)}")
        else:
            chosen = f"{choice.seconds:.1f} s, {one_line(choice.story)}"
            lines.append(f"{chosen}: {one_line(choice.question)}")
    used = {choice.story for choice in choices}
    if left := [title for title in stories if title not in used]:
        lines.append(f"never chosen: {', '.join(map(one_line, left))}")
    return [*lines, "Nothing was recorded: only the choice and its time were looked at."]
