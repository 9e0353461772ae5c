"""Words on both sides of a cut that fell in the middle of speech.

Both segments were heard beyond the cut, so the words around it stand in both. They are stitched at
a word that both have; where there is none, each word belongs to the side on which its middle lies.
"""

from collections.abc import Sequence
from dataclasses import replace

from practice.base.words import Word

SAME_WORD_S = 0.4
"""Two segments may place the same word so far apart."""


def stitch(
    before: Sequence[Word], after: Sequence[Word], cut_s: float
) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words of both segments without the overlap: `before` up to the cut, `after` from it.

    Args:
        before: The words of the segment that the cut ended, and what was heard beyond it.
        after: The words of the next segment, and what was heard before it.
        cut_s: Where the cut fell; all times count from the start of the recording.
    """
    # Of the words that both have, the one nearest to the cut: there both heard it best.
    shared = [
        (abs(left.span.middle_s - cut_s) + abs(right.span.middle_s - cut_s), i + 1, j + 1)
        for i, left in enumerate(before)
        for j, right in enumerate(after)
        if abs(left.span.middle_s - right.span.middle_s) <= SAME_WORD_S
        and _letters(left) == _letters(right)
    ]
    if shared:
        _, kept, following = min(shared)
        before, after = before[:kept], after[following:]
    else:
        before = [word for word in before if word.span.middle_s < cut_s]
        after = [word for word in after if word.span.middle_s >= cut_s]
        if before and after:
            # One word at the cut, heard as two different ones: the likelier one stays.
            left, right = before[-1], after[0]
            shorter_s = min(left.span.duration_s, right.span.duration_s)
            if left.end_s - right.start_s > shorter_s / 2:
                if (left.probability or 0.0) < (right.probability or 0.0):
                    before = before[:-1]
                else:
                    after = after[1:]
    # The two segments were aligned by themselves: no word may begin before the last one ended.
    end_s = before[-1].end_s if before else 0.0
    in_order = []
    for word in after:
        start_s = max(word.start_s, end_s)
        in_order.append(replace(word, start_s=start_s, end_s=max(word.end_s, start_s)))
    return before, in_order


def _letters(word: Word) -> str:
    return "".join(character for character in word.text.casefold() if character.isalnum())
