"""The words are aligned with the sound, before anything is measured with them.

Whisper's word times run late, its words touch, and a word takes over the time of an um beside it
that it leaves out. So there are three steps:

1. All words are moved together, by the lag at which their starts meet the rises of the level best.
2. The ends of each word are drawn out of silences.
3. A word that is longer than its syllables can be is cut, and the um beside it set free.

Good times stay: what is moved needs clear evidence in the sound. The words are stored as they were
recognised and aligned at every review, so that a better rule helps old takes too.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Span, Word
from practice.delivery.signal.features import SoundFeatures, find_runs
from practice.delivery.signal.level import FRAME_HOP_S
from practice.delivery.signal.pauses import find_silences
from practice.delivery.signal.prolongation import LARGEST_CHANGE_DB, is_prolonged
from practice.delivery.signal.syllable_nuclei import find_deep_dips
from practice.delivery.transcript.syllables import count_syllables

LARGEST_LAG_S = 0.6
"""The lag of Whisper's times is up to 0.34 s in published examples."""
SMALLEST_LAG_S = 0.05
"""Labels of the same recording by two people differ by as much."""
FEWEST_WORDS = 30
"""With 30 words a shift of 0.2 s was found in 99 of 100 stretches, with 20 in 90."""
CLEARNESS = 1.25
"""How much better the best lag must agree than any other; words with random errors stay below."""
RISE_DELAY_S = 0.04
"""The steepest rise comes so long after a labelled start: half the time over which it is measured,
and 0.015 s; 0.03 to 0.04 s on all six clips."""

SMALLEST_MOVE_S = 0.08
"""So much silence may stay at the end of a word: labels by hand and by alignment differ so much."""
CLOSURE_S = 0.10
"""A silence so short may be the closure of a p, t or k inside a word."""
LONGEST_SYLLABLE = 1.6
"""Times the usual syllable around it; a word beside an um is stretched to twice its length."""
LEEWAY_S = 0.18
"""And so much more for a word: about one syllable, as at the end of a clause."""
SHORTEST_WORD_S = 0.06
"""What must be left of a word that is cut: what counts as speech at all."""
LEAST_WHOLE = 0.5
"""Times the usual length: a word before an um lies whole inside its time; one after it may be cut
short by the word that follows."""
NEIGHBOURS = 10
"""The words on each side whose syllables are the usual ones: about 6 s of speech."""

_RISE_S = 0.05
_RISE_RANGE_DB = 40.0


@dataclass(frozen=True, slots=True)
class AlignedWords:
    """Words whose times fit the sound."""

    words: tuple[Word, ...]
    """By start; an um that was written twice stands once."""
    unheard: tuple[Span, ...] = ()
    """Written ums of which the sound has nothing."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A word's own frames."""

    own: tuple[int, int]
    misfit: float


def align_words(words: Sequence[Word], sound: SoundFeatures, language: str) -> AlignedWords:
    """`words` with times that fit `sound`.

    Args:
        words: As recognised, in any order, each inside the sound.
        sound: The take.
        language: For the syllables.
    """
    if not words or not sound.frames:
        return AlignedWords(tuple(words))
    late_s = lag_s(words, sound)
    moved = sorted(
        (_move(word, -late_s, sound.duration_s) if late_s else word for word in words),
        key=lambda word: word.start_s,
    )
    spoken = _find_spoken(sound)
    silent = np.concatenate([[0], np.cumsum(~spoken)])
    counts = np.array([count_syllables(word.text, language) for word in moved])
    usual_s = counts * _usual_syllable_s(moved, counts)
    fitted: list[Word] = []
    for word, word_usual_s in zip(moved, usual_s.tolist(), strict=True):
        first = round(word.start_s / FRAME_HOP_S)
        last = min(round(word.end_s / FRAME_HOP_S), len(spoken))
        islands = [(first, last)] if first < last else []
        if islands and silent[first] < silent[last]:  # looking closely costs: most hold no silence
            islands = [(first + a, first + b) for a, b in find_runs(spoken[first:last])]
        fitted.append(_fit_to_speech(word, islands, sound, word_usual_s))
    return AlignedWords(tuple(sorted(fitted, key=lambda word: word.start_s)))


