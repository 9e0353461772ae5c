"""The ladder: one story in less and less time, each telling with a hard stop."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from practice.base.text import clock_time
from practice.library.takes import Take
from practice.library.tellings import STORY_BANK
from practice.questions.model import AskedQuestion
from practice.questions.stories.model import Story

LADDER_S = (180, 90, 60, 30)
"""The lengths of one story, each with a hard stop. Telling the same again in less time makes speech
more fluent (Nation's 4/3/2; de Jong and Perfetti 2011)."""
PREP_S = 5
ONLY_LENGTHS = "Only the lengths stand side by side here; each telling has a review of its own."


@dataclass(frozen=True, slots=True)
class Rung:
    """One telling of a ladder."""

    limit_s: int
    """The time that there was for it."""
    take: Take


def list_rungs(story: Story) -> list[AskedQuestion]:
    """The same story four times, in less and less time; for a session in interview mode."""
    told = story.as_question()
    return [
        AskedQuestion(STORY_BANK, msgspec.structs.replace(told, target_s=target_s, prep_s=PREP_S))
        for target_s in LADDER_S
    ]


def find_rungs(
    asked: Sequence[AskedQuestion], take_ids: Sequence[str], takes: Sequence[Take]
) -> tuple[Rung, ...]:
    """The tellings of a session that is a ladder; none of any other session.

    Args:
        asked: The questions of the session, in their order.
        take_ids: Its answers, each to the question at the same place.
        takes: Those of them that are still there.
    """
    lengths = tuple(each.question.target_s for each in asked)
    stories = {(each.bank, each.question.id) for each in asked}
    if lengths != LADDER_S or len(stories) > 1 or asked[0].bank != STORY_BANK:
        return ()
    still = {take.id: take for take in takes}
    told = zip(LADDER_S, take_ids, strict=False)
    return tuple(Rung(limit_s, still[take_id]) for limit_s, take_id in told if take_id in still)


def sum_up_ladder(rungs: Sequence[Rung]) -> str:
    """How long each telling was, and that nothing else was looked at."""
    lengths = ", ".join(
        f"{clock_time(rung.take.duration_s or 0.0)} of {clock_time(rung.limit_s)}" for rung in rungs
    )
    times = "once" if len(rungs) == 1 else f"{len(rungs)} times"
    return f"The same story {times}: {lengths}. {ONLY_LENGTHS}"
