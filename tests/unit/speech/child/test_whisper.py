from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.words import Span, Word
from practice.speech.child.whisper import (
    LOST_S,
    CrumbLeftError,
    Recogniser,
    WindowedModel,
    fill_gap,
    find_gap,
    is_stuck,
)
from practice.speech.transcription import SAMPLE_RATE_HZ

POSITIONS_PER_S = 50


def test_a_model_of_a_short_window_encodes_no_more_than_that(demo_model: Path) -> None:
    model = WindowedModel(str(demo_model), device="cpu", compute_type="int8")
    window_s = model.feature_extractor.chunk_length
    assert window_s < 30
    encoded = model.encode(np.zeros((80, 3000), np.float32))
    assert encoded.shape[1] == window_s * POSITIONS_PER_S


@pytest.mark.parametrize(("frames", "is_heard"), [(15, False), (59, False), (60, True)])
def test_what_is_left_of_a_segment_is_heard_from_0_6_s_on(
    demo_model: Path, frames: int, is_heard: bool
) -> None:
    model = WindowedModel(str(demo_model), device="cpu", compute_type="int8")
    left = np.zeros((80, 3000), np.float32)
    left[3, :frames] = 0.5
    model.encode(left)  # the beginning of a segment, however short
    if is_heard:
        assert model.encode(left)
    else:
        with pytest.raises(CrumbLeftError):
            model.encode(left)


def say(*words: tuple[str, float, float]) -> list[Word]:
    return [Word(text, start_s, end_s, 0.9) for text, start_s, end_s in words]


ASKED = say(("Finally,", 4.0, 4.5), ("compare", 4.6, 5.0))
PLAIN = say(("look", 0.2, 0.6), ("at", 0.7, 0.9), ("noise.", 1.0, 3.9), ("finely", 4.0, 4.5))


def test_the_longest_stretch_without_a_word_is_found() -> None:
    assert find_gap([], LOST_S + 1) == Span(0.0, LOST_S + 1)
    assert find_gap([], LOST_S - 0.1) is None
    assert find_gap(ASKED, 6.0) == Span(0.0, 4.0)
    assert find_gap(ASKED[:1], 9.0) == Span(4.5, 9.0)
    assert find_gap(PLAIN, 5.0) is None


@given(
    st.lists(st.floats(0, 30), min_size=2, max_size=20, unique=True),
    st.lists(st.floats(0, 30), min_size=2, max_size=20, unique=True),
)
def test_filling_a_gap_loses_no_word_and_keeps_their_order(
    mine: list[float], theirs: list[float]
) -> None:
    edges, others = sorted(mine), sorted(theirs)
    words = say(*(("a", *pair) for pair in zip(edges[::2], edges[1::2], strict=False)))
    plain = say(*(("b", *pair) for pair in zip(others[::2], others[1::2], strict=False)))
    gap = find_gap(words, 30.0)
    if gap is not None:
        filled = fill_gap(words, plain, gap)
        assert [word for word in filled if word.text == "a"] == words
        assert filled == sorted(filled, key=lambda word: (word.start_s, word.end_s))


@pytest.mark.parametrize(
    ("prompt", "written"),
    [("Um, uh.", "look at noise. Finally, compare"), (None, "Finally, compare")],
)
def test_what_a_prompt_made_the_model_pass_over_is_heard_without_it(
    demo_model: Path, monkeypatch: pytest.MonkeyPatch, prompt: str | None, written: str
) -> None:
    def decode(_: Recogniser, *asked: object) -> list[Word]:
        return PLAIN if prompt is not None and asked[2] is None else ASKED

    monkeypatch.setattr(Recogniser, "_decode", decode)
    recognition = Recogniser(demo_model).recognise(
        np.zeros(6 * SAMPLE_RATE_HZ, np.float32), "en", prompt
    )
    assert " ".join(word.text for word in recognition.words) == written


@pytest.mark.parametrize(
    ("text", "stuck"),
    [
        (" like, uh, uh, uh, uh, uh, uh,", True),
        (" Uh, uh. Uh uh, uh", True),
        (" no, no, no, no, I said um, um, well", False),
        (" uh, I mean, uh, you know, uh, so, uh, uh", False),
        ("", False),
    ],
)
def test_a_model_is_stuck_where_it_writes_one_word_five_times_in_a_row(
    text: str, stuck: bool
) -> None:
    assert is_stuck(text) is stuck