def lengthen_words(words: Sequence[Word], length_s: float) -> list[Word]:
    """`words` in which none is without length, as far as there is room.

    Whisper gives every twentieth word its end for its start. Such a word takes `SHORTEST_WORD_S` of
    the silence behind or before it, or else of its neighbours, which keep half of what they have.

    Args:
        words: By start.
        length_s: Where the take ends.
    """
    found = list(words)
    first = 0
    while first < len(found):
        at_s = found[first].start_s
        last = first
        while last < len(found) and found[last].end_s <= at_s == found[last].start_s:
            last += 1
        if last == first:
            first += 1
            continue
        needed_s = (last - first) * SHORTEST_WORD_S
        before = found[first - 1] if first else None
        after = found[last] if last < len(found) else None
        end_s = min(at_s + needed_s, after.start_s if after else length_s)
        start_s = max(end_s - needed_s, min(before.end_s, at_s) if before else 0.0)
        start_s = min(start_s, at_s)
        if end_s - start_s < needed_s and before and before.end_s <= start_s:
            start_s = max(end_s - needed_s, before.span.middle_s)
            found[first - 1] = replace(before, end_s=start_s)
        if end_s - start_s < needed_s and after and after.start_s >= end_s:
            # No later than the word behind it, where those two overlap.
            latest_s = min([after.span.middle_s, *(w.start_s for w in found[last + 1 : last + 2])])
            end_s = max(min(start_s + needed_s, latest_s), end_s)
            found[last] = replace(after, start_s=end_s)
        step_s = (end_s - start_s) / (last - first)
        for number in range(first, last):
            begins_s = start_s + (number - first) * step_s
            found[number] = replace(found[number], start_s=begins_s, end_s=begins_s + step_s)
        first = last
    return found


def _move(word: Word, by_s: float, length_s: float) -> Word:
    """The word moved by `by_s`, as far as it stays inside the sound."""
    start_s = min(max(word.start_s + by_s, 0.0), length_s)
    return replace(word, start_s=start_s, end_s=min(max(word.end_s + by_s, start_s), length_s))


def lag_s(words: Sequence[Word], sound: SoundFeatures) -> float:
    """How late the words are as a whole: where their starts meet the rises of the level best.

    Returns:
        0 where no lag agrees clearly better than every other.
    """
    if len(words) < FEWEST_WORDS:
        return 0.0
    rises = _level_rises(sound)
    starts = np.round(np.array([word.start_s for word in words]) / FRAME_HOP_S).astype(int)
    reach, near = round(1.5 * LARGEST_LAG_S / FRAME_HOP_S), round(2.5 * _RISE_S / FRAME_HOP_S)
    lags = np.arange(-reach, reach + 1)
    agreement = np.array([rises[np.clip(starts - lag, 0, len(rises) - 1)].mean() for lag in lags])
    # Starts are off by some hundredths each: without smoothing a chance agreement of a few wins.
    bell = np.hanning(2 * near // 3 + 2)[1:-1]
    agreement = np.convolve(agreement, bell / bell.sum(), "same")
    best = int(np.argmax(np.where(abs(lags * FRAME_HOP_S) <= LARGEST_LAG_S, agreement, -np.inf)))
    # Lags up to half as far again as are allowed are looked at, to tell a clear peak from a slope.
    elsewhere = agreement[abs(lags - lags[best]) > near].max()
    late_s = float(lags[best] * FRAME_HOP_S) + RISE_DELAY_S
    is_clear = agreement[best] >= CLEARNESS * elsewhere
    return late_s if is_clear and abs(late_s) >= SMALLEST_LAG_S - 1e-9 else 0.0


def _level_rises(sound: SoundFeatures) -> NDArray[np.float64]:
    """How much louder the 0.05 s after each frame are than those before it, in dB.

    Falls are 0; shape (frames,).
    """
    level = sound.level_db
    strong = np.percentile(sound.live_level_db, 95)
    # Below 40 dB under the loud voice is silence, however silent: its depth makes no rise steeper.
    total = np.cumsum(np.concatenate([[0.0], np.clip(level, strong - _RISE_RANGE_DB, strong)]))
    reach, at = round(_RISE_S / FRAME_HOP_S), np.arange(len(level))
    before, after = np.maximum(at - reach, 0), np.minimum(at + reach, len(level))
    later = (total[after] - total[at]) / np.maximum(after - at, 1)
    earlier = (total[at] - total[before]) / np.maximum(at - before, 1)
    return np.asarray(np.maximum(later - earlier, 0.0))


def _find_spoken(sound: SoundFeatures) -> NDArray[np.bool_]:
    """Which frames may belong to a word; shape (frames,). A short silence may be inside one."""
    spoken = np.ones(sound.frames, dtype=np.bool_)
    for first, last in find_silences(sound):
        if last - first >= CLOSURE_S / FRAME_HOP_S or first == 0 or last == sound.frames:
            spoken[first:last] = False
    return spoken


def _usual_syllable_s(words: Sequence[Word], counts: NDArray[np.int_]) -> NDArray[np.float64]:
    """The median length of a syllable among the neighbours of each word; shape (words,)."""
    each_s = np.array([word.end_s - word.start_s for word in words]) / counts
    padded = np.pad(each_s, NEIGHBOURS, constant_values=np.nan)
    around_s = np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1)
    return np.asarray(np.maximum(np.nanmedian(around_s, axis=1), FRAME_HOP_S))


