"""What a recogniser makes of one segment."""

from dataclasses import dataclass, field

from practice.base.words import Word


@dataclass(frozen=True, slots=True)
class Recognition:
    """The words of a segment and, where that was asked for, the languages they may be in."""

    words: list[Word]
    """With times from the first sample."""
    languages: dict[str, float] = field(default_factory=dict)
    """Probability by code, the improbable ones left out; empty where the recogniser cannot tell or
    was not asked."""
