import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.delivery.signal.growing_sound import GrowingSound
from practice.delivery.signal.prolongation import change_db
from practice.delivery.signal.sound import Sound, level_db
from practice.delivery.signal.voicing import take_voicing

RATE_HZ = 16_000
TIME_S = np.arange(7 * RATE_HZ + 77) / RATE_HZ
VOICE = np.sin(2 * np.pi * (120 + 40 * np.sin(TIME_S)) * TIME_S) * np.abs(np.sin(3 * TIME_S))
NOISE = np.random.default_rng(4).normal(0, 0.01, len(TIME_S))
SAMPLES: NDArray[np.float32] = (0.5 * (VOICE + NOISE)).astype(np.float32)
PROBABILITY = np.zeros(0, np.float32)


def grown(cuts: list[int], length: int) -> Sound:
    growing = GrowingSound()
    for part in np.split(SAMPLES[:length], sorted(cuts)):
        growing.add(part)
    return growing.sound(PROBABILITY)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, len(SAMPLES)), max_size=8), st.integers(0, len(SAMPLES)))
def test_curves_of_a_growing_sound_are_those_of_the_whole(cuts: list[int], length: int) -> None:
    whole, sound = Sound(SAMPLES[:length], PROBABILITY), grown(cuts, length)
    assert (sound.duration_s, sound.frames) == (whole.duration_s, whole.frames)
    np.testing.assert_allclose(level_db(sound), level_db(whole), atol=1e-6)
    np.testing.assert_allclose(take_voicing(sound), take_voicing(whole), atol=1e-5)
    np.testing.assert_allclose(change_db(sound), change_db(whole), atol=1e-3)


def test_samples_are_not_kept() -> None:
    sound = grown(list(range(0, len(SAMPLES), 1600)), len(SAMPLES))
    assert np.isnan(sound.samples).all()
    assert sum(curve.nbytes for curve in sound.curves.values()) < SAMPLES.nbytes / 10
