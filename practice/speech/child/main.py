"""The speech process: transcribes on request until the program that started it is gone.

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

from practice.base.errors import ModelError, PracticeError
from practice.base.system.processes import lower_priority
from practice.speech.child.decoding import decode
from practice.speech.child.followed_spool import FollowedSpool
from practice.speech.child.recognition import Recognition
from practice.speech.child.segment_cache import SegmentCache, identify_recogniser
from practice.speech.child.segments import CutRule, Segmenter
from practice.speech.child.throughput import RealTimeFactor
from practice.speech.child.transcriber import (
    CARRIED_WORDS,
    WINDOW_WITHOUT_MODEL_S,
    StreamingTranscriber,
)
from practice.speech.child.voice_activity import VoiceActivity
from practice.speech.child.whisper import Recogniser, join_prompt
from practice.speech.messages import (
    Cancel,
    Finish,
    Follow,
    ProgressReport,
    Refusal,
    Reply,
    Request,
    Transcribe,
    TranscriptionResult,
    Warm,
    receive_request,
    send,
)

LOOK_AGAIN_S = 0.1
"""How often a growing spool is read; its writer adds a block about every 0.1 s."""
NICENESS = 5
"""The microphone comes first where the processor is busy."""


class ModelSlot:
    """Holds the one model that is loaded; nobody else keeps one."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._recogniser: Recogniser | None = None
        self.speed = RealTimeFactor()
        """Of the model that is loaded."""

    def load(self, folder: Path) -> Recogniser:
        """The model in `folder`, loaded now unless it is the one already loaded.

        Raises:
            ModelError: It cannot be loaded.
        """
        if self._recogniser is None or folder != self._folder:
            # The old one goes first: the memory may hold one large model and not two.
            self._folder = self._recogniser = None
            self._recogniser = Recogniser(folder)
            self._folder, self.speed = folder, RealTimeFactor()
        return self._recogniser


