"""The app in a terminal of its own: keys go in, and every byte that it sends out is kept."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

PATIENCE_S = 60.0
SETTLED_S = 0.3
LONGEST_SETTLING_S = 1.0

_SEQUENCE = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI, as the app itself sends them
    rb"|\x1b\]22;[a-z-]*\x07"  # the shape of the mouse pointer, which Textual sets
    rb"|\x1b[78=>]"
)


def _without_size(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` without the size that a test runner may have set in place of the terminal's."""
    return {name: value for name, value in environment.items() if name not in {"COLUMNS", "LINES"}}


def _take_control() -> None:
    """Make the terminal that of the new session: closing it hangs up, keys may send signals."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class PseudoTerminal:
    """A command under a terminal of 120 by 36 cells.

    Args:
        command: What to run.
        environment: Its whole environment.
    """

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.sent = bytearray()
        """Everything that reached the terminal."""
        self._looked_at = 0
        self.master, slave = pty.openpty()
        self.resize(36, 120)
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=_without_size(environment),
            start_new_session=True, preexec_fn=_take_control,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.master >= 0:
            os.close(self.master)

    @property
    def text(self) -> str:
        """What was written, without the sequences that place and colour it.

        Other operating system commands, such as a title or the clipboard, are left in it.
        """
        return _SEQUENCE.sub(b"", bytes(self.sent)).decode(errors="replace")

    @property
    def sequences(self) -> set[bytes]:
        """Every different control sequence that was written."""
        return set(_SEQUENCE.findall(bytes(self.sent)))

    def press(self, keys: str) -> None:
        """Send what the keys send; from here on `read_until` looks."""
        self.send(keys.encode())

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._looked_at = len(self.sent)
        os.write(self.master, data)

    def resize(self, rows: int, columns: int) -> None:
        """Give the window another size; the command is told so."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)

    def hang_up(self) -> int:
        """Close the window; returns the exit code of the command."""
        os.close(self.master)
        self.master = -1
        return self.process.wait(PATIENCE_S)

    def read_until(self, text: str) -> None:
        """Read until `text` was written after the last key; fails when it never is."""

        def missing() -> bool:
            new = bytes(self.sent[self._looked_at :])
            return text not in _SEQUENCE.sub(b"", new).decode(errors="replace")

        self._read_while(missing, f"{text!r} was never written")

    def read_to_the_end(self) -> int:
        """Read until the command has ended; returns its exit code."""
        self._read_while(lambda: self.process.poll() is None, "it never ended")
        return self.process.wait()

    def settle(self) -> None:
        """Read until nothing more comes for a moment, or for as long as a meter moves."""
        deadline = time.monotonic() + LONGEST_SETTLING_S
        while self._read(SETTLED_S) and time.monotonic() < deadline:
            pass

    def _read_while(self, waiting: Callable[[], bool], complaint: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while waiting():
            assert time.monotonic() < deadline, f"{complaint}:\n{self.text[-4000:]}"
            self._read(0.05)

    def _read(self, timeout_s: float) -> bool:
        if not select.select([self.master], [], [], timeout_s)[0]:
            return False
        with contextlib.suppress(OSError):  # Linux says EIO where other systems say end of file
            data = os.read(self.master, 65536)
            self.sent += data
            return bool(data)
        return False
