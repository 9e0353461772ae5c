from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.base.words import Word
from practice.delivery.signal.features import SoundFeatures, extract_features
from practice.delivery.word_times import align_words, lag_s, lengthen_words

Hear = Callable[[list[tuple[str, float]]], SoundFeatures]
Clip = Callable[[str], tuple[SoundFeatures, dict[str, Any]]]
CLIPS = ["ami_dev00", "ami_dev01", "ami_trn03", "ami_trn05", "ami_trn09", "mfa_acoustic_corpus"]


def make_words(labels: dict[str, Any], by_s: float = 0.0) -> list[Word]:
    words = [Word(item["w"], item["s"] + by_s, item["e"] + by_s) for item in labels["words"]]
    return sorted(words, key=lambda word: word.start_s)


@pytest.mark.parametrize("name", CLIPS)
def test_exact_times_of_real_speech_stay(load_clip: Clip, name: str) -> None:
    sound, labels = load_clip(name)
    words = make_words(labels)
    after = {(w.text, w.end_s): w.start_s for w in align_words(words, sound, "en").words}
    moved_s = [abs(after.get((w.text, w.end_s), w.start_s) - w.start_s) for w in words]
    assert lag_s(words, sound) == 0
    assert np.mean(moved_s) < 0.01


@pytest.mark.parametrize("name", CLIPS)
@pytest.mark.parametrize("late_s", [0.34, 0.2, 0.1, -0.2])
def test_words_that_are_all_late_are_moved_back(load_clip: Clip, name: str, late_s: float) -> None:
    sound, labels = load_clip(name)
    assert lag_s(make_words(labels, late_s), sound) == pytest.approx(late_s, abs=0.03)


def test_few_words_are_not_moved_together(load_clip: Clip) -> None:
    sound, labels = load_clip("ami_dev00")
    assert lag_s(make_words(labels, 0.2)[:20], sound) == 0


def test_a_word_does_not_begin_in_the_silence_before_it(make_sound: Hear) -> None:
    sound = make_sound([("voice", 1.0), ("room", 0.8), ("voice", 1.0)])
    words = [Word("one", 0.0, 0.9), Word("two", 1.1, 2.7)]
    _, second = align_words(words, sound, "en").words
    assert second.start_s == pytest.approx(1.8, abs=0.05)
    assert second.end_s == 2.7


def test_a_word_that_took_over_an_um_gives_it_back(load_clip: Clip) -> None:
    sound, labels = load_clip("ami_dev00")
    words = [word for word in make_words(labels) if word.start_s != 9.2]
    late = next(word for word in words if word.start_s == 10.47)
    given_time = [replace(w, start_s=9.2) if w is late else w for w in words]
    at = align_words(given_time, sound, "en")
    own = next(word for word in at.words if word.end_s == pytest.approx(late.end_s, abs=0.02))
    assert own.start_s == pytest.approx(late.start_s, abs=0.06)


times = st.floats(0, 3.0, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "possibly", "1998", "..."]), times, times)))
def test_no_word_is_lost_and_each_stays_inside_the_sound(
    spans: list[tuple[str, float, float]],
) -> None:
    rng = np.random.default_rng(len(spans))
    samples = (0.1 * np.sin(np.arange(48_000) / 20) * (rng.random(48_000) > 0.1)).astype(np.float32)
    sound = extract_features(samples, (rng.random(94) > 0.3).astype(np.float32))
    words = [Word(text, min(a, b), max(a, b)) for text, a, b in spans]
    at = align_words(words, sound, "en").words
    assert sorted(word.text for word in at) == sorted(word.text for word in words)
    assert all(a.start_s <= b.start_s for a, b in pairwise(at))
    assert all(0 <= word.start_s <= word.end_s <= sound.duration_s for word in at)


def test_words_without_any_length_are_no_measure_of_the_others(make_sound: Hear) -> None:
    sound = make_sound([("voice", 0.5), ("room", 0.4), ("voice", 0.3)])
    words = [*(Word("a", at, at) for at in (0.1, 0.2, 0.3)), Word("so", 0.0, 1.2)]
    assert len(align_words(words, sound, "en").words) == 4


def test_words_without_length_take_silence_or_a_part_of_their_neighbours() -> None:
    words = [
        Word("so", 0.0, 1.0),
        Word("a", 1.0, 1.0),
        Word("tight", 1.0, 2.0),
        Word("row", 2.0, 2.0),
        Word("of", 2.0, 2.0),
    ]
    assert [
        (w.text, round(w.start_s, 2), round(w.end_s, 2)) for w in lengthen_words(words, 9.0)
    ] == [
        ("so", 0.0, 0.94),
        ("a", 0.94, 1.0),
        ("tight", 1.0, 2.0),
        ("row", 2.0, 2.06),
        ("of", 2.06, 2.12),
    ]


@given(st.lists(st.tuples(st.floats(0, 5), st.sampled_from([0.0, 0.3, 1.0])), max_size=12))
def test_lengthening_keeps_the_order_and_stays_inside(row: list[tuple[float, float]]) -> None:
    words = [Word("a", start, min(start + length, 5.0)) for start, length in sorted(row)]
    longer = lengthen_words(words, 5.0)
    assert len(longer) == len(words)
    assert all(0 <= word.start_s <= word.end_s <= 5.0 + 1e-9 for word in longer)
    assert all(a.start_s <= b.start_s + 1e-9 for a, b in pairwise(longer))
    # Only what stands between words that overlap may stay without length.
    if all(a.end_s <= b.start_s for a, b in pairwise(words)) and any(
        w.end_s > w.start_s for w in words
    ):
        assert all(word.end_s > word.start_s for word in longer)
