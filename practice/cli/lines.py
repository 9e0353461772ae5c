"""Lines on standard input, read without blocking what goes on meanwhile."""

import sys
import time

from practice.base.system.terminal import wait_for_input


class Lines:
    """What is typed, a line at a time."""

    def __init__(self) -> None:
        self.ended = sys.stdin is None or sys.stdin.closed
        """There will be no more lines."""
        self._typed = b""

    def next(self, timeout_s: float) -> str | None:
        """The next line, stripped and in lower case, or None when none came in `timeout_s`."""
        if b"\n" not in self._typed:
            self._wait(timeout_s)
        line, newline, rest = self._typed.partition(b"\n")
        if not newline:
            return None
        self._typed = rest
        return line.decode("utf-8", errors="replace").strip().lower()

    def _wait(self, timeout_s: float) -> None:
        if self.ended:
            time.sleep(timeout_s)
            return
        typed = wait_for_input(timeout_s)
        if typed is not None:
            self._typed += typed
            self.ended = not typed
