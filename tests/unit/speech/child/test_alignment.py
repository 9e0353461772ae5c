import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Word
from practice.speech.child.alignment import align_to_speech, find_speech
from practice.speech.child.segments import Segment
from practice.speech.transcription import HOP_S

times = st.floats(-1, 9, allow_nan=False)


def make_probability(
    *stretches_s: tuple[float, float],
) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.concatenate(
        [np.full(round(length_s / HOP_S), p, np.float32) for p, length_s in stretches_s]
    )


@given(
    st.lists(st.tuples(times, times), max_size=12),
    st.lists(st.sampled_from([0.0, 0.2, 0.3, 0.9]), max_size=250),
    st.integers(0, 10_000),
)
def test_words_stay_in_order_and_inside_their_segment(
    spans: list[tuple[float, float]], speech: list[float], start: int
) -> None:
    segment = Segment(start, start + len(speech))
    words = [Word(str(i), *span) for i, span in enumerate(spans)]
    placed = align_to_speech(words, segment, np.array(speech, np.float32))
    moments = [moment for word in placed for moment in (word.start_s, word.end_s)]
    assert moments == sorted(moments)
    assert all(start * HOP_S - 1e-9 <= moment <= segment.end * HOP_S + 1e-9 for moment in moments)


def test_the_first_word_does_not_begin_in_the_silence_before_it() -> None:
    speech = make_probability((0.02, 0.64), (0.9, 1.28))
    (word,) = align_to_speech([Word("so", 0.0, 1.0)], Segment(0, len(speech)), speech)
    assert word.start_s == pytest.approx(0.64)
    assert word.end_s == 1.0


def test_a_word_that_stretches_over_a_pause_goes_to_the_longer_part() -> None:
    speech = make_probability((0.9, 0.96), (0.02, 0.96), (0.9, 0.96))
    (word,) = align_to_speech([Word("then", 0.88, 2.4)], Segment(0, len(speech)), speech)
    assert word.start_s == pytest.approx(1.92)
    assert word.end_s == 2.4


def test_a_long_word_that_holds_an_um_keeps_its_time() -> None:
    speech = make_probability((0.9, 0.64), (0.02, 0.32), (0.9, 0.96))
    (word,) = align_to_speech([Word("we", 0.0, 1.12)], Segment(0, len(speech)), speech)
    assert (word.start_s, word.end_s) == (0.0, 1.12)


def test_a_word_far_from_speech_was_not_said() -> None:
    speech = make_probability((0.9, 0.96), (0.02, 2.88))
    words = [Word("yes", 0.1, 0.5), Word("thank", 2.0, 2.4)]
    assert [word.text for word in align_to_speech(words, Segment(0, len(speech)), speech)] == [
        "yes"
    ]


def test_a_closure_inside_a_word_does_not_part_it() -> None:
    assert len(find_speech(make_probability((0.9, 0.32), (0.1, 0.096), (0.9, 0.32)))) == 1
