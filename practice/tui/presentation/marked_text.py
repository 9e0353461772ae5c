"""A marked transcript as something to move in: its words and marks in a row, each with its time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from practice.base.words import Word
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument
from practice.reports.layout import Cell
from practice.reports.marking import place_findings


class MarkedText:
    """The words of a review with the findings laid over them; a place is an index into both.

    Args:
        document: The review.
    """

    def __init__(self, document: ReviewDocument) -> None:
        self.document = document
        self._placed = place_findings(document)
        self._starts_s = list(
            accumulate((self._spoken(place).start_s for place in range(len(self))), max)
        )
        self.annotations: list[int] = sorted(self._first_places())
        """The places where a finding begins."""

    def __len__(self) -> int:
        return len(self._placed)

    @property
    def cells(self) -> list[Cell]:
        """What is shown at each place."""
        return [placed.cell for placed in self._placed]

    def word(self, place: int) -> Word | None:
        """The word at a place; None where a finding stands alone."""
        index = self._placed[place].word
        return None if index is None else self.document.words[index]

    def findings(self, place: int) -> list[Finding]:
        """The findings on a place, the narrowest first."""
        return [self.document.findings[index] for index in self._placed[place].findings]

    def span_s(self, place: int) -> tuple[float, float]:
        """When the word or finding at a place begins and ends."""
        spoken = self._spoken(place)
        return spoken.start_s, spoken.end_s

    def at(self, time_s: float) -> int:
        """The place that is being heard at `time_s`: the last that has begun; 0 before the first.

        Rounded times are met: what begins within a millisecond has begun.
        """
        return max(bisect_right(self._starts_s, time_s + 0.001) - 1, 0)

    def place_of(self, start_s: float) -> int:
        """The place where a finding begins at `start_s`; what is heard then, where none does."""
        marked = (
            place
            for place in self.annotations
            if any(finding.start_s == start_s for finding in self.findings(place))
        )
        return next(marked, self.at(start_s))

    def next_mark(self, place: int) -> int | None:
        """The nearest place after this one where a finding begins."""
        index = bisect_right(self.annotations, place)
        return self.annotations[index] if index < len(self.annotations) else None

    def previous_mark(self, place: int) -> int | None:
        """The nearest place before this one where a finding begins."""
        index = bisect_left(self.annotations, place)
        return self.annotations[index - 1] if index else None

    def _spoken(self, place: int) -> Word | Finding:
        word = self.word(place)
        return self.findings(place)[0] if word is None else word

    def _first_places(self) -> Iterator[int]:
        seen: set[int] = set()
        for place, placed in enumerate(self._placed):
            if new := set(placed.findings) - seen:
                seen |= new
                yield place
