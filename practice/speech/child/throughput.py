"""How long recognising takes on this machine, from what it took lately."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

REMEMBERED = 8
"""So many segments tell the speed: a minute or two of speech, so that other work on the machine
shows soon."""


class RealTimeFactor:
    """Seconds of work for a second of a recording, by the mean time that the last segments took."""

    def __init__(self) -> None:
        self._took_s: deque[float] = deque(maxlen=REMEMBERED)

    @contextmanager
    def measure(self) -> Iterator[None]:
        """Note how long the recognition of one segment takes."""
        began = time.monotonic()
        yield
        self._took_s.append(time.monotonic() - began)

    def estimate(self, segments: int, transcribed_s: float) -> float | None:
        """The factor for a recording that is cut as it was so far; None while nothing tells.

        A segment costs the same however long it is, and one that was known already costs nothing:
        hence the time of a segment, and how many of them there are to a second.

        Args:
            segments: How many there were.
            transcribed_s: In so much of the recording.
        """
        if not self._took_s or not segments:
            return None
        return sum(self._took_s) / len(self._took_s) * segments / transcribed_s
