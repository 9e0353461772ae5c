"""One habit at a time: mark it by ear, see the machine's marks, speak a minute without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from practice.base.text import clock_time
from practice.base.words import Span
from practice.core.guesses import FEW_PER_MIN
from practice.delivery.findings import describe_filler_count
from practice.documents.review import ReviewDocument
from practice.library.takes import Take, TakeState
from practice.questions.model import AskedQuestion, Question

HabitKind = Literal["fillers", "hurrying", "trailing off"]
HABITS: tuple[HabitKind, ...] = get_args(HabitKind)
REACTION_S = 1.5
"""A mark is set after what was heard: so much later it still means it."""
EARLY_S = 0.3
"""And so much before it."""
MINUTE_S = 60
PREP_S = 15
HURRIED = ("pace", "hurried")
"""Kind and label of the machine's marks for it."""
ENOUGH = "That is enough: look at what you say, not at this habit."
_INSTEAD: dict[HabitKind, str] = {
    "fillers": "Where an um would come, stay silent.",
    "hurrying": "At the end of each sentence, breathe once.",
    "trailing off": "Say the last word of each sentence as loud as the first.",
}


@dataclass(frozen=True, slots=True)
class MachineMarks:
    """Where the machine has found a habit."""

    sure: tuple[Span, ...]
    possible: tuple[Span, ...] = ()
    """Where it may be: such a place counts only where the user has marked it too."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Own marks beside the machine's, in the part that was heard."""

    both: int
    """Places that both marked."""
    own_only: int
    machine_only: int | None
    """None where the machine did not look for this habit in this take."""
    heard_s: float | None = None
    """How much of the take was heard; None for all of it."""


@dataclass(frozen=True, slots=True)
class MinuteFacts:
    """What was observed in the minute, or in a take beside it."""

    fillers: int | None
    per_minute: float | None
    pauses: int | None
    """From the sound; of at least a quarter of a second."""
    longest_pause_s: float | None
    hurried: int | None
    """Stretches that were hurried; None where the pace of the take is not known."""


def marks_of_machine(review: ReviewDocument, habit: HabitKind) -> MachineMarks | None:
    """Where the machine has found a habit; None where it did not, or could not, look for it.

    Args:
        review: As the user's profile shows it.
        habit: What is looked for.
    """
    measures = review.measures
    if habit == "fillers" and measures.fillers.certain is not None:
        found = [each for each in review.findings if each.kind == "filler"]
        return MachineMarks(
            tuple(each.span for each in found if each.certainty == "certain"),
            tuple(each.span for each in found if each.certainty == "possible"),
        )
    if habit == "hurrying" and measures.wpm is not None:
        hurried = [each for each in review.findings if (each.kind, each.label) == HURRIED]
        return MachineMarks(tuple(each.span for each in hurried))
    return None


def compare_marks(
    own_s: Sequence[float], machine: MachineMarks | None, heard_s: float | None = None
) -> Agreement:
    """How far own marks and the machine's agree; each place is counted once.

    Args:
        own_s: Where a key was pressed while listening, in seconds of the take.
        machine: Where the machine has marked it; None where it did not look.
        heard_s: Where listening ended; what comes behind it is left out. None for the whole take.
    """
    if machine is None:
        return Agreement(0, len(own_s), None, heard_s)
    sure = _leave_out_unheard(machine.sure, heard_s)
    with_sure, left = _match(sorted(own_s), sure)
    with_possible, left = _match(left, _leave_out_unheard(machine.possible, heard_s))
    return Agreement(with_sure + with_possible, len(left), len(sure) - with_sure, heard_s)


def _leave_out_unheard(spans: Sequence[Span], heard_s: float | None) -> list[Span]:
    return [span for span in spans if heard_s is None or span.start_s < heard_s]


def _match(own_s: Sequence[float], spans: Sequence[Span]) -> tuple[int, list[float]]:
    """How many marks have a place of their own among the spans, and the marks that have none."""
    # Of the places that a mark may mean, the one that ends first: it suits no later mark.
    free = sorted(spans, key=lambda span: span.end_s)
    left = []
    for at_s in own_s:
        fitting = (s for s in free if s.start_s - EARLY_S <= at_s <= s.end_s + REACTION_S)
        meant = next(fitting, None)
        if meant is None:
            left.append(at_s)
        else:
            free.remove(meant)
    return len(own_s) - len(left), left


