"""The words of a take as subtitles."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, starmap

from practice.base.spacing import has_space
from practice.base.text import one_line
from practice.base.words import Word
from practice.documents.review import ReviewDocument
from practice.reports.layout import StyledText, plain_line, wrap

LINE_WIDTH = 42
LINES = 2
LONGEST_CUE_S = 6.0
PAUSE_S = 0.6
"""A silence that ends a cue."""
_SHORTEST_CUE_S = 0.1

_WITHOUT_TAGS = str.maketrans("<>{}", "‹›()")
"""SubRip has no escapes: players act on <i> and {\\an8}, so their brackets are replaced."""


@dataclass(frozen=True, slots=True)
class SubtitleCue:
    """What is shown from one moment to another."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]


def make_cues(words: Sequence[Word]) -> list[SubtitleCue]:
    """`words` in cues of at most two lines of 42 columns and 6 s, cut at pauses.

    They follow each other without overlap; only a single word may last longer.
    """
    cues = []
    groups = list(_group_words([word for word in words if one_line(word.text)]))
    for group, following in zip(groups, [*groups[1:], None], strict=False):
        # The words of a group may end in another order than they begin.
        end_s = max(group[0].start_s + _SHORTEST_CUE_S, *(word.end_s for word in group))
        if following:
            end_s = min(end_s, following[0].start_s)
        cues.append(SubtitleCue(group[0].start_s, end_s, tuple(_wrap_words(group))))
    return cues


def _group_words(words: Sequence[Word]) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in sorted(words, key=lambda word: word.start_s):
        if group and not _fits_cue(word, group):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _fits_cue(word: Word, group: list[Word]) -> bool:
    return (
        word.start_s - group[-1].end_s < PAUSE_S
        and word.end_s - group[0].start_s <= LONGEST_CUE_S
        and len(_wrap_words([*group, word])) <= LINES
    )


def _wrap_words(words: Sequence[Word]) -> list[str]:
    # A word stays whole: "back-end", and in French the word with its " ?".
    spaces = [True, *starmap(has_space, pairwise(words))]
    cells = (
        (StyledText(one_line(word.text), space_before=space),)
        for word, space in zip(words, spaces, strict=True)
    )
    return [plain_line(line) for line in wrap(cells, LINE_WIDTH)]


def remove_fillers(document: ReviewDocument) -> ReviewDocument:
    """`document` without the words that are certain fillers."""
    fillers = [
        finding
        for finding in document.findings
        if finding.kind == "filler" and finding.certainty == "certain" and finding.text is not None
    ]
    words = (
        word
        for word in document.words
        if not any(f.start_s <= word.span.middle_s <= f.end_s for f in fillers)
    )
    return replace(document, words=tuple(words))


def render_srt(document: ReviewDocument) -> str:
    """The words as SubRip."""
    return "\n".join(
        f"{number}\n{_timestamp(cue.start_s, ',')} --> {_timestamp(cue.end_s, ',')}\n"
        + "\n".join(line.translate(_WITHOUT_TAGS) for line in cue.lines)
        + "\n"
        for number, cue in enumerate(make_cues(document.words), start=1)
    )


def render_vtt(document: ReviewDocument) -> str:
    """The words as WebVTT."""
    return "WEBVTT\n" + "".join(
        f"\n{_timestamp(cue.start_s, '.')} --> {_timestamp(cue.end_s, '.')}\n"
        + "\n".join(html.escape(line, quote=False) for line in cue.lines)
        + "\n"
        for cue in make_cues(document.words)
    )


def _timestamp(seconds: float, point: str) -> str:
    """`00:01:02,345`; both formats want hours, and differ in the `point` before thousandths."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{thousandths:03}"
