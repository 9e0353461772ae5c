"""Answers of any length, spoken by espeak-ng, and a microphone that plays them at a set pace."""

import threading
import time
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from practice.audio.source import Sink
from practice.base.words import Word
from tools.demo_model.corpus import DEMO_VOICES
from tools.demo_model.recital import Recital, drawn_answers, recite, written_answers
from tools.demo_model.speech import SAMPLE_RATE_HZ

BLOCK_S = 0.1


def spoken(minutes: float) -> Recital:
    """An answer of about that length, ending with its last word: answers joined, one voice."""
    texts = [*written_answers(), *drawn_answers(60)]
    parts, words, at_s = [], list[Word](), 0.0
    for number, text in enumerate(texts):
        recital = recite(text, DEMO_VOICES[0], number)
        parts.append(recital.samples)
        words += [Word(w.text, w.start_s + at_s, w.end_s + at_s) for w in recital.words]
        at_s += recital.duration_s
        if at_s >= 60 * minutes:
            break
    last = max(i for i, word in enumerate(words) if word.end_s <= 60 * minutes)
    samples = np.concatenate(parts)[: round(words[last].end_s * SAMPLE_RATE_HZ)]
    return Recital(samples, words[: last + 1])


def with_silence(samples: NDArray[np.float32], silence_s: float) -> NDArray[np.float32]:
    """`samples` and as much silence behind them."""
    return np.concatenate([samples, np.zeros(round(silence_s * SAMPLE_RATE_HZ), np.float32)])


class PacedMicrophone:
    """A sound file delivered faster than it was spoken, the end of it at the speed of speech.

    Args:
        path: A mono file.
        pace: Seconds of sound in a second.
        end_s: So much at its end comes at a pace of 1, as it would from a person.
    """

    def __init__(self, path: Path, pace: float, end_s: float) -> None:
        self.name = f"file {path.name}"
        self._file = soundfile.SoundFile(path)
        self.sample_rate_hz = int(self._file.samplerate)
        self._pace = pace
        self._end_s = end_s
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, sink: Sink) -> None:
        """Begin to deliver on a thread."""
        self._thread = threading.Thread(target=self._deliver, args=(sink,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Deliver no more."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _deliver(self, sink: Sink) -> None:
        size = round(BLOCK_S * self.sample_rate_hz)
        slow_from = self._file.frames - round(self._end_s * self.sample_rate_hz)
        due = time.monotonic()
        for start in range(0, self._file.frames, size):
            due += BLOCK_S / (1 if start >= slow_from else self._pace)
            if self._stopping.wait(max(0.0, due - time.monotonic())):
                return
            sink.deliver(self._file.read(size, dtype="int16").tobytes())
        sink.ended(None)
