"""One habit at a time: mark it by ear, see the machine's marks, speak a minute without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from practice.base.words import Span
from practice.core.guesses import FEW_PER_MIN
from practice.delivery.findings import describe_filler_count
from practice.documents.review import ReviewDocument
from practice.questions.model import AskedQuestion, Question

HabitKind = Literal["fillers", "hurrying", "trailing off"]
HABITS: tuple[HabitKind, ...] = get_args(HabitKind)
REACTION_S = 1.5
"""A mark is set after what was heard: so much later it still means it."""
EARLY_S = 0.3
"""And so much before it."""
MINUTE_S = 60
PREP_S = 15
ENOUGH = "That is enough: look at what you say, not at this habit."
_INSTEAD: dict[HabitKind, str] = {
    "fillers": "Where an um would come, stay silent.",
    "hurrying": "At the end of each sentence, breathe once.",
    "trailing off": "Say the last word of each sentence as loud as the first.",
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Own marks beside the machine's."""

    both: int
    """Places that both marked."""
    own_only: int
    machine_only: int
    is_marked_by_machine: bool = True
    """The machine looks for this habit at all."""


@dataclass(frozen=True, slots=True)
class MinuteFacts:
    """What was observed in the minute, or in a take beside it."""

    fillers: int | None
    per_minute: float | None
    pauses: int | None
    """From the sound; of at least a quarter of a second."""
    longest_pause_s: float | None
    hurried: int
    """Stretches that were hurried."""


def marks_of_machine(review: ReviewDocument, habit: HabitKind) -> list[Span]:
    """Where the machine has found a habit; empty for one that it does not look for."""
    if habit == "fillers":
        return [each.span for each in review.findings if each.kind == "filler"]
    if habit == "hurrying":
        return [
            each.span for each in review.findings if (each.kind, each.label) == ("pace", "hurried")
        ]
    return []


def compare_marks(
    own_s: Sequence[float], machine: Sequence[Span], habit: HabitKind = "fillers"
) -> Agreement:
    """How far own marks and the machine's agree; each place is counted once.

    Args:
        own_s: Where a key was pressed while listening, in seconds of the take.
        machine: Where the machine has marked it.
        habit: What was listened for.
    """
    left = sorted(machine, key=lambda span: span.start_s)
    both = 0
    for at_s in sorted(own_s):
        for span in left:
            if span.start_s - EARLY_S <= at_s <= span.end_s + REACTION_S:
                left.remove(span)
                both += 1
                break
    return Agreement(both, len(own_s) - both, len(left), habit != "trailing off")


def describe_agreement(agreement: Agreement, habit: HabitKind) -> str:
    """Both kinds of mark in one sentence."""
    own = agreement.both + agreement.own_only
    if not agreement.is_marked_by_machine:
        return f"You marked {own}. practice has no mark of its own for {habit}: yours count."
    return (
        f"You marked {own}, practice {agreement.both + agreement.machine_only}; "
        f"{agreement.both} of them are the same places."
    )


def ask_for_minute(habit: HabitKind) -> AskedQuestion:
    """One minute about anything, with something else in the place of the habit."""
    text = f"Speak for one minute, about your last working day for instance. {_INSTEAD[habit]}"
    return AskedQuestion("", Question(id="", text=text, target_s=MINUTE_S, prep_s=PREP_S))


def read_minute(review: ReviewDocument) -> MinuteFacts:
    """What was observed in a take: fillers from its words, pauses from its sound."""
    measures = review.measures
    return MinuteFacts(
        measures.fillers.certain,
        measures.fillers.per_min,
        measures.pauses.count,
        measures.pauses.longest_s,
        len(marks_of_machine(review, "hurrying")),
    )


def is_enough(before: MinuteFacts, habit: HabitKind) -> bool:
    """Whether the habit is rare enough to leave alone."""
    if habit == "fillers":
        return before.per_minute is not None and before.per_minute < FEW_PER_MIN
    return habit == "hurrying" and not before.hurried


def describe_minute(facts: MinuteFacts) -> str:
    """What was observed, in one line; what cannot be known is left out."""
    parts = []
    if facts.fillers is not None:
        rate = f", {facts.per_minute:.1f} a minute" if facts.per_minute is not None else ""
        parts.append(f"{describe_filler_count(facts.fillers)}{rate}")
    if facts.pauses is not None:
        longest = f", the longest {facts.longest_pause_s:.1f} s" if facts.longest_pause_s else ""
        parts.append(f"{facts.pauses} pauses{longest}")
    parts.append(f"{facts.hurried} hurried stretch{'' if facts.hurried == 1 else 'es'}")
    return "; ".join(parts)
