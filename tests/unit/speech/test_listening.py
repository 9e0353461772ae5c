import numpy as np
import pytest
from faster_whisper.vad import get_vad_model
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.speech.hearing import HOP_SAMPLES
from practice.speech.listening import BLOCK_SAMPLES, Listener
from practice.speech.voice import VoiceActivity

Samples = NDArray[np.float32]
RNG = np.random.default_rng(7)
NOISE: Samples = RNG.normal(0, 0.1, BLOCK_SAMPLES * 4).astype(np.float32)


def listened(blocks: list[Samples]) -> Listener:
    listener = Listener(None, "en", lambda: None)
    for block in blocks:
        listener.feed(block)
    listener.finish()
    return listener


def test_voice_activity_in_parts_is_that_of_the_whole() -> None:
    voice = VoiceActivity()
    parts = [voice.feed(part) for part in np.split(NOISE, 8)]
    # The last hop is left out: faster-whisper silences the end of the array that it is given.
    whole = get_vad_model()(NOISE.copy()).reshape(-1)[:-1]
    np.testing.assert_allclose(np.concatenate(parts)[:-1], whole, atol=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, len(NOISE)), max_size=6))
def test_how_sound_arrives_changes_nothing(cuts: list[int]) -> None:
    parts = np.split(NOISE, sorted(cuts))
    together, apart = listened([NOISE]), listened(parts)
    np.testing.assert_array_equal(together.speech_probability, apart.speech_probability)


@pytest.mark.parametrize("length", [0, 1, HOP_SAMPLES, HOP_SAMPLES + 1, 3 * BLOCK_SAMPLES - 1])
def test_every_begun_hop_has_a_probability(length: int) -> None:
    probability = listened([np.zeros(length, np.float32)]).speech_probability
    assert len(probability) == -(-length // HOP_SAMPLES)
