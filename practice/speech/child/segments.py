"""Where to cut speech into segments that a recogniser hears one at a time.

Every rule is causal: a segment is final by what was heard up to its end, so following a recording
as it grows and reading it afterwards give the same segments. A take is cut by one rule whenever it
is transcribed. A file that nobody speaks into meanwhile is cut by another, which waits until a
segment fills what the recogniser hears at once: the recogniser takes as long for a short segment as
for a long one.
"""

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
class Segment:
    """A stretch of speech, in hops from the start: `start` is in it, `end` is not."""

    start: int
    end: int
    continues: bool = False
    """It was cut in the middle of speech: the next segment begins where it ends."""


@dataclass(frozen=True, slots=True)
class CutRule:
    """How long a segment may grow and what pause ends it.

    The longer a segment has become, the shorter the pause that ends it: a cut falls at the first
    pause with `pause * length >= patience * window`. With a window of 30 s that is a pause of
    0.35 s once 6 s were said. On 20 synthetic answers heard by the demo model, factors from 0.03
    to 0.25, pauses from 0.15 to 0.35 s and pads from 0.12 to 0.3 s all gave between 13.8 and 15.4
    wrong words in a hundred; these values gave the fewest.
    """

    window_s: float
    """What the recogniser hears at once."""
    patience_s: float = 0.07
    """The factor in the rule above: the larger, the longer the pauses that end a segment."""
    shortest_pause_s: float = 0.15
    """Nothing shorter ends a segment: a closure inside a word may silence it for 0.1 s."""
    pad_s: float = 0.3
    """What is kept of the silence before speech, whose onset may be too soft to be noticed."""
    rest_s: float = 0.2
    """After so much silence the segment so far may be recognised in advance."""
    tail_s: float = 0.13
    """What is kept of such a silence: the segment is the same whenever it ends after that."""
    longest: float = 0.8
    """The longest segment, with what is heard before a forced cut, as a part of the window; there
    a cut is forced."""
    overlap: float = 0.1
    """What is heard on the other side of a forced cut, as a part of the window."""
    fill_window: bool = False
    """A forced cut falls at the best pause of the second half, where there is one; otherwise, and
    always without this, at the quietest hop."""

    @classmethod
    def for_files(cls, window_s: float) -> Self:
        """Few segments, for a recording that is finished.

        Of 5 minutes of a synthetic answer 11 instead of 42 where the window is 30 s. With the demo
        model's 8 s it is 49 instead of 65; 7.4 instead of 7.9 of a hundred words are wrong then,
        and 4.1 are others.
        """
        longest = 1 - MARGIN_S / window_s
        return cls(window_s, patience_s=3.0, longest=longest, fill_window=True)

    @property
    def longest_hops(self) -> int:
        """The longest segment, in hops."""
        return int(self.longest * self.window_s / HOP_S)

    @property
    def overlap_hops(self) -> int:
        """What is heard on the other side of a forced cut, in hops."""
        return int(self.overlap * self.window_s / HOP_S)

    @property
    def rest_hops(self) -> int:
        """The silence after which a segment may be recognised in advance, in hops."""
        return round(self.rest_s / HOP_S)

    @property
    def pad_hops(self) -> int:
        """What is kept of the silence before speech, in hops."""
        return round(self.pad_s / HOP_S)

    def tail_hops(self, pause_hops: int) -> int:
        """Hops of trailing silence to keep in the segment, given the pause so far."""
        if pause_hops >= self.rest_hops:
            return round(self.tail_s / HOP_S)
        return pause_hops // 2

    def ends(self, segment_hops: int, pause_hops: int) -> bool:
        """Whether a pause is long enough to end a segment of that length."""
        pause_s = pause_hops * HOP_S
        wanted_s = self.patience_s * self.window_s / (segment_hops * HOP_S)
        return pause_s >= max(self.shortest_pause_s, wanted_s)


