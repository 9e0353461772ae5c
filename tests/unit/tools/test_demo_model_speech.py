from itertools import pairwise

import numpy as np
import pytest
from faster_whisper.feature_extractor import FeatureExtractor

from tools.demo_model.features import log_power, normalized, packed, unpacked
from tools.demo_model.recital import recite, room_noise, sentences, without_fillers, written_answers
from tools.demo_model.speech import SAMPLE_RATE_HZ, Manner, Speech, resample, speak

TEXT = "so, um, at the end of the day I was going to, uh, fix it. did you?"
VOICES = ("espeak:en-us", "espeak:en-gb", "flite:slt")


def say(voice: str, text: str = TEXT, size: float = 1.0) -> Speech:
    try:
        return speak(text, Manner(voice, size=size))
    except OSError as error:
        pytest.skip(f"{voice.partition(':')[0]} is not installed: {error}")


def measure_level(samples: np.ndarray, start_s: float, end_s: float) -> float:
    part = samples[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
    return float(np.sqrt(np.mean(part**2)))


@pytest.mark.parametrize("voice", VOICES)
def test_a_voice_tells_when_each_word_is_said(voice: str) -> None:
    speech = say(voice)
    assert " ".join(word.label for word in speech.words) == TEXT
    assert all(before.start_s < after.start_s for before, after in pairwise(speech.words))


@pytest.mark.parametrize("voice", VOICES)
def test_there_is_sound_in_every_word_and_little_in_the_pauses(voice: str) -> None:
    speech = say(voice)
    loud = [measure_level(speech.samples, word.start_s, word.end_s) for word in speech.words]
    pauses = [
        measure_level(speech.samples, before.end_s + 0.05, after.start_s - 0.05)
        for before, after in pairwise(speech.words)
        if after.start_s - before.end_s > 0.14
    ]
    assert min(loud) > 3 * max(pauses)


@pytest.mark.parametrize("voice", VOICES)
def test_a_larger_speaker_takes_longer(voice: str) -> None:
    usual, larger = say(voice), say(voice, size=1.1)
    assert larger.words[-1].start_s == pytest.approx(1.1 * usual.words[-1].start_s, rel=0.02)


def test_resampling_keeps_the_pitch_of_a_tone() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(22_050) / 22_050).astype(np.float32)
    spectrum = np.abs(np.fft.rfft(resample(tone, 22_050)[:SAMPLE_RATE_HZ]))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=1)


def test_cached_features_are_those_of_faster_whisper() -> None:
    random = np.random.default_rng(1)
    samples = (random.standard_normal(16_000) * np.linspace(0, 0.3, 16_000)).astype(np.float32)
    cached = normalized(unpacked(packed(log_power(samples))))
    expected = FeatureExtractor()(samples).T
    assert np.abs(cached - expected).max() < 0.01


def test_hand_written_answers_last_as_long_as_answers_do() -> None:
    for text in written_answers():
        assert 60 <= len(text.split()) <= 130


def test_an_answer_without_fillers_keeps_its_other_words() -> None:
    assert without_fillers("so, um, we er, did it. uh, yes") == "so, we did it. yes"


def test_sentences_end_at_full_stops_and_question_marks() -> None:
    assert sentences("one. two, three? four.") == ["one.", "two, three?", "four."]


def test_a_recital_says_its_words_where_it_tells() -> None:
    say("espeak:en-us")
    recital = recite("one, two. three four.", "espeak:en-us", seed=1)
    for word in recital.words:
        assert measure_level(recital.samples, word.start_s, word.end_s) > 0.01


def test_room_noise_is_quiet() -> None:
    noise = room_noise(2.0, seed=1)
    assert 20 * np.log10(np.sqrt(np.mean(noise**2))) == pytest.approx(-50, abs=0.1)
