"""Word times of one piece, put where its speech is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from practice.speech.hearing import HOP_S
from practice.speech.segments import Piece
from practice.words import Word


def retimed(
    words: Sequence[Word], piece: Piece, speech_probability: NDArray[np.float32]
) -> list[Word]:
    """The words of `piece`, with times from the start of the recording.

    Args:
        words: As recognised, with times from the start of the piece.
        piece: Where the piece lies.
        speech_probability: One per hop of the piece.
    """
    offset_s = piece.start * HOP_S
    limit_s = piece.end * HOP_S
    placed: list[Word] = []
    earliest_s = offset_s
    for word in words:
        start_s = min(max(word.start_s + offset_s, earliest_s), limit_s)
        end_s = min(max(word.end_s + offset_s, start_s), limit_s)
        placed.append(replace(word, start_s=start_s, end_s=end_s))
        earliest_s = end_s
    return placed