class Segmenter:
    """Turns speech probabilities and levels, one hop at a time, into segments.

    The first hop of speech opens a segment. A pause that the rule finds long enough closes it; one
    that grows too long for the window is cut by force.
    """

    def __init__(self, rule: CutRule) -> None:
        self.rule = rule
        self._hops = 0
        """Fed so far."""
        self._speaking = False
        self._start: int | None = None
        """Where the open segment begins; None while there is none."""
        self._speech_end = 0
        """The hop behind the last speech."""
        self._floor = 0
        """The end of the last segment: the next one begins no earlier."""
        self._continued = False
        """The open segment begins at a cut in the middle of speech."""
        self._levels: list[float] = []
        """In dBFS, for each hop of the open segment."""
        self._spoke: list[bool] = []
        """Whether there was speech, likewise."""

    @property
    def first_needed_hop(self) -> int:
        """The first hop that a segment to come may still hold."""
        if self._start is None:
            return max(self._floor, self._hops - self.rule.pad_hops)
        return max(0, self._start - self.rule.overlap_hops) if self._continued else self._start

    @property
    def final_hops(self) -> int:
        """Up to where it is known what belongs to a segment: the open one may still grow."""
        return self._hops if self._start is None else self._start

    @property
    def provisional(self) -> Segment | None:
        """The open segment as it will be if no speech follows; None before a silence of `rest_s`.

        It stays the same as the silence grows, so what is recognised in it is recognised for good.
        """
        if self._start is None or self._pause < self.rule.rest_hops:
            return None
        return Segment(self._start, self._speech_end + self.rule.tail_hops(self._pause))

    @property
    def _pause(self) -> int:
        """How many hops of silence there are behind the last speech."""
        return self._hops - self._speech_end

    def feed(self, probability: float, level_dbfs: float) -> Segment | None:
        """The segment that this hop completes, if it does."""
        hop = self._hops
        self._hops += 1
        # Two thresholds: within speech the probability falls for a hop or two without a pause.
        self._speaking = probability >= (OFFSET if self._speaking else ONSET)
        if self._speaking:
            if self._start is None:
                self._start = max(self._floor, hop - self.rule.pad_hops)
                # The levels of the pad were not kept. As if at full scale, no cut falls there.
                self._levels = [0.0] * (hop - self._start)
                self._spoke = [False] * (hop - self._start)
            self._speech_end = self._hops
        if self._start is None:
            return None
        self._levels.append(level_dbfs)
        self._spoke.append(self._speaking)
        if self.rule.ends(self._speech_end - self._start, self._pause):
            return self._close(self._speech_end + self.rule.tail_hops(self._pause))
        if self._hops - self.first_needed_hop >= self.rule.longest_hops:
            return self._cut_by_force()
        return None

    def finish(self) -> Segment | None:
        """The segment still open when the recording ends."""
        if self._start is None:
            return None
        return self._close(self.provisional.end if self.provisional else self._hops)

    def _cut_by_force(self) -> Segment:
        """Cut where it does least harm; what follows begins the next segment."""
        if self.rule.fill_window:
            pauses, begin = [], 0
            for spoke, run in groupby(self._spoke):
                end = begin + len(list(run))
                is_long = (end - begin) * HOP_S >= self.rule.shortest_pause_s
                if not spoke and is_long and end > len(self._spoke) // 2:
                    pauses.append((begin, end))
                begin = end
            if pauses:
                # A long pause is a good one, and so is a late one: less of the window stays empty.
                begin, end = max(pauses, key=lambda pause: (pause[1] - pause[0]) * pause[1] ** 5)
                # How long this pause is, is known already: cut as if it had just ended.
                cut = begin + self.rule.tail_hops(end - begin)
                return self._split(cut, max(cut, end - self.rule.pad_hops), continues=False)
        # Somebody speaks on: cut at the quietest hop, seen with its neighbours, of the second half.
        # The last hops are out of the question: both sides of the cut are to hear beyond it.
        last = len(self._levels) - self.rule.overlap_hops
        levels = self._levels

        def loudness(hop: int) -> float:
            around = levels[max(0, hop - 1) : hop + 2]
            return sum(around) / len(around)

        cut = min(range(last // 2, last), key=loudness)
        return self._split(cut, cut, continues=True)

    def _split(self, cut: int, following: int, *, continues: bool) -> Segment:
        """End the open segment at `cut` and begin the next at `following`.

        Args:
            cut: In hops from the start of the open segment; so is `following`.
            following: Where the next one begins, if there is speech behind it.
            continues: The cut falls in the middle of speech.
        """
        assert self._start is not None
        start, levels, spoke = self._start, self._levels[following:], self._spoke[following:]
        is_speech_left = any(spoke)
        segment = self._close(start + cut, continues=continues and is_speech_left)
        if is_speech_left:
            self._start, self._continued = start + following, continues
            self._levels, self._spoke = levels, spoke
        return segment

    def _close(self, end: int, *, continues: bool = False) -> Segment:
        assert self._start is not None
        segment = Segment(self._start, end, continues)
        self._start, self._floor, self._continued = None, end, False
        return segment
