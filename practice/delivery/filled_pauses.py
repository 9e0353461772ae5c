"""Voice that no word explains: where an um may have been said and not written down."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from practice.delivery.findings import Finding
from practice.delivery.pauses import silences
from practice.delivery.sound import (
    FRAME_HOP_S,
    Sound,
    level_db,
    probability_by_frame,
    runs,
)
from practice.delivery.syllables import nuclei
from practice.delivery.voicing import voicing
from practice.words import Word

LABEL = "um/uh"

_SPEECH_PROBABILITY = 0.5
_WORD_MARGIN_S = 0.10
_HANG_OVER_S = 0.12
_DIP_DB = 8.0
_SHORTEST_S = 0.20
_LONGEST_S = 2.0
_VOICED = 0.70
_BELOW_LOUD_DB = 22.0

_ALONE_S = 0.15
_LONE_SHORTEST_S = 0.20
_LONE_LONGEST_S = 1.0
_LONE_VOICED = 0.65


def unexplained_voice(words: Sequence[Word], sound: Sound) -> list[Finding]:
    """Stretches of steady voice that no word covers, each a possible filled pause.

    The rule: speech probability above 0.5, no word within 0.1 s, 0.20 to 2.0 s long, the 60th
    percentile of the voicing at least 0.70, and not more than 22 dB under the take's loud speech.
    The wide margin misses some and keeps wrong word times from making fillers out of words.
    """
    if not sound.frames:
        return []
    level = level_db(sound)
    speech = probability_by_frame(sound) > _SPEECH_PROBABILITY
    floor = float(np.quantile(level, 0.99)) - _BELOW_LOUD_DB
    free = speech & ~_covered(words, level)
    return [
        _finding(first, last)
        for first, last in runs(free)
        if _SHORTEST_S <= (last - first) * FRAME_HOP_S <= _LONGEST_S
        and level[first:last].max() >= floor
        and np.percentile(voicing(sound, first, last)[0], 60) >= _VOICED
    ]


def _covered(words: Sequence[Word], level: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Frames explained by a word, its margin, or the detector's hang-over after it."""
    covered = np.zeros(len(level), dtype=np.bool_)
    for word in words:
        first = max(round((word.start_s - _WORD_MARGIN_S) / FRAME_HOP_S), 0)
        last = max(round((word.end_s + _WORD_MARGIN_S) / FRAME_HOP_S), first)
        hang_over = max(round((word.end_s + _HANG_OVER_S) / FRAME_HOP_S), last)
        after = level[last:hang_over]
        has_dip = len(after) > 0 and level[first:last].max(initial=-100.0) - after.min() >= _DIP_DB
        covered[first : last if has_dip else hang_over] = True
    return covered


def lone_syllables(sound: Sound) -> list[Finding]:
    """Single voiced syllables with silence on both sides: a hint where there are no words.

    Most short answers and single words look the same (on seven clips three of five were filled
    pauses, and eight filled pauses were missed), so this is a hint and no count.
    """
    spoken = np.ones(sound.frames, dtype=np.bool_)
    for first, last in silences(sound):
        if (last - first) * FRAME_HOP_S >= _ALONE_S:
            spoken[first:last] = False
    peaks = [round(at_s / FRAME_HOP_S) for at_s in nuclei(sound, spoken)]
    return [
        _finding(first, last)
        for first, last in runs(spoken)
        if _LONE_SHORTEST_S <= (last - first) * FRAME_HOP_S <= _LONE_LONGEST_S
        and sum(first <= peak < last for peak in peaks) <= 1
        and np.percentile(voicing(sound, first, last)[0], 60) >= _LONE_VOICED
    ]


def _finding(first: int, last: int) -> Finding:
    start_s, end_s = first * FRAME_HOP_S, last * FRAME_HOP_S
    return Finding("filler", LABEL, None, start_s, end_s, "possible", "signal")
