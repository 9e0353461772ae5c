"""Read a model folder back, so that training can go on from a model that was shipped.

`model.bin` is a list of named arrays (CTranslate2's `ModelSpec._serialize` writes it). What it
holds as int8 comes back within half a step of its row's scale; the phone head is not in it.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tools.demo_model.network import Attention, FeedForward, Shape, Whisper

BINARY_VERSION = 6
# CTranslate2's numbers of the types that an int8_float16 export uses.
TYPES = ("float32", "int8", "int16", "int32", "float16")


@dataclass(slots=True)
class _Reader:
    data: bytes
    at: int = 0

    def number(self, kind: str) -> int:
        """Read one little-endian integer, `kind` as in `struct`."""
        (value,) = struct.unpack_from(f"<{kind}", self.data, self.at)
        self.at += struct.calcsize(f"<{kind}")
        return int(value)

    def text(self) -> str:
        """Read a string: its length, itself and a final zero."""
        raw = self._taken(self.number("H"))
        return raw[:-1].decode("utf-8")

    def array(self) -> NDArray[Any]:
        """Read the shape, the type and the values of an array."""
        shape = [self.number("I") for _ in range(self.number("B"))]
        kind = TYPES[self.number("B")]
        values: NDArray[Any] = np.frombuffer(self._taken(self.number("I")), kind)
        return values.reshape(shape)

    def _taken(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise ValueError(f"the file ends at byte {len(self.data)}, within an entry")
        self.at += count
        return self.data[self.at - count : self.at]


def read_arrays(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return every array of a `model.bin` as float32, quantised ones multiplied out.

    Raises:
        ValueError: The file is not of the version that this reads, or is cut short.
    """
    reader = _Reader(path.read_bytes())
    if (version := reader.number("I")) != BINARY_VERSION:
        raise ValueError(f"{path} is of version {version}, not {BINARY_VERSION}")
    reader.text()
    reader.number("I")
    stored = {reader.text(): reader.array() for _ in range(reader.number("I"))}
    arrays = {name: array.astype(np.float32) for name, array in stored.items()}
    for name in stored:
        if (scale := arrays.get(f"{name}_scale")) is not None:
            arrays[name] /= scale.reshape(-1, *[1] * (arrays[name].ndim - 1))
    for _ in range(reader.number("I")):
        alias, name = reader.text(), reader.text()
        arrays[alias] = arrays[name]
    return arrays


@dataclass(frozen=True, slots=True)
class _Stored:
    """The arrays below one name; the inverse of what `export.specification` lays out."""

    arrays: dict[str, NDArray[np.float32]]
    scope: str = ""

    def below(self, name: str) -> Self:
        """Return the arrays one level down."""
        return type(self)(self.arrays, f"{self.scope}{name}/")

    def tensor(self, name: str) -> Tensor:
        """Return one array."""
        return torch.from_numpy(self.arrays[f"{self.scope}{name}"])

    def norm(self, norm: nn.LayerNorm) -> None:
        """Fill a normalisation."""
        norm.weight.copy_(self.tensor("gamma"))
        norm.bias.copy_(self.tensor("beta"))

    def linear(self, *layers: nn.Linear | nn.Conv1d) -> None:
        """Fill the layers that share one matrix."""
        weights = self.tensor("weight").chunk(len(layers))
        biases = self.tensor("bias").chunk(len(layers))
        for layer, weight, bias in zip(layers, weights, biases, strict=True):
            layer.weight.copy_(weight)
            if layer.bias is not None:
                layer.bias.copy_(bias)

    def self_attention(self, norm: nn.LayerNorm, layer: Attention) -> None:
        """Fill the attention to the same sequence."""
        self.below("layer_norm").norm(norm)
        self.below("linear_0").linear(layer.query, layer.key, layer.value)
        self.below("linear_1").linear(layer.out)

    def cross_attention(self, norm: nn.LayerNorm, layer: Attention) -> None:
        """Fill the attention to the sound."""
        self.below("layer_norm").norm(norm)
        self.below("linear_0").linear(layer.query)
        self.below("linear_1").linear(layer.key, layer.value)
        self.below("linear_2").linear(layer.out)

    def feed_forward(self, norm: nn.LayerNorm, layer: FeedForward) -> None:
        """Fill both layers."""
        self.below("layer_norm").norm(norm)
        for name, part in zip(("linear_0", "linear_1"), (layer[0], layer[2]), strict=True):
            assert isinstance(part, nn.Linear)
            self.below(name).linear(part)


def shape_of(arrays: dict[str, NDArray[np.float32]], phones: int) -> Shape:
    """Read the size of a network off its arrays; how many heads it has, they do not tell."""
    vocabulary, width = arrays["decoder/embeddings/weight"].shape

    def layers(part: str) -> int:
        names = {name.split("/")[1] for name in arrays if name.startswith(f"{part}/layer_")}
        return len(names - {"layer_norm"})

    hearing, writing = layers("encoder"), layers("decoder")
    return Shape(vocabulary, phones, width, encoder_layers=hearing, decoder_layers=writing)


@torch.no_grad()
def load_model(folder: Path, phones: int) -> Whisper:
    """Return the network of a model folder, with a new head for so many phones."""
    arrays = read_arrays(folder / "model.bin")
    network = Whisper(shape_of(arrays, phones))
    encoder, decoder = _Stored(arrays).below("encoder"), _Stored(arrays).below("decoder")
    encoder.below("conv1").linear(network.conv1)
    encoder.below("conv2").linear(network.conv2)
    encoder.below("layer_norm").norm(network.encoder_norm)
    for number, layer in enumerate(network.hearing_layers):
        stored = encoder.below(f"layer_{number}")
        stored.below("self_attention").self_attention(layer.attention_norm, layer.attention)
        stored.below("ffn").feed_forward(layer.forward_norm, layer.feed_forward)
    network.embedding.weight.copy_(decoder.tensor("embeddings/weight"))
    network.text_positions.copy_(decoder.tensor("position_encodings/encodings"))
    decoder.below("layer_norm").norm(network.decoder_norm)
    for number, writing in enumerate(network.writing_layers):
        stored = decoder.below(f"layer_{number}")
        stored.below("self_attention").self_attention(writing.attention_norm, writing.attention)
        stored.below("attention").cross_attention(writing.cross_norm, writing.cross)
        stored.below("ffn").feed_forward(writing.forward_norm, writing.feed_forward)
    return network
