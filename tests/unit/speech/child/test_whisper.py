from pathlib import Path

import numpy as np
import pytest

from practice.speech.child.whisper import CrumbLeftError, WindowedModel, is_stuck

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
