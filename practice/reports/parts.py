"""How an answer divides into situation, task, action and result, as its speaker marked them.

Whether it was a story is for its speaker to say; here is what can be counted of it.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from practice.base.words import Word
from practice.delivery.signal.pauses import PAUSE_S
from practice.delivery.transcript.fact_counts import count_numbers
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import tokens_of
from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart

PARTS: tuple[StarPart, ...] = ("situation", "task", "action", "result")
USUAL: Mapping[StarPart, int] = {"situation": 20, "task": 10, "action": 60, "result": 10}
"""Percent, as careers services advise it (University of Washington's guide to STAR answers)."""


def part_shares(starts_s: Mapping[StarPart, float], end_s: float) -> dict[StarPart, float]:
    """The share of each marked part, 0 to 1, in the order of STAR; empty without a mark.

    A part lasts until the next one begins, the last until `end_s`; what lies before the first
    mark belongs to none.
    """
    # A transcription again may end earlier than the one in which the parts were marked.
    marks = sorted((min(start_s, end_s), part) for part, start_s in starts_s.items())
    whole_s = end_s - marks[0][0] if marks else 0.0
    if whole_s <= 0:
        return {}
    ends_s = [start_s for start_s, _ in marks[1:]] + [end_s]
    lengths_s = {
        part: until_s - start_s for (start_s, part), until_s in zip(marks, ends_s, strict=True)
    }
    return {part: lengths_s[part] / whole_s for part in PARTS if part in lengths_s}


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What can be counted of an answer whose parts are marked; nothing in it is advice."""

    shares: Mapping[StarPart, float]
    """Of each marked part in the spoken time, 0 to 1; of the time where there are no words."""
    has_result: bool
    """Whether it is marked where the result begins."""
    result_numbers: int | None
    """How many numbers were said in the result; None where that is not known."""
    i: int | None
    """How often I was said, in any form; None where the language does not let it be counted."""
    we: int | None


def find_part_facts(
    document: ReviewDocument, starts_s: Mapping[StarPart, float]
) -> PartFacts | None:
    """What can be counted; None where no part is marked."""
    end_s = document.measures.duration_s or 0.0
    shares = spoken_shares(starts_s, document.words) or part_shares(starts_s, end_s)
    if not shares:
        return None
    facts = document.measures.facts
    said = None
    if "result" in starts_s and document.words:
        lexicon = load_lexicon(document.transcription.language or "")
        said = count_numbers(tokens_of(_words_of("result", starts_s, document.words)), lexicon)
    return PartFacts(
        shares, "result" in starts_s, said, facts.i if facts else None, facts.we if facts else None
    )


def spoken_shares(
    starts_s: Mapping[StarPart, float], words: Sequence[Word]
) -> dict[StarPart, float]:
    """The share of each marked part in the spoken time, in the order of STAR.

    A word belongs to the part in which it begins; pauses belong to none. Empty without words.
    """
    spoken_s: dict[StarPart, float] = dict.fromkeys(starts_s, 0.0)
    for number, word in enumerate(words):
        part = _part_at(word.start_s, starts_s)
        if part is not None:
            after_s = words[number + 1].start_s if number + 1 < len(words) else word.end_s
            gap_s = max(after_s - word.end_s, 0.0)
            spoken_s[part] += word.end_s - word.start_s + (gap_s if gap_s < PAUSE_S else 0.0)
    whole_s = sum(spoken_s.values())
    if whole_s <= 0:
        return {}
    return {part: spoken_s[part] / whole_s for part in PARTS if part in spoken_s}


def describe_parts(facts: PartFacts) -> list[str]:
    """The share of each part beside the usual one, then what else was counted, a line each."""
    lines = [f"{part} {facts.shares.get(part, 0):.0%}, usually {USUAL[part]}%" for part in PARTS]
    return [*lines, *describe_counts(facts)]


def describe_counts(facts: PartFacts) -> list[str]:
    """Whether a number was said in the result, and how often I and we."""
    if not facts.has_result:
        number = "number in the result: not known, R marks where it begins"
    elif facts.result_numbers is None:
        number = "number in the result: not known here"
    else:
        number = f"numbers in the result: {facts.result_numbers or 'none'}"
    if facts.i is None or facts.we is None:
        return [number, "I and we: not counted in this language"]
    return [number, f"I {facts.i}, we {facts.we}"]


def part_facts_json(
    document: ReviewDocument, starts_s: Mapping[StarPart, float]
) -> dict[str, object] | None:
    """The same as JSON has it; None where no part is marked."""
    facts = find_part_facts(document, starts_s)
    if facts is None:
        return None
    return {
        "starts_s": {part: round(starts_s[part], 3) for part in PARTS if part in starts_s},
        "shares": {part: round(share, 3) for part, share in facts.shares.items()},
        "result_numbers": facts.result_numbers,
        "i": facts.i,
        "we": facts.we,
    }


def _part_at(at_s: float, starts_s: Mapping[StarPart, float]) -> StarPart | None:
    marks = sorted((start_s, part) for part, start_s in starts_s.items())
    place = bisect_right([start_s for start_s, _ in marks], at_s)
    return marks[place - 1][1] if place else None


def _words_of(
    part: StarPart, starts_s: Mapping[StarPart, float], words: Sequence[Word]
) -> list[Word]:
    return [word for word in words if _part_at(word.start_s, starts_s) == part]
