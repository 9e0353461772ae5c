"""Slides and long pauses, from words and findings."""

from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Word
from practice.delivery.findings import Finding
from practice.documents.occasion import Occasion, find_silences, measure_slides

WORDS = [Word(f"w{n}", n + 0.1, n + 0.5, 0.9) for n in range(30)]


def pause(start_s: float, end_s: float) -> Finding:
    return Finding("pause", "long pause", None, start_s, end_s, "certain", "signal")


def test_each_slide_has_its_time_and_its_words_without_fillers() -> None:
    um = Finding("filler", "um", "w3", 3.1, 3.5, "certain", "transcript", "sound")
    maybe = Finding("filler", "so", "w4", 4.1, 4.5, "possible", "transcript", "habit")
    first, second, third = measure_slides([0, 10, 28], 30, WORDS, [um, maybe], has_words=True)
    assert (first.number, first.duration_s, first.words, first.wpm) == (1, 10, 9, 54)
    assert (second.words, second.wpm) == (18, 60)
    assert (third.duration_s, third.words, third.wpm) == (2, 2, None)


def test_without_words_a_slide_has_its_time_alone() -> None:
    (slide,) = measure_slides([0], 30, [], [], has_words=False)
    assert (slide.duration_s, slide.words, slide.wpm) == (30, None, None)
    assert measure_slides([], 30, WORDS, [], has_words=True) == ()


@given(st.lists(st.floats(0, 30), max_size=12).map(sorted), st.floats(0, 40))
def test_every_word_belongs_to_one_slide(starts_s: list[float], duration_s: float) -> None:
    slides = measure_slides(starts_s, duration_s, WORDS, [], has_words=True)
    assert len(slides) == len(starts_s)
    assert all(slide.duration_s >= 0 for slide in slides)
    if slides and len(set(starts_s)) == len(starts_s):
        assert sum(slide.words or 0 for slide in slides) == len(WORDS)


def test_a_long_pause_is_listed_with_the_words_before_it() -> None:
    found = find_silences([pause(4.6, 14.7), pause(20, 24)], WORDS, 10)
    assert [(one.start_s, one.before) for one in found] == [(4.6, "w0 w1 w2 w3 w4")]
    (late,) = find_silences([pause(29.6, 45)], WORDS, 10)
    assert late.before.split()[0] == "w18"


def test_the_share_of_the_questions_is_that_of_the_whole_time() -> None:
    assert Occasion(format="talk", talk_s=90, questions_s=30).questions_share == 0.25
    assert Occasion(format="panel").questions_share is None
