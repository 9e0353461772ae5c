"""How an answer divides into situation, task, action and result, as its speaker marked them."""

from collections.abc import Mapping

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
