"""The transcript with its findings marked in place: the same shapes in every report."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from practice.base.text import clock_time, one_line
from practice.base.words import Word
from practice.delivery.calibration.script import Planned, Sentence
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument
from practice.reports.layout import Cell, Mark, Segment

SHAPES: dict[Mark, tuple[str, str]] = {
    Mark.FILLER: ("⟨", "⟩"),
    Mark.HABIT: ("‹", "›"),
    Mark.REPETITION: ("[", "]"),
    Mark.RESTART: ("{", "}"),
    Mark.PAUSE: ("·", "·"),
    Mark.LONG_PAUSE: ("··", "··"),
    Mark.HURRIED: ("≫ ", " ≪"),
    Mark.SLOW: ("≈ ", " ≈"),
}
"""What stands before and after; each differs from the others without any colour."""
POSSIBLE = "?"
"""Follows the closing shape of what is not certain."""

MEANINGS: dict[Mark, tuple[str, str]] = {
    Mark.FILLER: ("um", "filler sound"),
    Mark.HABIT: ("like", "habit word or hedge"),
    Mark.REPETITION: ("I I", "said again at once"),
    Mark.RESTART: ("I was, I went", "a new start"),
    Mark.PAUSE: ("1.4s", "pause"),
    Mark.LONG_PAUSE: ("3.2s", "pause of 2 s or more"),
    Mark.HURRIED: ("…", "faster than the rest of this take"),
    Mark.SLOW: ("…", "slower than the rest of this take"),
}
"""An example of each mark, and what it means."""

_STRETCHES = {Mark.HURRIED, Mark.SLOW}
_PUNCTUATION = ".,;:!?…"
_VERY_LONG = "very long pause"
_TOLERANCE_S = 0.002
"""Times in the document are rounded to milliseconds."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of the marked transcript and what it shows."""

    cell: Cell
    word: int | None
    """The index of its word; None for a finding that lies on no word."""
    findings: tuple[int, ...]
    """The indexes of the findings on it, the narrowest first."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """The finding of that index laid over the words `first` to `last`."""

    finding: int
    first: int
    last: int
    mark: Mark
    possible: bool

    @property
    def opening(self) -> Segment:
        return Segment(SHAPES[self.mark][0], self.mark)

    @property
    def closing(self) -> Segment:
        return Segment(SHAPES[self.mark][1] + POSSIBLE * self.possible, self.mark)


def mark_words(document: ReviewDocument) -> list[Cell]:
    """The words in their order, the findings laid over them, the pauses between them."""
    return [placed.cell for placed in place_findings(document)]


def place_findings(document: ReviewDocument) -> list[Placed]:
    """The cells of `mark_words`, each with its word and its findings.

    Without words the findings stand alone, each after its time.
    Findings may lie within each other or cross: each has its own opening and closing shape.
    """
    timeline = _Timeline(document.words)
    ranges: list[_Marked] = []
    between: dict[int, list[Placed]] = defaultdict(list)
    for index, finding in enumerate(document.findings):
        mark = mark_of(finding)
        place = None if finding.text is None else timeline.covered(finding)
        if place is None:
            alone = _alone(finding, mark)
            if not document.words:
                alone = (Segment(f"{clock_time(finding.start_s)} "), *alone)
            between[timeline.position(finding)].append(Placed(alone, None, (index,)))
        else:
            ranges.append(_Marked(index, *place, mark, finding.certainty == "possible"))
    return _woven(document.words, ranges, between)


def mark_of(finding: Finding) -> Mark:
    """The mark for `finding`."""
    match finding.kind:
        case "pause":
            return Mark.LONG_PAUSE if finding.label == _VERY_LONG else Mark.PAUSE
        case "filler" if finding.filler_kind == "sound":
            return Mark.FILLER
        case "filler" | "hedge":
            return Mark.HABIT
        case "pace":
            return Mark.SLOW if finding.label == "slow" else Mark.HURRIED
        case "repetition":
            return Mark.REPETITION
    return Mark.RESTART


def legend(cells: Iterable[Cell]) -> list[tuple[str, str, Mark]]:
    """An example and the meaning of each mark that occurs in `cells`, in a fixed order."""
    segments = [segment for cell in cells for segment in cell if segment.mark]
    used = {segment.mark for segment in segments}
    lines = [
        (SHAPES[mark][0] + example + SHAPES[mark][1], meaning, mark)
        for mark, (example, meaning) in MEANINGS.items()
        if mark in used
    ]
    doubtful = [s.mark for s in segments if s.mark and s.text == SHAPES[s.mark][1] + POSSIBLE]
    if doubtful:
        example = MEANINGS[doubtful[0]][0].join(SHAPES[doubtful[0]])
        lines.append((example + POSSIBLE, "possible, not certain", doubtful[0]))
    return lines


class _Timeline:
    """Where in a row of words a time lies."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._starts_s = list(accumulate((word.start_s for word in words), max))
        self._middles_s = list(accumulate(map(_middle_s, words), max))

    def position(self, finding: Finding) -> int:
        """How many words lie before the middle of `finding`."""
        return bisect_right(self._middles_s, _middle_s(finding))

    def covered(self, finding: Finding) -> tuple[int, int] | None:
        """The first and last word that `finding` lies on; None when it lies on none."""
        from_s, to_s = finding.start_s - _TOLERANCE_S, finding.end_s + _TOLERANCE_S
        first = max(bisect_left(self._starts_s, from_s) - 1, 0)
        near = range(first, bisect_right(self._starts_s, to_s))
        # A filler that the user put in has no length and may lie within another word.
        exact = next((index for index in near if _same_time(self._words[index], finding)), None)
        if exact is not None:
            return exact, exact
        covered = [
            index
            for index in near
            if from_s <= _middle_s(self._words[index]) <= to_s
            or self._words[index].start_s <= _middle_s(finding) <= self._words[index].end_s
        ]
        return (covered[0], covered[-1]) if covered else None


