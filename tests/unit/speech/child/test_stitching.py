from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Word
from practice.speech.child.stitching import stitch

WORD_S = 0.3
OVERLAP_S = 1.0
SAID = ["we", "had", "a", "plan", "and", "then", "the", "plan", "had", "us", "so", "it", "held"]
WORDS = [
    Word(text, round(i * WORD_S, 3), round((i + 1) * WORD_S, 3), 0.9) for i, text in enumerate(SAID)
]


def hear_around(cut_s: float, late_s: float = 0.0) -> tuple[list[Word], list[Word]]:
    """What two segments hear of `WORDS` when they are cut at `cut_s`, the second one late."""
    before = [word for word in WORDS if word.end_s <= cut_s + OVERLAP_S]
    after = [
        Word(word.text, word.start_s + late_s, word.end_s + late_s, 0.9)
        for word in WORDS
        if word.start_s >= cut_s - OVERLAP_S
    ]
    return before, after


def texts(parts: tuple[Sequence[Word], Sequence[Word]]) -> list[str]:
    return [word.text for part in parts for word in part]


@given(st.floats(1.0, 3.5), st.floats(-0.2, 0.2))
def test_no_word_at_a_cut_is_lost_or_doubled(cut_s: float, late_s: float) -> None:
    assert texts(stitch(*hear_around(cut_s, late_s), cut_s)) == SAID


@given(st.floats(1.0, 3.5), st.floats(-0.2, 0.2))
def test_words_stay_in_order(cut_s: float, late_s: float) -> None:
    before, after = stitch(*hear_around(cut_s, late_s), cut_s)
    starts = [word.start_s for word in (*before, *after)]
    assert starts == sorted(starts)


def test_segments_that_share_no_word_meet_at_the_cut() -> None:
    before = [Word("so", 0.0, 0.4, 0.9), Word("sea", 0.9, 1.5, 0.2)]
    after = [Word("why", 0.2, 0.5, 0.2), Word("see", 1.3, 1.6, 0.8)]
    assert texts(stitch(before, after, 1.0)) == ["so", "see"]


def test_of_two_words_on_the_same_sound_the_likelier_one_stays() -> None:
    before, after = [Word("see", 0.7, 1.2, 0.2)], [Word("sea", 0.9, 1.25, 0.8)]
    assert texts(stitch(before, after, 1.0)) == ["sea"]
    before, after = [Word("see", 0.7, 1.2, 0.8)], [Word("sea", 0.9, 1.25, 0.2)]
    assert texts(stitch(before, after, 1.0)) == ["see"]


def test_where_one_side_heard_nothing_the_other_stays() -> None:
    assert texts(stitch([], [Word("so", 1.2, 1.4, 0.9)], 1.0)) == ["so"]
    assert texts(stitch([Word("so", 0.2, 0.4, 0.9)], [], 1.0)) == ["so"]
