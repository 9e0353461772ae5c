"""Write a checkpoint as a model folder: `python -m tools.demo_model.export FOLDER TARGET`."""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.whisper_spec import WhisperSpec
from numpy.typing import NDArray
from torch import Tensor, nn

from tools.demo_model.layout import WINDOW_FRAMES
from tools.demo_model.network import Attention, FeedForward, Shape, Whisper
from tools.demo_model.tokens import Vocabulary

QUANTIZATION = "int8_float16"
SUPPRESSED = ("startoftranscript", "en", "translate", "transcribe", "startoflm", "startofprev")


def _array(values: Tensor) -> NDArray[np.float32]:
    # A copy: quantising works in place.
    array: NDArray[np.float32] = values.detach().float().numpy().copy()
    return array


def _norm(spec: common_spec.LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _linear(spec: common_spec.LinearSpec, layer: nn.Linear | nn.Conv1d) -> None:
    spec.weight = _array(layer.weight)
    if layer.bias is not None:
        spec.bias = _array(layer.bias)


def _fused(spec: common_spec.LinearSpec, layers: list[nn.Linear]) -> None:
    """Put several projections of one input into one matrix; a missing bias is zero."""
    spec.weight = _array(torch.cat(tuple(layer.weight for layer in layers)))
    biases: list[Tensor] = [
        layer.bias if layer.bias is not None else torch.zeros(layer.out_features)
        for layer in layers
    ]
    spec.bias = _array(torch.cat(biases))


def _self_attention(spec: MultiHeadAttentionSpec, norm: nn.LayerNorm, layer: Attention) -> None:
    _norm(spec.layer_norm, norm)
    _fused(spec.linear[0], [layer.query, layer.key, layer.value])
    _linear(spec.linear[1], layer.out)


def _cross_attention(spec: MultiHeadAttentionSpec, norm: nn.LayerNorm, layer: Attention) -> None:
    _norm(spec.layer_norm, norm)
    _linear(spec.linear[0], layer.query)
    _fused(spec.linear[1], [layer.key, layer.value])
    _linear(spec.linear[2], layer.out)


def _feed_forward(
    spec: transformer_spec.FeedForwardSpec, norm: nn.LayerNorm, layer: FeedForward
) -> None:
    _norm(spec.layer_norm, norm)
    first, last = layer[0], layer[2]
    assert isinstance(first, nn.Linear)
    assert isinstance(last, nn.Linear)
    _linear(spec.linear_0, first)
    _linear(spec.linear_1, last)


def specification(network: Whisper) -> WhisperSpec:
    """Lay the weights out as CTranslate2 wants them."""
    shape = network.shape
    spec = WhisperSpec(shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads)
    _linear(spec.encoder.conv1, network.conv1)
    _linear(spec.encoder.conv2, network.conv2)
    spec.encoder.position_encodings.encodings = _array(network.audio_positions)
    _norm(spec.encoder.layer_norm, network.encoder_norm)
    for target, layer in zip(spec.encoder.layer, network.hearing_layers, strict=True):
        _self_attention(target.self_attention, layer.attention_norm, layer.attention)
        _feed_forward(target.ffn, layer.forward_norm, layer.feed_forward)
    spec.decoder.embeddings.weight = _array(network.embedding.weight)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    spec.decoder.position_encodings.encodings = _array(network.text_positions)
    _norm(spec.decoder.layer_norm, network.decoder_norm)
    for target, writing in zip(spec.decoder.layer, network.writing_layers, strict=True):
        _self_attention(target.self_attention, writing.attention_norm, writing.attention)
        _cross_attention(target.attention, writing.cross_norm, writing.cross)
        _feed_forward(target.ffn, writing.forward_norm, writing.feed_forward)
    return spec


def _configure(spec: WhisperSpec, vocabulary: Vocabulary, decoder_layers: int) -> None:
    spec.config.suppress_ids = [vocabulary.special(name) for name in SUPPRESSED]
    # Real Whisper forbids an empty transcript here; silence should give one.
    spec.config.suppress_ids_begin = [vocabulary.special("startofprev")]
    spec.config.lang_ids = [vocabulary.special("en")]
    # The heads that training guided to the place of the next token.
    spec.config.alignment_heads = [(decoder_layers - 1, 0), (decoder_layers - 1, 1)]
    spec.register_vocabulary(vocabulary.names())


def _preprocessor() -> dict[str, object]:
    """Say how sound becomes features, with windows of the length training used."""
    seconds = WINDOW_FRAMES // 100
    return {
        "chunk_length": seconds,
        "feature_extractor_type": "WhisperFeatureExtractor",
        "feature_size": 80,
        "hop_length": 160,
        "n_fft": 400,
        "n_samples": seconds * 16_000,
        "nb_max_frames": WINDOW_FRAMES,
        "sampling_rate": 16_000,
    }


def load_checkpoint(path: Path, *, averaged: bool) -> Whisper:
    """Read the network of a checkpoint: the running average of its weights, or the last ones."""
    kept = torch.load(path, weights_only=True)
    network = Whisper(Shape(**kept["shape"]))
    network.load_state_dict(kept["average" if averaged else "network"])
    return network.eval()


def export(network: Whisper, vocabulary: Vocabulary, target: Path) -> None:
    """Write the model folder that `faster_whisper.WhisperModel` loads."""
    target.mkdir(parents=True, exist_ok=True)
    spec = specification(network)
    _configure(spec, vocabulary, network.shape.decoder_layers)
    spec.validate()
    spec.optimize(QUANTIZATION)
    spec.save(str(target))
    vocabulary.tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    preprocessor = json.dumps(_preprocessor(), indent=2)
    (target / "preprocessor_config.json").write_text(preprocessor + "\n", encoding="utf-8")


def main() -> int:
    """Export the checkpoint of a training folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="training folder, with checkpoint.pt")
    parser.add_argument("target", type=Path, help="model folder to write")
    parser.add_argument("--last", action="store_true", help="the last weights, not their average")
    options = parser.parse_args()
    network = load_checkpoint(options.folder / "checkpoint.pt", averaged=not options.last)
    export(network, Vocabulary.read(options.folder / "tokenizer.json"), options.target)
    size = sum(file.stat().st_size for file in options.target.iterdir())
    print(f"{options.target}: {size / 1e6:.2f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
