"""Keeping what native libraries print away from the terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from practice.base.errors import StorageError
from practice.base.files import open_log


@contextmanager
def native_stderr_to(log: Path) -> Iterator[TextIO]:
    """Send file descriptor 2 to `log`, and give a text stream that reaches the old one.

    PortAudio, ALSA, libav and other C libraries write to descriptor 2 whatever Python does.
    `sys.__stderr__`, and `sys.stderr` where it is the same, are replaced by the stream that is
    given, so Python's own narration and a terminal app that draws there still reach the
    terminal. Child processes started meanwhile write to the log.

    A log that cannot be opened takes nothing: what went wrong with the disk is said by those who
    need it for more.
    """
    before = sys.__stderr__
    handle = _opened(log)
    if before is not None:
        before.flush()
    terminal = os.dup(2)
    os.dup2(handle, 2)
    os.close(handle)
    encoding = before.encoding if before is not None else "utf-8"
    stream = os.fdopen(
        terminal, "w", buffering=1, encoding=encoding, errors="backslashreplace", closefd=False
    )
    _replace(before, stream)
    try:
        yield stream
    finally:
        stream.flush()
        _replace(stream, before)
        os.dup2(terminal, 2)
        os.close(terminal)


def _opened(log: Path) -> int:
    try:
        return open_log(log)
    except (StorageError, OSError):
        return os.open(os.devnull, os.O_WRONLY)


def _replace(old: TextIOWrapper | None, new: TextIOWrapper | None) -> None:
    if sys.stderr is old and new is not None:
        sys.stderr = new
    sys.__stderr__ = new  # type: ignore[misc]
