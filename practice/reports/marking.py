"""The transcript with its findings marked in place: the same shapes in every report."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from practice.base.spacing import has_space
from practice.base.text import clock_time, one_line
from practice.base.words import Word
from practice.delivery.calibration.script import PlannedFiller, Sentence
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument
from practice.reports.layout import Cell, Mark, StyledText

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
    Mark.REPETITION: ("I I", "repeated words"),
    Mark.RESTART: ("I was, I went", "a new start"),
    Mark.PAUSE: ("1.4s", "pause"),
    Mark.LONG_PAUSE: ("3.2s", "pause of 2 s or more"),
    Mark.HURRIED: ("…", "faster than the rest of this take"),
    Mark.SLOW: ("…", "slower than the rest of this take"),
}
"""An example of each mark, and what it means."""

_STRETCHES = {Mark.HURRIED, Mark.SLOW}
_PUNCTUATION = ".,;:!?…、。，！？ "
_VERY_LONG = "very long pause"
_TOLERANCE_S = 0.002
"""Times in the document are rounded to milliseconds."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell of the marked transcript and what it shows."""

    cell: Cell
    word: int | None
    """The index of its word; None for a finding that lies on no word."""
    findings: tuple[int, ...]
    """The indexes of the findings on it, the narrowest first."""


@dataclass(frozen=True, slots=True)
class _MarkedRange:
    """The finding of that index laid over the words `first` to `last`."""

    finding: int
    first: int
    last: int
    mark: Mark
    possible: bool

    @property
    def length(self) -> int:
        return self.last - self.first


def mark_words(document: ReviewDocument) -> list[Cell]:
    """The words in their order, the findings laid over them, the pauses between them."""
    return [placed.cell for placed in place_findings(document)]


def place_findings(document: ReviewDocument) -> list[PlacedCell]:
    """The cells of `mark_words`, each with its word and its findings.

    Without words the findings stand alone, each after its time.
    Findings may lie within each other or cross: each has its own opening and closing shape.
    """
    timeline = _Timeline(document.words)
    ranges: list[_MarkedRange] = []
    between: dict[int, list[PlacedCell]] = defaultdict(list)
    for index, finding in enumerate(document.findings):
        mark = mark_of(finding)
        # What was found in the sound has no text: a pause, or an um that the model left out. It
        # stands between the words, also where it reaches into one of them.
        covered = None if finding.text is None else timeline.find_words(finding)
        if covered is None:
            alone = _standalone_cell(finding, mark)
            if not document.words:
                alone = (StyledText(f"{clock_time(finding.start_s)} "), *alone)
            between[timeline.count_words_before(finding)].append(PlacedCell(alone, None, (index,)))
        else:
            possible = finding.certainty == "possible"
            ranges.append(_MarkedRange(index, *covered, mark, possible))
    return _weave(document.words, ranges, between)


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
    marked = [(text, text.mark) for cell in cells for text in cell if text.mark]
    used = {mark for _, mark in marked}
    lines = [
        (SHAPES[mark][0] + example + SHAPES[mark][1], meaning, mark)
        for mark, (example, meaning) in MEANINGS.items()
        if mark in used
    ]
    doubtful = [
        mark for text, mark in marked if text.shape == "closes" and text.text.endswith(POSSIBLE)
    ]
    if doubtful:
        example = MEANINGS[doubtful[0]][0].join(SHAPES[doubtful[0]])
        lines.append((example + POSSIBLE, "possible, not certain", doubtful[0]))
    return lines


