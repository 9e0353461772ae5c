"""Whisper models of any size with invented weights: they say nothing and take as long as real ones.

The time that a model takes depends on its shape alone, so a machine can be measured before a
model is downloaded.
"""

from pathlib import Path

import numpy as np
from ctranslate2.specs import LayerSpec
from ctranslate2.specs.whisper_spec import WhisperSpec
from numpy.typing import NDArray

from practice.speech.model_shapes import POSITIONS_HEARD, Shape

TEXT_TOKENS = 50_257
POSITIONS_WRITTEN = 448
KERNEL = 3
SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
TIMESTAMPS = 1_501
TOKENS = TEXT_TOKENS + len(SPECIAL) + TIMESTAMPS
HEAD_WIDTH = 64
"""The same in every Whisper model."""
LOUD = 50.0
"""What is written at each place outweighs everything else by so much."""


class _Weights:
    """Draws matrices that are cheap to make: their values do not matter."""

    def __init__(self) -> None:
        self._pool = np.random.default_rng(1).standard_normal(1 << 20, np.float32)

    def __call__(self, *shape: int) -> NDArray[np.float32]:
        return np.resize(self._pool, shape) / np.float32(np.sqrt(shape[-1]))


def build_model(shape: Shape, folder: Path, written: list[int]) -> None:
    """Write a model folder for `ctranslate2.models.Whisper`.

    Args:
        shape: Its size.
        folder: An empty folder.
        written: The tokens it writes, whatever it hears, by their place behind the first of the
            prompt; at every later place it ends.
    """
    heads = shape.width // HEAD_WIDTH
    spec = WhisperSpec(shape.encoder_layers, heads, shape.decoder_layers, heads)
    draw = _Weights()
    _fill_encoder(spec.encoder, shape, draw)
    _fill_decoder(spec.decoder, shape, draw, written)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [TEXT_TOKENS + SPECIAL.index("<|en|>")]
    spec.config.alignment_heads = [(shape.decoder_layers - 1, 0)]
    spec.register_vocabulary(token_names())
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))


def token_names() -> list[str]:
    """Every token in the order of the ids; text tokens are words of letters with a space."""
    text = [f"Ġ{_letters(number)}" for number in range(TEXT_TOKENS)]
    times = [f"<|{step * 0.02:.2f}|>" for step in range(TIMESTAMPS)]
    return [*text, *SPECIAL, *times]


def _letters(number: int) -> str:
    digits = np.base_repr(number + 26**3, 26)
    return "".join(chr(ord("a") + int(digit, 26)) for digit in digits)


def _fill_encoder(encoder: LayerSpec, shape: Shape, draw: _Weights) -> None:
    width = shape.width
    encoder.conv1.weight = draw(width, shape.mel_bands, KERNEL)
    encoder.conv1.bias = draw(width)
    encoder.conv2.weight = draw(width, width, KERNEL)
    encoder.conv2.bias = draw(width)
    encoder.position_encodings.encodings = draw(POSITIONS_HEARD, width)
    _fill_norm(encoder.layer_norm, width)
    for layer in encoder.layer:
        _fill_attention(layer.self_attention, width, draw)
        _fill_feed_forward(layer.ffn, width, draw)


def _fill_decoder(decoder: LayerSpec, shape: Shape, draw: _Weights, written: list[int]) -> None:
    width = shape.width
    embeddings = np.random.default_rng(2).standard_normal((TOKENS, width), np.float32)
    decoder.embeddings.weight = embeddings
    decoder.projection.weight = embeddings
    ending = [TEXT_TOKENS + SPECIAL.index("<|endoftext|>")] * (POSITIONS_WRITTEN - len(written))
    # Positions outweigh everything else, and a position looks like the token to be written there:
    # so the nearest token at each place is the wanted one, whatever was heard.
    places = LOUD * embeddings[[*written, *ending]]
    decoder.position_encodings.encodings = places
    _fill_norm(decoder.layer_norm, width)
    for layer in decoder.layer:
        _fill_attention(layer.self_attention, width, draw, silent=True)
        _fill_attention(layer.attention, width, draw, silent=True, crossed=True)
        _fill_feed_forward(layer.ffn, width, draw, silent=True)


def _fill_norm(norm: LayerSpec, width: int) -> None:
    norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _fill_attention(
    attention: LayerSpec, width: int, draw: _Weights, *, silent: bool = False, crossed: bool = False
) -> None:
    _fill_norm(attention.layer_norm, width)
    rows = [width, 2 * width, width] if crossed else [3 * width, width]
    for linear, count in zip(attention.linear, rows, strict=True):
        linear.weight, linear.bias = draw(count, width), np.zeros(count, np.float32)
    if silent:  # adds nothing to what it is given, and takes as long
        attention.linear[-1].weight = np.zeros((width, width), np.float32)


def _fill_feed_forward(ffn: LayerSpec, width: int, draw: _Weights, *, silent: bool = False) -> None:
    _fill_norm(ffn.layer_norm, width)
    ffn.linear_0.weight, ffn.linear_0.bias = draw(4 * width, width), np.zeros(4 * width, np.float32)
    ffn.linear_1.weight = draw(width, 4 * width)
    if silent:
        ffn.linear_1.weight = np.zeros((width, 4 * width), np.float32)
    ffn.linear_1.bias = np.zeros(width, np.float32)
