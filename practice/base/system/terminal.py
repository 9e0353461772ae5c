"""What is typed, waited for with a time limit."""

import os
import select
import sys
from errno import EINVAL

if sys.platform == "win32":
    from functools import cache

    from practice.base.system import windows

    _input_thread = cache(windows.InputThread)


def wait_for_input(timeout_s: float) -> bytes | None:
    """What came on standard input; empty at its end, None when nothing came in `timeout_s`."""
    if sys.platform == "win32":
        return _input_thread().take(timeout_s)
    ready, _, _ = select.select([sys.stdin.fileno()], [], [], timeout_s)
    return os.read(sys.stdin.fileno(), 4096) if ready else None


def is_posix_terminal() -> bool:
    """Whether a terminal gives bytes; the console of Windows gives characters."""
    return sys.platform != "win32"


def is_left_pipe(error: OSError) -> bool:
    """Whether whoever read what is written has left."""
    # The C library of Windows calls it an invalid argument.
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == EINVAL)