def _fit_to_speech(
    word: Word, islands: Sequence[tuple[int, int]], sound: SoundFeatures, usual_s: float
) -> Word:
    """The word drawn out of silences, and without an um beside it.

    Args:
        word: Its time.
        islands: The stretches of speech in its time, in frames.
        sound: The take.
        usual_s: How long a word of so many syllables usually is around it.
    """
    if not islands:
        return word
    start_s, end_s = islands[0][0] * FRAME_HOP_S, islands[-1][1] * FRAME_HOP_S
    trimmed = replace(
        word,
        start_s=start_s if start_s - word.start_s >= SMALLEST_MOVE_S else word.start_s,
        end_s=end_s if word.end_s - end_s >= SMALLEST_MOVE_S else word.end_s,
    )
    cut = _find_cut(trimmed, islands, sound, usual_s)
    if cut is None:
        return trimmed
    first, last = cut.own
    return replace(word, start_s=first * FRAME_HOP_S, end_s=last * FRAME_HOP_S)


def _find_cut(
    word: Word, islands: Sequence[tuple[int, int]], sound: SoundFeatures, usual_s: float
) -> _Cut | None:
    """Where a word that is too long ends and an um beside it begins, or the other way round.

    The parts of the word lie between silences and deep dips of the level. The um is the part at
    one end that is drawn out; the word is the rest. Where both ends would do, the word is the one
    whose length is more usual and the um the steadier.
    """
    longest_s = LONGEST_SYLLABLE * usual_s + LEEWAY_S
    if word.end_s - word.start_s <= longest_s:
        return None
    spoken_s = sum(last - first for first, last in islands) * FRAME_HOP_S
    edges = [[first, *find_deep_dips(sound, first, last), last] for first, last in islands]
    parts = [part for island in edges for part in pairwise(island)]
    cuts: list[_Cut] = []
    for (_, left), (right, _) in pairwise(parts):
        # A word that is too long only because of the silence in it is cut at the silence alone.
        if left == right and spoken_s <= longest_s:
            continue
        head, tail = (parts[0][0], left), (right, parts[-1][1])
        for own, rest in ((tail, head), (head, tail)):
            if (misfit := _misfit(own, rest, sound, usual_s)) is not None:
                cuts.append(_Cut(own, misfit))
    return min(cuts, key=lambda cut: cut.misfit, default=None)


def _misfit(
    own: tuple[int, int], rest: tuple[int, int], sound: SoundFeatures, usual_s: float
) -> float | None:
    """How unlikely the cut is; None where it cannot be one."""
    own_s = (own[1] - own[0]) * FRAME_HOP_S
    least_s = LEAST_WHOLE * usual_s if own[0] < rest[0] else SHORTEST_WORD_S
    if own_s < least_s or not is_prolonged(sound, *rest):
        return None
    change_db = float(np.median(sound.spectral_change_db[rest[0] : rest[1]]))
    return abs(math.log(own_s / usual_s)) + change_db / LARGEST_CHANGE_DB
