"""Zeros, offset and hum are no room, and a noisy stretch does not spoil a quiet one."""

from functools import cache

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.base.words import Span
from practice.delivery.review import Circumstances, Review, review
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.level import measure_level
from practice.delivery.signal.pauses import Phrasing, find_phrasing
from practice.delivery.signal.room import measure_room
from practice.delivery.transcript.lexicon import load_lexicon
from tests.unit.delivery.conftest import detect_speech, read_clip

Samples = NDArray[np.float32]

RATE_HZ = 16_000
NOISY_CLIP = "mfa_acoustic_corpus"
CLEAR_CLIP = "ami_dev00"
GAP_S = 2.3
"""In the middle of a word of `CLEAR_CLIP`."""
ENGLISH = load_lexicon("en")
TOLERANCE_S = 0.08
SOME_RUNS = settings(
    max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)


@cache
def read_samples(noise_db: float | None = None, name: str = NOISY_CLIP) -> Samples:
    """A clip, with white noise so far under it."""
    samples, _ = read_clip(name)
    if noise_db is None:
        return samples
    noise = np.random.default_rng(0).normal(0, float(np.std(samples)), len(samples))
    return (samples + noise * 10 ** (-noise_db / 20)).astype(np.float32)


def extract(samples: Samples) -> SoundFeatures:
    """The curves that pauses are found in; the others take long and are left at 0."""
    level = measure_level(samples, RATE_HZ)
    empty = np.zeros(len(level))
    return SoundFeatures(len(samples) / RATE_HZ, level, empty, empty, detect_speech(samples))


def hear(samples: Samples) -> Phrasing:
    return find_phrasing(extract(samples))


def judge(samples: Samples) -> Review:
    return review(None, Circumstances(extract(samples), ENGLISH))


