"""The program's end of the speech process: one running child and the letters to and from it."""

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
from typing import IO

from practice.base.errors import ModelError, PracticeError, UnreadableAudioError
from practice.base.files import open_log, storage_error
from practice.speech.messages import (
    GarbledError,
    Heard,
    Progress,
    Refused,
    Reply,
    Request,
    receive_reply,
    send,
)
from practice.speech.transcription import Headway

Mailbox = queue.SimpleQueue[Reply | None]
"""The replies to one job; None when the child is gone."""
REFUSALS: dict[str, type[PracticeError]] = {
    error.code: error for error in (ModelError, UnreadableAudioError)
}


class LostError(Exception):
    """The child died, or hung and was killed; the argument says which, as a verb."""


class SpeechProcess:
    """A child process that hears recordings; it dies with this program.

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
                self._process = _start(file.fileno(), idle_s)
        except OSError as error:
            doing = "start the speech process, or open"
            hint = "free some memory and disk space and try again"
            raise storage_error(doing, log, error, hint) from error
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._mailboxes: dict[int, Mailbox] = {}
        self._gone = False
        self._last_sign = time.monotonic()
        self._reader = threading.Thread(target=self._read, name="speech replies", daemon=True)
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
        """Send a request; a child that is gone has said so in the mailboxes."""
        with self._lock, contextlib.suppress(OSError):
            if not self._gone:
                self._last_sign = time.monotonic()
                send(_pipe(self._process.stdin), request)

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()

    def _deliver(self, reply: Reply) -> None:
        with self._lock:
            self._last_sign = time.monotonic()
            mailbox = self._mailboxes.get(reply.job)
        if mailbox:
            mailbox.put(reply)

    def _read(self) -> None:
        try:
            while (reply := receive_reply(_pipe(self._process.stdout))) is not None:
                self._deliver(reply)
        except GarbledError:
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

    def wait(self, patience_s: float, progress: Callable[[Headway], None] | None) -> Heard:
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
                reply = self._next(patience_s)
                match reply:
                    case Heard():
                        return reply
                    case Refused(code=code, message=message, hint=hint):
                        raise REFUSALS[code](message, hint)
                    case Progress(part=float(part)) if progress:
                        progress(Headway(part, reply.unheard_s, reply.pace))
        finally:
            self.forget()

    def _next(self, patience_s: float) -> Reply:
        while True:
            try:
                reply = self._mailbox.get(timeout=patience_s)
            except queue.Empty:
                if self._process.quiet_s < patience_s:
                    continue
                self._process.kill()
                raise LostError("gave no sign of life") from None
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


def _start(log: int, idle_s: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        # -P: a file in the current folder must not be taken for a library.
        [
            sys.executable,
            "-P",
            "-X",
            "faulthandler",
            "-m",
            "practice.speech.child.main",
            str(idle_s),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=quiet_environment(),
        start_new_session=True,
    )


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
