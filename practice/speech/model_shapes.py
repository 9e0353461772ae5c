"""The sizes of Whisper models, and what each costs: that depends on the shape, not the weights."""

from dataclasses import dataclass, replace

POSITIONS_HEARD = 1_500
"""Of a window of 30 s, which every model of a true size hears at once."""
VOCABULARY = 51_865
TOKENS_PER_SEGMENT = 30
"""2.5 words a second, and a third more tokens than words."""
BEAM_SIZE = 5
ATTENTION_COST = 4
"""What a multiplication in the attention over the window costs, one of a plain matrix costing 1:
its matrices are small and its softmax is not counted. Fitted, with the next one, to the processor
times of tiny, base and small in docs/speed.md; from base it tells tiny 6 % low and small 12 % high,
and medium 16 % high against its measurement with invented weights."""
DECODING_COST = 2
"""Likewise for writing token by token, which waits for the memory."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a Whisper model."""

    width: int
    encoder_layers: int
    decoder_layers: int
    mel_bands: int = 80

    def with_layers(self, layers: int) -> "Shape":
        """The same width with so many layers on both sides."""
        return replace(self, encoder_layers=layers, decoder_layers=layers)

    @property
    def work(self) -> float:
        """What a segment costs, in multiplications of a plain matrix; only ratios mean anything."""
        width, positions = self.width, POSITIONS_HEARD
        attention = 2 * ATTENTION_COST * positions * positions * width
        encoder = self.encoder_layers * (12 * width * width * positions + attention)
        convolutions = 3 * width * (2 * self.mel_bands + width) * positions
        heard_once = self.decoder_layers * 2 * width * width * positions
        token = self.decoder_layers * (14 * width * width + 2 * positions * width)
        # Each token is written in every beam, and all are gone through once more for their times.
        tokens = TOKENS_PER_SEGMENT * (BEAM_SIZE + 1) * (token + VOCABULARY * width)
        return encoder + convolutions + DECODING_COST * (heard_once + tokens)


SHAPES = {
    "tiny": Shape(384, 4, 4),
    "base": Shape(512, 6, 6),
    "small": Shape(768, 12, 12),
    "medium": Shape(1024, 24, 24),
    "large-v3-turbo": Shape(1280, 32, 4, 128),
}
"""The sizes that are measured and advised, from the quickest on."""
OTHER_SHAPES = {
    "distil-small": Shape(768, 12, 4),
    "distil-medium": Shape(1024, 24, 2),
    "distil-large": Shape(1280, 32, 2, 128),
    "large": Shape(1280, 32, 32, 128),
}
"""Those whose time is told from the others alone."""


def size_of(name: str) -> str | None:
    """The size of the model `name`, a key of one of the two tables; None where nobody knows it.

    An English-only model takes as long as its sibling, and all versions of large are alike.
    """
    size = name.removesuffix(".en")
    if size in SHAPES:
        return size
    for begin in ("distil-large", "large"):
        if size.startswith(f"{begin}-v"):
            return begin
    return size if size in OTHER_SHAPES else None
