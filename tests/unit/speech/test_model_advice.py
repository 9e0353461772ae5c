import sys
from contextlib import closing
from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from practice.base.errors import ModelError
from practice.speech.child.synthetic_model import SPECIAL, TEXT_TOKENS, Shape, build_model
from practice.speech.model_advice import Speed, advise_model, extrapolate_s, measure_speeds

FAST, SLOW = 0.1, 1.2
PROMPT = [
    TEXT_TOKENS + SPECIAL.index(name)
    for name in ("<|startoftranscript|>", "<|en|>", "<|notimestamps|>")
]


def test_the_largest_model_that_keeps_up_is_proposed() -> None:
    speeds = [Speed("tiny", FAST), Speed("base", FAST), Speed("small", SLOW)]
    assert advise_model(speeds, "en") == "base.en"
    assert advise_model(speeds, "de") == "base"


def test_the_largest_size_has_no_english_sibling() -> None:
    assert advise_model([Speed("large-v3-turbo", FAST)], "en") == "large-v3-turbo"


def test_nothing_is_proposed_where_nothing_keeps_up() -> None:
    assert advise_model([Speed("tiny", SLOW)], "en") is None


def test_layers_add_up() -> None:
    assert extrapolate_s(12, 1.0, 1.5) == pytest.approx(6.5)
    assert extrapolate_s(12, 1.0, 0.9) == pytest.approx(1.0)


def test_a_stand_in_writes_what_it_is_told_whatever_it_hears(tmp_path: Path) -> None:
    shape, words = Shape(128, 2, 2), [17, 40_000, 3]
    build_model(shape, tmp_path, [*PROMPT[:2], *words])
    model = ctranslate2.models.Whisper(str(tmp_path), device="cpu", compute_type="int8")
    noise = np.random.default_rng(1).normal(size=(1, shape.mel_bands, 3000)).astype(np.float32)
    (written,) = model.generate(ctranslate2.StorageView.from_array(noise), [PROMPT])
    assert written.sequences_ids == [words]


def test_this_machine_is_measured_from_the_smallest_size_on() -> None:
    with closing(measure_speeds()) as speeds:
        first = next(speeds)
    assert first.size == "tiny"
    assert first.real_time_factor > 0


def test_a_machine_that_cannot_be_measured_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ModelError, match="cannot be measured"):
        list(measure_speeds())
