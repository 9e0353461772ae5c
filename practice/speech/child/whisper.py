"""One piece of speech into words, by faster-whisper."""

import os
from collections.abc import Iterable
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.transcribe import Segment
from numpy.typing import NDArray

from practice.base.errors import ModelError
from practice.base.text import one_line
from practice.base.words import Word
from practice.speech.transcription import SAMPLE_RATE_HZ

MOST_THREADS = 8
"""More threads than this do not make Whisper faster on the processors people have."""
TEMPERATURES = (0.0, 0.2, 0.4)
"""A longer ladder costs seconds on noise and finds no words. A piece that reads badly at 0 is
drawn at random at the others: CTranslate2 is seeded when a model is loaded and cannot be seeded
again, so such a piece, and only such a one, may read differently when it is heard once more."""
BEAM_SIZE = 5
NO_SPEECH_PROBABILITY = 0.6
AVERAGE_LOG_PROBABILITY = -1.0
COMPRESSION_RATIO = 2.4
"""Above it a text repeats itself; this and the two above are Whisper's own thresholds."""
CRUMB_S = 0.6
"""Where Whisper ends a piece a little early, faster-whisper has it hear the rest by itself. From a
rest this short came only invented words (7 of 7 in 20 synthetic answers), so it is passed over."""
SECONDS_PER_FRAME = 0.01


def threads() -> int:
    """The processor's cores but one, which is left for the microphone."""
    return max(1, min(MOST_THREADS, (os.cpu_count() or 2) - 1))


class WindowedModel(WhisperModel):  # type: ignore[misc]  # it has no types
    """A model that encodes no more than it hears at once.

    faster-whisper fills every piece up to 30 s with silence, also for a model of a shorter window.
    """

    def encode(self, features: NDArray[np.float32]) -> ctranslate2.StorageView:
        """Encode one window of `features` (bands x frames)."""
        return super().encode(features[..., : self.feature_extractor.nb_max_frames])


class Transcriber:
    """A loaded Whisper model."""

    def __init__(self, folder: Path) -> None:
        ctranslate2.set_random_seed(0)
        try:
            self._model = WindowedModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads(),
                local_files_only=True,
            )
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(
                f"the speech model in {one_line(str(folder))} cannot be loaded: "
                f"{one_line(str(error))}",
                "remove it and get it again: practice models remove NAME, practice models get NAME",
            ) from error
        self._folder = folder

    @property
    def window_s(self) -> float:
        """How much the model hears at once."""
        return float(self._model.feature_extractor.chunk_length)

    def check_language(self, language: str) -> None:
        """Make sure that the model understands `language`.

        Raises:
            ModelError: It does not.
        """
        known = self._model.supported_languages
        if language in known:
            return
        only = "only English" if known == ["en"] else f"{len(known)} languages, not this one"
        raise ModelError(
            f"the speech model understands {only}; the language asked for is "
            f"{one_line(language)!r}",
            "choose a model without .en in its name: practice models list",
        )

    def words(self, samples: NDArray[np.float32], language: str) -> list[Word]:
        """The words of a piece no longer than `window_s`; times count from its start."""
        segments, _ = self._model.transcribe(
            samples,
            language=language,
            beam_size=BEAM_SIZE,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            vad_filter=False,
            word_timestamps=True,
        )
        return list(_words(segments, len(samples) / SAMPLE_RATE_HZ))


def _words(segments: Iterable[Segment], length_s: float) -> Iterable[Word]:
    for segment in segments:
        if segment.seek * SECONDS_PER_FRAME > max(0.0, length_s - CRUMB_S):
            return
        if not _is_speech(segment):
            continue
        for word in segment.words or ():
            text = one_line(word.word)
            if any(character.isalnum() for character in text):
                yield Word(text, float(word.start), float(word.end), float(word.probability))


def _is_speech(segment: Segment) -> bool:
    silent = (
        segment.no_speech_prob > NO_SPEECH_PROBABILITY
        and segment.avg_logprob < AVERAGE_LOG_PROBABILITY
    )
    return not silent and segment.compression_ratio <= COMPRESSION_RATIO
