"""From samples to words as they arrive: voice activity, cutting, recognition, word times."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practice.speech.hearing import HOP_S, HOP_SAMPLES
from practice.speech.retime import retimed
from practice.speech.segments import CutRule, Piece, Segmenter
from practice.speech.voice import VoiceActivity
from practice.speech.whisper import Transcriber

if TYPE_CHECKING:
    from practice.words import Word

BLOCK_HOPS = 16
"""Silero is always run on blocks of this many hops, so that the same samples give the same
numbers to the last bit however they arrived."""
BLOCK_SAMPLES = BLOCK_HOPS * HOP_SAMPLES
WINDOW_WITHOUT_MODEL_S = 30.0
FLOOR_DBFS = -96.0


class Listener:
    """Listens to one recording; memory grows only with the words and one number per hop.

    Args:
        transcriber: None to find speech without words.
        language: What is spoken, as Whisper names it.
        on_piece: Called before each piece is recognised.
    """

    def __init__(
        self, transcriber: Transcriber | None, language: str, on_piece: Callable[[], None]
    ) -> None:
        self._transcriber = transcriber
        self._language = language
        self._on_piece = on_piece
        self._voice = VoiceActivity()
        window_s = transcriber.window_s if transcriber else WINDOW_WITHOUT_MODEL_S
        self._segmenter = Segmenter(CutRule(window_s))
        self._waiting = np.empty(0, np.float32)
        self._kept: deque[NDArray[np.float32]] = deque()
        self._kept_from = 0
        self._probabilities: list[NDArray[np.float32]] = []
        self.pieces = 0
        self.words: list[Word] = []

    @property
    def speech_probability(self) -> NDArray[np.float32]:
        """Silero's probability for each hop heard so far."""
        return np.concatenate([np.empty(0, np.float32), *self._probabilities])

    @property
    def heard_s(self) -> float:
        """How far it has listened."""
        return len(self._probabilities) * BLOCK_HOPS * HOP_S

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Hear the next samples (mono, 16 kHz)."""
        waiting = np.concatenate([self._waiting, samples])
        whole = len(waiting) - len(waiting) % BLOCK_SAMPLES
        for start in range(0, whole, BLOCK_SAMPLES):
            self._hear(waiting[start : start + BLOCK_SAMPLES])
        self._waiting = waiting[whole:]

    def finish(self) -> None:
        """Hear what is left; the last hop is filled up with silence."""
        if len(self._waiting):
            self._hear(np.pad(self._waiting, (0, -len(self._waiting) % HOP_SAMPLES)))
        piece = self._segmenter.finish()
        if piece:
            self._recognise(piece)

    def _hear(self, block: NDArray[np.float32]) -> None:
        probability = self._voice.feed(block)
        self._probabilities.append(probability)
        self._kept.append(block)
        for speech, level in zip(probability.tolist(), _levels_dbfs(block), strict=True):
            piece = self._segmenter.feed(speech, level)
            if piece:
                self._recognise(piece)
        self._forget()

    def _forget(self) -> None:
        needed = self._segmenter.needed_from * HOP_SAMPLES
        while self._kept and self._kept_from + len(self._kept[0]) <= needed:
            self._kept_from += len(self._kept.popleft())

    def _recognise(self, piece: Piece) -> None:
        self.pieces += 1
        if self._transcriber is None:
            return
        self._on_piece()
        kept = np.concatenate(self._kept)
        start = piece.start * HOP_SAMPLES - self._kept_from
        end = piece.end * HOP_SAMPLES - self._kept_from
        words = self._transcriber.words(kept[start:end], self._language)
        self.words += retimed(words, piece, self.speech_probability[piece.start : piece.end])


def _levels_dbfs(block: NDArray[np.float32]) -> list[float]:
    power = np.square(block.reshape(-1, HOP_SAMPLES)).mean(axis=1)
    levels: list[float] = (10 * np.log10(np.maximum(power, 10 ** (FLOOR_DBFS / 10)))).tolist()
    return levels
