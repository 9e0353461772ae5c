"""Where the person was silent: the detector says whether, the energy of the sound says where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practice.delivery.findings import Finding
from practice.delivery.signal.sound import (
    FRAME_HOP_S,
    Sound,
    level_db,
    probability_by_frame,
    runs,
)

PAUSE_S = 0.25
"""The shortest silence that counts as a pause (the usual threshold in fluency research)."""
MARKED_PAUSE_S = 0.6
"""The shortest pause that is marked on the words: shorter ones belong to ordinary phrasing."""
LONG_PAUSE_S = 1.0
VERY_LONG_PAUSE_S = 2.0

SPEECH_PROBABILITY = 0.5
"""Silero's own threshold."""
HANG_OVER_S = 0.09
"""How much of a silence Silero takes for speech: it ends 0.15 s late and begins 0.06 s late."""
LEAST_QUIET = 0.25
"""Breath and clicks fill a part of a pause; what is loud throughout is voice, or another sound,
that the detector does not know."""

_SHORTEST_SPEECH_S = 0.06
_EDGE_SEARCH_S = 0.20
_THRESHOLD_SHARE = 0.35
_WIDEST_RANGE_DB = 45.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in seconds from the start of the take."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A take cut into speech and pauses; silence before and after all speech is neither."""

    pauses: tuple[Span, ...]
    runs: tuple[Span, ...]
    """The stretches of speech between the pauses."""

    @property
    def speaking_s(self) -> float:
        """Time from the first to the last speech without the pauses."""
        return sum(run.duration_s for run in self.runs)


def find_phrasing(sound: Sound) -> Phrasing:
    """The pauses of at least `PAUSE_S` in `sound`, and the speech between them."""
    silent = silences(sound)
    if not sound.frames or silent == [(0, sound.frames)]:
        return Phrasing((), ())
    loud, unheard = _loud(sound), probability_by_frame(sound) <= SPEECH_PROBABILITY
    inner = [
        Span(first * FRAME_HOP_S, last * FRAME_HOP_S)
        for first, last in silent
        if first > 0 and last < sound.frames and _is_pause(loud[first:last], unheard[first:last])
    ]
    start_s = silent[0][1] * FRAME_HOP_S if silent and silent[0][0] == 0 else 0.0
    end = silent[-1][0] if silent and silent[-1][1] == sound.frames else sound.frames
    cuts = [start_s, *(t for span in inner for t in (span.start_s, span.end_s)), end * FRAME_HOP_S]
    speech = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    return Phrasing(tuple(inner), speech)


def _is_pause(loud: NDArray[np.bool_], unheard: NDArray[np.bool_]) -> bool:
    """Whether a silence is long enough, in the level and for the detector, and mostly quiet."""
    return bool(
        len(loud) * FRAME_HOP_S >= PAUSE_S - 1e-9
        and unheard.sum() * FRAME_HOP_S >= PAUSE_S - HANG_OVER_S - 1e-9
        and np.mean(~loud) >= LEAST_QUIET
    )


def pause_findings(pauses: Sequence[Span]) -> list[Finding]:
    """A finding for each pause of at least `MARKED_PAUSE_S`, named by its length."""
    return [
        Finding(
            "pause", _label(span.duration_s), None, span.start_s, span.end_s, "certain", "signal"
        )
        for span in pauses
        if span.duration_s >= MARKED_PAUSE_S - 1e-9
    ]


def _label(duration_s: float) -> str:
    if duration_s >= VERY_LONG_PAUSE_S:
        return "very long pause"
    return "long pause" if duration_s >= LONG_PAUSE_S else "pause"


def silences(sound: Sound) -> list[tuple[int, int]]:
    """Every stretch without speech, in frames, with its edges moved to where the level changes."""
    speech = _without_clicks(probability_by_frame(sound) > SPEECH_PROBABILITY)
    if not speech.any():
        return [(0, sound.frames)]
    loud = _loud(sound)
    silent = np.zeros(sound.frames, dtype=np.bool_)
    for run in runs(~speech):
        first, last = _refined(run, loud)
        silent[first:last] = True
    return runs(~_without_clicks(~silent))


def _without_clicks(speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`speech` without the stretches that are too short to be any."""
    for first, last in runs(speech):
        if (last - first) * FRAME_HOP_S < _SHORTEST_SPEECH_S:
            speech[first:last] = False
    return speech


def _loud(sound: Sound) -> NDArray[np.bool_]:
    """Frames above a threshold between the take's own quiet and loud levels."""
    level = level_db(sound)
    quiet, strong = np.percentile(level, [5, 95])
    span = min(strong - quiet, _WIDEST_RANGE_DB)
    return np.asarray(level > strong - (1.0 - _THRESHOLD_SHARE) * span)


def _refined(run: tuple[int, int], loud: NDArray[np.bool_]) -> tuple[int, int]:
    """`run` with each edge moved by at most `_EDGE_SEARCH_S` to the change from loud to quiet."""
    reach = round(_EDGE_SEARCH_S / FRAME_HOP_S)
    first, last = run
    if first > 0:
        first = _edge(loud, first, reach)
    if last < len(loud):
        last = len(loud) - _edge(loud[::-1], len(loud) - last, reach)
    return first, last


def _edge(loud: NDArray[np.bool_], index: int, reach: int) -> int:
    """From a silence starting at `index`: back over quiet frames, else forward over loud ones."""
    back = index
    while back > 0 and index - back < reach and not loud[back - 1]:
        back -= 1
    if back < index:
        return back
    ahead = index
    while ahead < len(loud) and ahead - index < reach and loud[ahead]:
        ahead += 1
    return ahead if ahead < len(loud) and not loud[ahead] else index
