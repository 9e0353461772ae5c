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
    """A sample lay at full scale (-32768, -32767 or 32767)."""


@dataclass(slots=True)
class Tally:
    """Sums over any number of samples, in memory that does not grow with them."""

    samples: int = 0
    peak: int = 0
    """The largest magnitude, 0 to 32768."""
    clipped: int = 0
    """How many samples lay at full scale."""
    squares: float = 0.0

    def add(self, block: NDArray[np.int16]) -> None:
        """Count the samples of `block`."""
        if block.size == 0:
            return
        self.samples += block.size
        self.peak = max(self.peak, int(block.max()), -int(block.min()))
        self.clipped += int(np.count_nonzero((block >= _CLIPPED_FROM) | (block <= -_CLIPPED_FROM)))
        wide = block.astype(np.float64)
        self.squares += float(np.dot(wide, wide))

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
