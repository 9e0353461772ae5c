"""Voice that no word explains: where an um may have been said and not written down."""

from collections.abc import Sequence

import numpy as np

from practice.base.words import Word
from practice.delivery.findings import Finding
from practice.delivery.signal.features import SoundFeatures, find_runs
from practice.delivery.signal.level import FRAME_HOP_S
from practice.delivery.signal.pauses import SPEECH_PROBABILITY, find_silences
from practice.delivery.signal.prolongation import is_prolonged
from practice.delivery.signal.syllable_nuclei import find_nuclei

LABEL = "um/uh"

WORD_MARGIN_S = 0.08
"""What a word may reach beyond its times: the edges of Silero are 0.06 s off."""
_ALONE_S = 0.15
_LONE_SHORTEST_S, _LONE_LONGEST_S = 0.20, 1.0


def find_unexplained_voice(words: Sequence[Word], sound: SoundFeatures) -> list[Finding]:
    """Prolonged voice that no word covers: perhaps a filled pause that was not written down.

    Possible at most: where a recogniser was asked for fillers and wrote none, hardly one such voice
    in ten was one (docs/findings.md); most are drawn-out words whose times are off.

    Args:
        words: Aligned with the sound.
        sound: The take.
    """
    covered = np.zeros(sound.frames, dtype=np.bool_)
    for word in words:
        start = max(round((word.start_s - WORD_MARGIN_S) / FRAME_HOP_S), 0)
        end = max(round((word.end_s + WORD_MARGIN_S) / FRAME_HOP_S), start)
        covered[start:end] = True
    found = []
    for first, last in find_runs((sound.frame_probability > SPEECH_PROBABILITY) & ~covered):
        if is_prolonged(sound, first, last):
            found.append(_filler(first, last))
    return found


def find_lone_syllables(sound: SoundFeatures) -> list[Finding]:
    """Prolonged single syllables with silence on both sides: a hint where there are no words.

    Drawn-out words look the same, so this is a hint and no count.
    """
    spoken = np.ones(sound.frames, dtype=np.bool_)
    for first, last in find_silences(sound):
        if (last - first) * FRAME_HOP_S >= _ALONE_S:
            spoken[first:last] = False
    peaks = [round(at_s / FRAME_HOP_S) for at_s in find_nuclei(sound, spoken)]
    return [
        _filler(first, last)
        for first, last in find_runs(spoken)
        if _LONE_SHORTEST_S - 1e-9 <= (last - first) * FRAME_HOP_S <= _LONE_LONGEST_S
        and sum(first <= peak < last for peak in peaks) <= 1
        and is_prolonged(sound, first, last)
    ]


def _filler(first: int, last: int) -> Finding:
    start_s, end_s = first * FRAME_HOP_S, last * FRAME_HOP_S
    return Finding("filler", LABEL, None, start_s, end_s, "possible", "signal", "sound")
