"""Prolonged voice: an um is drawn out and holds its sound."""

import numpy as np

from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.level import FRAME_HOP_S

SHORTEST_S = 0.12
LONGEST_S = 2.0
"""In telephone conversation 95 in 100 fillers last 0.12 to 0.67 s."""
LARGEST_CHANGE_DB = 2.9
"""Filled pauses of seven clips: 0.6 to 2.7 dB, one 3.5; the voice of their words: 2.9 to 4.4."""
LEAST_VOICING = 0.65
"""The 60th percentile over the stretch: room, breath and laughter have 0.43 to 0.67."""
BELOW_LOUD_DB = 22.0
"""Softer voices belong to other people or to the room."""


def is_prolonged(sound: SoundFeatures, first: int, last: int) -> bool:
    """Whether the frames from `first` to `last` (excluded) sound like a filled pause."""
    return bool(
        SHORTEST_S - 1e-9 <= (last - first) * FRAME_HOP_S <= LONGEST_S
        and sound.level_db[first:last].max() >= sound.loud_db - BELOW_LOUD_DB
        and np.percentile(sound.voicing[first:last], 60) >= LEAST_VOICING
        and np.median(sound.spectral_change_db[first:last]) <= LARGEST_CHANGE_DB
    )
