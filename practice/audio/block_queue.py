"""The queue between the thread that captures and the one that writes."""

import queue
import threading
from dataclasses import dataclass

ROOM_BLOCKS = 64
"""A source that can wait does so while this many blocks are queued."""


@dataclass(frozen=True, slots=True)
class Block:
    """Samples as they were captured."""

    samples: bytes
    overflowed: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """From here on samples are dropped, or kept again."""

    on: bool


@dataclass(frozen=True, slots=True)
class End:
    """The source has ended."""

    reason: str | None


class BlockQueue:
    """A `Sink` whose `deliver` takes no lock of ours, so that the sound callback never waits."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Block | Pause | End] = queue.SimpleQueue()
        self._room = threading.Condition()
        self._closed = False

    def deliver(self, block: bytes, overflowed: bool = False) -> None:
        """Queue a block; dropped once the queue is closed."""
        if not self._closed:
            self._queue.put(Block(block, overflowed))

    def pause(self, on: bool) -> None:
        """Mark the place in the stream where a pause begins or ends."""
        self._queue.put(Pause(on))

    def ended(self, reason: str | None) -> None:
        """Queue the end behind everything delivered so far."""
        self._queue.put(End(reason))

    def wait_for_room(self, timeout_s: float) -> bool:
        """True once fewer than `ROOM_BLOCKS` blocks are queued, False after `timeout_s`."""
        with self._room:
            return self._room.wait_for(lambda: self._queue.qsize() < ROOM_BLOCKS, timeout_s)

    def pop(self, timeout_s: float) -> Block | Pause | End | None:
        """The next item in order, or None when nothing came within `timeout_s`."""
        try:
            item = self._queue.get(timeout=timeout_s)
        except queue.Empty:
            return None
        # Told here, on the reader's side: `deliver` must not wait for the lock of a condition.
        with self._room:
            self._room.notify()
        return item

    def close(self) -> None:
        """Queue no more samples: nobody reads them any longer."""
        self._closed = True
