"""Keeping what native libraries print away from the terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from practice.base.files import open_log


@contextmanager
def redirect_stderr(log: Path) -> Iterator[TextIO]:
    """Send file descriptor 2 to `log`, and give a text stream that reaches the old one.

    PortAudio, ALSA, libav and other C libraries write to descriptor 2 whatever Python does.
    `sys.__stderr__`, and `sys.stderr` where it is the same, are replaced by the stream that is
    given, so Python's own narration and a terminal app that draws there still reach the
    terminal. Child processes started meanwhile write to the log.
    """
    before = sys.__stderr__
    handle = open_log(log)
    if before is not None:
        before.flush()
    # Descriptor 2 itself is what C libraries write to, so the old one moves to another number.
    terminal = os.dup(2)
    os.dup2(handle, 2)
    os.close(handle)
    encoding = before.encoding if before is not None else "utf-8"
    stream = os.fdopen(
        terminal, "w", buffering=1, encoding=encoding, errors="backslashreplace", closefd=False
    )
    _replace_stderr(before, stream)
    try:
        yield stream
    finally:
        stream.flush()
        _replace_stderr(stream, before)
        os.dup2(terminal, 2)
        os.close(terminal)


def _replace_stderr(old: TextIOWrapper | None, new: TextIOWrapper | None) -> None:
    """Python's own two names for it; `sys.stderr` only where nobody else has replaced it."""
    if sys.stderr is old and new is not None:
        sys.stderr = new
    sys.__stderr__ = new  # type: ignore[misc]
