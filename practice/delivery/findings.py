"""What is reported: something observed, with its place in time."""

from dataclasses import dataclass
from typing import Literal

from practice.base.words import Span

FindingKind = Literal["filler", "pause", "repetition", "restart", "hedge", "pace"]
Certainty = Literal["certain", "possible"]
FindingSource = Literal["transcript", "signal"]
FillerKind = Literal["sound", "phrase", "habit"]
"""A hesitation (um), a phrase that hardly means anything else (you know), or a habit word: one that
is ordinary speech more often than not (like) and is never more than possible."""


INSIDE_CLAUSE = "pause inside a clause"
"""The label of a pause that is explained and not marked by its length."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation; times are seconds from the start of the take."""

    kind: FindingKind
    label: str
    """What was found, in lower case: "um", "you know", "long pause", "hurried"."""
    text: str | None
    """The words it covers as written; None where it was found in the signal."""
    start_s: float
    end_s: float
    certainty: Certainty
    source: FindingSource
    filler_kind: FillerKind | None = None
    """Of a filler; None of everything else."""

    @property
    def span(self) -> Span:
        """Where it was found."""
        return Span(self.start_s, self.end_s)


def approximate_count(fillers: int, number: str | None = None) -> str:
    """How many fillers were found, as a number beside their name: `about 9`, `1`, `none found`.

    A model leaves some out and hears some that were none, so a number of them is never exact.

    Args:
        fillers: The certain ones.
        number: How the number is written; None for digits.
    """
    written = number or str(fillers)
    if fillers < 2:
        return written if fillers else "none found"
    return f"about {written}"


def describe_filler_count(fillers: int, number: str | None = None) -> str:
    """The same where the name does not stand beside it: `about 9 fillers`, `no clear fillers`."""
    if not fillers:
        return "no clear fillers"
    return f"{approximate_count(fillers, number)} filler{'' if fillers == 1 else 's'}"
