"""Training windows: phrases of the corpus with silences between them, as one batch of arrays.

Windows are what faster-whisper shows the network: sound from the beginning, and zeros behind it
for the rest of 30 s. Those zeros are not computed in full: `PADDING_POSITIONS` of them stand for
all, their attention weighted by how many they stand for.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tools.demo_model.corpus import Corpus
from tools.demo_model.features import MEL_BANDS, normalized
from tools.demo_model.layout import WINDOW_FRAMES, Layout, Window, quiet
from tools.demo_model.material import Material, Phrase
from tools.demo_model.tokens import Vocabulary

AUDIO_POSITIONS = 1500
PADDING_POSITIONS = 16
QUIET_SHARE = 0.02
# The variants of the espeak-ng voices are there for the breadth; the demo voices matter more, and
# of those the one that is learned last.
VARIANT_WEIGHT = 0.5
HARDEST_WEIGHT = 1.5
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Course:
    """What the present part of the training shows."""

    shortest_frames: int
    longest_frames: int
    full_share: float
    offset_frames: int
    torn_share: float
    audio_frames: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What `network.Whisper` takes, and what it should answer.

    `spans` are the encoder positions [start, end) of each token of `tokens` plus the final target;
    -1 where a token has no place. `phones` are per encoder position.
    """

    features: NDArray[np.float32]
    positions: NDArray[np.int64]
    mask: NDArray[np.float32]
    tokens: NDArray[np.int64]
    targets: NDArray[np.int64]
    spans: NDArray[np.int64]
    phones: NDArray[np.int64]
    audio_s: float


class WindowMaker:
    """Draws batches from a corpus; the same seed and step give the same batch."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary, phones: dict[str, int]) -> None:
        """Prepare the corpus."""
        self._corpus, self._vocabulary = corpus, vocabulary
        self._material = Material(corpus, vocabulary, phones)
        self._voices = sorted(self._material.of_voice)
        counts = np.array(
            [len(self._material.of_voice[voice]) * _weight(voice) for voice in self._voices]
        )
        self._voice_share = counts / counts.sum()

    def batch(self, seed: int, step: int, course: Course) -> Batch:
        """Draw one batch of windows of similar length."""
        random = np.random.default_rng((seed, step))
        if random.random() < course.full_share:
            longest = WINDOW_FRAMES
        else:
            longest = int(random.integers(course.shortest_frames, course.longest_frames + 1))
        count = max(1, round(course.audio_frames / longest))
        windows = [self._window(random, longest, course) for _ in range(count)]
        return _collated(windows, random, self._material.silence, self._vocabulary)

    def _window(self, random: np.random.Generator, longest: int, course: Course) -> Window:
        if random.random() < QUIET_SHARE:
            return quiet(self._material, random, longest)
        layout = Layout(self._material, random, longest, course.offset_frames)
        voice = self._voices[random.choice(len(self._voices), p=self._voice_share)]
        candidates = self._material.of_voice[voice]
        while not layout.full:
            phrases = self._material.phrases[candidates[random.integers(len(candidates))]]
            phrases = phrases[random.integers(len(phrases)) if random.random() < 0.5 else 0 :]
            if random.random() < course.torn_share:
                phrases = [self._torn(phrases[0], random), *phrases[1:]]
            layout.add(phrases)
        return layout.window()

    def _torn(self, phrase: Phrase, random: np.random.Generator) -> Phrase:
        """Begin a phrase at any of its words, as a cut within speech does."""
        first = int(random.integers(phrase.first, phrase.last))
        start = self._corpus.utterances[phrase.utterance].words[first][1]
        return replace(phrase, first=first, start=max(start - 2, phrase.start))


def _weight(voice: str) -> float:
    if voice.startswith("flite"):
        return HARDEST_WEIGHT
    return VARIANT_WEIGHT if "+" in voice else 1.0


def _collated(
    windows: list[Window],
    random: np.random.Generator,
    silence: int,
    vocabulary: Vocabulary,
) -> Batch:
    """Pad windows to one length and sample the positions that stand for the padding."""
    frames = max(len(window.logs) for window in windows)
    frames += frames % 2
    positions_shown = frames // 2
    length = max(len(window.tokens) for window in windows)
    count = len(windows)
    shape = (count, MEL_BANDS, frames + 2 * PADDING_POSITIONS)
    features = np.zeros(shape, np.float32)
    phones = np.full((count, positions_shown + PADDING_POSITIONS), silence)
    ids = np.full((count, length), vocabulary.special("endoftext"))
    targets = np.full((count, length - 1), IGNORED)
    spans = np.full((count, length, 2), -1)
    for row, window in enumerate(windows):
        features[row, :, : len(window.logs)] = normalized(window.logs).T
        phones[row, : (len(window.phones) + 1) // 2] = window.phones[::2]
        ids[row, : len(window.tokens)] = window.tokens
        targets[row, : len(window.tokens) - 1] = window.tokens[1:]
        spans[row, : len(window.tokens)] = [(s // 2, (e + 1) // 2) for s, e in window.spans]
    edges = np.linspace(positions_shown, AUDIO_POSITIONS, PADDING_POSITIONS + 1)
    sampled = random.uniform(edges[:-1], edges[1:]).astype(np.int64)
    positions = np.concatenate((np.arange(positions_shown), sampled))
    mask = np.zeros(len(positions), np.float32)
    mask[positions_shown:] = math.log((AUDIO_POSITIONS - positions_shown) / PADDING_POSITIONS)
    audio_s = sum(len(window.logs) for window in windows) / 100
    return Batch(features, positions, mask, ids[:, :-1], targets, spans, phones, audio_s)
