"""The speech worker: recordings in, words out; the work is done in a child process."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from practice.base.closeable import Closeable
from practice.base.errors import CancelledError, TranscriptionError, UnreadableAudioError
from practice.base.text import one_line
from practice.speech.messages import (
    Cancel,
    Finish,
    Follow,
    Transcribe,
    TranscriptionResult,
    Warm,
)
from practice.speech.process import Job, LostError, SpeechProcess
from practice.speech.transcription import Progress, Status, Transcription, TranscriptionOptions

PATIENCE_S = 300.0
"""A child that says nothing for so long hangs. The slowest honest silence is one segment of 24 s
with the largest model on a weak processor, some 2 minutes, or loading that model from a slow disk.
"""
IDLE_S = 600.0
"""Longer than a long answer's review is read, shorter than a lunch: what a model takes of the
memory belongs to other programs then. Loading it again takes about a second for most models,
while the next question is read."""
CLOSED = "the speech worker was closed"
ProgressCallback = Callable[[Progress], None]


class SpeechWorker(Closeable):
    """Transcribes in a child process that is started when it is needed and kept warm.

    All methods may be called from any thread. What native libraries print goes to `log`.

    Args:
        log: The child's log; created with mode 0600 when the child is started.
        patience_s: A child that gives no sign of life for so long is killed and restarted.
        idle_s: A child that had nothing to do for so long ends; the next request starts another.
    """

    def __init__(self, log: Path, patience_s: float = PATIENCE_S, idle_s: float = IDLE_S) -> None:
        self._log = log
        self._idle_s = idle_s
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._process: SpeechProcess | None = None
        self._closed = False
        self._cancellations = 0

    @property
    def pid(self) -> int | None:
        """The process id of the child, None while there is none."""
        process = self._process
        return process.pid if process and process.alive else None

    def warm(self, model: Path | None) -> None:
        """Start the child and have it load the model in folder `model`, without waiting.

        A model that cannot be loaded is reported by what asks for words.

        Raises:
            StorageError: The child cannot be started.
            TranscriptionError: The worker was closed.
        """
        self._running_process().ask(Warm(model))

    def transcribe(
        self,
        recording: Path,
        options: TranscriptionOptions,
        progress: ProgressCallback | None = None,
    ) -> Transcription:
        """Transcribe a finished recording; blocks until its end.

        Args:
            recording: Any sound file that `audio.sound_track` opens.
            options: With which model, and how.
            progress: Called with how far it is.

        Raises:
            ModelError: The model cannot be loaded or does not understand the language.
            UnreadableAudioError: There is no sound in the file that can be decoded.
            TranscriptionError: The child was lost twice, or the worker was closed.
            StorageError: The child cannot be started.
        """
        started = time.monotonic()

        def submit() -> Job:
            return self._running_process().submit(lambda job: Transcribe(job, recording, options))

        result = self._wait_for_result(submit, submit, progress=progress)
        return _to_transcription(result, options, started)

    def follow(
        self, samples: Path, sample_rate_hz: int, options: TranscriptionOptions
    ) -> "LiveTranscription":
        """Transcribe the spool `samples` (raw little-endian mono 16-bit) while it grows.

        Raises:
            StorageError: The child cannot be started.
            TranscriptionError: The worker was closed.
        """
        return LiveTranscription(self, samples, sample_rate_hz, options)

    def cancel(self) -> None:
        """End what is being transcribed: whoever waits for it gets a TranscriptionError.

        A recording that is followed meanwhile goes on in another child, once it is waited for.
        """
        with self._lock:
            self._cancellations += 1
            if self._process:
                self._process.kill()

    def close(self) -> None:
        """End the child at once, whatever it does; whoever waits for it gets an error."""
        with self._lock:
            self._closed = True
            if self._process:
                self._process.kill()

    def _running_process(self) -> SpeechProcess:
        """The child, started if there is none."""
        with self._lock:
            if self._closed:
                raise TranscriptionError(CLOSED)
            if self._process is None or not self._process.alive:
                if self._process:
                    self._process.kill()
                self._process = SpeechProcess(self._log, self._idle_s)
            return self._process

    def _wait_for_result(
        self, *attempts: Callable[[], Job], progress: ProgressCallback | None = None
    ) -> TranscriptionResult:
        """The answer to the first attempt during which the child is not lost."""
        reason, cancellations = "", self._cancellations
        for attempt in attempts:
            try:
                return attempt().wait(self._patience_s, progress)
            except LostError as error:
                reason = str(error)
            # To cancel is to kill the child, so it looks like a loss; it must not be tried again.
            if self._cancellations > cancellations:
                raise CancelledError
        if self._closed:
            raise TranscriptionError(CLOSED)
        log = one_line(str(self._log))
        raise TranscriptionError(
            f"the speech process {reason}, and so did its replacement; see {log}",
            "the recording is kept: try again with practice takes retry, or with a smaller model",
        )


class LiveTranscription:
    """A recording that is transcribed while it is made; `SpeechWorker.follow` starts it."""

    def __init__(
        self,
        worker: SpeechWorker,
        samples: Path,
        sample_rate_hz: int,
        options: TranscriptionOptions,
    ) -> None:
        self._worker = worker
        self._samples = samples
        self._sample_rate_hz = sample_rate_hz
        self._options = options
        self._job = self._follow()

    def finish(
        self, recording: Path | None = None, progress: ProgressCallback | None = None
    ) -> Transcription:
        """The transcription, once the spool is complete; blocks while its end is transcribed.

        Args:
            recording: The finished recording, transcribed from its start where the child was lost
                or found no spool; without it the spool is read again.
            progress: Called with how far it is.

        Raises:
            PracticeError: As `SpeechWorker.transcribe`.
        """
        started = time.monotonic()

        def finish_following() -> Job:
            self._job.ask(Finish(self._job.number))
            return self._job

        # Starting again costs little: with a cache the words that were final are known.
        def start_again() -> Job:
            if recording is None:
                self._job = self._follow()
                return finish_following()
            return self._worker._running_process().submit(
                lambda job: Transcribe(job, recording, self._options)
            )

        try:
            result = self._worker._wait_for_result(finish_following, start_again, progress=progress)
        except UnreadableAudioError:  # the spool was gone before the child came to open it
            if recording is None:
                raise
            result = self._worker._wait_for_result(start_again, progress=progress)
        return _to_transcription(result, self._options, started)

    def cancel(self) -> None:
        """Stop following; there will be no transcription."""
        self._job.ask(Cancel(self._job.number))
        self._job.forget()

    def _follow(self) -> Job:
        return self._worker._running_process().submit(
            lambda job: Follow(job, self._samples, self._sample_rate_hz, self._options)
        )


def _to_transcription(
    result: TranscriptionResult, options: TranscriptionOptions, started: float
) -> Transcription:
    status: Status = "ok"
    reason = None
    if not result.segments:
        status, reason = "no_speech", "no speech was found in the recording"
    elif options.model is None:
        status, reason = "no_model", "no speech model heard this take"
    elif not result.words:
        status = "no_speech"
        reason = "there was sound like speech, but no words were recognised in it"
    return Transcription(
        status=status,
        model=None if options.model is None else options.model_name or options.model.name,
        language=None if options.model is None else options.language,
        words=result.words,
        speech_probability=np.frombuffer(result.speech_probability, "<f4"),
        elapsed_s=time.monotonic() - started,
        reason=reason,
        verbatim=options.model is not None and options.prompt is not None,
        detected_language=result.detected_language,
    )
