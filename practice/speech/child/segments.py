"""Where to cut speech into pieces that a recogniser hears one at a time.

Every rule is causal: a piece is settled by what was heard up to its end, so following a recording
as it grows and reading it afterwards give the same pieces. A take is cut by one rule whenever it is
heard. A file that nobody speaks into meanwhile is cut by another, which waits until a piece fills
what the recogniser hears at once: the recogniser takes as long for a short piece as for a long one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from practice.speech.transcription import HOP_S

ONSET = 0.4
"""Speech begins at this probability; softer than Silero's own 0.5, for quiet fillers."""
OFFSET = 0.25
"""Speech ends below this probability: Silero's own 0.15 below the onset."""

MARGIN_S = 0.6
"""What stays empty at least at the end of a window that is filled."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of speech, in hops from the start: `start` is in it, `end` is not."""

    start: int
    end: int
    goes_on: bool = False
    """It was cut in the middle of speech: the next piece begins where it ends."""


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
    rest_s: float = 0.2
    """After so much silence the piece so far may be heard in advance."""
    tail_s: float = 0.13
    """What is kept of such a silence, so that the same piece stands whenever it ends after that."""
    longest: float = 0.8
    """The longest piece, with what is heard before a forced cut, as a part of the window; there a
    cut is forced."""
    overlap: float = 0.1
    """What is heard on the other side of a forced cut, as a part of the window."""
    fills: bool = False
    """A forced cut falls at the best pause of the second half, where there is one; otherwise, and
    always without this, at the quietest hop."""

    @classmethod
    def for_files(cls, window_s: float) -> Self:
        """Few pieces, for a recording that is finished.

        Of 5 minutes of a synthetic answer 11 instead of 42 where the window is 30 s. With the demo
        model's 8 s it is 49 instead of 65; 7.4 instead of 7.9 of a hundred words are wrong then,
        and 4.1 are others.
        """
        return cls(window_s, patience_s=3.0, longest=1 - MARGIN_S / window_s, fills=True)

    @property
    def longest_hops(self) -> int:
        """The longest piece, in hops."""
        return int(self.longest * self.window_s / HOP_S)

    @property
    def overlap_hops(self) -> int:
        """What is heard on the other side of a forced cut, in hops."""
        return int(self.overlap * self.window_s / HOP_S)

    @property
    def rest_hops(self) -> int:
        """The silence after which a piece may be heard in advance, in hops."""
        return round(self.rest_s / HOP_S)

    @property
    def pad_hops(self) -> int:
        """What is kept before and after speech, in hops."""
        return round(self.pad_s / HOP_S)

    def kept_hops(self, pause_hops: int) -> int:
        """What a piece keeps of the pause behind its last speech, as long as that is so far."""
        if pause_hops >= self.rest_hops:
            return round(self.tail_s / HOP_S)
        return pause_hops // 2

    def ends(self, spoken_hops: int, pause_hops: int) -> bool:
        """Whether a pause is long enough to end a piece of that length."""
        pause_s = pause_hops * HOP_S
        wanted_s = self.patience_s * self.window_s / (spoken_hops * HOP_S)
        return pause_s >= max(self.shortest_pause_s, wanted_s)


class Segmenter:
    """Turns speech probabilities and levels, one hop at a time, into pieces."""

    def __init__(self, rule: CutRule) -> None:
        self.rule = rule
        self._hops = 0
        self._speaking = False
        self._start: int | None = None
        self._spoken = 0
        self._floor = 0
        self._joined = False
        """The open piece begins at a forced cut."""
        self._levels: list[float] = []
        self._spoke: list[bool] = []
        """Whether there was speech; as the levels, for each hop of the open piece."""

    @property
    def needed_from(self) -> int:
        """The first hop that a piece to come may still hold."""
        if self._start is None:
            return max(self._floor, self._hops - self.rule.pad_hops)
        return max(0, self._start - self.rule.overlap_hops) if self._joined else self._start

    @property
    def settled_hops(self) -> int:
        """Up to where it is known what belongs to a piece: the open one may still grow."""
        return self._hops if self._start is None else self._start

    @property
    def resting(self) -> Piece | None:
        """The open piece as it will be if nothing follows; None before it has come to rest."""
        if self._start is None or self._pause < self.rule.rest_hops:
            return None
        return Piece(self._start, self._spoken + self.rule.kept_hops(self._pause))

    @property
    def _pause(self) -> int:
        return self._hops - self._spoken

    def feed(self, probability: float, level_dbfs: float) -> Piece | None:
        """The piece that this hop settles, if it does."""
        hop = self._hops
        self._hops += 1
        self._speaking = probability >= (OFFSET if self._speaking else ONSET)
        if self._speaking:
            if self._start is None:
                self._start = max(self._floor, hop - self.rule.pad_hops)
                self._levels = [0.0] * (hop - self._start)
                self._spoke = [False] * (hop - self._start)
            self._spoken = self._hops
        if self._start is None:
            return None
        self._levels.append(level_dbfs)
        self._spoke.append(self._speaking)
        if self.rule.ends(self._spoken - self._start, self._pause):
            return self._close(self._spoken + self.rule.kept_hops(self._pause))
        if self._hops - self.needed_from >= self.rule.longest_hops:
            return self._force()
        return None

    def finish(self) -> Piece | None:
        """The piece still open when the recording ends."""
        if self._start is None:
            return None
        resting = self.resting
        return self._close(resting.end if resting else self._hops)

    def _close(self, end: int, *, goes_on: bool = False) -> Piece:
        assert self._start is not None
        piece = Piece(self._start, end, goes_on)
        self._start, self._floor, self._joined = None, end, False
        return piece

    def _force(self) -> Piece:
        """Cut at the best pause or the quietest hop; what follows begins the next piece."""
        pauses = list(self._pauses()) if self.rule.fills else []
        if pauses:
            return self._close_in(*max(pauses, key=_worth))
        last = len(self._levels) - self.rule.overlap_hops
        cut = min(range(last // 2, last), key=self._loudness)
        return self._split(cut, cut, goes_on=True)

    def _pauses(self) -> Iterator[tuple[int, int]]:
        """The pauses of the open piece that are long enough for a cut and reach its second half."""
        begin = 0
        for spoke, hops in groupby(self._spoke):
            end = begin + len(list(hops))
            long = (end - begin) * HOP_S >= self.rule.shortest_pause_s
            if not spoke and long and end > len(self._spoke) // 2:
                yield begin, end
            begin = end

    def _close_in(self, begin: int, end: int) -> Piece:
        """Cut in a pause of the open piece, which knows its length."""
        cut = begin + self.rule.kept_hops(end - begin)
        return self._split(cut, max(cut, end - self.rule.pad_hops), goes_on=False)

    def _split(self, cut: int, following: int, *, goes_on: bool) -> Piece:
        """End the open piece at `cut`; the next begins at `following`, where there is speech."""
        assert self._start is not None
        start, levels, spoke = self._start, self._levels[following:], self._spoke[following:]
        spoken = any(spoke)
        piece = self._close(start + cut, goes_on=goes_on and spoken)
        if spoken:
            self._start, self._joined = start + following, goes_on
            self._levels, self._spoke = levels, spoke
        return piece

    def _loudness(self, index: int) -> float:
        around = self._levels[max(0, index - 1) : index + 2]
        return sum(around) / len(around)


def _worth(pause: tuple[int, int]) -> int:
    """A long pause is a good one, and a late one, because less of the window stays empty."""
    begin, end = pause
    return (end - begin) * end**5