def describe_agreement(agreement: Agreement) -> str:
    """Both kinds of mark in one or two sentences."""
    both, own = agreement.both, agreement.both + agreement.own_only
    heard_s = agreement.heard_s
    you = "You marked" if heard_s is None else f"Up to {clock_time(heard_s)} you marked"
    if agreement.machine_only is None:
        return f"{you} {own}. practice did not look for it in this take: your marks count."
    same = "1 place is the same" if both == 1 else f"{both or 'no'} places are the same"
    return f"{you} {own}, practice {both + agreement.machine_only}; {same}."


def ask_for_minute(habit: HabitKind) -> AskedQuestion:
    """One minute about anything, with something else in the place of the habit."""
    text = f"Speak for one minute, about your last working day for instance. {_INSTEAD[habit]}"
    return AskedQuestion("", Question(id="", text=text, target_s=MINUTE_S, prep_s=PREP_S))


def read_minute(review: ReviewDocument) -> MinuteFacts:
    """What was observed in a take: fillers from its words, pauses from its sound."""
    measures = review.measures
    hurried = marks_of_machine(review, "hurrying")
    return MinuteFacts(
        measures.fillers.certain,
        measures.fillers.per_min,
        measures.pauses.count,
        measures.pauses.longest_s,
        None if hurried is None else len(hurried.sure),
    )


def is_enough(before: MinuteFacts, habit: HabitKind) -> bool:
    """Whether the habit is rare enough to leave alone."""
    if habit == "fillers":
        return before.per_minute is not None and before.per_minute < FEW_PER_MIN
    return habit == "hurrying" and before.hurried == 0


def describe_minute(facts: MinuteFacts) -> str:
    """What was observed, in one line; what cannot be known is left out."""
    parts = []
    if facts.fillers is not None:
        rate = f", {facts.per_minute:.1f} a minute" if facts.fillers and facts.per_minute else ""
        parts.append(f"{describe_filler_count(facts.fillers)}{rate}")
    if facts.pauses is not None:
        longest = f", the longest {facts.longest_pause_s:.1f} s" if facts.longest_pause_s else ""
        parts.append(f"{facts.pauses} pause{'' if facts.pauses == 1 else 's'}{longest}")
    if facts.hurried is not None:
        parts.append(f"{facts.hurried} hurried stretch{'' if facts.hurried == 1 else 'es'}")
    return "; ".join(parts) or "nothing could be counted"


def find_spoken(takes: Sequence[Take], habit: HabitKind, first: Take) -> list[Take]:
    """The minute, then the retake, of a drill: the newest of each, as far as they are there.

    Args:
        takes: Those that were not there when the drill began.
        habit: What the minute was about.
        first: The take that was heard.
    """
    newest_last = sorted(takes, key=lambda take: take.recorded_at)
    minutes = [take for take in newest_last if is_minute(take, habit)]
    asked = (first.bank, first.question_id)
    retakes = [
        take
        for take in newest_last
        if take.question_id is not None and (take.bank, take.question_id) == asked
    ]
    return [*minutes[-1:], *retakes[-1:]] if minutes else []


def find_old_answer(takes: Sequence[Take]) -> Take | None:
    """The newest answer that can be heard and in which something was said; no drill's own minute.

    Args:
        takes: The newest first.
    """
    for take in takes:
        is_heard = take.state is TakeState.REVIEWED and take.audio is not None
        said = take.measures.words if take.measures else None
        if is_heard and said != 0 and not take.is_fragment and not is_minute(take):
            return take
    return None


def is_minute(take: Take, *habits: HabitKind) -> bool:
    """Whether it is the minute of a drill about one of the habits; of any where none is named."""
    asked = {ask_for_minute(habit).question.text for habit in habits or HABITS}
    return take.question_id is None and take.bank is None and take.question in asked
