"""From samples to words as they arrive: voice activity, cutting, recognition, word times."""

from collections import deque
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Word
from practice.speech.child.alignment import retimed
from practice.speech.child.segment_cache import Settled, Span
from practice.speech.child.segments import Piece, Segmenter
from practice.speech.child.stitching import joined
from practice.speech.child.voice_activity import VoiceActivity
from practice.speech.transcription import HOP_S, HOP_SAMPLES

BLOCK_HOPS = 4
"""Silero is always run on blocks of this many hops, so that the same samples give the same
numbers to the last bit however they arrived."""
BLOCK_SAMPLES = BLOCK_HOPS * HOP_SAMPLES
WINDOW_WITHOUT_MODEL_S = 30.0
FLOOR_DBFS = -96.0

Recognise = Callable[[NDArray[np.float32]], list[Word]]
"""Mono samples at 16 kHz to words, with times from the first sample."""


class Listener:
    """Listens to one recording; memory grows only with the words and one number per hop.

    Args:
        recognise: None to find speech without words.
        settled: What was recognised in this recording before, and where to add to it.
        segmenter: Cuts it; one that has heard nothing yet.
    """

    def __init__(self, recognise: Recognise | None, settled: Settled, segmenter: Segmenter) -> None:
        self._recognise = recognise
        self._settled = settled
        self._voice = VoiceActivity()
        self._segmenter = segmenter
        self._waiting = np.empty(0, np.float32)
        self._kept: deque[NDArray[np.float32]] = deque()
        self._kept_from = 0
        self._probabilities: list[NDArray[np.float32]] = []
        self._open: Sequence[Word] = ()
        """The words of a piece that goes on; the next one tells which of them stay."""
        self._cut_s: float | None = None
        """Where that piece was cut; None where none goes on."""
        self.pieces = 0
        self.words: list[Word] = []
        """Settled: none of them changes any more."""

    @property
    def speech_probability(self) -> NDArray[np.float32]:
        """Silero's probability for each hop heard so far."""
        return np.concatenate([np.empty(0, np.float32), *self._probabilities])

    @property
    def heard_s(self) -> float:
        """How far it has listened."""
        return len(self._probabilities) * BLOCK_HOPS * HOP_S

    @property
    def settled_s(self) -> float:
        """Up to where the words are settled."""
        return self._segmenter.settled_hops * HOP_S

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
            self._settle(piece)

    def close(self) -> None:
        """Let go of the file that keeps the words."""
        self._settled.close()

    def look_ahead(self) -> bool:
        """Recognise the open piece as if nothing followed; whether there was such work to do.

        When nothing does follow, its words are there already.
        """
        piece = self._segmenter.resting
        if piece is None or self._recognise is None or self._span(piece) in self._settled:
            return False
        self._recognised(self._span(piece))
        return True

    def _hear(self, block: NDArray[np.float32]) -> None:
        probability = self._voice.feed(block)
        self._probabilities.append(probability)
        self._kept.append(block)
        for speech, level in zip(probability.tolist(), _levels_dbfs(block), strict=True):
            piece = self._segmenter.feed(speech, level)
            if piece:
                self._settle(piece)
        self._forget()

    def _forget(self) -> None:
        needed = self._segmenter.needed_from * HOP_SAMPLES
        while self._kept and self._kept_from + len(self._kept[0]) <= needed:
            self._kept_from += len(self._kept.popleft())

    def _settle(self, piece: Piece) -> None:
        self.pieces += 1
        if self._recognise is None:
            return
        span = self._span(piece)
        words: Sequence[Word] = retimed(
            self._recognised(span), Piece(*span), self.speech_probability[slice(*span)]
        )
        if self._cut_s is not None:
            before, words = joined(self._open, words, self._cut_s)
            self.words += before
        self._open, self._cut_s = (words, piece.end * HOP_S) if piece.goes_on else ((), None)
        if not piece.goes_on:
            self.words += words

    def _span(self, piece: Piece) -> Span:
        """What is heard of `piece`: more than itself where it was cut in the middle of speech."""
        beyond = self._segmenter.rule.overlap_hops
        before = beyond if self._cut_s is not None else 0
        after = beyond if piece.goes_on else 0
        return max(0, piece.start - before), piece.end + after

    def _recognised(self, span: Span) -> list[Word]:
        assert self._recognise is not None
        start, end = (hop * HOP_SAMPLES - self._kept_from for hop in span)
        recognise = self._recognise
        return self._settled.words(span, lambda: recognise(np.concatenate(self._kept)[start:end]))


def _levels_dbfs(block: NDArray[np.float32]) -> list[float]:
    power = np.square(block.reshape(-1, HOP_SAMPLES)).mean(axis=1)
    levels: list[float] = (10 * np.log10(np.maximum(power, 10 ** (FLOOR_DBFS / 10)))).tolist()
    return levels
