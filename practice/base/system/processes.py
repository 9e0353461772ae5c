"""Child processes of their own, and how the system says that this program is to end."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if sys.platform == "win32":
    import _thread

    from practice.base.system import windows

if TYPE_CHECKING:
    import asyncio

OWN_CONSOLE = 0
"""The `creationflags` of a child that no Ctrl-C reaches; on POSIX `start_new_session` does it."""
if sys.platform == "win32":
    OWN_CONSOLE = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    _ENDINGS = (signal.SIGTERM, signal.SIGBREAK)
else:
    _ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def catch_endings(
    leave: Callable[[int], object], loop: "asyncio.AbstractEventLoop | None" = None
) -> None:
    """Have `leave` called with the number of the signal when the system wants the program to end.

    Args:
        leave: Called on the main thread.
        loop: The event loop that runs there, if one does: then `leave` is called by it.
    """
    for ending in _ENDINGS:
        if loop is None:
            signal.signal(ending, lambda number, _: leave(number))
        elif sys.platform == "win32":
            # The loops of Windows know no signals, but wake up when one has come.
            signal.signal(ending, lambda number, _: loop.call_soon_threadsafe(leave, number))
        else:
            loop.add_signal_handler(ending, leave, ending)
    if sys.platform == "win32":
        windows.hold_up_closing(lambda: _thread.interrupt_main(signal.SIGBREAK))


def lower_priority(niceness: int) -> None:
    """Let other processes go first: by `niceness` on POSIX, by a class on Windows."""
    if sys.platform == "win32":
        windows.lower_priority()
    else:
        os.nice(niceness)
