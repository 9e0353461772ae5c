"""Word times of one piece, put where its speech is.

A recogniser gives the first word of a piece the silence before it, and lets words stretch over
pauses. Silero says where speech begins to within 0.03 s, so words are drawn to the speech they
overlap most: on 20 synthetic answers this took the mean error of the first word after a pause
from 0.17 s to 0.02 s. Ends move only where a word reaches beyond the end of speech, which Silero
itself reports a little late. What needs the whole take is left to `practice.delivery.word_times`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Word
from practice.speech.child.segments import OFFSET, Piece
from practice.speech.transcription import HOP_S

SAME_RUN_S = 0.1
"""A closure inside a word may silence it for so long."""
NEAR_S = 0.25
"""A word so far from any speech was not said."""
LONG_WORD_S = 0.7
"""Whisper's own limit for the usual length of a word; beyond it, it may hold more than itself."""
SHORTEST_UM_S = 0.12
"""95 in 100 filled pauses of telephone conversation last longer."""

Run = tuple[float, float]


def retimed(
    words: Sequence[Word], piece: Piece, speech_probability: NDArray[np.float32]
) -> list[Word]:
    """The words of `piece` that lie on speech, with times from the start of the recording.

    Args:
        words: As recognised, with times from the start of the piece.
        piece: Where the piece lies.
        speech_probability: One per hop of the piece.
    """
    runs = speech_runs(speech_probability)
    offset_s = piece.start * HOP_S
    placed: list[Word] = []
    earliest_s = 0.0
    for word in words:
        span = _on_speech(word, runs)
        if span is None:
            continue
        start_s = max(span[0], earliest_s)
        earliest_s = max(span[1], start_s)
        placed.append(replace(word, start_s=start_s + offset_s, end_s=earliest_s + offset_s))
    return placed


def speech_runs(speech_probability: NDArray[np.float32]) -> list[Run]:
    """Where there is speech, in seconds; silences up to `SAME_RUN_S` are bridged."""
    speech = np.concatenate([[False], speech_probability >= OFFSET, [False]])
    edges = np.flatnonzero(speech[1:] != speech[:-1]) * HOP_S
    runs: list[Run] = []
    for start_s, end_s in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and start_s - runs[-1][1] <= SAME_RUN_S:
            runs[-1] = (runs[-1][0], end_s)
        else:
            runs.append((start_s, end_s))
    return runs


def _on_speech(word: Word, runs: list[Run]) -> Run | None:
    """The part of the word that lies on the run of speech it overlaps most.

    A long word that holds two runs keeps both: one may be an um that was left out, and only the
    whole take can tell which.
    """
    if not runs:
        return None
    overlaps = [
        (min(word.end_s, end) - max(word.start_s, start), (start, end)) for start, end in runs
    ]
    overlap_s, run = max(overlaps)
    if overlap_s < -NEAR_S:
        return None
    if word.end_s - word.start_s >= LONG_WORD_S:
        held = [run, *(other for shared_s, other in overlaps if shared_s >= SHORTEST_UM_S)]
        run = min(held)[0], max(held)[1]
    start_s = min(max(word.start_s, run[0]), run[1])
    return start_s, max(start_s, min(word.end_s, run[1]))
