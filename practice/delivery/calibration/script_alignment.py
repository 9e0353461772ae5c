"""Which planned fillers of a script were found in what was heard while it was read aloud."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from practice.base.words import Word
from practice.delivery.calibration.script import FillerKind, Planned, Script
from practice.delivery.findings import Finding
from practice.delivery.transcript.lexicon import Entry, Lexicon
from practice.delivery.transcript.tokens import Token, normalise, tokens_of

CLOSE = 0.7
"""Spellings at least so alike (difflib's ratio) are one word misread or misheard: "ask" and
"asked" (0.75), "customer" and "customers" (0.94), but not "we" and "he" (0.5)."""
READ_SHARE = 0.5
"""A sentence of whose words fewer were heard was left out, or is beyond this set-up; whether its
fillers were said at all is then unknown."""

_SAME, _ALIKE, _OTHER, _MISSING = 3, 1, -1, -1
"""What a pair is worth: two that belong together must be worth more than leaving both out."""


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
class Place:
    """A planned filler and what became of it."""

    planned: Planned
    sentence: int
    """The line of the script that it stands in, from 1."""
    fate: Outcome


@dataclass(frozen=True, slots=True)
class _Item:
    """A word or a filler, in the script or among what was heard."""

    text: str
    filler: FillerKind | None = None
    certain: bool = False


def align_script(
    script: Script, words: Sequence[Word], findings: Sequence[Finding], lexicon: Lexicon
) -> tuple[Place, ...]:
    """What became of each planned filler of `script`, in its order.

    Script and hearing are aligned word by word, so that misread, skipped and added words cost
    only their own places; a sound stands for any sound and a phrase for any phrase.

    Args:
        script: What was to be read.
        words: The recognised words, in order of time.
        findings: What was found on them and in the signal.
        lexicon: That of the script's language: it tells sounds from phrases.
    """
    wanted, sentence_of = _wanted(script)
    heard = _heard(words, findings, lexicon)
    partners = [heard[at] if at is not None else None for at in _aligned(wanted, heard)]
    unread = _unread(wanted, partners, sentence_of)
    planned = iter(script.planned)
    return tuple(
        Place(next(planned), sentence, Outcome.UNREAD if sentence in unread else _fate(partner))
        for item, partner, sentence in zip(wanted, partners, sentence_of, strict=True)
        if item.filler
    )


def _wanted(script: Script) -> tuple[list[_Item], list[int]]:
    """The items of the script, and the number of the sentence each stands in."""
    items: list[_Item] = []
    sentence_of: list[int] = []
    for number, sentence in enumerate(script.sentences, 1):
        for part in sentence.parts:
            if isinstance(part, Planned):
                items.append(_Item(normalise(part.text), part.kind))
            else:
                items += [_Item(text) for text in map(normalise, part.split()) if text]
        sentence_of += [number] * (len(items) - len(sentence_of))
    return items, sentence_of


def _heard(words: Sequence[Word], findings: Sequence[Finding], lexicon: Lexicon) -> list[_Item]:
    """Words and fillers in order of time; the words of a filler are one item."""
    entries = {entry.label: entry for entry in lexicon.entries.values()}
    fillers = [finding for finding in findings if finding.kind == "filler"]
    timed = [(f.start_s, _filler(f, entries)) for f in fillers]
    timed += [
        (token.start_s, _Item(token.text))
        for token in tokens_of(words)
        if not any(_is_of(token, finding) for finding in fillers)
    ]
    return [item for _, item in sorted(timed, key=lambda pair: pair[0])]


def _filler(finding: Finding, entries: dict[str, Entry]) -> _Item:
    entry = entries.get(finding.label)
    is_sound = finding.source == "signal" or entry is None or entry.kind == "sound"
    text = normalise(finding.text or finding.label)
    return _Item(text, "sound" if is_sound else "phrase", finding.certainty == "certain")


def _is_of(token: Token, finding: Finding) -> bool:
    """Whether `finding` was made of `token`."""
    middle_s = (token.start_s + token.end_s) / 2
    return finding.source == "transcript" and finding.start_s <= middle_s <= finding.end_s


def _aligned(wanted: Sequence[_Item], heard: Sequence[_Item]) -> list[int | None]:
    """For each item of `wanted` the place of its partner in `heard`: Needleman and Wunsch."""
    rows = [[_MISSING * at for at in range(len(heard) + 1)]]
    for above, item in enumerate(wanted):
        row = [rows[above][0] + _MISSING]
        for at, other in enumerate(heard):
            beside = rows[above][at] + _worth(item, other)
            row.append(max(beside, rows[above][at + 1] + _MISSING, row[at] + _MISSING))
        rows.append(row)
    return list(reversed(list(_way_back(rows, wanted, heard))))


def _way_back(
    rows: Sequence[Sequence[int]], wanted: Sequence[_Item], heard: Sequence[_Item]
) -> Iterator[int | None]:
    """The partners, from the last item of `wanted` to the first."""
    at = len(heard)
    for below in range(len(wanted), 0, -1):
        while at and rows[below][at] == rows[below][at - 1] + _MISSING:
            at -= 1
        if at and rows[below][at] == rows[below - 1][at - 1] + _worth(
            wanted[below - 1], heard[at - 1]
        ):
            at -= 1
            yield at
        else:
            yield None


def _worth(wanted: _Item, heard: _Item) -> int:
    """What it is worth to take `heard` for `wanted`."""
    if wanted.filler:
        return _SAME if wanted.filler == heard.filler else 3 * _MISSING
    if wanted.text == heard.text:
        return _SAME
    if heard.filler:
        return 3 * _MISSING
    return _ALIKE if _close(wanted.text, heard.text) else _OTHER


@lru_cache(maxsize=8192)
def _close(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE


def _unread(
    wanted: Sequence[_Item], partners: Sequence[_Item | None], sentence_of: Sequence[int]
) -> set[int]:
    """The sentences of whose words fewer than `READ_SHARE` were heard."""
    counts: dict[int, list[bool]] = {}
    for item, partner, sentence in zip(wanted, partners, sentence_of, strict=True):
        if not item.filler:
            heard = partner is not None and _worth(item, partner) >= _ALIKE
            counts.setdefault(sentence, []).append(heard)
    return {sentence for sentence, heard in counts.items() if sum(heard) < READ_SHARE * len(heard)}


def _fate(partner: _Item | None) -> Outcome:
    if partner is None or partner.filler is None:
        return Outcome.MISSED
    return Outcome.CAUGHT if partner.certain else Outcome.POSSIBLE
