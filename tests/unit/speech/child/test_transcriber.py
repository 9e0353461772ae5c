from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.base.languages import DetectedLanguage
from practice.base.words import Word
from practice.speech.child.decoding import decode
from practice.speech.child.recognition import Recognition
from practice.speech.child.segment_cache import SegmentCache
from practice.speech.child.segments import CutRule, Segment, Segmenter
from practice.speech.child.transcriber import (
    BLOCK_SAMPLES,
    DETECTION_SEGMENTS,
    WINDOW_WITHOUT_MODEL_S,
    StreamingTranscriber,
)
from practice.speech.child.voice_activity import VoiceActivity
from practice.speech.child.whisper import Recogniser
from practice.speech.transcription import HOP_S, HOP_SAMPLES

Samples = NDArray[np.float32]
Recording = tuple[NDArray[np.int16], int]
WriteWav = Callable[[Path, NDArray[np.int16], int], None]
RATE = 16_000
DEMO_WINDOW_S = 8.0
WINDOW_S = 30.0
PASSAGE = (
    "in my last job i was on a team of six people and we had a problem "
    "and nobody knew who was responsible"
)
CUT_EVERY_S = 0.05
RNG = np.random.default_rng(7)
NOISE: Samples = RNG.normal(0, 0.1, BLOCK_SAMPLES * 4).astype(np.float32)


def spell(samples: Samples, _: bool = False, said: str = "") -> Recognition:
    """Stands in for a recogniser: a word that only these samples give after what was said."""
    word = crc32(said.encode(), crc32(samples.tobytes()))
    return Recognition([Word(str(word), 0.0, len(samples) / RATE)])


class Linguist:
    """Stands in for a recogniser that knows several languages and hears one after the other."""

    def __init__(self, *heard: dict[str, float]) -> None:
        self._heard = iter(heard)
        self.asked_s: list[float] = []
        """How long each segment was of which it told the language."""

    def __call__(self, samples: Samples, detect_language: bool, said: str) -> Recognition:
        if not detect_language:
            return spell(samples)
        self.asked_s.append(len(samples) / RATE)
        return replace(spell(samples), languages=next(self._heard))


class FixedCutter(Segmenter):
    """Cuts where it is told, as if a segment had grown too long there."""

    def __init__(self, cut: int) -> None:
        rule = replace(CutRule(DEMO_WINDOW_S), shortest_pause_s=DEMO_WINDOW_S)
        super().__init__(rule)
        self._cut = cut
        self._beyond = rule.overlap_hops

    def feed(self, probability: float, level_dbfs: float) -> Segment | None:
        closed = super().feed(probability, level_dbfs)
        if self._hops != self._cut + self._beyond or self._start is None:
            return closed
        if self._start >= self._cut:  # it had to be cut before
            return closed
        at = self._cut - self._start
        return self._split(at, at, continues=True)


def resample(recording: Path) -> Samples:
    return np.concatenate([block for block, _ in decode(recording)])


@pytest.fixture(scope="module")
def resampled(answer_file: Path) -> Samples:
    """The answer as a recogniser is given it."""
    return resample(answer_file)


def transcribe_blocks(blocks: list[Samples]) -> StreamingTranscriber:
    transcriber = StreamingTranscriber(
        None, SegmentCache(), Segmenter(CutRule(WINDOW_WITHOUT_MODEL_S))
    )
    for block in blocks:
        transcriber.feed(block)
    transcriber.finish()
    return transcriber


def test_voice_activity_in_parts_is_that_of_the_whole() -> None:
    voice = VoiceActivity()
    parts = [voice.feed(part) for part in np.split(NOISE, 8)]
    # The last hop is left out: faster-whisper silences the end of the array that it is given.
    whole = get_vad_model()(NOISE.copy()).reshape(-1)[:-1]
    together = VoiceActivity().feed(NOISE)
    np.testing.assert_allclose(np.concatenate(parts), together, atol=1e-5)
    # The offset that is taken off is near 0 here.
    np.testing.assert_allclose(together[:-1], whole, atol=0.02)


