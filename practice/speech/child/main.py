"""The speech process: hears recordings on request until the program that started it is gone.

`python -m practice.speech.child.main IDLE_S`: it also ends when it had nothing to do for so long.
It answers on what was its standard output; whatever native libraries print goes to its standard
error, which is the log.
"""

import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from practice.base.errors import ModelError, PracticeError, UnreadableAudioError
from practice.base.text import one_line
from practice.base.words import Word
from practice.speech.child.decoding import decode
from practice.speech.child.followed_spool import FollowedSpool
from practice.speech.child.segment_cache import Settled, recogniser
from practice.speech.child.segments import CutRule, Segmenter
from practice.speech.child.throughput import Pace
from practice.speech.child.transcriber import WINDOW_WITHOUT_MODEL_S, Listener
from practice.speech.child.voice_activity import VoiceActivity
from practice.speech.child.whisper import Transcriber
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

LOOK_AGAIN_S = 0.1
"""How often a growing spool is read; its writer adds a block about every 0.1 s."""
NICENESS = 5
"""The microphone comes first where the processor is busy."""


class Models:
    """The one model that is kept loaded; nobody else holds one."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self._transcriber: Transcriber | None = None
        self.pace = Pace()
        """Of the model that is loaded."""

    def get(self, folder: str) -> Transcriber:
        """The model in `folder`, loaded now unless it is the one already loaded.

        Raises:
            ModelError: It cannot be loaded.
        """
        if self._transcriber is None or folder != self._folder:
            self._folder = self._transcriber = None
            self._transcriber = Transcriber(Path(folder))
            self._folder, self.pace = folder, Pace()
        return self._transcriber


class Service:
    """Does what is asked, one thing at a time; spools are followed in between.

    Args:
        replies: Where answers go.
        idle_s: With nothing to do for so long, it is done.
    """

    def __init__(self, replies: BinaryIO, idle_s: float) -> None:
        self._replies = replies
        self._idle_s = idle_s
        self._models = Models()
        self._followed: dict[int, FollowedSpool] = {}

    def serve(self, requests: queue.SimpleQueue[Request]) -> None:
        """Work until there has been nothing to do for long."""
        busy = False
        while True:
            wait_s = 0.0 if busy else LOOK_AGAIN_S if self._followed else self._idle_s
            try:
                self._handle(requests.get(timeout=wait_s))
            except queue.Empty:
                if not self._followed:
                    return
            # A spool that another model is to hear waits: two are never loaded at once.
            jobs = [
                job
                for job, spool in self._followed.items()
                if spool.request.model == next(iter(self._followed.values())).request.model
            ]
            steps = [self._step(job) for job in jobs]
            busy = any(steps)

    def _step(self, job: int) -> bool:
        busy = False

        def step() -> None:
            nonlocal busy
            busy = self._followed[job].step()

        if not self._answer(job, step):
            self._forget(job)
        return busy

    def _handle(self, request: Request) -> None:
        match request:
            case Warm(model):
                self._warm(model)
            case Hear(job):
                self._answer(job, lambda: self._hear(request))
            case Follow(job):
                self._answer(job, lambda: self._follow(request))
            case Finish(job) if job in self._followed:
                self._answer(job, lambda: self._finish(job))
                self._forget(job)
            case Cancel(job) if job in self._followed:
                self._forget(job)

    def _answer(self, job: int, work: Callable[[], Reply | None]) -> bool:
        """Send what `work` gives; False where it cannot be done, which is sent too."""
        try:
            reply = work()
        except PracticeError as error:
            send(self._replies, Refused(job, error.code, error.message, error.hint))
            return False
        if reply:
            send(self._replies, reply)
        return True

    def _forget(self, job: int) -> None:
        self._followed.pop(job).close()

    def _warm(self, model: str | None) -> None:
        VoiceActivity()
        try:
            if model is not None:
                self._models.get(model)
        except ModelError as error:
            logging.getLogger(__name__).warning("%s", error.message)

    def _hear(self, request: Hear) -> Heard:
        with closing(self._listener(request)) as listener:
            whole_seconds = -1
            for samples, part in decode(Path(request.recording)):
                listener.feed(samples)
                if int(listener.heard_s) != whole_seconds:
                    whole_seconds = int(listener.heard_s)
                    unheard_s = listener.heard_s * (1 / part - 1) if part else None
                    self._tell(request.job, listener, unheard_s)
            listener.finish()
            return _heard(request.job, listener)

    def _follow(self, request: Follow) -> None:
        try:
            file = open(request.samples, "rb")  # noqa: PTH123, SIM115
        except OSError as error:
            raise UnreadableAudioError(
                f"cannot read {one_line(request.samples)}: {one_line(str(error.strerror))}"
            ) from error
        self._followed[request.job] = FollowedSpool(request, file, lambda: self._listener(request))

    def _finish(self, job: int) -> Heard:
        return _heard(
            job, self._followed[job].finish(lambda heard, left_s: self._tell(job, heard, left_s))
        )

    def _tell(self, job: int, listener: Listener, unheard_s: float | None) -> None:
        heard_s, settled_s, part = listener.heard_s, listener.settled_s, None
        pace = self._models.pace.per_second(listener.pieces, settled_s)
        if unheard_s is not None:
            part = heard_s / (heard_s + unheard_s) if heard_s else None
            unheard_s += heard_s - settled_s
        send(self._replies, Progress(job, part, unheard_s, pace))

    def _listener(self, request: Hear | Follow) -> Listener:
        """Someone to listen with the model that is asked for.

        Raises:
            ModelError: It cannot be loaded or does not understand the language.
        """
        folder, language = request.model, request.language
        send(self._replies, Progress(request.job))
        if folder is None:
            return Listener(None, Settled(), Segmenter(CutRule(WINDOW_WITHOUT_MODEL_S)))
        transcriber = self._models.get(folder)
        transcriber.check_language(language)

        def recognise(samples: NDArray[np.float32]) -> list[Word]:
            send(self._replies, Progress(request.job))
            with self._models.pace.timed():
                return self._models.get(folder).words(samples, language)

        settled = Settled(
            Path(request.settled) if request.settled else None,
            recogniser(Path(folder), language),
        )
        fills = isinstance(request, Hear) and request.fills
        rule = (CutRule.for_files if fills else CutRule)(transcriber.window_s)
        return Listener(recognise, settled, Segmenter(rule))


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
    Service(replies, float(sys.argv[1])).serve(requests)
    os._exit(0)  # the other thread still reads


if __name__ == "__main__":
    main()