class Service:
    """Does what is asked, one thing at a time; spools are followed in between.

    Args:
        replies: Where answers go.
        idle_s: With nothing to do for so long, it is done.
    """

    def __init__(self, replies: BinaryIO, idle_s: float) -> None:
        self._replies = replies
        self._idle_s = idle_s
        self._model = ModelSlot()
        self._followed: dict[int, FollowedSpool] = {}

    def serve(self, requests: queue.SimpleQueue[Request]) -> None:
        """Work until there has been nothing to do for long."""
        was_busy = False
        while True:
            wait_s = 0.0 if was_busy else LOOK_AGAIN_S if self._followed else self._idle_s
            try:
                self._handle(requests.get(timeout=wait_s))
            except queue.Empty:
                if not self._followed:
                    return
            # A spool that another model is to transcribe waits: two are never loaded at once.
            spools = list(self._followed.items())
            jobs = [
                job
                for job, spool in spools
                if spool.request.options.model == spools[0][1].request.options.model
            ]
            steps = [self._step(job) for job in jobs]
            was_busy = any(steps)

    def _step(self, job: int) -> bool:
        """Do a little for a spool; whether there was anything to do."""
        was_busy = False

        def step() -> None:
            nonlocal was_busy
            was_busy = self._followed[job].step()

        if not self._answer(job, step):
            self._forget(job)
        return was_busy

    def _handle(self, request: Request) -> None:
        match request:
            case Warm(model):
                self._warm(model)
            case Transcribe(job):
                self._answer(job, lambda: self._transcribe(request))
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
            send(self._replies, Refusal(job, error.code, error.message, error.hint))
            return False
        if reply:
            send(self._replies, reply)
        return True

    def _forget(self, job: int) -> None:
        self._followed.pop(job).close()

    def _warm(self, model: Path | None) -> None:
        VoiceActivity()  # loads Silero, which is kept
        try:
            if model is not None:
                self._model.load(model)
        except ModelError as error:
            logging.getLogger(__name__).warning("%s", error.message)

    def _transcribe(self, request: Transcribe) -> TranscriptionResult:
        with closing(self._make_transcriber(request)) as transcriber:
            reported_s = -1
            for samples, part in decode(request.recording):
                transcriber.feed(samples)
                fed_s = transcriber.fed_s
                if int(fed_s) != reported_s:  # once for each second of sound
                    reported_s = int(fed_s)
                    unread_s = fed_s * (1 / part - 1) if part else None
                    self._report_progress(request.job, transcriber, unread_s)
            transcriber.finish()
            return _to_result(request, transcriber)

    def _follow(self, request: Follow) -> None:
        self._followed[request.job] = FollowedSpool(
            request, lambda: self._make_transcriber(request)
        )

    def _finish(self, job: int) -> TranscriptionResult:
        def report(transcriber: StreamingTranscriber, unread_s: float) -> None:
            self._report_progress(job, transcriber, unread_s)

        spool = self._followed[job]
        return _to_result(spool.request, spool.finish(report))

    def _report_progress(
        self, job: int, transcriber: StreamingTranscriber, unread_s: float | None
    ) -> None:
        """Tell how far a job is.

        Args:
            job: Its number.
            transcriber: Does it.
            unread_s: How much of the recording it was not fed yet; None where that is not known.
        """
        fed_s, final_s = transcriber.fed_s, transcriber.final_s
        speed = self._model.speed.estimate(transcriber.segments, final_s)
        part = untranscribed_s = None
        if unread_s is not None:
            part = fed_s / (fed_s + unread_s) if fed_s else None
            untranscribed_s = unread_s + fed_s - final_s
        send(self._replies, ProgressReport(job, part, untranscribed_s, speed))

    def _make_transcriber(self, request: Transcribe | Follow) -> StreamingTranscriber:
        """What transcribes with the model that is asked for.

        Raises:
            ModelError: It cannot be loaded or does not understand the language.
        """
        options = request.options
        # Signs of life: to load a model, and to recognise one segment, are the longest silences.
        send(self._replies, ProgressReport(request.job))
        if options.model is None:
            segmenter = Segmenter(CutRule(WINDOW_WITHOUT_MODEL_S))
            return StreamingTranscriber(None, SegmentCache(), segmenter)
        folder = options.model
        recogniser = self._model.load(folder)
        recogniser.check_language(options.language)

        def recognise(
            samples: NDArray[np.float32], detect_language: bool, said: str
        ) -> Recognition:
            send(self._replies, ProgressReport(request.job))
            # Loaded again: between two segments of a spool another job may have had its model.
            # For the same reason nothing here may hold on to the recogniser.
            recogniser = self._model.load(folder)
            with self._model.speed.measure():
                return recogniser.recognise(
                    samples,
                    options.language,
                    join_prompt(options.prompt, said),
                    detect_language=detect_language,
                )

        # A segment that fills the window has its own words before each of its words.
        is_filled = options.fill_window
        rule = (CutRule.for_files if is_filled else CutRule)(recogniser.window_s)
        return StreamingTranscriber(
            recognise,
            SegmentCache(
                options.cache, identify_recogniser(folder, options.language, options.prompt)
            ),
            Segmenter(rule),
            carried_words=0 if is_filled else CARRIED_WORDS,
        )


def _to_result(
    request: Transcribe | Follow, transcriber: StreamingTranscriber
) -> TranscriptionResult:
    return TranscriptionResult(
        request.job,
        tuple(transcriber.words),
        transcriber.speech_probability.astype("<f4").tobytes(),
        transcriber.segments,
        transcriber.detect_language(request.options.language),
    )


def _read(stream: BinaryIO, requests: queue.SimpleQueue[Request]) -> None:
    """Pass requests on; end this process at once when the program that asks is gone."""
    while (request := receive_request(stream)) is not None:
        requests.put(request)
    os._exit(0)


def main() -> None:
    """Run the speech process."""
    # Native libraries print to descriptor 1 whenever they like: it must not be where we answer.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    lower_priority(NICENESS)
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, requests), daemon=True).start()
    Service(replies, float(sys.argv[1])).serve(requests)
    os._exit(0)  # the other thread still reads


if __name__ == "__main__":
    main()
