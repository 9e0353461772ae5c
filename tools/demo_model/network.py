"""Whisper's network in PyTorch, with the attention and the encoder open to be taught directly."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from tools.demo_model.windows import AUDIO_POSITIONS

TEXT_POSITIONS = 448


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network."""

    vocabulary: int
    phones: int
    width: int = 192
    heads: int = 4
    encoder_layers: int = 4
    decoder_layers: int = 3
    mel_bands: int = 80


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's fixed positions of the encoder."""
    scale = math.log(10_000) / (width // 2 - 1)
    rates = torch.exp(-scale * torch.arange(width // 2))
    angles = torch.arange(length)[:, None] * rates[None, :]
    return torch.cat((angles.sin(), angles.cos()), dim=1)


class Attention(nn.Module):
    """Whisper's attention: the keys have no bias."""

    def __init__(self, shape: Shape) -> None:
        """Make the four projections."""
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width, bias=False)
        self.value = nn.Linear(shape.width, shape.width)
        self.out = nn.Linear(shape.width, shape.width)

    def _split(self, values: Tensor) -> Tensor:
        batch, length, width = values.shape
        return values.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def causal(self, inputs: Tensor) -> Tensor:
        """Attend to what came before."""
        query, key, value = (
            self._split(project(inputs)) for project in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        joined: Tensor = self.out(mixed.transpose(1, 2).flatten(2))
        return joined

    def forward(self, inputs: Tensor, mask: Tensor) -> Tensor:
        """Attend to all of `inputs`; `mask`, one number per position, is added to the scores."""
        batch, length, width = inputs.shape
        query, key, value = (
            self._split(project(inputs)).flatten(0, 1)
            for project in (self.query, self.key, self.value)
        )
        # Written out: on a CPU this takes half the time of scaled_dot_product_attention.
        scores = torch.baddbmm(
            mask.to(query.dtype).view(1, 1, length).expand(len(query), length, length),
            query,
            key.transpose(1, 2),
            alpha=(width // self.heads) ** -0.5,
        )
        mixed = scores.softmax(dim=-1).to(value.dtype) @ value
        mixed = mixed.view(batch, self.heads, length, -1)
        joined: Tensor = self.out(mixed.transpose(1, 2).flatten(2))
        return joined

    def with_weights(self, inputs: Tensor, memory: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Attend, and return the logarithms of the weights too."""
        query, key = self._split(self.query(inputs)), self._split(self.key(memory))
        scores = (query @ key.transpose(2, 3)).float() / math.sqrt(query.shape[-1]) + mask
        logs = scores.log_softmax(dim=-1)
        value = self._split(self.value(memory))
        mixed = logs.exp().to(value.dtype) @ value
        return self.out(mixed.transpose(1, 2).flatten(2)), logs


class FeedForward(nn.Sequential):
    """Two linear layers, four times wider between."""

    def __init__(self, shape: Shape) -> None:
        """Make both layers."""
        super().__init__(
            nn.Linear(shape.width, 4 * shape.width),
            nn.GELU(),
            nn.Linear(4 * shape.width, shape.width),
        )


class EncoderLayer(nn.Module):
    """Self-attention and a feed-forward network, each behind its normalisation."""

    def __init__(self, shape: Shape) -> None:
        """Make one layer."""
        super().__init__()
        self.attention_norm = nn.LayerNorm(shape.width)
        self.attention = Attention(shape)
        self.forward_norm = nn.LayerNorm(shape.width)
        self.feed_forward = FeedForward(shape)

    def forward(self, inputs: Tensor, mask: Tensor) -> Tensor:
        """Transform `inputs`; `mask` is added to the attention's scores."""
        normed = self.attention_norm(inputs)
        inputs = inputs + self.attention(normed, mask)
        result: Tensor = inputs + self.feed_forward(self.forward_norm(inputs))
        return result


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the sound, and a feed-forward network."""

    def __init__(self, shape: Shape) -> None:
        """Make one layer."""
        super().__init__()
        self.attention_norm = nn.LayerNorm(shape.width)
        self.attention = Attention(shape)
        self.cross_norm = nn.LayerNorm(shape.width)
        self.cross = Attention(shape)
        self.forward_norm = nn.LayerNorm(shape.width)
        self.feed_forward = FeedForward(shape)

    def forward(self, inputs: Tensor, sound: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Transform `inputs`; return the log weights of the attention to the sound too."""
        normed = self.attention_norm(inputs)
        inputs = inputs + self.attention.causal(normed)
        mixed, logs = self.cross.with_weights(self.cross_norm(inputs), sound, mask)
        inputs = inputs + mixed
        return inputs + self.feed_forward(self.forward_norm(inputs)), logs


@dataclass(frozen=True, slots=True)
class Output:
    """Scores of the next token, of the phone under each position, and the log attention."""

    tokens: Tensor
    phones: Tensor
    attention: list[Tensor]


class Whisper(nn.Module):
    """The network; `phone_head` is for training only and is not exported."""

    audio_positions: Tensor

    def __init__(self, shape: Shape) -> None:
        """Make all layers and their first values."""
        super().__init__()
        self.shape = shape
        width = shape.width
        self.conv1 = nn.Conv1d(shape.mel_bands, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.register_buffer("audio_positions", sinusoids(AUDIO_POSITIONS, width))
        self.encoder = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.encoder_norm = nn.LayerNorm(width)
        self.phone_head = nn.Linear(width, shape.phones)
        self.embedding = nn.Embedding(shape.vocabulary, width)
        self.text_positions = nn.Parameter(torch.randn(TEXT_POSITIONS, width) * 0.01)
        self.decoder = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(width)
        self._first_values()

    def _first_values(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        nn.init.normal_(self.embedding.weight, std=self.shape.width**-0.5)
        # Neighbouring timestamps mean almost the same, so they start almost the same.
        with torch.no_grad():
            steps = min(AUDIO_POSITIONS, self.shape.vocabulary)
            times = sinusoids(AUDIO_POSITIONS, self.shape.width) * self.shape.width**-0.5
            self.embedding.weight[-steps:] = times[:steps]

    @property
    def hearing_layers(self) -> list[EncoderLayer]:
        """The encoder's layers."""
        return [layer for layer in self.encoder if isinstance(layer, EncoderLayer)]

    @property
    def writing_layers(self) -> list[DecoderLayer]:
        """The decoder's layers."""
        return [layer for layer in self.decoder if isinstance(layer, DecoderLayer)]

    def encode(self, features: Tensor, positions: Tensor, mask: Tensor) -> Tensor:
        """Encode batch x bands x frames; `positions` are the rows of the position table."""
        hidden = functional.gelu(self.conv1(features))
        hidden = functional.gelu(self.conv2(hidden)).transpose(1, 2)
        hidden = hidden + self.audio_positions[positions]
        for layer in self.hearing_layers:
            hidden = layer(hidden, mask)
        normed: Tensor = self.encoder_norm(hidden)
        return normed

    def forward(self, features: Tensor, positions: Tensor, mask: Tensor, tokens: Tensor) -> Output:
        """Teach with the true tokens; all inputs come from `windows.Batch`."""
        sound = self.encode(features, positions, mask)
        hidden = self.embedding(tokens) + self.text_positions[: tokens.shape[1]]
        attention: list[Tensor] = []
        for layer in self.writing_layers:
            hidden, logs = layer(hidden, sound, mask)
            attention.append(logs)
        hidden = self.decoder_norm(hidden)
        scores = functional.linear(hidden, self.embedding.weight)
        return Output(scores, self.phone_head(sound), attention)