class _Timeline:
    """Where in a row of words a time lies.

    Recognisers now and then give a word an earlier time than the one before it. To be searched by
    halves, times must not fall: each is taken as no earlier than those before it.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._starts_s = list(accumulate((word.start_s for word in words), max))
        self._middles_s = list(accumulate((word.span.middle_s for word in words), max))

    def count_words_before(self, finding: Finding) -> int:
        """How many words lie before the middle of `finding`."""
        return bisect_right(self._middles_s, finding.span.middle_s)

    def find_words(self, finding: Finding) -> tuple[int, int] | None:
        """The first and last word that `finding` lies on; None when it lies on none."""
        from_s, to_s = finding.start_s - _TOLERANCE_S, finding.end_s + _TOLERANCE_S
        # The word that begins before the finding may reach into it.
        first = max(bisect_left(self._starts_s, from_s) - 1, 0)
        near = range(first, bisect_right(self._starts_s, to_s))
        # A filler that the user put in has no length and may lie within another word.
        for index in near:
            word = self._words[index]
            apart_s = abs(word.start_s - finding.start_s), abs(word.end_s - finding.end_s)
            if max(apart_s) <= _TOLERANCE_S:
                return index, index
        # One half-way within the other: words that only touch a finding are not meant.
        covered = [
            index
            for index in near
            if from_s <= self._words[index].span.middle_s <= to_s
            or self._words[index].start_s <= finding.span.middle_s <= self._words[index].end_s
        ]
        return (covered[0], covered[-1]) if covered else None


def _standalone_cell(finding: Finding, mark: Mark) -> Cell:
    """A cell of its own for a finding without a word."""
    is_pause = mark in {Mark.PAUSE, Mark.LONG_PAUSE}
    text = f"{finding.end_s - finding.start_s:.1f}s" if is_pause else one_line(finding.label)
    closing = _shape_after(mark, finding.certainty == "possible")
    return (_shape_before(mark), StyledText(text, mark), closing)


def _shape_before(mark: Mark) -> StyledText:
    return StyledText(SHAPES[mark][0], mark, "opens")


def _shape_after(mark: Mark, possible: bool) -> StyledText:
    return StyledText(SHAPES[mark][1] + POSSIBLE * possible, mark, "closes")


def _weave(
    words: Sequence[Word], ranges: Sequence[_MarkedRange], between: dict[int, list[PlacedCell]]
) -> list[PlacedCell]:
    """The words with the shapes of their findings around them, what stands alone between them.

    Args:
        words: Of the transcript.
        ranges: The findings that lie on words, in any order.
        between: What stands alone, by the number of words before it.
    """
    # Shapes nest as brackets do: of those that open at one word the longest opens first, and of
    # those that close at one word the shortest closes first. Of two over the same words the one
    # that opened first closes last, which is why one list grows at its end and the other at its
    # beginning.
    opens: dict[int, list[_MarkedRange]] = defaultdict(list)
    closes: dict[int, list[_MarkedRange]] = defaultdict(list)
    for marked in sorted(ranges, key=lambda marked: -marked.last):
        opens[marked.first].append(marked)
        closes[marked.last].insert(0, marked)
    open_ones: list[_MarkedRange] = []
    cells: list[PlacedCell] = []
    for index, word in enumerate(words):
        cells += between.get(index, ())
        # Around what stands between words there is space in every script.
        follows_word = index > 0 and index not in between
        space_before = not follows_word or has_space(words[index - 1], word)
        open_ones += opens[index]
        # The narrowest finding says most about a word, so the word has its colour.
        inward = sorted(open_ones, key=lambda marked: marked.length)
        text, mark = one_line(word.text), inward[0].mark if inward else None
        closing = sorted(closes[index], key=lambda marked: -marked.first)
        # What was found on a word closes before its punctuation, "⟨um⟩,", and a change of pace
        # behind it: that is about the sentence.
        on_word = [marked for marked in closing if marked.mark not in _STRETCHES]
        stretches = [marked for marked in closing if marked.mark in _STRETCHES]
        bare = text.rstrip(_PUNCTUATION) or text if on_word else text
        if text[len(bare) :].startswith(POSSIBLE) and any(marked.possible for marked in on_word):
            bare = text  # "‹okay?›?": side by side the two question marks look like one mistake
        rest = text[len(bare) :]
        cell = (
            *(_shape_before(marked.mark) for marked in opens[index]),
            StyledText(bare, mark),
            *(_shape_after(marked.mark, marked.possible) for marked in on_word),
            *([StyledText(rest)] if rest else []),
            *(_shape_after(marked.mark, marked.possible) for marked in stretches),
        )
        cell = (replace(cell[0], space_before=space_before), *cell[1:])
        cells.append(PlacedCell(cell, index, tuple(marked.finding for marked in inward)))
        open_ones = [marked for marked in open_ones if marked.last > index]
    return cells + between.get(len(words), [])


def mark_script(sentence: Sentence) -> str:
    """A line of a script to read aloud, its planned fillers marked as a review marks them."""
    return " ".join(map(mark_script_part, sentence.parts))


def mark_script_part(part: str | PlannedFiller) -> str:
    """A part of such a line."""
    if isinstance(part, str):
        return part
    before, after = SHAPES[Mark.FILLER if part.kind == "sound" else Mark.HABIT]
    return f"{before}{part.text}{after}"
