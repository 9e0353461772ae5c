"""The speech worker: recordings in, words out; the work is done in a child process."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from practice.base.errors import CancelledError, TranscriptionError, UnreadableAudioError
from practice.base.text import one_line
from practice.base.words import Word
from practice.speech.messages import Cancel, Finish, Follow, Hear, Heard, Warm
from practice.speech.process import Job, LostError, SpeechProcess
from practice.speech.transcription import Headway, Hearing, Status

PATIENCE_S = 300.0
"""A child that says nothing for so long hangs. The slowest honest silence is one piece of 24 s
with the largest model on a weak processor, some 2 minutes, or loading that model from a slow disk.
"""
IDLE_S = 600.0
"""Longer than a long answer's review is read, shorter than a lunch: what a model takes of the
memory belongs to other programs then. Loading it again takes about a second for most models,
while the next question is read."""
CLOSED = "the speech worker was closed"
Progress = Callable[[Headway], None]


class SpeechWorker:
    """Hears recordings in a child process that is started when it is needed and kept warm.

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
        self._running().ask(Warm(_path(model)))

    def hear(
        self,
        recording: Path,
        model: Path | None,
        model_name: str | None,
        language: str,
        progress: Progress | None = None,
        settled: Path | None = None,
        *,
        fills: bool = False,
    ) -> Hearing:
        """Hear a finished recording; blocks until its end.

        Args:
            recording: Any file that libav reads.
            model: The folder of a model; None finds speech without words.
            model_name: What the hearing calls the model.
            language: What is spoken, as Whisper names it (`en`).
            progress: Called with how far it is.
            settled: A file that keeps what is recognised piece by piece: whoever hears the same
                recording with it again goes on where this call was broken off.
            fills: Cut it into fewer pieces than a recording that is followed, which costs less
                time; the words may differ a little.

        Raises:
            ModelError: The model cannot be loaded or does not understand the language.
            UnreadableAudioError: There is no sound in the file that can be decoded.
            TranscriptionError: The child was lost twice, or the worker was closed.
            StorageError: The child cannot be started.
        """
        started = time.monotonic()

        def ask() -> Job:
            return self._running().submit(
                lambda job: Hear(
                    job, str(recording.absolute()), _path(model), language, _path(settled), fills
                )
            )

        heard = self._persist(ask, ask, progress=progress)
        return _hearing(heard, _name(model, model_name), language, started)

    def follow(
        self,
        samples: Path,
        sample_rate_hz: int,
        model: Path | None,
        model_name: str | None,
        language: str,
        settled: Path | None = None,
    ) -> "Following":
        """Hear the spool `samples` (raw little-endian mono 16-bit) while it grows.

        `settled` is as for `hear`.

        Raises:
            StorageError: The child cannot be started.
            TranscriptionError: The worker was closed.
        """

        def spool(job: int) -> Follow:
            return Follow(
                job,
                str(samples.absolute()),
                sample_rate_hz,
                _path(model),
                language,
                _path(settled),
            )

        return Following(self, spool, _name(model, model_name))

    def cancel(self) -> None:
        """End what is being heard: whoever waits for it gets a TranscriptionError.

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _running(self) -> SpeechProcess:
        """The child, started if there is none."""
        with self._lock:
            if self._closed:
                raise TranscriptionError(CLOSED)
            if self._process is None or not self._process.alive:
                if self._process:
                    self._process.kill()
                self._process = SpeechProcess(self._log, self._idle_s)
            return self._process

    def _persist(self, *attempts: Callable[[], Job], progress: Progress | None = None) -> Heard:
        """The answer to the first attempt during which the child is not lost."""
        reason, cancellations = "", self._cancellations
        for attempt in attempts:
            try:
                return attempt().wait(self._patience_s, progress)
            except LostError as error:
                reason = str(error)
            if self._cancellations > cancellations:
                raise CancelledError
        if self._closed:
            raise TranscriptionError(CLOSED)
        log = one_line(str(self._log))
        raise TranscriptionError(
            f"the speech process {reason}, and so did its replacement; see {log}",
            "the recording is kept: try again with practice takes retry, or with a smaller model",
        )


class Following:
    """A recording that is heard while it is made; `SpeechWorker.follow` starts it."""

    def __init__(
        self, worker: SpeechWorker, spool: Callable[[int], Follow], model_name: str | None
    ) -> None:
        self._worker = worker
        self._spool = spool
        self._model_name = model_name
        self._job = worker._running().submit(spool)

    def finish(self, recording: Path | None = None, progress: Progress | None = None) -> Hearing:
        """What was heard, once the spool is complete; blocks while its end is heard.

        Args:
            recording: The finished recording, heard from its start where the child was lost or
                found no spool; without it the spool is read again.
            progress: Called with how far it is.

        Raises:
            PracticeError: As `SpeechWorker.hear`.
        """
        started = time.monotonic()
        again = self._finished_anew if recording is None else self._heard_in(recording)
        try:
            heard = self._worker._persist(self._finished, again, progress=progress)
        except UnreadableAudioError:
            if recording is None:
                raise
            heard = self._worker._persist(again, progress=progress)
        return _hearing(heard, self._model_name, self._spool(0).language, started)

    def cancel(self) -> None:
        """Listen no further; there will be no hearing."""
        self._job.ask(Cancel(self._job.number))
        self._job.forget()

    def _finished(self) -> Job:
        self._job.ask(Finish(self._job.number))
        return self._job

    def _finished_anew(self) -> Job:
        self._job = self._worker._running().submit(self._spool)
        return self._finished()

    def _heard_in(self, recording: Path) -> Callable[[], Job]:
        def hear(job: int) -> Hear:
            spool = self._spool(job)
            path = str(recording.absolute())
            return Hear(job, path, spool.model, spool.language, spool.settled)

        return lambda: self._worker._running().submit(hear)


def _hearing(heard: Heard, model_name: str | None, language: str, started: float) -> Hearing:
    status, reason = _status(heard, model_name)
    return Hearing(
        status=status,
        model=model_name,
        language=language if model_name else None,
        words=tuple(Word(*word) for word in heard.words),
        speech_probability=np.frombuffer(heard.speech_probability, "<f4"),
        elapsed_s=time.monotonic() - started,
        reason=reason,
    )


def _status(heard: Heard, model_name: str | None) -> tuple[Status, str | None]:
    if not heard.pieces:
        return "no_speech", "no speech was found in the recording"
    if model_name is None:
        return "no_model", "no speech model heard this take"
    if not heard.words:
        return "no_speech", "there was sound like speech, but no words were recognised in it"
    return "ok", None


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())


def _name(model: Path | None, name: str | None) -> str | None:
    return None if model is None else name or model.name
