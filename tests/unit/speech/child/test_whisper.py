from pathlib import Path

import numpy as np
import pytest

from practice.speech.child.whisper import WindowedModel, is_stuck

POSITIONS_PER_S = 50


def test_a_model_of_a_short_window_encodes_no_more_than_that(demo_model: Path) -> None:
    model = WindowedModel(str(demo_model), device="cpu", compute_type="int8")
    window_s = model.feature_extractor.chunk_length
    assert window_s < 30
    encoded = model.encode(np.zeros((80, 3000), np.float32))
    assert encoded.shape[1] == window_s * POSITIONS_PER_S


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
