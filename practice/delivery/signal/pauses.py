"""Where the person was silent: the detector says whether, detector and level say where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Span
from practice.delivery.findings import Finding
from practice.delivery.signal.features import SoundFeatures, find_runs
from practice.delivery.signal.level import FRAME_HOP_S
from practice.delivery.signal.room import RoomLevels, measure_room

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
NOISY_DB = 6.0
"""With the voice less far over the room a third of the pauses found are none (docs/findings.md)."""
LONGEST_GATE_S = 2.0
"""A noise gate makes zeros of short pauses and of long ones. Zeros that last longer and are not
one of many are a microphone that was off: the person may have said anything."""
FEWEST_GATED = 3
"""A gate closes again and again; nobody mutes the microphone so often in one answer."""
SHORTEST_GATED_S = 0.1
_ZERO_EDGE_S = 0.03
"""How far the sound beside zeros reaches into the level: half its window, and the filter."""

EDGE_SEARCH_S = 0.20
THRESHOLD_SHARE = 0.35
"""Loud begins at this share of the way from the room to the voice."""
CLEAR_DB = 15.0
"""The level has its full say on an edge where the voice stands so far above the room."""
SURE_DB = 6.0
"""So far from the threshold a frame is surely loud or surely quiet."""
DETECTOR_WEIGHT = 1.0
"""What the detector is worth beside a clear level."""

_SHORTEST_SPEECH_S = 0.06
_WIDEST_RANGE_DB = 45.0
_SHORTEST_NOISY_S = 1.0
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A take cut into speech and pauses; silence before and after all speech is neither.

    What could not be heard is neither as well: it ends a run and is no pause.
    """

    pauses: tuple[Span, ...]
    runs: tuple[Span, ...]
    """The stretches of speech between the pauses."""
    noisy: tuple[Span, ...] = ()
    """Where the room is too loud to tell pauses."""
    muted: tuple[Span, ...] = ()
    """Where the microphone gave nothing but zeros for longer than a noise gate does; also before
    and after all speech."""
    noisy_db: float | None = None
    """How far the voice is above the room in `noisy`."""

    @property
    def speaking_s(self) -> float:
        """Time from the first to the last speech without the pauses."""
        return sum(run.duration_s for run in self.runs)

    @property
    def is_mostly_noisy(self) -> bool:
        """Whether more was spoken in noise than out of it."""
        return sum(span.duration_s for span in self.noisy) > _MOSTLY * (
            self.speaking_s + sum(span.duration_s for span in (*self.noisy, *self.pauses))
        )

    def could_hear(self, span: Span) -> bool:
        """Whether `span` lies where speech and silence can be told apart."""
        unheard = (*self.noisy, *self.muted)
        return not any(each.start_s <= span.middle_s < each.end_s for each in unheard)

    def frames(self, count: int) -> NDArray[np.bool_]:
        """Which of the first `count` frames lie in a run of speech; shape (count,)."""
        return _to_frames(self.runs, count)


def find_phrasing(sound: SoundFeatures) -> Phrasing:
    """The pauses of at least `PAUSE_S`, and the speech between them."""
    silent = find_silences(sound)
    muted = find_muted(sound)
    if not sound.frames or silent == [(0, sound.frames)]:
        return Phrasing((), (), muted=muted)
    start = silent[0][1] if silent and silent[0][0] == 0 else 0
    end = silent[-1][0] if silent and silent[-1][1] == sound.frames else sound.frames
    talk = Span(start * FRAME_HOP_S, end * FRAME_HOP_S)
    room = measure_room(sound)
    noisy, noisy_db = _find_noisy(room, start, end)
    unheard = _to_frames((*noisy, *muted), sound.frames)
    loud, unvoiced = _find_loud(sound, room), sound.frame_probability <= SPEECH_PROBABILITY

    def is_pause(first: int, last: int) -> bool:
        # Silence before and after all speech is no pause. One inside must be long enough in the
        # level as well as for the detector, which takes its edges for speech, and mostly quiet.
        return bool(
            first > 0
            and last < sound.frames
            and (last - first) * FRAME_HOP_S >= PAUSE_S - 1e-9
            and unvoiced[first:last].sum() * FRAME_HOP_S >= PAUSE_S - HANG_OVER_S - 1e-9
            and np.mean(~loud[first:last]) >= LEAST_QUIET
            and not unheard[first:last].any()
        )

    pauses = tuple(
        Span(first * FRAME_HOP_S, last * FRAME_HOP_S)
        for first, last in silent
        if is_pause(first, last)
    )
    speech = _to_frames((talk,), sound.frames) & ~unheard & ~_to_frames(pauses, sound.frames)
    # The rest of a silence beside what could not be heard is no speech.
    for first, last in silent:
        if unheard[first:last].any():
            speech[first:last] = False
    runs = tuple(_to_spans(speech))
    return Phrasing(pauses, runs, noisy, muted, noisy_db)


