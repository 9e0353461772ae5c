"""The program's end of the speech process: one running child, and what it is asked and answers."""

import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from practice.base.errors import ModelError, PracticeError, UnreadableAudioError, storage_error
from practice.base.files import open_log
from practice.base.system.processes import OWN_CONSOLE
from practice.speech.messages import (
    GarbledError,
    ProgressReport,
    Refusal,
    Reply,
    Request,
    TranscriptionResult,
    receive_reply,
    send,
)
from practice.speech.transcription import Progress

Mailbox = queue.SimpleQueue[Reply | None]
"""The replies to one job; None when the child is gone."""
REFUSALS: dict[str, type[PracticeError]] = {
    error.code: error for error in (ModelError, UnreadableAudioError)
}


class LostError(Exception):
    """The child died, or hung and was killed; the argument says which, as a verb."""


class SpeechProcess:
    """A child process that transcribes recordings; it dies with this program.

    It has a session of its own, so that Ctrl-C in the terminal reaches only the program, which
    decides what becomes of the child.

    Args:
        log: Takes what native libraries print.
        idle_s: It ends by itself when it had nothing to do for so long.

    Raises:
        StorageError: The log cannot be opened, or the child cannot be started.
    """

    def __init__(self, log: Path, idle_s: float) -> None:
        try:
            with os.fdopen(open_log(log), "w") as file:
                self._process = _start_child(file.fileno(), idle_s)
        except OSError as error:
            doing = "start the speech process, or open"
            hint = "free some memory and disk space and try again"
            raise storage_error(doing, log, error, hint) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._mailboxes: dict[int, Mailbox] = {}
        self._gone = False
        self._last_sign = time.monotonic()
        self._reader = threading.Thread(
            target=self._read_replies, name="speech replies", daemon=True
        )
        self._reader.start()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked for something."""
        return not self._gone

    @property
    def quiet_s(self) -> float:
        """How long ago it gave its last sign of life, or was last asked for something."""
        return time.monotonic() - self._last_sign

    def submit(self, request: Callable[[int], Request]) -> "Job":
        """Ask for something that is answered; `request` is given the number of its job."""
        number = next(self._numbers)
        mailbox: Mailbox = queue.SimpleQueue()
        with self._lock:
            self._mailboxes[number] = mailbox
            if self._gone:
                mailbox.put(None)
        self.ask(request(number))
        return Job(self, number, mailbox)

    def forget(self, job: int) -> None:
        """Throw away whatever else comes for `job`."""
        with self._lock:
            self._mailboxes.pop(job, None)

    def ask(self, request: Request) -> None:
        """Send a request; where the child is gone, the mailboxes hold that already."""
        with self._lock, contextlib.suppress(OSError):
            if not self._gone:
                self._last_sign = time.monotonic()
                send(self._requests, request)

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._reader.join()  # before the pipe that it reads is closed
        for pipe in (self._requests, self._replies):
            with contextlib.suppress(OSError):
                pipe.close()

    def _read_replies(self) -> None:
        """The reader thread: puts each reply into the mailbox of its job."""
        try:
            while (reply := receive_reply(self._replies)) is not None:
                with self._lock:
                    self._last_sign = time.monotonic()
                    mailbox = self._mailboxes.get(reply.job)
                if mailbox:
                    mailbox.put(reply)
        except GarbledError:
            # Lengths and messages alternate: after one that makes no sense none can be found.
            self._process.kill()
        with self._lock:
            self._gone = True
            for mailbox in self._mailboxes.values():
                mailbox.put(None)


class Job:
    """Something that a child was asked for."""

    def __init__(self, process: SpeechProcess, number: int, mailbox: Mailbox) -> None:
        self.number = number
        self._process = process
        self._mailbox = mailbox

    def ask(self, request: Request) -> None:
        """Send the child something more about this job."""
        self._process.ask(request)

    def forget(self) -> None:
        """Wait for it no longer."""
        self._process.forget(self.number)

    def wait(
        self, patience_s: float, progress: Callable[[Progress], None] | None
    ) -> TranscriptionResult:
        """The answer.

        Args:
            patience_s: A child that gives no sign of life for so long is killed.
            progress: Called with how far it is.

        Raises:
            PracticeError: The child refused.
            LostError: The child is gone.
        """
        try:
            while True:
                reply = self._wait_for_reply(patience_s)
                match reply:
                    case TranscriptionResult():
                        return reply
                    case Refusal(code=code, message=message, hint=hint):
                        raise REFUSALS[code](message, hint)
                    case ProgressReport(part=float(part)) if progress:
                        progress(Progress(part, reply.untranscribed_s, reply.real_time_factor))
        finally:
            self.forget()

    def _wait_for_reply(self, patience_s: float) -> Reply:
        while True:
            try:
                reply = self._mailbox.get(timeout=patience_s)
            except queue.Empty:
                # It does one thing at a time: a sign of life for another job is one for this too.
                if self._process.quiet_s < patience_s:
                    continue
                self._process.kill()
                raise LostError("did not answer") from None
            if reply is None:
                raise LostError("ended unexpectedly")
            return reply


def quiet_environment() -> dict[str, str]:
    """This program's environment, in which native libraries report to nobody and leave a core."""
    return os.environ | {
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        # Official builds of onnxruntime report to their maker unless told not to; releases differ
        # in the name they listen to.
        "ORT_DISABLE_TELEMETRY": "1",
        "ORT_TELEMETRY_DISABLED": "1",
        # Threads that spin while they wait would take the core that is left for the microphone.
        "OMP_WAIT_POLICY": "PASSIVE",
    }


def _start_child(log: int, idle_s: float) -> subprocess.Popen[bytes]:
    # -P: a file in the current folder must not be taken for a library. faulthandler: a crash in
    # native code is the child's most likely end, and says where in the log.
    options = ("-P", "-X", "faulthandler")
    return subprocess.Popen(
        [sys.executable, *options, "-m", "practice.speech.child.main", str(idle_s)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=quiet_environment(),
        start_new_session=True,
        creationflags=OWN_CONSOLE,
    )
