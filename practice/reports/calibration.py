"""What a check of a set-up found, in words."""

from collections.abc import Iterator, Sequence
from math import sqrt

from practice.base.clock import from_iso
from practice.base.text import one_line
from practice.delivery.calibration.script_alignment import CheckedFiller, Outcome
from practice.documents.review import Calibration, Catch

SCALE = 10
"""Shares are said as so many of ten."""
_Z_95 = 1.96
"""95 % of a normal distribution lie within so many standard deviations."""
_UNCOUNTED = {
    Outcome.POSSIBLE: "found as possible only",
    Outcome.MISSED: "not found",
    Outcome.UNREAD: "not read, as far as was heard",
}


def describe_catch(result: Calibration | Catch) -> str:
    """`8 of 10 caught`, and how many more were found as possible only."""
    also = f", {result.possible} more as possible" if result.possible else ""
    return f"{result.caught} of {result.planned} caught{also}"


def calibration_note(calibration: Calibration) -> str:
    """What is said of the check beside the counts of a later take."""
    day = from_iso(calibration.checked_at).astimezone().date()
    sounds, phrases = calibration.sounds, calibration.phrases
    return (
        f"this microphone and model, {day}: sounds {sounds.caught} of {sounds.planned}, "
        f"phrases {phrases.caught} of {phrases.planned}; it promises nothing about this take"
    )


def wilson_interval(calibration: Calibration) -> tuple[int, int]:
    """Between how many of ten the true share lies, with 95 % confidence.

    The interval of Wilson (1927): with ten or fewer fillers the usual one, of the same width to
    both sides, would reach beyond nothing and everything.
    """
    n = calibration.planned
    share, spread = calibration.caught / n, _Z_95**2 / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z_95 * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return round(SCALE * (middle - half)), round(SCALE * (middle + half))


def describe_uncertainty(calibration: Calibration) -> str:
    """How far the result can be trusted."""
    low, high = wilson_interval(calibration)
    return (
        f"With so few the true share may be anything from {low} to {high} in {SCALE}, and rather "
        "lower in an answer: what is read aloud is clearer than what slips out. This says nothing "
        "about how you speak."
    )


def describe_result(calibration: Calibration) -> str:
    """The result as a sentence."""
    also = f", and found {calibration.possible} more as possible" if calibration.possible else ""
    return (
        f"This set-up caught {calibration.caught} of {calibration.planned} planned fillers{also}."
    )


def describe_setup(calibration: Calibration) -> list[tuple[str, str]]:
    """The result by kind and what it holds for, each with its name."""
    device = calibration.device
    return [
        ("sounds", describe_catch(calibration.sounds)),
        ("phrases", describe_catch(calibration.phrases)),
        ("microphone", one_line(device) if device else "none: it was read from a file"),
        ("model", one_line(calibration.model)),
    ]


def describe_uncounted(places: Sequence[CheckedFiller]) -> Iterator[str]:
    """The planned fillers that are not counted, a line for each reason why not."""
    for outcome, reason in _UNCOUNTED.items():
        named = [
            f"“{one_line(place.planned.text.lower())}” in line {place.sentence}"
            for place in places
            if place.outcome is outcome
        ]
        if named:
            yield f"{reason}: {', '.join(named)}"