def _to_frames(spans: Sequence[Span], count: int) -> NDArray[np.bool_]:
    inside = np.zeros(count, dtype=np.bool_)
    for span in spans:
        inside[round(span.start_s / FRAME_HOP_S) : round(span.end_s / FRAME_HOP_S)] = True
    return inside


def _to_spans(mask: NDArray[np.bool_]) -> Iterator[Span]:
    return (Span(first * FRAME_HOP_S, last * FRAME_HOP_S) for first, last in find_runs(mask))


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


def find_muted(sound: SoundFeatures) -> tuple[Span, ...]:
    """Where the microphone was off: zeros for longer than a noise gate makes of a pause."""
    end_s = sound.frames * FRAME_HOP_S
    zeros = [
        Span(max(span.start_s - _ZERO_EDGE_S, 0.0), min(span.end_s + _ZERO_EDGE_S, end_s))
        for span in _to_spans(~sound.is_live)
        if span.duration_s >= SHORTEST_GATED_S
    ]
    inside = [span for span in zeros if span.start_s > 0 and span.end_s < end_s]
    if len(inside) >= FEWEST_GATED:
        # A gate, so that the zeros between speech are pauses, however long.
        zeros = [span for span in zeros if span not in inside]
    return tuple(span for span in zeros if span.duration_s >= LONGEST_GATE_S - 1e-9)


def _find_noisy(room: RoomLevels, start: int, end: int) -> tuple[tuple[Span, ...], float | None]:
    """Where in the talk from frame `start` to `end` the voice is too near to the room.

    Returns:
        Those stretches, and how far above the room the voice is there, in dB.
    """
    is_noisy = room.distance_db < NOISY_DB
    is_noisy[:start] = is_noisy[end:] = False
    spans = tuple(
        span for span in _to_spans(is_noisy) if span.duration_s >= _SHORTEST_NOISY_S - 1e-9
    )
    if not spans:
        return (), None
    inside = _to_frames(spans, len(is_noisy))
    return spans, float(np.median(room.distance_db[inside]))


def find_silences(sound: SoundFeatures) -> list[tuple[int, int]]:
    """Every stretch without speech, as half-open (first, last) frames.

    The detector says whether somebody speaks, but its edges are up to 0.15 s off. So each edge is
    looked for within `EDGE_SEARCH_S`: it lies where most before it is voice and most behind it is
    room. Both witnesses are asked about each frame, and the level counts the less, the nearer
    the room is to the voice.
    """
    speech = _drop_clicks(sound.frame_probability > SPEECH_PROBABILITY)
    if not speech.any():
        return [(0, sound.frames)]
    room = measure_room(sound)
    above = np.clip((sound.level_db - _threshold_db(room)) / SURE_DB, -1.0, 1.0)
    weight = np.clip(room.distance_db / CLEAR_DB, 0.0, 1.0)
    detected = (sound.frame_probability - SPEECH_PROBABILITY) / SPEECH_PROBABILITY
    evidence = weight * above + DETECTOR_WEIGHT * detected
    silent = np.zeros(sound.frames, dtype=np.bool_)
    for first, last in find_runs(~speech):
        # The ends of the take are no edges: nothing was said beyond them.
        start = _find_edge(evidence, first, last) if first > 0 else first
        end = sound.frames
        if last < sound.frames:
            end -= _find_edge(evidence[::-1], sound.frames - last, sound.frames - first)
        silent[start:end] = True
    return find_runs(~_drop_clicks(~silent))


def _drop_clicks(speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`speech`, shape (frames,), without the stretches that are too short to be any."""
    for first, last in find_runs(speech):
        if (last - first) * FRAME_HOP_S < _SHORTEST_SPEECH_S:
            speech[first:last] = False
    return speech


def _threshold_db(room: RoomLevels) -> NDArray[np.float64]:
    """The level from which on a frame is loud; shape (frames,)."""
    span = np.minimum(room.distance_db, _WIDEST_RANGE_DB)
    return np.asarray(room.voice_db - (1.0 - THRESHOLD_SHARE) * span)


def _find_loud(sound: SoundFeatures, room: RoomLevels) -> NDArray[np.bool_]:
    """Frames that are louder than the room; shape (frames,). None where nobody can tell."""
    return np.asarray((sound.level_db > _threshold_db(room)) & (room.distance_db >= NOISY_DB))


def _find_edge(evidence: NDArray[np.float64], index: int, stop: int) -> int:
    """Where a silence begins that is said to begin at `index` and ends at `stop`.

    Args:
        evidence: For speech (above 0) and against it in each frame; shape (frames,).
        index: Where the detector has it.
        stop: The frame that it begins before.
    """
    reach = round(EDGE_SEARCH_S / FRAME_HOP_S)
    lo, hi = max(index - reach, 0), min(index + reach, stop)
    # The sum is largest where the speech ends: each frame of it adds, each of silence takes away.
    return lo + int(np.argmax(np.concatenate([[0.0], np.cumsum(evidence[lo:hi])])))
