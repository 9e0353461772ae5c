import re
import sys
from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from practice import demo
from practice.base.errors import ModelError
from practice.speech.child.benchmark import measure_segment_s
from practice.speech.child.synthetic_model import SPECIAL, TEXT_TOKENS, build_model
from practice.speech.model_advice import (
    RealModel,
    Speed,
    SpeedRecord,
    advise_model,
    derive_speeds,
    describe_speed,
    extrapolate_s,
    load_speeds,
    measure_speeds,
    save_speeds,
)
from practice.speech.model_shapes import SHAPES, Shape, size_of
from practice.speech.models import KNOWN

FAST, SLOW = 0.1, 1.2
PROMPT = [
    TEXT_TOKENS + SPECIAL.index(name)
    for name in ("<|startoftranscript|>", "<|en|>", "<|notimestamps|>")
]


def test_the_largest_model_that_keeps_up_is_proposed() -> None:
    speeds = [Speed("tiny", FAST), Speed("base", FAST), Speed("small", SLOW)]
    assert advise_model(speeds, "en") == "base"
    assert advise_model(speeds, "de") == "base"


def test_for_english_the_sibling_that_was_measured_with_people_is_proposed() -> None:
    speeds = [Speed("tiny", FAST), Speed("base", SLOW)]
    assert advise_model(speeds, "en") == "tiny.en"
    assert advise_model(speeds, "de") == "tiny"


def test_a_size_that_is_only_told_from_others_is_not_proposed() -> None:
    speeds = [Speed("tiny", FAST), Speed("distil-large", FAST, measured=False)]
    assert advise_model(speeds, "de") == "tiny"


def test_nothing_is_proposed_where_nothing_keeps_up() -> None:
    assert advise_model([Speed("tiny", SLOW)], "en") is None


@pytest.mark.parametrize("size", ["tiny", "small"])
def test_the_pace_of_a_size_is_told_from_another_one(size: str) -> None:
    text = Path("docs/speed.md").read_text(encoding="utf-8")
    row = r"^\| (tiny|base|small) \| [\d.]+ \(.*\) \| ([\d.]+) \|$"
    table = dict(re.findall(row, text, re.MULTILINE))
    told = {speed.size: speed for speed in derive_speeds([Speed("base", float(table["base"]))])}
    assert told[size].real_time_factor == pytest.approx(float(table[size]), rel=0.15)
    assert not told[size].measured
    assert told["large"].real_time_factor > told["distil-large"].real_time_factor


@pytest.mark.parametrize(
    ("name", "size"),
    [("tiny.en", "tiny"), ("large-v2", "large"), ("distil-large-v3.5", "distil-large"),
     ("distil-small.en", "distil-small"), ("large-v3-turbo", "large-v3-turbo"), ("mine", None)],
)  # fmt: skip
def test_every_known_model_has_a_size(name: str, size: str | None) -> None:
    assert size_of(name) == size
    assert all(size_of(known) for known in KNOWN)


def test_what_was_measured_is_kept_and_found_by_name(tmp_path: Path) -> None:
    record = SpeedRecord("base", derive_speeds([Speed("base", 0.2)]))
    path = tmp_path / "state" / "speeds.json"
    assert load_speeds(path) is None
    save_speeds(path, record)
    kept = load_speeds(path)
    assert kept == record
    assert describe_speed(kept, "base.en") == "0.20 s for a second of an answer: keeps up"
    assert describe_speed(kept, "large-v2").startswith("about 4.")
    assert describe_speed(kept, "mine") == "not measured yet"
    path.write_text("{")
    assert load_speeds(path) is None


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


def test_a_real_model_is_timed_with_its_own_weights(tiny_en: Path) -> None:
    parts: list[float] = []
    real = RealModel("tiny.en", tiny_en, demo.SAMPLE_ANSWER, "Um, uh, so,")
    record = measure_speeds(parts.append, real)
    assert record.model == "tiny.en"
    speeds = {speed.size: speed for speed in record.speeds}
    assert speeds["tiny"].measured
    assert speeds["tiny"].real_time_factor > 0
    assert not speeds["base"].measured
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_a_machine_that_cannot_be_measured_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ModelError, match="cannot be measured"):
        measure_speeds(lambda _: None, None)


def test_invented_weights_are_timed_where_no_model_is_here() -> None:
    seconds = measure_segment_s(SHAPES["tiny"], lambda _: None)
    assert seconds > 0
