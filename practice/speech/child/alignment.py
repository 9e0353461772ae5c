"""Word times of one segment, put where its speech is.

A recogniser gives the first word of a segment the silence before it, and lets words stretch over
pauses. Silero says where speech begins to within 0.03 s, so words are drawn to the speech they
overlap most: on 20 synthetic answers this took the mean error of the first word after a pause
from 0.17 s to 0.02 s. Ends move only where a word reaches beyond the end of speech, which Silero
itself reports a little late. What needs the whole take is left to `practice.delivery.word_times`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Span, Word
from practice.speech.child.segments import OFFSET, Segment
from practice.speech.transcription import HOP_S

SAME_SPEECH_S = 0.1
"""A closure inside a word may silence it for so long."""
NEAR_S = 0.25
"""A word so far from any speech was not said."""
LONG_WORD_S = 0.7
"""Whisper's own limit for the usual length of a word; beyond it, it may hold more than itself."""
SHORTEST_UM_S = 0.12
"""95 in 100 filled pauses of telephone conversation last longer."""


def align_to_speech(
    words: Sequence[Word], segment: Segment, speech_probability: NDArray[np.float32]
) -> list[Word]:
    """The words of `segment` that lie on speech, with times from the start of the recording.

    Args:
        words: As recognised, in order, with times from the start of the segment.
        segment: Where it lies.
        speech_probability: 0 to 1, one value per hop of the segment.
    """
    speech = find_speech(speech_probability)
    if not speech:
        return []
    offset_s = segment.start * HOP_S
    aligned: list[Word] = []
    last_end_s = 0.0
    for word in words:
        overlaps = [(word.span.overlap_s(span), span) for span in speech]
        overlap_s, place = max(overlaps)
        if overlap_s < -NEAR_S:
            continue
        if word.span.duration_s >= LONG_WORD_S:
            # Of two spans in one word the smaller may be an um that was left out, and only the
            # whole take can tell which. So a long word keeps all the speech that it holds.
            held = [place, *(span for shared_s, span in overlaps if shared_s >= SHORTEST_UM_S)]
            place = Span(min(held).start_s, max(held).end_s)
        start_s = min(max(word.start_s, place.start_s), place.end_s)
        end_s = max(start_s, min(word.end_s, place.end_s))
        # Two words may have been drawn to the same speech: the second begins where the first ends.
        start_s = max(start_s, last_end_s)
        last_end_s = max(end_s, start_s)
        aligned.append(replace(word, start_s=start_s + offset_s, end_s=last_end_s + offset_s))
    return aligned


def find_speech(speech_probability: NDArray[np.float32]) -> list[Span]:
    """Where there is speech, in order, in seconds; silences up to `SAME_SPEECH_S` are bridged.

    Args:
        speech_probability: 0 to 1, one value per hop.
    """
    is_speech = np.concatenate([[False], speech_probability >= OFFSET, [False]])
    edges = np.flatnonzero(is_speech[1:] != is_speech[:-1]) * HOP_S
    spans: list[Span] = []
    for start_s, end_s in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if spans and start_s - spans[-1].end_s <= SAME_SPEECH_S:
            spans[-1] = Span(spans[-1].start_s, end_s)
        else:
            spans.append(Span(start_s, end_s))
    return spans
