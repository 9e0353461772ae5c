from pathlib import Path

import numpy as np

from practice.speech.child.whisper import WindowedModel

POSITIONS_PER_S = 50


def test_a_model_of_a_short_window_encodes_no_more_than_that(demo_model: Path) -> None:
    model = WindowedModel(str(demo_model), device="cpu", compute_type="int8")
    window_s = model.feature_extractor.chunk_length
    assert window_s < 30
    encoded = model.encode(np.zeros((80, 3000), np.float32))
    assert encoded.shape[1] == window_s * POSITIONS_PER_S
