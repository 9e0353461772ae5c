"""Puts one training window together: phrases one after the other, and the tokens they ask for."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tools.demo_model.features import FLOOR, MEL_BANDS
from tools.demo_model.material import MARGIN_FRAMES, Material, Phrase

WINDOW_FRAMES = 800
SEGMENT_GAP_FRAMES = 40
PACED_SHARE = 0.3
WARPED_SHARE = 0.08
NOISY_SHARE = 0.2
TRAILING_SHARE = 0.1
TIMED_SHARE = 0.55


@dataclass(slots=True)
class Window:
    """One window while it is put together."""

    logs: NDArray[np.float32]
    phones: NDArray[np.int64]
    tokens: list[int]
    spans: list[tuple[int, int]]


@dataclass(slots=True)
class _PlacedWord:
    tokens: list[int]
    letters: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Spoken:
    """An utterance as it goes into a window; `pace` stretches its time."""

    logs: NDArray[np.float32]
    phones: NDArray[np.int64]
    pace: float

    def at(self, frame: int) -> int:
        """Where a frame of the corpus now lies."""
        return min(round(frame * self.pace), len(self.logs))


def _between(rows: NDArray[np.float32], places: NDArray[np.float64]) -> NDArray[np.float32]:
    """Interpolate linearly between rows."""
    below = np.minimum(places.astype(int), len(rows) - 1)
    above = np.minimum(below + 1, len(rows) - 1)
    part = (places - below).astype(np.float32)[:, None]
    mixed: NDArray[np.float32] = rows[below] * (1 - part) + rows[above] * part
    return mixed


class Layout:
    """Places phrases one after the other until a window is full."""

    def __init__(
        self, material: Material, random: np.random.Generator, longest: int, offset: int
    ) -> None:
        self._material, self._random, self._longest = material, random, longest
        self._logs = np.full((longest, MEL_BANDS), FLOOR, np.float32)
        self._phones = np.full(longest, material.silence)
        self._words: list[_PlacedWord] = []
        self._cut = False
        self._cut_start = longest
        self._at = int(random.integers(0, offset + 1))
        self._timed = random.random() < TIMED_SHARE
        self.full = False

    def add(self, phrases: list[Phrase]) -> None:
        """Place phrases in their order, with their own pauses or drawn ones."""
        spoken = self._varied(phrases)
        for phrase in phrases:
            room = self._longest - self._at
            start, end = spoken.at(phrase.start), spoken.at(phrase.end)
            if end - start > room and not self._may_cut():
                self.full = True
                return
            taken = min(end - start, room)
            self._logs[self._at : self._at + taken] = spoken.logs[start : start + taken]
            self._phones[self._at : self._at + taken] = spoken.phones[start : start + taken]
            self._place_words(phrase, spoken)
            self._at += taken + self._gap(phrase)
            if self._at >= self._longest - 30:
                self.full = True
                return
        self.full = self._random.random() < 0.1

    def _varied(self, phrases: list[Phrase]) -> _Spoken:
        """Return the utterance of `phrases` at its own level, some faster and some warped."""
        index = phrases[0].utterance
        logs, phones = self._material.sound(index), self._material.phone_labels(index)
        pace = 1.0
        if self._random.random() < PACED_SHARE:
            pace = float(self._random.uniform(0.66, 1.04))
            frames = np.arange(int(len(logs) * pace)) / pace
            logs, phones = _between(logs, frames), phones[frames.astype(int)]
        if self._random.random() < WARPED_SHARE:
            bands = np.arange(MEL_BANDS) * float(self._random.uniform(0.93, 1.08))
            logs = _between(logs.T, np.minimum(bands, MEL_BANDS - 1)).T
        return _Spoken(logs + np.float32(self._random.normal(0, 0.15)), phones, pace)

    def _may_cut(self) -> bool:
        """Cut a phrase only where faster-whisper does: at the end of a window with times."""
        first = not self._words
        return first or (
            self._timed and self._longest == WINDOW_FRAMES and self._random.random() < 0.4
        )

    def _place_words(self, phrase: Phrase, spoken: _Spoken) -> None:
        shift = self._at - spoken.at(phrase.start)
        words = self._material.utterance(phrase.utterance).words
        for text, first, last in words[phrase.first : phrase.last]:
            start, end = spoken.at(first), spoken.at(last)
            if end + shift > self._longest - 3:
                self._cut = True
                self._cut_start = min(start + shift, self._longest)
                return
            tokens = self._material.word_tokens(text)
            self._words.append(_PlacedWord(tokens, len(text), start + shift, end + shift))

    def _gap(self, phrase: Phrase) -> int:
        """Draw the silence behind a phrase: mostly short, as silence teaches no words."""
        draw = self._random.random()
        if draw < 0.4:
            return max(phrase.pause_after - 2 * MARGIN_FRAMES, 0)
        if draw < 0.8:
            return int(self._random.integers(0, 15))
        if draw < 0.95:
            return int(self._random.integers(15, 80))
        return int(self._random.integers(80, 400))

    def window(self) -> Window:
        """Return the finished window: sound with its gain and noise, tokens with their places."""
        used = self._longest
        end = self._words[-1].end if self._words else used
        if not self._cut and self._random.random() > TRAILING_SHARE:
            used = min(max(end + int(self._random.integers(3, 40)), 60), self._longest)
        logs = _recorded(self._logs[:used], self._random)
        tokens, spans = self._timed_tokens() if self._timed else self._plain_tokens()
        word = self._material.vocabulary
        tokens = [word.special("startoftranscript"), *tokens, word.special("endoftext")]
        return Window(logs, self._phones[:used], tokens, [(-1, -1), *spans, (-1, -1)])

    def _plain_tokens(self) -> tuple[list[int], list[tuple[int, int]]]:
        tokens, spans = [self._material.vocabulary.special("notimestamps")], [(-1, -1)]
        for placed in self._words:
            tokens += placed.tokens
            spans += _divided(placed)
        return tokens, spans

    def _timed_tokens(self) -> tuple[list[int], list[tuple[int, int]]]:
        """Put timestamps around each run of words, and where a cut word begins."""
        tokens: list[int] = []
        spans: list[tuple[int, int]] = []

        def stamp(frame: int) -> None:
            tokens.append(self._material.vocabulary.timestamp(round(frame / 10) / 10))
            spans.append((frame - 4, min(frame + 4, self._longest)))

        for index, placed in enumerate(self._words):
            before = self._words[index - 1].end if index else -SEGMENT_GAP_FRAMES
            if placed.start - before >= SEGMENT_GAP_FRAMES:
                if index:
                    stamp(before)
                stamp(placed.start)
            tokens += placed.tokens
            spans += _divided(placed)
        if self._words:
            stamp(self._words[-1].end)
        if self._cut:
            stamp(max(self._cut_start, self._words[-1].end if self._words else 0))
        return tokens, spans


def _divided(placed: _PlacedWord) -> list[tuple[int, int]]:
    """Share the frames of a word between its tokens."""
    edges = np.linspace(placed.start, placed.end, len(placed.tokens) + 1).round().astype(int)
    return [(int(start), int(end)) for start, end in pairwise(edges)]


def _recorded(logs: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Change level and colour, and add noise to most windows."""
    colour = np.linspace(-1, 1, MEL_BANDS, dtype=np.float32) * np.float32(random.normal(0, 0.1))
    logs = np.maximum(logs + np.float32(random.uniform(-1.3, 0.4)) + colour, FLOOR)
    if random.random() < NOISY_SHARE:
        add_noise(logs, random, float(logs.max()) - float(random.uniform(3.0, 7.0)))
    return logs


