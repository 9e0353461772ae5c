"""Work beside a screen, one thing at a time, in the order in which it was asked for."""

from collections import deque
from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from practice.tui.jobs.background import in_background

Work = Callable[[], Message | None]


class JobQueue:
    """A queue of work for one screen: a key that is pressed meanwhile waits and is not lost.

    The screen calls `done` when it has handled the message that a piece of work ended in, be it
    its own or `ErrorRaised`.

    Args:
        pump: The screen.
        name: Of the threads.
    """

    def __init__(self, pump: MessagePump, name: str) -> None:
        self._pump = pump
        self._name = name
        self._waiting: deque[Callable[[], Work | None]] = deque()
        self._busy = False

    def add(self, prepare: Callable[[], Work | None]) -> None:
        """Ask for work.

        Args:
            prepare: Called on the screen's own thread when its turn has come, so that it sees
                what the work before it has done; returns the work, or None for nothing.
        """
        self._waiting.append(prepare)
        self._go_on()

    def done(self) -> None:
        """The message of the work under way was handled."""
        self._busy = False
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and not self._busy:
            work = self._waiting.popleft()()
            if work is not None:
                self._busy = True
                in_background(self._pump, work, self._name)
