"""How long recognising takes on this machine, from what it took lately."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

REMEMBERED = 8
"""So many pieces tell the speed: a minute or two of speech, so that other work on the machine
shows soon."""


class Pace:
    """The mean time that the last pieces took."""

    def __init__(self) -> None:
        self._took_s: deque[float] = deque(maxlen=REMEMBERED)

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Note how long the recognition of one piece takes."""
        began = time.monotonic()
        yield
        self._took_s.append(time.monotonic() - began)

    def per_second(self, pieces: int, heard_s: float) -> float | None:
        """Seconds of work for a second of a recording; None while nothing tells.

        Args:
            pieces: How many there were.
            heard_s: In so much of the recording.
        """
        if not self._took_s or not pieces:
            return None
        return sum(self._took_s) / len(self._took_s) * pieces / heard_s
