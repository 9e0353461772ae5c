from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from practice.demo import MODEL_FOLDER

torch = pytest.importorskip("torch", reason="reading a model back needs the demo-model extra")

from tools.demo_model.export import export  # noqa: E402
from tools.demo_model.network import Shape, Whisper  # noqa: E402
from tools.demo_model.stored import load_model, read_arrays  # noqa: E402
from tools.demo_model.tokens import Vocabulary, train_tokenizer  # noqa: E402
from tools.demo_model.windows import AUDIO_POSITIONS  # noqa: E402


def test_the_shipped_model_read_back_hears_what_the_shipped_model_hears() -> None:
    features = np.random.default_rng(1).normal(0, 0.5, (1, 80, 3000)).astype(np.float32)
    whisper = ctranslate2.models.Whisper(str(MODEL_FOLDER), compute_type="float32")
    expected = np.array(whisper.encode(ctranslate2.StorageView.from_array(features)))
    network = load_model(MODEL_FOLDER, phones=3)
    with torch.no_grad():
        sound = network.encode(
            torch.from_numpy(features), torch.arange(AUDIO_POSITIONS), torch.zeros(AUDIO_POSITIONS)
        )
    assert float(np.abs(expected - sound.numpy()).max()) < 0.01


def test_what_was_exported_comes_back_within_the_grain_of_its_storage(tmp_path: Path) -> None:
    train_tokenizer(text_tokens=600, texts=200).save(str(tmp_path / "tokenizer.json"))
    vocabulary = Vocabulary.read(tmp_path / "tokenizer.json")
    torch.manual_seed(1)
    network = Whisper(Shape(len(vocabulary), phones=3, width=64, heads=4, decoder_layers=2))
    export(network, vocabulary, tmp_path / "model")
    kept = load_model(tmp_path / "model", phones=3).state_dict()
    for name, value in network.state_dict().items():
        if not name.startswith("phone_head"):
            grain = float(value.abs().max()) / 127
            assert float((kept[name] - value).abs().max()) <= grain, name


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    part = tmp_path / "model.bin"
    part.write_bytes((MODEL_FOLDER / "model.bin").read_bytes()[:100_000])
    with pytest.raises(ValueError, match="ends at byte 100000"):
        read_arrays(part)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"\x63\0\0\0" + bytes(40))
    with pytest.raises(ValueError, match="version 99"):
        read_arrays(tmp_path / "model.bin")
