"""From a question to its answer: it is read aloud, then the time to think runs down."""

from collections.abc import Callable
from typing import Protocol


class ReadsAloud(Protocol):
    """What `practice.base.system.reading_aloud.AloudReader` does."""

    @property
    def obstacle(self) -> str:
        """Why nothing could be read aloud, in words; empty while it works."""

    @property
    def is_silent(self) -> bool:
        """Nothing of it can be heard any more."""

    def read(self, text: str, language: str, speaker: int = 0) -> None:
        """Begin to read a text; what was being read stops."""

    def stop(self) -> None:
        """Cut it off."""

    def wait_until_silent(self) -> None:
        """Return once nothing of it can be heard."""


class Preparation:
    """The time before an answer; it is not over while anything of the question can be heard.

    Args:
        monotonic: Seconds that only grow.
        aloud: Reads aloud; None where nothing does.
    """

    def __init__(self, monotonic: Callable[[], float], aloud: ReadsAloud | None) -> None:
        self._monotonic = monotonic
        self._aloud = aloud
        self._is_read = False
        """The question is being read aloud, or was, and the time to think has not begun."""
        self._is_cut_short = False
        self._begin_at = 0.0
        self.prep_s = 0.0
        """The time to think before this answer, in all."""

    @property
    def left_s(self) -> float:
        """Time to think that is left; all of it while the question is read aloud."""
        self._look()
        return self.prep_s if self._is_read else max(0.0, self._begin_at - self._monotonic())

    @property
    def is_reading(self) -> bool:
        """Whether the question is read aloud now."""
        self._look()
        return self._is_read

    @property
    def is_over(self) -> bool:
        """Whether the answer may begin."""
        return not self.left_s and (self._aloud is None or self._aloud.is_silent)

    @property
    def obstacle(self) -> str:
        """Why nothing can be read aloud, in words; empty while it can."""
        return self._aloud.obstacle if self._aloud is not None else ""

    def begin(self, prep_s: float) -> None:
        """Ask a question; its time to think begins now."""
        self.silence()
        self.prep_s, self._is_cut_short = prep_s, False
        self._begin_at = self._monotonic() + prep_s

    def begin_again(self) -> None:
        """Give the whole time to think again."""
        self._begin_at = self._monotonic() + self.prep_s

    def read(self, text: str, language: str, voice: int) -> None:
        """Read the question aloud, unless the answer is about to begin; time to think follows."""
        if self._aloud is not None and not self._is_cut_short:
            self._aloud.read(text, language, voice)
            self._is_read = True

    def cut_short(self) -> None:
        """End it: what is being read is cut off, and the time to think is over."""
        self.silence()
        self._begin_at, self._is_cut_short = self._monotonic(), True

    def silence(self) -> None:
        """Cut off what is being read."""
        if self._aloud is not None:
            self._aloud.stop()
        self._is_read = False

    def wait_until_silent(self) -> None:
        """Return once nothing that was read can be heard."""
        if self._aloud is not None:
            self._aloud.wait_until_silent()

    def _look(self) -> None:
        """Begin the time to think where the reading has just ended."""
        if self._is_read and self._aloud is not None and self._aloud.is_silent:
            self._is_read = False
            self.begin_again()
