"""What is done for an answer while it is recorded: it is transcribed, and its sound is measured."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from practice.audio import codec
from practice.audio.growing_file import GrowingFile, Resampler
from practice.audio.recorder import Recorder
from practice.base.errors import StorageError, TranscriptionError
from practice.core.workspace import Workspace
from practice.delivery.signal.features import FeatureExtractor, SoundFeatures
from practice.speech.transcription import Transcription
from practice.speech.worker import LiveTranscription, ProgressCallback

LOOK_AGAIN_S = 0.5


class FeatureExtraction:
    """The curves of a recording, computed on a thread of its own as its samples arrive.

    It is a help, not a promise: where it fails, the finished recording is measured.

    Args:
        samples: The growing spool.
        sample_rate_hz: Its rate.
    """

    def __init__(self, samples: Path, sample_rate_hz: int) -> None:
        self._sample_rate_hz = sample_rate_hz
        self._extractor: FeatureExtractor | None = None
        self._thread: threading.Thread | None = None
        self._complete = threading.Event()
        try:
            file = samples.open("rb")
        except OSError:
            return
        self._thread = threading.Thread(
            target=self._measure, args=(file,), name="measuring", daemon=True
        )
        self._thread.start()

    def finish(self) -> FeatureExtractor | None:
        """Everything measured, once the spool is complete; None where it could not be read."""
        self._complete.set()
        if self._thread is not None:
            self._thread.join()
        return self._extractor

    def _measure(self, file: BinaryIO) -> None:
        extractor, is_complete = FeatureExtractor(), False
        with file, suppress(OSError):
            spool = GrowingFile(file, self._sample_rate_hz)
            resampler = Resampler(self._sample_rate_hz)
            while not is_complete:
                is_complete = self._complete.wait(LOOK_AGAIN_S)
                while (block := spool.read()) is not None:
                    extractor.add(resampler.feed(block))
            extractor.add(resampler.finish())
            self._extractor = extractor


class LiveProcessing:
    """An answer that is transcribed and measured while it is recorded."""

    def __init__(self, words: LiveTranscription, features: FeatureExtraction) -> None:
        self._words = words
        self._features = features

    def finish_transcription(
        self, recording: Path, progress: ProgressCallback | None = None
    ) -> Transcription:
        """Its words, as `LiveTranscription.finish`; its sound is measured to the end then."""
        try:
            return self._words.finish(recording, progress)
        finally:
            self._features.finish()

    def features(self, speech_probability: NDArray[np.float32]) -> SoundFeatures | None:
        """Its curves; None where the finished recording is to be measured."""
        extractor = self._features.finish()
        return None if extractor is None else extractor.finish(speech_probability)

    def cancel(self) -> None:
        """Do no more for it."""
        self._words.cancel()
        self._features.finish()


def start_transcription(
    workspace: Workspace, recorder: Recorder, sample_rate_hz: int, cache: Path | None = None
) -> LiveTranscription | None:
    """Start to transcribe what is being recorded; None where the finished recording is to be.

    `cache` is as in `TranscriptionOptions`.
    """
    options = workspace.transcription_options(cache)
    try:
        return workspace.worker.follow(recorder.spool_samples, sample_rate_hz, options)
    except (StorageError, TranscriptionError):
        # Audio first: the finished recording is transcribed from its file instead.
        return None


def measure_sound(audio: Path, speech_probability: NDArray[np.float32]) -> SoundFeatures:
    """The curves of a finished recording; it is read block by block, so it may last hours.

    Raises:
        UnreadableAudioError: The recording cannot be decoded.
    """
    extractor = FeatureExtractor()
    for block in codec.decode_blocks(audio):
        extractor.add(block)
    return extractor.finish(speech_probability)
