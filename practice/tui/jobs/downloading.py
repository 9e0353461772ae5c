"""The download of a speech model, which outlives the screen that asked for it."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from practice.base.errors import ModelError, PracticeError
from practice.tui.messages import DownloadEnded

if TYPE_CHECKING:
    from practice.core.workspace import Workspace


class _CancelledError(ModelError):
    """The user changed their mind."""


class Download:
    """One model on its way, on a daemon thread; what has arrived is kept when it is interrupted.

    Args:
        workspace: Gives the service that has the models.
        name: The model.
        tell: Takes a `DownloadEnded`; callable from any thread.
    """

    def __init__(
        self, workspace: "Workspace", name: str, tell: Callable[[Message], object]
    ) -> None:
        self.name = name
        self._workspace = workspace
        self._tell = tell
        self._done_bytes = 0
        self._total_bytes = 0
        self._first: tuple[float, int] | None = None
        self._cancelled = False
        threading.Thread(target=self._work, name=f"download of {name}", daemon=True).start()

    @property
    def part(self) -> float:
        """How much has arrived, 0 to 1."""
        return self._done_bytes / self._total_bytes if self._total_bytes else 0.0

    @property
    def left_s(self) -> float | None:
        """How long it will still take at the speed so far; None while that is not known."""
        if self._first is None:
            return None
        began, had = self._first
        arrived, taken_s = self._done_bytes - had, time.monotonic() - began
        return (self._total_bytes - self._done_bytes) * taken_s / arrived if arrived else None

    def cancel(self) -> None:
        """Stop at the next block that arrives."""
        self._cancelled = True

    def _work(self) -> None:
        error: PracticeError | None = None
        try:
            self._workspace.models.get(self.name, self._advance)
        except _CancelledError:
            self._tell(DownloadEnded(self.name, None, cancelled=True))
            return
        except PracticeError as problem:
            error = problem
        self._tell(DownloadEnded(self.name, error))

    def _advance(self, done_bytes: int, total_bytes: int) -> None:
        if self._cancelled:
            raise _CancelledError("the download was cancelled")
        self._done_bytes, self._total_bytes = done_bytes, total_bytes
        if self._first is None:
            self._first = (time.monotonic(), done_bytes)
