from collections.abc import Callable

import numpy as np

from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.syllable_nuclei import find_nuclei


def test_bursts_of_voice_are_counted_as_nuclei(
    make_sound: Callable[[list[tuple[str, float]]], SoundFeatures],
) -> None:
    sound = make_sound([("room", 0.3), *[("voice", 0.2), ("room", 0.1)] * 6])
    assert len(find_nuclei(sound, np.ones(sound.frames, dtype=np.bool_))) == 6
