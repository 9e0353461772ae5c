"""Reviews takes beside the screen, one after the other, in the order they were asked for."""

import math
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from practice.base.errors import CancelledError, NotFoundError, PracticeError
from practice.tui.messages import Crashed, ReviewFailed, ReviewFinished, ReviewProgressed

if TYPE_CHECKING:
    from practice.core.live import LiveProcessing
    from practice.core.workspace import Workspace
    from practice.speech.transcription import Progress

_TELL_EVERY_S = 0.5
"""Often enough for a figure that people read, rarely enough to cost nothing."""


class ReviewQueue:
    """Reviews takes on a daemon thread of its own and tells what becomes of them.

    Args:
        workspace: Gives the service; called on the queue's thread.
        tell: Takes a message; callable from any thread.
    """

    def __init__(
        self, workspace: "Callable[[], Workspace]", tell: Callable[[Message], object]
    ) -> None:
        self._workspace = workspace
        self._tell = tell
        self._queue: queue.SimpleQueue[tuple[str, LiveProcessing | None] | None] = (
            queue.SimpleQueue()
        )
        self._parts: dict[str, float] = {}
        self._lengths_s: dict[str, float] = {}
        self._left_s: dict[str, float] = {}
        self._unwanted: set[str] = set()
        self._at_hand: str | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._thread: threading.Thread | None = None

    def add(self, take_id: str, live: "LiveProcessing | None" = None) -> None:
        """Put a recorded take at the end of the queue; one that is there already stays."""
        if take_id in self._parts or self._closed:
            return
        self._parts[take_id] = 0.0
        self._queue.put((take_id, live))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="reviews", daemon=True)
            self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Nothing is reviewed, and nothing waits."""
        return not self._parts

    def part(self, take_id: str) -> float | None:
        """How much of a take is heard, 0 to 1; None when it does not wait here."""
        return self._parts.get(take_id)

    def left_s(self, take_id: str) -> float | None:
        """How long it takes until a take is heard, those before it included; None if unknown."""
        return self._left_s.get(take_id)

    def cancel(self, take_id: str) -> None:
        """Stop hearing a take; its sound is kept and it may be added again. Blocks shortly."""
        with self._lock:
            if take_id not in self._parts:
                return
            self._unwanted.add(take_id)
            is_at_hand = take_id == self._at_hand
        if is_at_hand:
            self._workspace().worker.cancel()

    def close(self) -> None:
        """Take up no other take; the one at hand ends with the speech worker."""
        self._closed = True
        self._queue.put(None)

    def _work(self) -> None:
        while (item := self._queue.get()) is not None and not self._closed:
            try:
                message = self._take_up(*item)
            except BaseException as error:
                self._tell(Crashed(error))
                raise
            if not self._closed:
                self._tell(message)

    def _take_up(self, take_id: str, live: "LiveProcessing | None") -> Message:
        with self._lock:
            self._at_hand = take_id
            is_unwanted = take_id in self._unwanted
        try:
            let_go_or_review = self._let_go if is_unwanted else self._review
            return let_go_or_review(take_id, live)
        finally:
            with self._lock:
                self._at_hand = None
                self._unwanted.discard(take_id)
                for known in (self._parts, self._left_s, self._lengths_s):
                    known.pop(take_id, None)

    def _let_go(self, take_id: str, live: "LiveProcessing | None") -> Message:
        if live is not None:
            live.cancel()
        error = CancelledError()
        try:
            self._workspace().library.fail(take_id, error.message)
        except PracticeError as refused:
            return ReviewFailed(take_id, refused)
        return ReviewFailed(take_id, error)

    def _review(self, take_id: str, live: "LiveProcessing | None") -> Message:
        # On this thread and not at start: it brings NumPy and SQLite.
        from practice.core.reviewing import review_take  # lazy: it brings NumPy

        report = self._reporter(take_id)
        try:
            review_take(self._workspace(), take_id, live=live, progress=report)
        except PracticeError as error:
            return ReviewFailed(take_id, error)
        return ReviewFinished(take_id)

    def _reporter(self, take_id: str) -> "Callable[[Progress], None]":
        told = -math.inf

        def report(progress: "Progress") -> None:
            nonlocal told
            self._parts[take_id] = progress.part
            if take_id in self._unwanted:  # it was cancelled before it was waited for
                self._workspace().worker.cancel()
            if progress.left_s is not None and progress.real_time_factor is not None:
                self._estimate(progress.left_s, progress.real_time_factor)
            now = time.monotonic()
            if now - told >= _TELL_EVERY_S:
                told = now
                self._tell(ReviewProgressed(take_id, progress.part, progress.left_s))

        return report

    def _estimate(self, left_s: float, real_time_factor: float) -> None:
        """What is left of the take at hand, then the others, in their order and as fast."""
        first, *others = list(self._parts)
        self._left_s[first] = left_s
        for take_id in others:
            left_s += real_time_factor * self._length_s(take_id)
            self._left_s[take_id] = left_s

    def _length_s(self, take_id: str) -> float:
        if take_id not in self._lengths_s:
            try:
                length_s = self._workspace().library.take(take_id).duration_s
            except NotFoundError:
                length_s = None
            self._lengths_s[take_id] = length_s or 0.0
        return self._lengths_s[take_id]
