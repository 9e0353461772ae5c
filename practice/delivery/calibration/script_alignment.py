"""Which planned fillers of a script were found in what was heard while it was read aloud."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from practice.base.words import Word
from practice.delivery.calibration.script import PlannedFiller, PlannedKind, Script
from practice.delivery.findings import Finding
from practice.delivery.transcript.tokens import normalise, tokens_of

CLOSE = 0.7
"""Spellings at least so alike (difflib's ratio) are one word misread or misheard: "ask" and
"asked" (0.75), "customer" and "customers" (0.94), but not "we" and "he" (0.5)."""
READ_SHARE = 0.5
"""A sentence of whose words fewer were heard was left out, or is beyond this set-up; whether its
fillers were said at all is then unknown."""

_SAME, _ALIKE, _OTHER, _MISSING, _NEVER = 3, 1, -1, -1, -3
"""What a pair is worth: two that belong together must be worth more than leaving both out. A filler
and a word never belong together."""


class Outcome(StrEnum):
    """What became of a planned filler."""

    CAUGHT = "caught"
    """It is counted: found, and certain."""
    POSSIBLE = "possible"
    """It was found and is shown as possible, not counted."""
    MISSED = "missed"
    UNREAD = "unread"
    """Most of its sentence was not heard, so nothing can be said about it."""


@dataclass(frozen=True, slots=True)
class CheckedFiller:
    """A planned filler and what became of it."""

    planned: PlannedFiller
    sentence: int
    """The line of the script that it stands in, from 1."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Item:
    """A word or a filler, in the script or among what was heard."""

    text: str
    filler: PlannedKind | None = None
    certain: bool = False


def align_script(
    script: Script, words: Sequence[Word], findings: Sequence[Finding]
) -> tuple[CheckedFiller, ...]:
    """What became of each planned filler of `script`, in its order.

    Script and recognised words are aligned word by word, so that misread, skipped and added words
    cost only their own places; a sound stands for any sound and a phrase for any phrase.

    Args:
        script: What was to be read.
        words: The recognised words, in order of time.
        findings: What was found on them and in the signal.
    """
    wanted, sentence_of = _items_of_script(script)
    heard = _items_of_take(words, findings)
    partners = [heard[at] if at is not None else None for at in _align(wanted, heard)]
    # A sentence of whose words fewer than `READ_SHARE` were heard was probably not read.
    counts: dict[int, list[bool]] = {}
    for item, partner, sentence in zip(wanted, partners, sentence_of, strict=True):
        if not item.filler:
            was_heard = partner is not None and _pair_worth(item, partner) >= _ALIKE
            counts.setdefault(sentence, []).append(was_heard)
    unread = {n for n, said in counts.items() if sum(said) < READ_SHARE * len(said)}
    planned = iter(script.planned)
    return tuple(
        CheckedFiller(
            next(planned), sentence, Outcome.UNREAD if sentence in unread else _outcome(partner)
        )
        for item, partner, sentence in zip(wanted, partners, sentence_of, strict=True)
        if item.filler
    )


def _outcome(partner: _Item | None) -> Outcome:
    if partner is None or partner.filler is None:
        return Outcome.MISSED
    return Outcome.CAUGHT if partner.certain else Outcome.POSSIBLE


def _items_of_script(script: Script) -> tuple[list[_Item], list[int]]:
    """The items of the script, and the number of the sentence each stands in."""
    items: list[_Item] = []
    sentence_of: list[int] = []
    for number, sentence in enumerate(script.sentences, 1):
        for part in sentence.parts:
            if isinstance(part, PlannedFiller):
                items.append(_Item(normalise(part.text), part.kind))
            else:
                items += [_Item(text) for text in map(normalise, part.split()) if text]
        sentence_of += [number] * (len(items) - len(sentence_of))
    return items, sentence_of


def _items_of_take(words: Sequence[Word], findings: Sequence[Finding]) -> list[_Item]:
    """Words and fillers in order of time; the words of a filler are one item."""
    fillers = [finding for finding in findings if finding.kind == "filler"]
    timed = []
    for finding in fillers:
        text = normalise(finding.text or finding.label)
        kind: PlannedKind = "sound" if finding.filler_kind == "sound" else "phrase"
        timed.append((finding.start_s, _Item(text, kind, finding.certainty == "certain")))
    written = [finding for finding in fillers if finding.source == "transcript"]
    timed += [
        (token.start_s, _Item(token.text))
        for token in tokens_of(words)
        if not any(f.start_s <= token.span.middle_s <= f.end_s for f in written)
    ]
    return [item for _, item in sorted(timed, key=lambda pair: pair[0])]


def _align(wanted: Sequence[_Item], heard: Sequence[_Item]) -> list[int | None]:
    """For each item of `wanted` the place of its partner in `heard`: Needleman and Wunsch."""
    # rows[i][j] is the most that the first i items of the one and j of the other can be worth.
    rows = [[_MISSING * at for at in range(len(heard) + 1)]]
    for above, item in enumerate(wanted):
        row = [rows[above][0] + _MISSING]
        for at, other in enumerate(heard):
            beside = rows[above][at] + _pair_worth(item, other)
            row.append(max(beside, rows[above][at + 1] + _MISSING, row[at] + _MISSING))
        rows.append(row)
    # From the last pair back to the first, along the steps that made it worth so much.
    partners: list[int | None] = []
    at = len(heard)
    for below in range(len(wanted), 0, -1):
        while at and rows[below][at] == rows[below][at - 1] + _MISSING:
            at -= 1
        item = wanted[below - 1]
        if at and rows[below][at] == rows[below - 1][at - 1] + _pair_worth(item, heard[at - 1]):
            at -= 1
            partners.append(at)
        else:
            partners.append(None)
    return partners[::-1]


def _pair_worth(wanted: _Item, heard: _Item) -> int:
    """What it is worth to take `heard` for `wanted`."""
    if wanted.filler:
        return _SAME if wanted.filler == heard.filler else _NEVER
    if wanted.text == heard.text:
        return _SAME
    if heard.filler:
        return _NEVER
    return _ALIKE if _is_close(wanted.text, heard.text) else _OTHER


@lru_cache(maxsize=8192)
def _is_close(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick bound is nine times as fast and rules most pairs out.
    return matcher.real_quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE
