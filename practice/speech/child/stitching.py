"""Words on both sides of a cut that fell in the middle of speech.

Both pieces were heard beyond the cut, so the words around it stand in both. They are joined at a
word that both have; where there is none, each word belongs to the side on which its middle lies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from practice.base.words import Word

SAME_WORD_S = 0.4
"""Two pieces may place the same word so far apart."""


def joined(
    before: Sequence[Word], after: Sequence[Word], cut_s: float
) -> tuple[Sequence[Word], Sequence[Word]]:
    """What stays of `before` and what follows it of `after`.

    Args:
        before: The words of the piece that the cut ended, and what was heard beyond it.
        after: The words of the next piece, and what was heard before it.
        cut_s: Where the cut fell; all times count from the start of the recording.
    """
    shared = [
        (abs(_middle(left) - cut_s) + abs(_middle(right) - cut_s), i + 1, j + 1)
        for i, left in enumerate(before)
        for j, right in enumerate(after)
        if abs(_middle(left) - _middle(right)) <= SAME_WORD_S and _plain(left) == _plain(right)
    ]
    if shared:
        _, kept, following = min(shared)
        before, after = before[:kept], after[following:]
    else:
        before, after = _apart(
            [word for word in before if _middle(word) < cut_s],
            [word for word in after if _middle(word) >= cut_s],
        )
    return before, list(_behind(before[-1].end_s if before else 0.0, after))


def _apart(before: Sequence[Word], after: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Both without the less likely one of two words that lie on the same sound."""
    if not before or not after:
        return before, after
    left, right = before[-1], after[0]
    shorter_s = min(left.end_s - left.start_s, right.end_s - right.start_s)
    if left.end_s - right.start_s <= shorter_s / 2:
        return before, after
    if (left.probability or 0.0) < (right.probability or 0.0):
        return before[:-1], after
    return before, after[1:]


def _behind(end_s: float, words: Sequence[Word]) -> Iterator[Word]:
    """`words`, none of which begins before `end_s`."""
    for word in words:
        start_s = max(word.start_s, end_s)
        yield replace(word, start_s=start_s, end_s=max(word.end_s, start_s))


def _middle(word: Word) -> float:
    return (word.start_s + word.end_s) / 2


def _plain(word: Word) -> str:
    return "".join(character for character in word.text.casefold() if character.isalnum())
