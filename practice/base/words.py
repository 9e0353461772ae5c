"""The smallest things the rooms hand each other: a span of time, and a spoken word in one."""

from dataclasses import dataclass

from msgspec import UNSET, UnsetType


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A span of a recording, in seconds from its start; the earlier one sorts first."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s

    @property
    def middle_s(self) -> float:
        """Half-way between its start and its end."""
        return (self.start_s + self.end_s) / 2

    def overlap_s(self, other: "Span") -> float:
        """How much of both is shared; less than 0 is the gap between them."""
        return min(self.end_s, other.end_s) - max(self.start_s, other.start_s)


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; times are seconds from the start of the take."""

    text: str
    """A whole word as written by the recogniser, punctuation included, without space around it."""
    start_s: float
    end_s: float
    probability: float | None = None
    """The recogniser's own probability, 0 to 1; None when it gave none."""
    space_before: bool | UnsetType = UNSET
    """Whether a space stands before it, kept only where its script does not say so already:
    Japanese, Chinese, Thai, Lao, Burmese and Khmer write none between words, the others do."""

    @property
    def span(self) -> Span:
        """Where it was said."""
        return Span(self.start_s, self.end_s)