def add_noise(logs: NDArray[np.float32], random: np.random.Generator, level: float) -> None:
    """Add noise of `level` decades of power, sloping to either side, in place."""
    slope = np.linspace(-1, 1, MEL_BANDS, dtype=np.float32) * np.float32(random.normal(-0.4, 0.5))
    grain = random.gamma(4.0, 0.25, logs.shape).astype(np.float32)
    power = np.power(10.0, np.maximum(logs, -12.0)) + grain * np.power(10.0, level + slope)
    logs[:] = np.maximum(np.log10(power), FLOOR)


def quiet(material: Material, random: np.random.Generator, longest: int) -> Window:
    """Return a window without speech: Whisper's token for it, or an empty transcript."""
    word = material.vocabulary
    logs = np.full((longest, MEL_BANDS), FLOOR, np.float32)
    if random.random() < 0.7:
        add_noise(logs, random, float(random.uniform(-7.0, -2.5)))
    answer = [
        [word.special("nospeech")],
        [word.timestamp(0)],
        [word.special("notimestamps")],
    ][random.integers(3)]
    tokens = [word.special("startoftranscript"), *answer, word.special("endoftext")]
    silent = np.full(longest, material.silence)
    return Window(logs, silent, tokens, [(-1, -1)] * len(tokens))
