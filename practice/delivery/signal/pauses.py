"""Where the person was silent: the detector says whether, the energy of the sound says where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Span
from practice.delivery.findings import Finding
from practice.delivery.signal.features import SoundFeatures, find_runs
from practice.delivery.signal.level import FRAME_HOP_S

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
class Phrasing:
    """A take cut into speech and pauses; silence before and after all speech is neither."""

    pauses: tuple[Span, ...]
    runs: tuple[Span, ...]
    """The stretches of speech between the pauses."""

    @property
    def speaking_s(self) -> float:
        """Time from the first to the last speech without the pauses."""
        return sum(run.duration_s for run in self.runs)

    def frames(self, count: int) -> NDArray[np.bool_]:
        """Which of the first `count` frames lie in a run of speech; shape (count,)."""
        spoken = np.zeros(count, dtype=np.bool_)
        for run in self.runs:
            spoken[round(run.start_s / FRAME_HOP_S) : round(run.end_s / FRAME_HOP_S)] = True
        return spoken


def find_phrasing(sound: SoundFeatures) -> Phrasing:
    """The pauses of at least `PAUSE_S`, and the speech between them."""
    silent = find_silences(sound)
    if not sound.frames or silent == [(0, sound.frames)]:
        return Phrasing((), ())
    loud, unheard = _find_loud(sound), sound.frame_probability <= SPEECH_PROBABILITY

    def is_pause(first: int, last: int) -> bool:
        # Silence before and after all speech is no pause. One inside must be long enough in the
        # level as well as for the detector, which takes its edges for speech, and mostly quiet.
        return bool(
            first > 0
            and last < sound.frames
            and (last - first) * FRAME_HOP_S >= PAUSE_S - 1e-9
            and unheard[first:last].sum() * FRAME_HOP_S >= PAUSE_S - HANG_OVER_S - 1e-9
            and np.mean(~loud[first:last]) >= LEAST_QUIET
        )

    pauses = [
        Span(first * FRAME_HOP_S, last * FRAME_HOP_S)
        for first, last in silent
        if is_pause(first, last)
    ]
    start = silent[0][1] if silent and silent[0][0] == 0 else 0
    end = silent[-1][0] if silent and silent[-1][1] == sound.frames else sound.frames
    edges_s = [
        start * FRAME_HOP_S,
        *(edge_s for pause in pauses for edge_s in (pause.start_s, pause.end_s)),
        end * FRAME_HOP_S,
    ]
    runs = tuple(Span(a, b) for a, b in zip(edges_s[::2], edges_s[1::2], strict=True))
    return Phrasing(tuple(pauses), runs)


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


def find_silences(sound: SoundFeatures) -> list[tuple[int, int]]:
    """Every stretch without speech, as half-open (first, last) frames.

    The detector says whether somebody speaks, but its edges are up to 0.15 s off. So each edge is
    moved to where the level changes, by at most `_EDGE_SEARCH_S`.
    """
    speech = _drop_clicks(sound.frame_probability > SPEECH_PROBABILITY)
    if not speech.any():
        return [(0, sound.frames)]
    loud = _find_loud(sound)
    silent = np.zeros(sound.frames, dtype=np.bool_)
    for first, last in find_runs(~speech):
        # The ends of the take are no edges: nothing was said beyond them.
        start = _move_edge(loud, first) if first > 0 else first
        end = len(loud) - _move_edge(loud[::-1], len(loud) - last) if last < len(loud) else last
        silent[start:end] = True
    return find_runs(~_drop_clicks(~silent))


def _drop_clicks(speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`speech`, shape (frames,), without the stretches that are too short to be any."""
    for first, last in find_runs(speech):
        if (last - first) * FRAME_HOP_S < _SHORTEST_SPEECH_S:
            speech[first:last] = False
    return speech


def _find_loud(sound: SoundFeatures) -> NDArray[np.bool_]:
    """Frames above a threshold between the take's own quiet and loud levels; shape (frames,)."""
    quiet, strong = np.percentile(sound.level_db, [5, 95])
    span = min(strong - quiet, _WIDEST_RANGE_DB)
    return np.asarray(sound.level_db > strong - (1.0 - _THRESHOLD_SHARE) * span)


def _move_edge(loud: NDArray[np.bool_], index: int) -> int:
    """Where a silence that is said to start at `index` starts in the level.

    Back over quiet frames, or else forward over loud ones; `index` where neither ends in reach.
    """
    reach = round(_EDGE_SEARCH_S / FRAME_HOP_S)
    back = index
    while back > 0 and index - back < reach and not loud[back - 1]:
        back -= 1
    if back < index:
        return back
    ahead = index
    while ahead < len(loud) and ahead - index < reach and loud[ahead]:
        ahead += 1
    return ahead if ahead < len(loud) and not loud[ahead] else index
