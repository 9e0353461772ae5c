from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.base.words import Word
from practice.delivery.filler_words import locate_filler_words
from practice.delivery.review import Circumstances, align, review
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.transcript.lexicon import Lexicon, load_lexicon
from tests.unit.delivery.conftest import sound_of

MakeSound = Callable[[list[tuple[str, float]]], SoundFeatures]
PATTERN = [("voice", 1.0), ("room", 0.4), ("voice", 0.4), ("room", 0.4), ("voice", 1.0)]
"""Two words and an um from 1.4 to 1.8 s between them."""
ONE, TWO = Word("one", 0.0, 1.0, 0.9), Word("two", 2.2, 3.2, 0.9)


@pytest.mark.parametrize(
    "written",
    [(1.4, 1.5), (1.78, 1.8), (1.8, 1.8), (2.1, 2.2), (1.0, 1.1)],
    ids=["cut short", "at its end", "without a length", "after it", "before it"],
)
def test_a_written_um_gets_the_edges_of_its_sound(
    make_sound: MakeSound, english: Lexicon, written: tuple[float, float]
) -> None:
    words, unheard = locate_filler_words(
        [ONE, Word("um,", *written, 0.4), TWO], make_sound(PATTERN), english
    )
    assert [word.text for word in words] == ["one", "um,", "two"]
    assert words[1].start_s == pytest.approx(1.4, abs=0.06)
    assert words[1].end_s == pytest.approx(1.8, abs=0.06)
    assert (words[0], words[2]) == (ONE, TWO)
    assert unheard == ()


def test_an_um_that_is_written_twice_is_told_once(make_sound: MakeSound, english: Lexicon) -> None:
    ums = [Word("um,", 1.4, 1.6, 0.3), Word("uh,", 1.6, 1.6, 0.7)]
    words, _ = locate_filler_words([ONE, *ums, TWO], make_sound(PATTERN), english)
    assert [(word.text, word.probability) for word in words[1:-1]] == [("uh,", 0.7)]


def test_two_ums_with_a_silence_between_them_stay_two(
    make_sound: MakeSound, english: Lexicon
) -> None:
    sound = make_sound([*PATTERN[:3], ("room", 0.3), ("voice", 0.4), *PATTERN[3:]])
    ums = [Word("um,", 1.4, 1.5), Word("um,", 2.1, 2.2)]
    words, _ = locate_filler_words([ONE, *ums, Word("two", 2.9, 3.9)], sound, english)
    assert [round(word.start_s, 1) for word in words[1:-1]] == [1.4, 2.1]


def test_two_ums_in_one_voice_are_cut_where_the_second_is_written(
    make_sound: MakeSound, english: Lexicon
) -> None:
    sound = make_sound([("voice", 1.0), ("room", 0.4), ("voice", 1.2), ("room", 0.4)])
    ums = [Word("um,", 1.4, 1.8), Word("um,", 2.0, 2.4)]
    words, _ = locate_filler_words([ONE, *ums], sound, english)
    assert [(round(w.start_s, 1), round(w.end_s, 1)) for w in words[1:]] == [(1.4, 2.0), (2.0, 2.6)]


def test_a_word_that_swallowed_an_um_gives_it_back(make_sound: MakeSound, english: Lexicon) -> None:
    long = Word("one", 0.0, 1.8)
    words, _ = locate_filler_words(
        [long, Word("um,", 1.8, 1.8), Word("two", 2.2, 3.2)], make_sound(PATTERN), english
    )
    assert words[0].end_s <= words[1].start_s
    assert words[1].start_s == pytest.approx(1.4, abs=0.06)


def test_an_um_that_nobody_hears_is_possible_and_no_word(
    make_sound: MakeSound, english: Lexicon
) -> None:
    sound = make_sound([("voice", 3.0), ("room", 3.0), ("voice", 3.0)])
    words = [Word("one", 0.0, 3.0, 0.9), Word("um", 4.4, 4.6, 0.4), Word("two", 6.0, 9.0, 0.9)]
    found = review(words, Circumstances(sound, english))
    assert [(f.label, f.certainty) for f in found.findings if f.kind == "filler"] == [
        ("um", "possible")
    ]
    assert found.measures.words == 2


times = st.floats(0, 3.2, allow_nan=False)
said = st.lists(
    st.tuples(st.sampled_from(["um", "uh,", "one", "well", "you"]), times, times), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(said)
def test_other_words_stay_and_no_place_is_outside(row: list[tuple[str, float, float]]) -> None:
    sound, lexicon = sound_of(PATTERN), load_lexicon("en")
    words = [Word(text, min(a, b), max(a, b)) for text, a, b in row]
    aligned = align(words, Circumstances(sound, lexicon))
    others = sorted(word.text for word in words if not lexicon.is_sound(word.text))
    assert sorted(w.text for w in aligned.words if not lexicon.is_sound(w.text)) == others
    assert all(0 <= w.start_s <= w.end_s <= sound.duration_s for w in aligned.words)
    starts = [word.start_s for word in aligned.words]
    assert starts == sorted(starts)
    for first, second in pairwise(w for w in aligned.words if w.span not in aligned.unheard):
        ums = [word for word in (first, second) if lexicon.is_sound(word.text)]
        if len(ums) == 2:
            assert first.span.overlap_s(second.span) <= 1e-9
