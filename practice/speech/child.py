"""The speech process: hears recordings on request until the program that started it is gone.

It answers on what was its standard output; whatever native libraries print goes to its standard
error, which is the log.
"""

import contextlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from practice.errors import ModelError, PracticeError, UnreadableAudioError
from practice.speech.decoding import SpoolTail, decoded
from practice.speech.listening import Listener
from practice.speech.messages import (
    Cancel,
    Finish,
    Follow,
    Hear,
    Heard,
    Progress,
    Refused,
    Reply,
    Request,
    Warm,
    receive_request,
    send,
)
from practice.speech.voice import VoiceActivity
from practice.speech.whisper import Transcriber
from practice.text import one_line

LOOK_AGAIN_S = 0.2
"""How often a growing spool is read; its writer adds a block about every 0.1 s."""
NICENESS = 5
"""The microphone comes first where the processor is busy."""


class Models:
    """The one model that is kept loaded."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self._transcriber: Transcriber | None = None

    def get(self, folder: str | None) -> Transcriber | None:
        """The model in `folder`, loaded now unless it is the one already loaded.

        Raises:
            ModelError: It cannot be loaded.
        """
        if folder is None:
            return None
        if folder != self._folder:
            self._folder = self._transcriber = None
            self._transcriber = Transcriber(Path(folder))
            self._folder = folder
        return self._transcriber


class Following:
    """One spool that is heard as it grows."""

    def __init__(self, request: Follow, file: BinaryIO, listener: Listener) -> None:
        self.job = request.job
        self._file = file
        self._tail = SpoolTail(file, request.sample_rate_hz)
        self._listener = listener

    def step(self) -> bool:
        """Hear one block; whether there was one."""
        block = self._tail.read()
        if block is not None:
            self._listener.feed(block)
        return block is not None

    def finish(self) -> Heard:
        """Hear the rest of the spool, which is complete."""
        while self.step():
            pass
        self._listener.feed(self._tail.flush())
        self._listener.finish()
        self.close()
        return _heard(self.job, self._listener)

    def close(self) -> None:
        """Let go of the spool."""
        self._file.close()


class Service:
    """Does what is asked, one thing at a time; spools are followed in between."""

    def __init__(self, replies: BinaryIO) -> None:
        self._replies = replies
        self._models = Models()
        self._followed: dict[int, Following] = {}

    def serve(self, requests: queue.SimpleQueue[Request]) -> None:
        """Work for ever."""
        busy = False
        while True:
            wait_s = 0.0 if busy else LOOK_AGAIN_S if self._followed else None
            with contextlib.suppress(queue.Empty):
                self._handle(requests.get(timeout=wait_s))
            steps = [following.step() for following in self._followed.values()]
            busy = any(steps)

    def _handle(self, request: Request) -> None:
        match request:
            case Warm(model):
                self._warm(model)
            case Hear(job):
                self._answer(job, lambda: self._hear(request))
            case Follow(job):
                self._answer(job, lambda: self._follow(request))
            case Finish(job) if job in self._followed:
                self._answer(job, self._followed.pop(job).finish)
            case Cancel(job) if job in self._followed:
                self._followed.pop(job).close()

    def _answer(self, job: int, work: Callable[[], Reply | None]) -> None:
        try:
            reply = work()
        except PracticeError as error:
            reply = Refused(job, error.code, error.message, error.hint)
        if reply:
            send(self._replies, reply)

    def _warm(self, model: str | None) -> None:
        VoiceActivity()
        try:
            self._models.get(model)
        except ModelError as error:
            logging.getLogger(__name__).warning("%s", error.message)

    def _hear(self, request: Hear) -> Heard:
        listener = self._listener(request)
        whole_seconds = -1
        for samples, part in decoded(Path(request.recording)):
            listener.feed(samples)
            if int(listener.heard_s) != whole_seconds:
                whole_seconds = int(listener.heard_s)
                send(self._replies, Progress(request.job, part))
        listener.finish()
        return _heard(request.job, listener)

    def _follow(self, request: Follow) -> None:
        try:
            file = open(request.samples, "rb")  # noqa: PTH123, SIM115
        except OSError as error:
            raise UnreadableAudioError(
                f"cannot read {one_line(request.samples)}: {one_line(str(error.strerror))}"
            ) from error
        try:
            listener = self._listener(request)
        except ModelError:
            file.close()
            raise
        self._followed[request.job] = Following(request, file, listener)

    def _listener(self, request: Hear | Follow) -> Listener:
        """Someone to listen with the model that is asked for.

        Raises:
            ModelError: It cannot be loaded or does not understand the language.
        """

        def sign_of_life() -> None:
            send(self._replies, Progress(request.job, None))

        sign_of_life()
        transcriber = self._models.get(request.model)
        if transcriber:
            transcriber.check_language(request.language)
        return Listener(transcriber, request.language, sign_of_life)


def _heard(job: int, listener: Listener) -> Heard:
    words = [(word.text, word.start_s, word.end_s, word.probability) for word in listener.words]
    probability = listener.speech_probability.astype("<f4").tobytes()
    return Heard(job, words, probability, listener.pieces)


def _read(stream: BinaryIO, requests: queue.SimpleQueue[Request]) -> None:
    """Pass requests on; end this process at once when the program that asks is gone."""
    while (request := receive_request(stream)) is not None:
        requests.put(request)
    os._exit(0)


def main() -> None:
    """Run the speech process."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.nice(NICENESS)
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, requests), daemon=True).start()
    Service(replies).serve(requests)


if __name__ == "__main__":
    main()
