"""Where to cut speech into pieces that a recogniser hears one at a time.

The rule is causal: a piece is settled by what was heard up to its end, so following a recording
as it grows and reading it afterwards give the same pieces.
"""

from dataclasses import dataclass

from practice.speech.hearing import HOP_S

ONSET = 0.4
"""Speech begins at this probability; softer than Silero's own 0.5, for quiet fillers."""
OFFSET = 0.25
"""Speech ends below this probability: Silero's own 0.15 below the onset."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch to be heard by itself, in hops from the start: `start` is in it, `end` is not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CutRule:
    """How long a piece may grow and what pause ends it.

    The longer a piece has become, the shorter the pause that ends it: a cut falls at the first
    pause with `pause * length >= patience * window`. With a window of 30 s that is a pause of
    0.35 s once 6 s were said. On 20 synthetic answers heard by the demo model, factors from 0.03
    to 0.25, pauses from 0.15 to 0.35 s and pads from 0.12 to 0.3 s all gave between 13.8 and 15.4
    wrong words in a hundred; these values gave the fewest.
    """

    window_s: float
    """What the recogniser hears at once."""
    patience_s: float = 0.07
    shortest_pause_s: float = 0.15
    pad_s: float = 0.3
    longest: float = 0.8
    """The longest piece as a part of the window; there the cut is forced at the quietest hop."""

    @property
    def longest_hops(self) -> int:
        """The longest piece, in hops."""
        return int(self.longest * self.window_s / HOP_S)

    @property
    def pad_hops(self) -> int:
        """What is kept before and after speech, in hops."""
        return round(self.pad_s / HOP_S)

    def ends(self, spoken_hops: int, pause_hops: int) -> bool:
        """Whether a pause is long enough to end a piece of that length."""
        pause_s = pause_hops * HOP_S
        wanted_s = self.patience_s * self.window_s / (spoken_hops * HOP_S)
        return pause_s >= max(self.shortest_pause_s, wanted_s)


class Segmenter:
    """Turns speech probabilities and levels, one hop at a time, into pieces."""

    def __init__(self, rule: CutRule) -> None:
        self._rule = rule
        self._hops = 0
        self._speaking = False
        self._start: int | None = None
        self._spoken = 0
        self._floor = 0
        self._levels: list[float] = []

    @property
    def needed_from(self) -> int:
        """The first hop that a piece to come may still hold."""
        if self._start is not None:
            return self._start
        return max(self._floor, self._hops - self._rule.pad_hops)

    def feed(self, probability: float, level_dbfs: float) -> Piece | None:
        """The piece that this hop settles, if it does."""
        hop = self._hops
        self._hops += 1
        self._speaking = probability >= (OFFSET if self._speaking else ONSET)
        if self._speaking:
            if self._start is None:
                self._start = max(self._floor, hop - self._rule.pad_hops)
                self._levels = [0.0] * (hop - self._start)
            self._spoken = self._hops
        if self._start is None:
            return None
        self._levels.append(level_dbfs)
        pause = self._hops - self._spoken
        if self._rule.ends(self._spoken - self._start, pause):
            return self._close(min(self._spoken + self._rule.pad_hops, self._spoken + pause // 2))
        if self._hops - self._start >= self._rule.longest_hops:
            return self._force()
        return None

    def finish(self) -> Piece | None:
        """The piece still open when the recording ends."""
        if self._start is None:
            return None
        return self._close(min(self._spoken + self._rule.pad_hops, self._hops))

    def _close(self, end: int) -> Piece:
        assert self._start is not None
        piece = Piece(self._start, end)
        self._start, self._floor = None, end
        return piece

    def _force(self) -> Piece:
        """Cut at the quietest hop of the second half; what follows begins the next piece."""
        assert self._start is not None
        half = len(self._levels) // 2
        cut = self._start + min(range(half, len(self._levels)), key=self._loudness)
        spoken, levels = self._spoken, self._levels[cut - self._start :]
        piece = self._close(cut)
        if spoken > cut:
            self._start, self._levels = cut, levels
        return piece

    def _loudness(self, index: int) -> float:
        around = self._levels[max(0, index - 1) : index + 2]
        return sum(around) / len(around)
