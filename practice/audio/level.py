"""How loud 16-bit samples are."""

import math
import threading
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FLOOR_DBFS = -96.0
"""The lowest level given: the range of 16 bits, 20 log10(2^16), rounded."""

_FULL_SCALE = 32768.0
_CLIPPED_FROM = 32767
SHORTEST_CLIP = 3
"""So many samples in a row at full scale are clipped. One alone is the top of a sound that was made
as loud as it can be."""


def dbfs(amplitude: float) -> float:
    """`amplitude` (0 to 32768) against full scale in decibels, never below `FLOOR_DBFS`."""
    if amplitude <= 0:
        return FLOOR_DBFS
    return max(FLOOR_DBFS, 20 * math.log10(amplitude / _FULL_SCALE))


@dataclass(frozen=True, slots=True)
class Level:
    """The level over a short span; a full-scale sine has an rms of -3.0 dBFS."""

    rms_dbfs: float
    peak_dbfs: float
    clipped: bool
    """Sound was cut off at full scale: `SHORTEST_CLIP` samples in a row lay there."""


@dataclass(slots=True)
class Tally:
    """Sums over any number of samples, in memory that does not grow with them."""

    samples: int = 0
    peak: int = 0
    """The largest magnitude, 0 to 32768."""
    clipped: int = 0
    """How many samples lay at full scale (-32768, -32767, 32767), `SHORTEST_CLIP` in a row."""
    squares: float = 0.0
    _row: int = 0
    """How many samples at the end of what was counted lie at full scale."""

    def add(self, block: NDArray[np.int16]) -> None:
        """Count the samples of `block`."""
        if block.size == 0:
            return
        self.samples += block.size
        self.peak = max(self.peak, int(block.max()), -int(block.min()))
        self._count_clipped((block >= _CLIPPED_FROM) | (block <= -_CLIPPED_FROM))
        wide = block.astype(np.float64)
        self.squares += float(np.dot(wide, wide))

    def _count_clipped(self, is_full: NDArray[np.bool_]) -> None:
        """Count the rows of full samples; a row may go on from the block before."""
        if not self._row and not is_full.any():
            return
        edges = np.flatnonzero(np.diff(is_full, prepend=False, append=False))
        for first, last in edges.reshape(-1, 2).tolist():
            before = self._row if first == 0 else 0
            row = before + last - first
            if row >= SHORTEST_CLIP:
                # What of the row was in the block before is counted unless it was already.
                self.clipped += last - first + (before if before < SHORTEST_CLIP else 0)
        if is_full.all():
            self._row += len(is_full)
        else:
            self._row = int(np.argmin(is_full[::-1]))

    @property
    def all_zero(self) -> bool:
        """There are samples and each of them is zero."""
        return self.samples > 0 and self.peak == 0

    @property
    def level(self) -> Level:
        """The level over everything counted."""
        rms = math.sqrt(self.squares / self.samples) if self.samples else 0.0
        return Level(dbfs(rms), dbfs(self.peak), self.clipped > 0)


@dataclass(slots=True)
class Meter:
    """Fed by the thread that writes, polled by the one that draws; nothing queues up."""

    _tally: Tally = field(default_factory=Tally)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, block: NDArray[np.int16]) -> None:
        """Count the samples of `block`."""
        with self._lock:
            self._tally.add(block)

    def read_and_reset(self) -> Level:
        """The level since the last call; the floor when nothing came in between."""
        with self._lock:
            tally, self._tally = self._tally, Tally()
        return tally.level
