from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from practice.delivery.filled_pauses import lone_syllables, unexplained_voice
from practice.delivery.sound import Sound
from practice.words import Word

Hear = Callable[[list[tuple[str, float]]], Sound]
Clip = Callable[[str], tuple[Sound, dict[str, Any]]]
PATTERN = [("voice", 1.0), ("room", 0.4), ("voice", 0.4), ("room", 0.4), ("voice", 1.0)]


def test_long_voice_that_no_word_covers_is_a_certain_filler(hear: Hear) -> None:
    words = [Word("one", 0.0, 1.0), Word("two", 2.2, 3.2)]
    (found,) = unexplained_voice(words, hear(PATTERN))
    assert (found.label, found.text, found.certainty) == ("um/uh", None, "certain")
    assert found.start_s == pytest.approx(1.4, abs=0.06)
    assert found.end_s == pytest.approx(1.8, abs=0.06)


def test_voice_under_a_word_is_explained(hear: Hear) -> None:
    words = [Word("one", 0.0, 1.0), Word("um", 1.4, 1.8), Word("two", 2.2, 3.2)]
    assert unexplained_voice(words, hear(PATTERN)) == []


def test_noise_is_no_voice() -> None:
    rng = np.random.default_rng(0)
    samples = rng.normal(0, 0.1, 32_000).astype(np.float32)
    assert unexplained_voice([], Sound(samples, np.full(63, 0.9, np.float32))) == []


def test_a_lone_syllable_is_a_hint_where_there_are_no_words(hear: Hear) -> None:
    (found,) = lone_syllables(hear(PATTERN))
    assert found.start_s == pytest.approx(1.4, abs=0.06)
    assert found.certainty == "possible"


@pytest.mark.parametrize("find", [lone_syllables, lambda sound: unexplained_voice([], sound)])
def test_an_empty_sound_has_none(find: Callable[[Sound], list[object]]) -> None:
    assert find(Sound(np.zeros(0, np.float32), np.zeros(0, np.float32))) == []


def test_most_filled_pauses_of_real_recordings_are_found_once_their_words_are_gone(
    clip: Clip,
) -> None:
    hits = false = labelled = 0
    for name in ("mfa_acoustic_corpus", "ami_dev00", "ami_trn09"):
        sound, labels = clip(name)
        starts = {filler["s"] for filler in labels["fillers"]}
        words = [
            Word(item["w"], item["s"], item["e"])
            for item in labels["words"]
            if item["s"] not in starts
        ]
        found = unexplained_voice(words, sound)
        spans = [(filler["s"], filler["e"]) for filler in labels["fillers"]]
        labelled += len(spans)
        hits += sum(any(f.start_s < e and f.end_s > s for f in found) for s, e in spans)
        false += sum(all(f.start_s >= e or f.end_s <= s for s, e in spans) for f in found)
    assert hits >= 0.6 * labelled
    assert false <= 1