def zeros(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def insert_zeros(samples: Samples, at_s: float, seconds: float) -> Samples:
    at = round(at_s * RATE_HZ)
    return np.concatenate([samples[:at], zeros(seconds), samples[at:]])


def move_back(found: Phrasing, by_s: float = 0.0, from_s: float = 0.0) -> list[Span]:
    """The pauses from `from_s` on, `by_s` earlier."""
    return [
        Span(span.start_s - by_s, span.end_s - by_s)
        for span in found.pauses
        if span.start_s >= from_s
    ]


def assert_same(found: list[Span], wanted: list[Span]) -> None:
    """The same pauses, as far as the detector lets them be.

    It remembers other sound before them and its hops fall elsewhere, so that one of about 0.25 s
    may come or go and a soft edge may move.
    """
    for some, others in ((found, wanted), (wanted, found)):
        for span in some:
            if span.duration_s >= 0.45:
                same = max(others, key=span.overlap_s)
                assert same.overlap_s(span) > 0


@SOME_RUNS
@given(seconds=st.floats(0.3, 20), noise_db=st.sampled_from([None, 0.0]))
def test_a_microphone_that_is_muted_at_first_changes_no_judgement(
    seconds: float, noise_db: float | None
) -> None:
    samples = read_samples(noise_db)
    found = judge(np.concatenate([zeros(seconds), samples]))
    alone = judge(samples)
    assert found.judgement.ok == alone.judgement.ok
    assert found.judgement.reasons[:1] == alone.judgement.reasons[:1] or found.judgement.ok
    assert_same(
        move_back(hear(np.concatenate([zeros(seconds), samples])), seconds),
        move_back(hear(samples)),
    )


@SOME_RUNS
@given(seconds=st.floats(2.2, 20))
def test_a_mute_switch_in_the_middle_is_no_pause_and_changes_none(seconds: float) -> None:
    samples = read_samples(name=CLEAR_CLIP)
    found = hear(insert_zeros(samples, GAP_S, seconds))
    wanted = hear(samples)
    (muted,) = found.muted
    assert muted.start_s == pytest.approx(GAP_S, abs=TOLERANCE_S)
    assert muted.duration_s == pytest.approx(seconds, abs=TOLERANCE_S)
    assert not any(span.overlap_s(muted) > 0.011 for span in (*found.pauses, *found.runs))
    later = move_back(found, seconds, from_s=GAP_S + seconds)
    assert_same(later, move_back(wanted, from_s=GAP_S))
    # After zeros the detector takes a moment to hear speech again.
    assert found.speaking_s == pytest.approx(wanted.speaking_s, rel=0.1)


def test_the_review_says_when_the_microphone_was_silent() -> None:
    found = judge(insert_zeros(read_samples(name=CLEAR_CLIP), GAP_S, 3.0))
    assert "the microphone was silent for 3.0 s from 0:02" in found.judgement.reasons
    assert found.judgement.ok
    assert (
        found.judgement.muted == hear(insert_zeros(read_samples(name=CLEAR_CLIP), GAP_S, 3.0)).muted
    )


def test_zeros_of_a_noise_gate_are_pauses_however_long() -> None:
    samples = read_samples(name=CLEAR_CLIP).copy()
    wanted = [span for span in hear(samples).pauses if span.duration_s >= 0.5]
    assert len(wanted) >= 3
    held = wanted[1]
    for span in wanted:
        samples[round((span.start_s + 0.1) * RATE_HZ) : round((span.end_s - 0.02) * RATE_HZ)] = 0
    gated = insert_zeros(samples, held.start_s + 0.3, 3.0)
    found = hear(gated)
    assert found.muted == ()
    assert max(span.duration_s for span in found.pauses) == pytest.approx(
        held.duration_s + 3.0, abs=0.2
    )


@SOME_RUNS
@given(
    offset=st.floats(-0.1, 0.1),
    hum_db=st.sampled_from([-80.0, -40.0, -30.0]),
    hum_hz=st.sampled_from([12.0, 50.0, 60.0]),
)
def test_offset_and_hum_below_the_voice_change_nothing(
    offset: float, hum_db: float, hum_hz: float
) -> None:
    samples = read_samples(name="ami_trn09")
    time_s = np.arange(len(samples)) / RATE_HZ
    hum = 10 ** (hum_db / 20) * np.sin(2 * np.pi * hum_hz * time_s)
    level = measure_level(samples, RATE_HZ)
    changed = (samples + offset + hum).astype(np.float32)
    other = measure_level(changed, RATE_HZ)
    # Voice keeps its level, and hum of -40 dB leaves a room of -75 dB what it is.
    loud = level > -50
    np.testing.assert_allclose(other[loud], level[loud], atol=1.0)
    assert judge(changed).judgement.ok == judge(samples).judgement.ok
    clean, found = hear(samples), hear(changed)
    assert found.noisy == clean.noisy == ()
    assert found.speaking_s == pytest.approx(clean.speaking_s, rel=0.05)


def test_a_noisy_part_leaves_the_pauses_of_the_quiet_part() -> None:
    quiet, loud = read_samples(name=CLEAR_CLIP), read_samples(-6.0, CLEAR_CLIP)
    found = hear(np.concatenate([quiet, loud]))
    alone = hear(quiet)
    # Near the change the noise is within reach, so that what lies there may go.
    far_s = len(quiet) / RATE_HZ - 8.0
    assert_same(
        [span for span in move_back(found) if span.end_s < far_s],
        [span for span in move_back(alone) if span.end_s < far_s],
    )
    assert found.noisy
    assert min(span.start_s for span in found.noisy) > far_s
    assert not any(pause.overlap_s(span) > 0.02 for pause in found.pauses for span in found.noisy)


def test_a_take_in_loud_noise_says_so_and_counts_nothing() -> None:
    found = judge(read_samples(-6.0, CLEAR_CLIP))
    assert found.judgement.reasons[0].startswith("too noisy for pauses")
    assert found.judgement.noisy
    assert (found.measures.pauses.count, found.measures.speaking_s) == (None, None)


def make_sound(level_db: NDArray[np.float64], probability: float) -> SoundFeatures:
    """Curves of a sound in which the detector is as sure of speech all the time."""
    empty, seconds = np.zeros(len(level_db)), len(level_db) / 100
    hops = np.full(round(seconds / 0.032) + 1, probability, np.float32)
    return SoundFeatures(seconds, level_db, empty, empty, hops)


def test_somebody_who_never_pauses_is_in_no_noise() -> None:
    found = find_phrasing(make_sound(np.full(3_000, -20.0), 1.0))
    assert found.noisy == ()
    assert found.speaking_s == pytest.approx(30.0, abs=0.1)


def test_a_voice_with_nothing_but_zeros_between_its_words_is_in_no_noise() -> None:
    level_db = np.full(3_000, -20.0)
    for start in range(200, 3_000, 400):
        level_db[start : start + 80] = -120.0
    found = find_phrasing(make_sound(level_db, 1.0))
    assert found.noisy == ()
    assert len(found.pauses) == 7
    assert all(0.6 <= span.duration_s <= 0.9 for span in found.pauses)


def test_the_room_of_a_sound_is_measured_once_and_forgotten_with_it() -> None:
    sound = extract(read_samples())
    assert measure_room(sound) is measure_room(sound)
    assert measure_room(extract(read_samples())) is not measure_room(sound)
