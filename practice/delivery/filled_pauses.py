"""Voice that no word explains: where an um may have been said and not written down."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from practice.delivery.findings import Finding
from practice.delivery.sound import (
    FRAME_HOP_S,
    Sound,
    level_db,
    probability_by_frame,
    runs,
)
from practice.delivery.voicing import voicing
from practice.words import Word

LABEL = "um/uh"

_SPEECH_PROBABILITY = 0.5
_WORD_MARGIN_S = 0.05
_HANG_OVER_S = 0.12
_DIP_DB = 8.0
_SHORTEST_S = 0.12
_LONGEST_S = 2.0
_VOICED = 0.70
_BELOW_LOUD_DB = 22.0

_STEADY_SHORTEST_S = 0.25
_STEADY_VOICED = 0.80
_STEADY_SEMITONES = 0.6
_STEADY_LEVEL_DB = 3.0


def unexplained_voice(words: Sequence[Word], sound: Sound) -> list[Finding]:
    """Stretches of steady voice that no word covers, each a possible filled pause.

    The rule: speech probability above 0.5, no word within 0.05 s, 0.12 to 2.0 s long, the 60th
    percentile of the voicing at least 0.70, and not more than 22 dB under the take's loud speech.
    It is only as good as the word times: 0.1 s of error costs a tenth of what it finds, 0.2 s half.
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


def steady_voice(sound: Sound) -> list[Finding]:
    """Stretches where pitch and level hardly move: a hint at filled pauses when there are no words.

    After Goto, Itou and Hayamizu (1999): in a filled pause the articulators rest. Words with a
    long vowel look the same, so this is a hint and no count.
    """
    if not sound.frames:
        return []
    level = level_db(sound)
    strength, pitch_hz = voicing(sound)
    semitones = 12.0 * np.log2(np.maximum(pitch_hz, 1.0))
    speech = probability_by_frame(sound) > _SPEECH_PROBABILITY
    floor = float(np.quantile(level, 0.99)) - _BELOW_LOUD_DB
    window = round(_STEADY_SHORTEST_S / FRAME_HOP_S)
    still = (_spread(semitones, window) <= _STEADY_SEMITONES) & (
        _spread(level, window) <= _STEADY_LEVEL_DB
    )
    voiced = speech & (strength >= _STEADY_VOICED) & (level >= floor)
    whole = np.convolve(voiced, np.ones(window), "same") >= window - 0.5
    return [
        _finding(max(first - window // 2, 0), min(last + window // 2, sound.frames))
        for first, last in runs(still & whole)
        if (last - first) * FRAME_HOP_S <= _LONGEST_S
    ]


def _spread(curve: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """The standard deviation of `curve` in a window around each frame."""
    weight = np.ones(window) / window
    centred = curve - curve.mean()
    mean = np.convolve(centred, weight, "same")
    variance = np.convolve(centred**2, weight, "same") - mean**2
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def _finding(first: int, last: int) -> Finding:
    start_s, end_s = first * FRAME_HOP_S, last * FRAME_HOP_S
    return Finding("filler", LABEL, None, start_s, end_s, "possible", "signal")
