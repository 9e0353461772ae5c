"""95 % intervals for what was counted on few examples."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def wilson(hits: float, of: float) -> Interval | None:
    """The share `hits / of` with the interval of Wilson (1927); None of nothing."""
    if not of:
        return None
    share, spread = hits / of, Z_95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z_95 * np.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return Interval(share, float(middle - half), float(middle + half))


@dataclass(frozen=True, slots=True)
class Hits:
    """Labelled events found, labelled events in all, and findings that are none of them."""

    hit: float = 0
    labelled: float = 0
    false: float = 0

    def __add__(self, other: "Hits") -> "Hits":
        return Hits(self.hit + other.hit, self.labelled + other.labelled, self.false + other.false)

    def __truediv__(self, by: int) -> "Hits":
        return Hits(self.hit / by, self.labelled / by, self.false / by)

    @property
    def recall(self) -> Interval | None:
        """Of the labelled ones, those found."""
        return wilson(self.hit, self.labelled)

    @property
    def precision(self) -> Interval | None:
        """Of the findings, those that are labelled."""
        return wilson(self.hit, self.hit + self.false)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 0 where nothing was found."""
        return 2 * self.hit / max(self.hit + self.false + self.labelled, 1e-9)


def f1_interval(parts: Sequence[Hits], draws: int = 2000) -> Interval:
    """F1 of all `parts` with the interval of a bootstrap that draws whole parts (clips, seeds)."""
    rng = np.random.default_rng(0)
    table = np.array([(part.hit, part.labelled, part.false) for part in parts], dtype=float)
    drawn = table[rng.integers(0, len(table), (draws, len(table)))].sum(axis=1)
    f1 = 2 * drawn[:, 0] / np.maximum(drawn.sum(axis=1), 1e-9)
    low, high = np.quantile(f1, [0.025, 0.975])
    return Interval(sum(parts, Hits()).f1, float(low), float(high))


def mean_interval(values: Sequence[float], draws: int = 2000) -> Interval:
    """The mean of `values` with the interval of a bootstrap over them."""
    rng = np.random.default_rng(0)
    table = np.asarray(values, dtype=float)
    means = table[rng.integers(0, len(table), (draws, len(table)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(table.mean()), float(low), float(high))


def cell(interval: Interval | None) -> str:
    """As it stands in a table."""
    return f"{interval!s:>17}" if interval else f"{'-':>17}"
