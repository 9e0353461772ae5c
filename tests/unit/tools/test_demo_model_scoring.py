from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Word
from tools.demo_model.scoring import aligned, is_filler, score


def make_words(text: str, delay_s: float = 0.0) -> list[Word]:
    return [Word(w, i + delay_s, i + delay_s + 0.5) for i, w in enumerate(text.split())]


sentences = st.lists(st.sampled_from(["um", "a", "b", "c,", "uh"]), max_size=9).map(" ".join)


def test_case_and_punctuation_are_no_errors() -> None:
    assert score(make_words("So, um, we did."), make_words("so um we did")).errors == 0


def test_a_wrong_a_missing_and_an_invented_word_are_three_errors() -> None:
    assert score(make_words("one two three four"), make_words("one too four five")).errors == 3


@given(sentences, sentences)
def test_every_word_is_paired_once_and_in_order(said: str, heard: str) -> None:
    pairs = aligned(make_words(said), make_words(heard))
    assert [pair.said for pair in pairs if pair.said] == make_words(said)
    assert [pair.heard for pair in pairs if pair.heard] == make_words(heard)


@given(sentences, sentences)
def test_errors_are_the_same_in_either_direction(said: str, heard: str) -> None:
    there = score(make_words(said), make_words(heard)).errors
    assert there == score(make_words(heard), make_words(said)).errors


def test_a_missed_filler_lowers_recall_only() -> None:
    result = score(make_words("um we uh did"), make_words("um we did"))
    assert (result.filler_recall, result.filler_precision) == (0.5, 1.0)


def test_an_invented_filler_lowers_precision_only() -> None:
    result = score(make_words("um we did"), make_words("um we uh did"))
    assert (result.filler_recall, result.filler_precision) == (1.0, 0.5)


def test_a_long_um_is_a_filler() -> None:
    assert is_filler(Word("Ummm,", 0, 1))


def test_words_heard_wrongly_have_no_start_error() -> None:
    result = score(make_words("one two"), make_words("one too", delay_s=0.1))
    assert [round(error, 3) for error in result.start_errors_s] == [0.1]


def test_nothing_said_and_nothing_heard_has_no_rates() -> None:
    result = score([], [])
    assert (result.error_rate, result.filler_recall, result.start_error_ms(50)) == (0, None, None)
