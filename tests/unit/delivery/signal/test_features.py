import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.delivery.signal.features import FeatureExtractor, SoundFeatures
from practice.delivery.signal.level import measure_level
from practice.delivery.signal.spectral_change import measure_spectral_change
from practice.delivery.signal.voicing import measure_voicing

RATE_HZ = 16_000
TIME_S = np.arange(7 * RATE_HZ + 77) / RATE_HZ
VOICE = np.sin(2 * np.pi * (120 + 40 * np.sin(TIME_S)) * TIME_S) * np.abs(np.sin(3 * TIME_S))
NOISE = np.random.default_rng(4).normal(0, 0.01, len(TIME_S))
SAMPLES: NDArray[np.float32] = (0.5 * (VOICE + NOISE)).astype(np.float32)
PROBABILITY = np.zeros(0, np.float32)


def extract(cuts: list[int], length: int) -> SoundFeatures:
    extractor = FeatureExtractor()
    for part in np.split(SAMPLES[:length], sorted(cuts)):
        extractor.add(part)
    return extractor.finish(PROBABILITY)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, len(SAMPLES)), max_size=8), st.integers(0, len(SAMPLES)))
def test_the_curves_are_the_same_however_the_samples_arrive(cuts: list[int], length: int) -> None:
    sound, samples = extract(cuts, length), SAMPLES[:length]
    assert sound.duration_s == length / RATE_HZ
    assert sound.frames == length // (RATE_HZ // 100)
    np.testing.assert_allclose(sound.level_db, measure_level(samples, RATE_HZ), atol=1e-6)
    np.testing.assert_allclose(sound.voicing, measure_voicing(samples, RATE_HZ), atol=1e-5)
    change = measure_spectral_change(samples, RATE_HZ)
    np.testing.assert_allclose(sound.spectral_change_db, change, atol=1e-3)


def test_no_samples_are_kept_beyond_what_the_next_frames_look_back_at() -> None:
    extractor = FeatureExtractor()
    for part in np.split(SAMPLES, range(0, len(SAMPLES), 1600)):
        extractor.add(part)
    assert extractor._samples.nbytes < SAMPLES.nbytes / 4
