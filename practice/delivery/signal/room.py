"""How loud the voice and the room are, stretch by stretch: people come in, fans start, doors close.

One level for a whole take would let a noisy minute spoil a quiet one, and the other way round.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.level import FRAME_HOP_S, SILENT_MICROPHONE_DB

STEP_S = 1.0
REACH_S = 5.0
"""How far around a step is looked: mostly far enough to hold a pause."""
SURELY_ROOM, SURELY_VOICE = 0.3, 0.7
"""Speech probabilities; what the detector is unsure about is neither."""
UNHEARD_ROOM_DB = 15.0
"""A room that is never heard alone is taken to be at least so far below the voice. Our choice: from
there on the level has its full say on an edge (`pauses.CLEAR_DB`)."""
_FEWEST_FRAMES = 25
"""A level from less than 0.25 s is chance."""


@dataclass(frozen=True, eq=False, slots=True)
class RoomLevels:
    """Voice and room around each frame; both of shape (frames,), in dB under full scale."""

    voice_db: NDArray[np.float64]
    room_db: NDArray[np.float64]

    @property
    def distance_db(self) -> NDArray[np.float64]:
        """How far the voice is above the room; shape (frames,)."""
        return self.voice_db - self.room_db


_MEASURED: WeakKeyDictionary[SoundFeatures, RoomLevels] = WeakKeyDictionary()
"""Four steps of a review ask for the same room, and for ten minutes it takes 0.15 s to measure."""


def measure_room(sound: SoundFeatures) -> RoomLevels:
    """The levels of voice and room in `sound`, measured once."""
    found = _MEASURED.get(sound)
    if found is None:
        found = _MEASURED[sound] = _measure(sound)
    return found


def _measure(sound: SoundFeatures) -> RoomLevels:
    """The levels of voice (75th percentile) and room (median) in the 10 s around each second.

    Zeros are left out where there is a room to hear: a microphone that is off hears none.
    """
    level, probability = sound.level_db, sound.frame_probability
    if not sound.frames:
        return RoomLevels(level, level)
    is_voice = sound.is_live & (probability > SURELY_VOICE)
    is_room = sound.is_live & (probability < SURELY_ROOM)
    step, reach = round(STEP_S / FRAME_HOP_S), round(REACH_S / FRAME_HOP_S)
    voice_db, room_db = np.empty(sound.frames), np.empty(sound.frames)
    live = level[sound.is_live] if sound.is_live.any() else level
    voice_anywhere = level[is_voice] if is_voice.any() else live
    for first in range(0, sound.frames, step):
        around = slice(max(first - reach, 0), first + step + reach)
        voice = level[around][is_voice[around]]
        room = level[around][is_room[around]]
        heard = level[around][sound.is_live[around]]
        if len(voice) < _FEWEST_FRAMES:
            voice = voice_anywhere
        here = slice(first, first + step)
        voice_db[here] = np.percentile(voice, 75)
        if len(room) >= _FEWEST_FRAMES:
            room_db[here] = np.median(room)
        elif np.count_nonzero(~sound.is_live[around]) >= _FEWEST_FRAMES:
            # Every gap is zeros: a gate, or a voice that a computer speaks. Its pauses are plain.
            room_db[here] = SILENT_MICROPHONE_DB
        else:
            # Somebody talks all the time. No gap between sounds is quieter than the room, so the
            # room is no louder than they are; that it is loud, nothing shows.
            softest_db = np.percentile(heard if len(heard) else live, 5)
            room_db[here] = min(float(softest_db), voice_db[here][0] - UNHEARD_ROOM_DB)
    return RoomLevels(voice_db, room_db)
