"""Changes to what is stored: made beside the screen, in the order of the keys."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from textual.message import Message

from practice.base.errors import PracticeError
from practice.tui.messages import Crashed

Value = TypeVar("Value")


@dataclass
class ChangeEnded(Message):
    """A change was made, or refused."""

    show: Callable[[], object]
    """Shows that, on the interface's thread."""


class ChangeQueue:
    """Makes changes on a daemon thread of its own.

    It belongs to the app and not to a screen: a change that was asked for is made although its
    screen is left meanwhile, and its error is shown although nobody waits for it any more.

    Args:
        tell: Takes a message; callable from any thread.
    """

    def __init__(self, tell: Callable[[Message], object]) -> None:
        self._tell = tell
        self._waiting: queue.SimpleQueue[Callable[[], Message]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def add(
        self,
        work: Callable[[], Value],
        done: Callable[[Value], object],
        failed: Callable[[PracticeError], object],
    ) -> None:
        """Make a change after those that were asked for before.

        Args:
            work: Touches no widget; returns what is to be shown.
            done: Called on the interface's thread with what `work` returned.
            failed: Called there with why it could not be done.
        """

        def change() -> Message:
            try:
                value = work()
            except PracticeError as error:
                refused = error
                return ChangeEnded(lambda: failed(refused))
            return ChangeEnded(lambda: done(value))

        self._waiting.put(change)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="changes", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            change = self._waiting.get()
            try:
                message = change()
            except BaseException as error:
                self._tell(Crashed(error))
                raise
            self._tell(message)