def test_an_offset_of_the_microphone_changes_no_voice_activity() -> None:
    offset = VoiceActivity().feed(NOISE + np.float32(0.1))
    np.testing.assert_allclose(offset, VoiceActivity().feed(NOISE), atol=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, len(NOISE)), max_size=6))
def test_how_sound_arrives_changes_nothing(cuts: list[int]) -> None:
    parts = np.split(NOISE, sorted(cuts))
    together, apart = transcribe_blocks([NOISE]), transcribe_blocks(parts)
    np.testing.assert_array_equal(together.speech_probability, apart.speech_probability)


@pytest.mark.parametrize("length", [0, 1, HOP_SAMPLES, HOP_SAMPLES + 1, 3 * BLOCK_SAMPLES - 1])
def test_every_begun_hop_has_a_probability(length: int) -> None:
    probability = transcribe_blocks([np.zeros(length, np.float32)]).speech_probability
    assert len(probability) == -(-length // HOP_SAMPLES)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 12 * RATE), max_size=8))
def test_recognising_in_advance_changes_no_word(resampled: Samples, rests: list[int]) -> None:
    plainly, ahead = (
        StreamingTranscriber(spell, SegmentCache(), Segmenter(CutRule(WINDOW_S))) for _ in range(2)
    )
    plainly.feed(resampled)
    for part in np.split(resampled, sorted(rests)):
        ahead.feed(part)
        ahead.speculate()
    plainly.finish()
    ahead.finish()
    assert ahead.words == plainly.words
    assert len(plainly.words) > 1


def test_each_segment_is_heard_with_the_last_words_before_it(resampled: Samples) -> None:
    read: list[str] = []
    count = 0

    def recognise(samples: Samples, _: bool, said: str) -> Recognition:
        nonlocal count
        read.append(said)
        words = [Word(f"w{count + n}", n / 10, n / 10 + 0.1) for n in range(3)]
        count += 3
        return Recognition(words)

    transcriber = StreamingTranscriber(
        recognise, SegmentCache(), Segmenter(CutRule(WINDOW_S)), carried_words=4
    )
    transcriber.feed(np.tile(resampled, 2))
    transcriber.finish()
    assert read[:3] == ["", "w0 w1 w2", "w2 w3 w4 w5"]


def test_who_goes_on_after_a_crash_hears_each_segment_as_it_would_have_been(
    resampled: Samples, tmp_path: Path
) -> None:
    kept = tmp_path / "take.heard"

    def hear(cache: SegmentCache, samples: Samples, *, whole: bool = True) -> list[Word]:
        transcriber = StreamingTranscriber(spell, cache, Segmenter(CutRule(WINDOW_S)))
        transcriber.feed(samples)
        if whole:
            transcriber.finish()
        transcriber.close()
        return transcriber.words

    answer = np.tile(resampled, 2)
    begun = hear(SegmentCache(kept), answer[: len(resampled)], whole=False)
    assert begun
    assert hear(SegmentCache(kept), answer) == hear(SegmentCache(), answer)


def test_what_was_recognised_in_advance_is_ready_when_nothing_follows(resampled: Samples) -> None:
    heard: list[int] = []

    def recognise(samples: Samples, _: bool, said: str) -> Recognition:
        heard.append(len(samples))
        return spell(samples)

    transcriber = StreamingTranscriber(recognise, SegmentCache(), Segmenter(CutRule(WINDOW_S)))
    blocks = iter(np.array_split(resampled, len(resampled) // BLOCK_SAMPLES))
    while not transcriber.speculate():
        transcriber.feed(next(blocks))
    assert not transcriber.speculate()
    done = len(heard)
    transcriber.finish()
    assert len(heard) == done


def detect(
    samples: Samples, linguist: Linguist, cache: SegmentCache | None = None, *, ahead: bool = False
) -> DetectedLanguage | None:
    transcriber = StreamingTranscriber(
        linguist, cache or SegmentCache(), Segmenter(CutRule(DEMO_WINDOW_S))
    )
    for part in np.array_split(samples, len(samples) // RATE):
        transcriber.feed(part)
        if ahead:
            transcriber.speculate()
    transcriber.finish()
    transcriber.close()
    return transcriber.detect_language("en")


GERMAN = {"de": 0.9, "en": 0.1}
DOUBTFUL = {"nl": 0.5, "de": 0.3}


def test_the_language_is_told_by_the_first_segments_that_are_long_enough(
    resampled: Samples,
) -> None:
    linguist = Linguist(GERMAN, DOUBTFUL, GERMAN)
    found = detect(np.tile(resampled, 3), linguist)
    assert found == DetectedLanguage("de", 0.7, 0.067)
    assert len(linguist.asked_s) == DETECTION_SEGMENTS
    assert min(linguist.asked_s) >= 3.0


def test_recognising_in_advance_tells_the_same_language(resampled: Samples) -> None:
    answer = np.tile(resampled, 3)
    heard = (GERMAN, *[DOUBTFUL] * 50)

    class Steady(Linguist):
        """Hears the same in the same samples, however often it is asked."""

        def __call__(self, samples: Samples, detect_language: bool, said: str) -> Recognition:
            made = spell(samples)
            number = crc32(samples.tobytes()) % len(heard)
            return replace(made, languages=heard[number]) if detect_language else made

    assert detect(answer, Steady(), ahead=True) == detect(answer, Steady()) is not None


def test_the_language_outlives_a_recogniser_that_is_killed(
    resampled: Samples, tmp_path: Path
) -> None:
    answer, kept = np.tile(resampled, 3), tmp_path / "take.heard"
    found = detect(answer, Linguist(GERMAN, DOUBTFUL, GERMAN), SegmentCache(kept))
    assert detect(answer, Linguist(), SegmentCache(kept)) == found is not None


def test_a_short_answer_tells_no_language(resampled: Samples) -> None:
    assert detect(resampled[: 2 * RATE], Linguist()) is None
    # One segment that is long enough to be asked about says too little by itself.
    linguist = Linguist(GERMAN)
    assert detect(resampled[: 5 * RATE], linguist) is None
    assert len(linguist.asked_s) == 1


def test_a_model_of_one_language_tells_none(resampled: Samples, demo_model: Path) -> None:
    recogniser = Recogniser(demo_model)
    made = recogniser.recognise(resampled[: 6 * RATE], "en", detect_language=True)
    assert (bool(made.words), made.languages) == (True, {})


def test_cuts_in_the_middle_of_speech_lose_and_double_no_word(
    synthesize: Callable[[str], Recording],
    write_wav_file: WriteWav,
    demo_model: Path,
    tmp_path: Path,
) -> None:
    write_wav_file(tmp_path / "passage.wav", *synthesize(PASSAGE))
    passage = np.pad(resample(tmp_path / "passage.wav"), (RATE // 2, RATE // 2))
    recogniser = Recogniser(demo_model)
    length = len(passage) // HOP_SAMPLES

    def hear(cut: int) -> list[str]:
        transcriber = StreamingTranscriber(
            lambda samples, *_: recogniser.recognise(samples, "en"),
            SegmentCache(),
            FixedCutter(cut),
        )
        transcriber.feed(passage)
        transcriber.finish()
        return [word.text.strip(".,").lower() for word in transcriber.words]

    uncut = hear(10 * length)
    assert len(uncut) > 12
    beyond = CutRule(DEMO_WINDOW_S).overlap_hops
    for at_s in np.arange((beyond + 10) * HOP_S, (length - beyond - 10) * HOP_S, CUT_EVERY_S):
        words = hear(round(at_s / HOP_S))
        # Half a passage may be heard a little otherwise than the whole of it.
        assert len(words) == len(uncut), f"cut at {at_s:.2f} s: {words}"
        other = [pair for pair in zip(words, uncut, strict=True) if pair[0] != pair[1]]
        assert len(other) <= 1, f"cut at {at_s:.2f} s: {other}"
