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
_FATES = {
    Outcome.POSSIBLE: "found as possible only",
    Outcome.MISSED: "not found",
    Outcome.UNREAD: "not read, as far as was heard",
}


def caught(result: Calibration | Catch) -> str:
    """`8 of 10 caught`, and how many more were found as possible only."""
    also = f", {result.possible} more as possible" if result.possible else ""
    return f"{result.caught} of {result.planned} caught{also}"


def beside_a_count(calibration: Calibration) -> str:
    """What is said beside a later count."""
    day = from_iso(calibration.checked_at).astimezone().date()
    kinds = f"{_plain(calibration.sounds, 'sounds')}, {_plain(calibration.phrases, 'phrases')}"
    return f"this microphone and model, {day}: {kinds}"


def likely(calibration: Calibration) -> tuple[int, int]:
    """Between how many of ten the true share lies: the 95 % interval of Wilson (1927)."""
    of = calibration.planned
    share, spread = calibration.caught / of, _Z_95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z_95 * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return round(SCALE * (middle - half)), round(SCALE * (middle + half))


def how_sure(calibration: Calibration) -> str:
    """How far the result can be trusted."""
    low, high = likely(calibration)
    return (
        f"With so few the true share may be anything from {low} to {high} in {SCALE}, and rather "
        "lower in an answer: what is read aloud is clearer than what slips out. This says nothing "
        "about how you speak."
    )


def headline(calibration: Calibration) -> str:
    """The result as a sentence."""
    also = f", and found {calibration.possible} more as possible" if calibration.possible else ""
    return (
        f"This set-up caught {calibration.caught} of {calibration.planned} planned fillers{also}."
    )


def describe_setup(calibration: Calibration) -> list[tuple[str, str]]:
    """The result by kind and what it holds for, each with its name."""
    device = calibration.device
    return [
        ("sounds", caught(calibration.sounds)),
        ("phrases", caught(calibration.phrases)),
        ("microphone", one_line(device) if device else "none: it was read from a file"),
        ("model", one_line(calibration.model)),
    ]


def lost(places: Sequence[CheckedFiller]) -> Iterator[str]:
    """The planned fillers that are not counted, by what became of them."""
    for fate, what in _FATES.items():
        of_it = [place for place in places if place.outcome is fate]
        if of_it:
            named = ", ".join(
                f"“{one_line(place.planned.text.lower())}” in line {place.sentence}"
                for place in of_it
            )
            yield f"{what}: {named}"


def _plain(catch: Catch, name: str) -> str:
    return f"{name} {catch.caught} of {catch.planned}"
