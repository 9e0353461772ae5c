"""How fast: words in windows, and stretches well off the speaker's own rate."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from practice.base.words import Span
from practice.delivery.findings import Finding
from practice.delivery.signal.pauses import PAUSE_S
from practice.delivery.transcript.syllables import count_syllables
from practice.delivery.transcript.tokens import Token, spell

WINDOW_S = 10.0
_SHORTEST_WINDOW_S = 5.0

HURRIED = 1.35
SLOW = 0.65
"""Times the speaker's own median rate; beyond each lies one stretch in twenty of telephone talk
(docs/findings.md)."""
_SHORTEST_STRETCH_S = 1.5
_FEWEST_SYLLABLES = 5
"""Of fewer a rate says nothing: one syllable miscounted is a fifth of them."""
_FEWEST_STRETCHES = 4
"""Of fewer there is no usual rate to be off."""
_LONGEST_RUN_S = 6.0
"""Over a longer run a hurried part and a slow one would even out."""


@dataclass(frozen=True, slots=True)
class PaceWindow:
    """The words per minute of one stretch of the take, pauses included."""

    start_s: float
    end_s: float
    wpm: float


def pace_windows(spoken: Sequence[Token], duration_s: float) -> list[PaceWindow]:
    """Words per minute in windows of 10 s; a rest shorter than 5 s joins the last one.

    A word belongs to the window that its middle lies in.
    """
    if duration_s <= 0:
        return []
    count = max(int((duration_s + WINDOW_S - _SHORTEST_WINDOW_S) // WINDOW_S), 1)
    words = [0] * count
    for token in spoken:
        words[min(int(token.span.middle_s // WINDOW_S), count - 1)] += 1
    edges = [index * WINDOW_S for index in range(count)] + [duration_s]
    return [
        PaceWindow(start, end, 60.0 * said / (end - start))
        for start, end, said in zip(edges, edges[1:], words, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words spoken without a pause between them."""

    start_s: float
    end_s: float
    syllables: int
    text: str

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    @property
    def rate(self) -> float:
        return self.syllables / self.duration_s if self.duration_s > 0 else 0.0


def pace_findings(
    spoken: Sequence[Token], speech: Sequence[Span] | None, language: str
) -> list[Finding]:
    """Stretches of at least 1.5 s spoken at 1.35 times the speaker's own median rate, or at 0.65.

    The rate is syllables a second between pauses. On 202 telephone conversations 1.35 was passed
    by one stretch in twenty. A run longer than 6 s is judged in equal parts.

    Args:
        spoken: What was said, without the fillers.
        speech: The runs of speech in the signal, cut at fillers; None takes the gaps
            between the words instead.
        language: For the syllables.
    """
    stretches = [
        part
        for said, run in _group_by_run(spoken, speech)
        for part in _split_run(said, run, language)
        if part.syllables >= _FEWEST_SYLLABLES and part.duration_s > 0
    ]
    if len(stretches) < _FEWEST_STRETCHES:
        return []
    usual = median(part.rate for part in stretches)
    # Short stretches help to tell what is usual, but are too short to be heard as hurried.
    long = [part for part in stretches if part.duration_s >= _SHORTEST_STRETCH_S]
    hurried = [("hurried", part) for part in long if part.rate >= HURRIED * usual]
    slow = [("slow", part) for part in long if part.rate <= SLOW * usual]
    return [
        Finding("pace", label, part.text, part.start_s, part.end_s, "certain", "transcript")
        for label, part in hurried + slow
    ]


def _group_by_run(
    spoken: Sequence[Token], speech: Sequence[Span] | None
) -> list[tuple[list[Token], Span]]:
    """Each run of speech with its tokens: those whose middle comes before the next run begins."""
    runs = _find_word_runs(spoken) if speech is None else speech
    groups: list[tuple[list[Token], Span]] = [([], run) for run in runs]
    starts_s = [run.start_s for run in runs]
    for token in spoken:
        if groups:
            index = bisect_right(starts_s, token.span.middle_s) - 1
            groups[max(index, 0)][0].append(token)
    return [(said, run) for said, run in groups if said]


def _find_word_runs(spoken: Sequence[Token]) -> list[Span]:
    """The stretches of words with less than `PAUSE_S` between them."""
    found: list[Span] = []
    for token in spoken:
        if found and token.start_s - found[-1].end_s < PAUSE_S:
            found[-1] = Span(found[-1].start_s, max(found[-1].end_s, token.end_s))
        else:
            found.append(Span(token.start_s, token.end_s))
    return found


def _split_run(said: Sequence[Token], run: Span, language: str) -> list[_Stretch]:
    """`said` in as many parts of nearly equal time as keep each under `_LONGEST_RUN_S`.

    A recogniser lets words reach into a pause; what lies outside `run` is cut off.
    """
    first_s = max(said[0].start_s, run.start_s)
    whole_s = max(min(said[-1].end_s, run.end_s) - first_s, 0.0)
    count = max(ceil(whole_s / _LONGEST_RUN_S), 1)
    # By time and not by words, so that a part with few words in its time comes out as slow.
    parts: list[list[Token]] = [[] for _ in range(count)]
    for token in said:
        share = (token.start_s - first_s) / whole_s if whole_s > 0 else 0.0
        parts[min(max(int(share * count), 0), count - 1)].append(token)
    return [
        _Stretch(
            max(part[0].start_s, run.start_s),
            min(part[-1].end_s, run.end_s),
            sum(count_syllables(token.text, language) for token in part),
            spell(part),
        )
        for part in parts
        if part
    ]
