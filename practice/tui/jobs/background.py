"""Work beside the screen: on a daemon thread that ends in a message and never holds up a quit.

Textual's own thread workers run on an executor that Python waits for at exit. A daemon thread is
left behind: what it does must be safe to lose, as everything that goes through the library is.
"""

import threading
from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from practice.base.errors import PracticeError
from practice.tui.messages import Crashed, ErrorRaised


def in_background(pump: MessagePump, work: Callable[[], Message | None], name: str) -> None:
    """Do `work` beside the screen and post the message it returns to `pump`.

    A PracticeError becomes `ErrorRaised`, which the app shows unless a screen handles and stops it.
    Any other exception is a defect: it ends the app with its traceback.

    Args:
        pump: The screen or the app.
        work: Touches no widget; returns what happened, as a message.
        name: Of the thread.
    """

    def run() -> None:
        try:
            message = work()
        except PracticeError as error:
            message = ErrorRaised(error)
        except BaseException as error:
            pump.post_message(Crashed(error))
            raise
        if message is not None:
            pump.post_message(message)

    threading.Thread(target=run, name=name, daemon=True).start()


class LatestRead:
    """Something that is read more often than it can be: one at a time, and the last asked waits.

    News may come many at once, and each of them asks for the whole library.

    Args:
        pump: The screen; it gets the message that each reading returns.
        name: Of the thread.
    """

    def __init__(self, pump: MessagePump, name: str) -> None:
        self._pump = pump
        self._name = name
        self._lock = threading.Lock()
        self._waiting: Callable[[], Message | None] | None = None
        self._is_reading = False

    def ask(self, work: Callable[[], Message | None]) -> None:
        """Do `work` as `in_background` does, in the place of what still waits."""
        with self._lock:
            self._waiting = work
            if self._is_reading:
                return
            self._is_reading = True
        self._begin()

    def _begin(self) -> None:
        def read() -> Message | None:
            with self._lock:
                work, self._waiting = self._waiting, None
            try:
                return work() if work is not None else None
            finally:
                with self._lock:
                    self._is_reading = self._waiting is not None
                if self._is_reading:
                    self._begin()

        in_background(self._pump, read, self._name)