def _middle_s(spoken: Word | Finding) -> float:
    return (spoken.start_s + spoken.end_s) / 2


def _same_time(word: Word, finding: Finding) -> bool:
    apart_s = abs(word.start_s - finding.start_s), abs(word.end_s - finding.end_s)
    return max(apart_s) <= _TOLERANCE_S


def _alone(finding: Finding, mark: Mark) -> Cell:
    """A cell of its own for a finding without a word."""
    opening, closing = SHAPES[mark]
    is_pause = mark in {Mark.PAUSE, Mark.LONG_PAUSE}
    text = f"{finding.end_s - finding.start_s:.1f}s" if is_pause else one_line(finding.label)
    possible = POSSIBLE if finding.certainty == "possible" else ""
    return (Segment(opening, mark), Segment(text, mark), Segment(closing + possible, mark))


def _woven(
    words: Sequence[Word], ranges: Sequence[_Marked], between: dict[int, list[Placed]]
) -> list[Placed]:
    opens: dict[int, list[_Marked]] = defaultdict(list)
    closes: dict[int, list[_Marked]] = defaultdict(list)
    for marked in sorted(ranges, key=lambda marked: -marked.last):
        opens[marked.first].append(marked)
        closes[marked.last].insert(0, marked)
    active: list[_Marked] = []
    cells: list[Placed] = []
    for index, word in enumerate(words):
        cells += between.get(index, ())
        active += opens[index]
        inward = sorted(active, key=lambda marked: marked.last - marked.first)
        closing = sorted(closes[index], key=lambda marked: -marked.first)
        cell = (
            *(marked.opening for marked in opens[index]),
            *_closed(one_line(word.text), inward[0].mark if inward else None, closing),
        )
        cells.append(Placed(cell, index, tuple(marked.finding for marked in inward)))
        active = [marked for marked in active if marked.last > index]
    return cells + between.get(len(words), [])


def _closed(text: str, mark: Mark | None, closing: Sequence[_Marked]) -> Iterator[Segment]:
    """The word and the shapes that close after it: before its punctuation, stretches behind it."""
    inner = [marked.closing for marked in closing if marked.mark not in _STRETCHES]
    outer = [marked.closing for marked in closing if marked.mark in _STRETCHES]
    bare = text.rstrip(_PUNCTUATION) if inner else text
    yield Segment(bare or text, mark)
    yield from inner
    if bare and bare != text:
        yield Segment(text[len(bare) :])
    yield from outer


def mark_script(sentence: Sentence) -> str:
    """A line of a script to read aloud, its planned fillers marked as a review marks them."""
    return " ".join(map(mark_script_part, sentence.parts))


def mark_script_part(part: str | Planned) -> str:
    """A part of such a line."""
    if isinstance(part, str):
        return part
    before, after = SHAPES[Mark.FILLER if part.kind == "sound" else Mark.HABIT]
    return f"{before}{part.text}{after}"
