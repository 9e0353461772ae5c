from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from practice.base.words import Word
from practice.delivery.signal.features import SoundFeatures, extract_features
from practice.delivery.signal.filled_pauses import find_lone_syllables, find_unexplained_voice

Hear = Callable[[list[tuple[str, float]]], SoundFeatures]
Clip = Callable[[str], tuple[SoundFeatures, dict[str, Any]]]
PATTERN = [("voice", 1.0), ("room", 0.4), ("voice", 0.4), ("room", 0.4), ("voice", 1.0)]


def test_voice_that_no_word_covers_is_a_possible_filler(make_sound: Hear) -> None:
    words = [Word("one", 0.0, 1.0), Word("two", 2.2, 3.2)]
    (found,) = find_unexplained_voice(words, make_sound(PATTERN))
    assert (found.label, found.text, found.certainty) == ("um/uh", None, "possible")
    assert found.start_s == pytest.approx(1.4, abs=0.06)
    assert found.end_s == pytest.approx(1.8, abs=0.06)


def test_voice_under_a_word_is_explained(make_sound: Hear) -> None:
    words = [Word("one", 0.0, 1.0), Word("um", 1.4, 1.8), Word("two", 2.2, 3.2)]
    assert find_unexplained_voice(words, make_sound(PATTERN)) == []


def test_noise_is_no_voice() -> None:
    rng = np.random.default_rng(0)
    samples = rng.normal(0, 0.1, 32_000).astype(np.float32)
    assert find_unexplained_voice([], extract_features(samples, np.full(63, 0.9, np.float32))) == []


def test_a_lone_syllable_is_a_hint_where_there_are_no_words(make_sound: Hear) -> None:
    (found,) = find_lone_syllables(make_sound(PATTERN))
    assert found.start_s == pytest.approx(1.4, abs=0.06)
    assert found.certainty == "possible"


@pytest.mark.parametrize(
    "find", [find_lone_syllables, lambda sound: find_unexplained_voice([], sound)]
)
def test_an_empty_sound_has_none(find: Callable[[SoundFeatures], list[object]]) -> None:
    assert find(extract_features(np.zeros(0, np.float32), np.zeros(0, np.float32))) == []
