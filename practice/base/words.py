"""The smallest thing the rooms hand each other: a spoken word with its place in time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; times are seconds from the start of the take."""

    text: str
    """As written by the recogniser, punctuation included, without surrounding space."""
    start_s: float
    end_s: float
    probability: float | None = None
    """The recogniser's own probability, 0 to 1; None when it gave none."""
