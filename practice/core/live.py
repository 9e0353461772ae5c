"""What is done for a recording while it is made: it is transcribed, and its sound is measured."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from practice.audio import codec
from practice.audio.growing_file import GrowingFile, Resampler
from practice.audio.recorder import Recorder
from practice.base.errors import StorageError, TranscriptionError
from practice.base.system.files import open_removable
from practice.core.workspace import Workspace
from practice.delivery.signal.features import FeatureExtractor, SoundFeatures
from practice.speech.transcription import Transcription
from practice.speech.worker import LiveTranscription, ProgressCallback

LOOK_AGAIN_S = 0.5
"""How often the spool is looked at for new samples; nobody waits for them meanwhile."""


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
            file = open_removable(samples)
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
                # Asked before reading: what arrives between the two is read in one more round.
                is_complete = self._complete.wait(LOOK_AGAIN_S)
                while (block := spool.read()) is not None:
                    extractor.add(resampler.feed(block))
            extractor.add(resampler.finish())
            self._extractor = extractor


class LiveProcessing:
    """A recording that is transcribed and measured while it is made."""

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

    def finish_features(self, speech_probability: NDArray[np.float32]) -> SoundFeatures | None:
        """Its curves; None where the finished recording is to be measured."""
        extractor = self._features.finish()
        return None if extractor is None else extractor.finish(speech_probability)

    def cancel(self) -> None:
        """Do no more for it; neither thread nor speech process is left at work."""
        self._words.cancel()
        self._features.finish()


def start_live_processing(
    workspace: Workspace,
    recorder: Recorder,
    sample_rate_hz: int,
    cache: Path | None = None,
    terms: Sequence[str] = (),
) -> LiveProcessing | None:
    """Start to process what is being recorded; None where the finished recording is to be.

    Args:
        workspace: Its model, language and speech process are used.
        recorder: It has been started.
        sample_rate_hz: What it records at.
        cache: As in `TranscriptionOptions`.
        terms: As in `Workspace.transcription_options`.
    """
    options = workspace.transcription_options(cache, terms=terms)
    try:
        words = workspace.worker.follow(recorder.spool_samples, sample_rate_hz, options)
    except (StorageError, TranscriptionError):
        # Audio first: the finished recording is transcribed from its file instead.
        return None
    return LiveProcessing(words, FeatureExtraction(recorder.spool_samples, sample_rate_hz))


def transcribe_recording(
    workspace: Workspace,
    audio: Path,
    live: LiveProcessing | None = None,
    cache: Path | None = None,
    progress: ProgressCallback | None = None,
    *,
    fill_window: bool = False,
    terms: Sequence[str] = (),
) -> Transcription:
    """The transcription of a finished recording; blocks until it is there.

    Args:
        workspace: Its model, language and speech process are used.
        audio: The recording.
        live: What was done while it was recorded; None where nothing was.
        cache: As in `TranscriptionOptions`.
        progress: Called with how far it is.
        fill_window: As in `TranscriptionOptions`.
        terms: As in `Workspace.transcription_options`.

    Raises:
        ModelError, TranscriptionError, UnreadableAudioError: It cannot be transcribed.
        StorageError: The speech process cannot be started.
    """
    if live is not None:
        return live.finish_transcription(audio, progress)
    options = workspace.transcription_options(cache, fill_window=fill_window, terms=terms)
    return workspace.worker.transcribe(audio, options, progress)


def measure_recording(
    audio: Path, speech_probability: NDArray[np.float32], live: LiveProcessing | None = None
) -> SoundFeatures:
    """The curves of a finished recording, those from `live` where they are complete.

    Raises:
        UnreadableAudioError: The recording cannot be decoded.
    """
    features = live.finish_features(speech_probability) if live is not None else None
    return features or measure_sound(audio, speech_probability)


def measure_sound(audio: Path, speech_probability: NDArray[np.float32]) -> SoundFeatures:
    """The curves of a finished recording; it is read block by block, so it may last hours.

    Raises:
        UnreadableAudioError: The recording cannot be decoded.
    """
    extractor = FeatureExtractor()
    for block in codec.decode_blocks(audio):
        extractor.add(block)
    return extractor.finish(speech_probability)
