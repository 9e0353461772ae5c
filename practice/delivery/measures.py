"""The numbers of a take. `docs/measures.md` defines each for its readers."""

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from practice.base.words import Span
from practice.delivery.filler_distribution import FillerDistribution
from practice.delivery.findings import Finding
from practice.delivery.pace import PaceWindow
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.pauses import LONG_PAUSE_S, VERY_LONG_PAUSE_S, Phrasing
from practice.delivery.signal.syllable_nuclei import find_nuclei
from practice.delivery.transcript.fact_counts import FactCounts
from practice.delivery.transcript.pet_phrases import PetPhrase
from practice.delivery.transcript.syllables import count_syllables
from practice.delivery.transcript.tokens import Token
from practice.delivery.transcript.transcript import Transcript

SHORTEST_FILLER_RATE_S = 30.0
"""Fillers are few: in less speech one more or less moves their rate by more than two a minute."""


@dataclass(frozen=True, slots=True)
class FillerCounts:
    """How many fillers; None where there are no words that can be trusted."""

    certain: int | None = None
    possible: int | None = None
    """Those in the words and those in the signal."""
    sounds: int | None = None
    """Of the certain ones, the hesitation sounds (um, uh)."""
    phrases: int | None = None
    """Of the certain ones, the words and phrases (you know, I mean)."""
    habits: int | None = None
    """Habit words (like, so), none of them certain. One that the user confirms is a phrase."""
    per_min: float | None = None
    """The certain ones per minute of speaking time; None under 30 s of it."""
    places: FillerDistribution | None = None
    """Where the certain ones are."""


@dataclass(frozen=True, slots=True)
class PauseCounts:
    """How many pauses; None where there is no sound that can be trusted."""

    count: int | None = None
    """Of at least 0.25 s."""
    long: int | None = None
    """Of at least 1 s, the very long ones included."""
    very_long: int | None = None
    """Of at least 2 s."""
    longest_s: float | None = None
    """None also where there is no pause."""
    inside: int | None = None
    """Inside a clause; None where no word carries punctuation."""
    before_first_s: float | None = None
    """The silence before the first speech, which does not count as a pause."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers of a take; None, or an empty `pace`, where one cannot be given."""

    duration_s: float
    speaking_s: float | None = None
    words: int | None = None
    wpm: float | None = None
    speaking_wpm: float | None = None
    articulation_sps: float | None = None
    fillers: FillerCounts = FillerCounts()
    pauses: PauseCounts = PauseCounts()
    repetitions: int | None = None
    longest_run_s: float | None = None
    pace: tuple[PaceWindow, ...] = ()
    restarts: int | None = None
    """Beginnings given up and words broken off, each of them only possible."""
    hedges: int | None = None
    facts: FactCounts | None = None
    """None also in a language whose verbs say I and we without a word."""
    pet_phrases: tuple[PetPhrase, ...] = ()


def drop_rates(measures: Measures) -> Measures:
    """`measures` of a take with too little speech for anything per minute or second."""
    return replace(
        measures,
        wpm=None,
        speaking_wpm=None,
        articulation_sps=None,
        fillers=replace(measures.fillers, per_min=None),
        pace=(),
    )


def drop_unheard_sounds(measures: Measures) -> Measures:
    """`measures` of a take too noisy to hear an um in: what was found stands, "none" does not."""
    fillers = measures.fillers
    if fillers.sounds:
        return replace(measures, fillers=replace(fillers, per_min=None))
    certain = fillers.certain or None
    return replace(measures, fillers=replace(fillers, certain=certain, sounds=None, per_min=None))


def drop_filler_counts(measures: Measures) -> Measures:
    """`measures` of a take in which no fillers could be looked for: not even none were found."""
    return replace(measures, fillers=FillerCounts())


def count_fillers(
    transcript: Transcript | None, findings: Sequence[Finding], speech: Phrasing | None
) -> FillerCounts:
    """The fillers among `findings`; without words only the possible ones.

    Args:
        transcript: The words; None where there are none that can be trusted.
        findings: Of every kind.
        speech: For the rate; None where there is no sound that can be trusted.
    """
    fillers = [f for f in findings if f.kind == "filler"]
    in_sound = sum(f.source == "signal" and f.certainty == "certain" for f in fillers)
    possible = sum(f.certainty == "possible" for f in fillers)
    if transcript is None:
        return FillerCounts(possible=possible)
    kinds = Counter(o.entry.kind for o in transcript.found if o.is_certain_filler)
    certain = kinds.total() + in_sound
    return FillerCounts(
        certain,
        possible,
        kinds["sound"] + in_sound,
        kinds["phrase"],
        sum(o.entry.kind == "habit" for o in transcript.found),
        _filler_rate(fillers, speech) if speech else None,
    )


def _filler_rate(fillers: Sequence[Finding], speech: Phrasing) -> float | None:
    """The certain fillers a minute of the speech that could be heard."""
    if speech.speaking_s < SHORTEST_FILLER_RATE_S:
        return None
    heard = sum(f.certainty == "certain" and speech.could_hear(f.span) for f in fillers)
    return per_minute(heard, speech.speaking_s)


def count_pauses(speech: Phrasing, tokens: Sequence[Token] | None) -> PauseCounts:
    """The pauses by length and by place.

    Args:
        speech: Where the pauses are.
        tokens: Every word; None where there are none that can be trusted.
    """
    pauses = speech.pauses
    lengths_s = [span.duration_s for span in pauses]
    return PauseCounts(
        len(lengths_s),
        sum(length >= LONG_PAUSE_S - 1e-9 for length in lengths_s),
        sum(length >= VERY_LONG_PAUSE_S - 1e-9 for length in lengths_s),
        max(lengths_s, default=None),
        _count_inside_clauses(pauses, tokens) if tokens else None,
        _before_first_s(speech),
    )


def _before_first_s(speech: Phrasing) -> float | None:
    """The silence before the first speech; None where the microphone was off for a part of it."""
    if not speech.runs:
        return None
    first_s = speech.runs[0].start_s
    was_heard = all(span.start_s >= first_s for span in (*speech.muted, *speech.noisy))
    return first_s if was_heard else None


def _count_inside_clauses(pauses: Sequence[Span], tokens: Sequence[Token]) -> int | None:
    """How many pauses follow a word without punctuation; None where no word carries any."""
    # A model that writes no punctuation would make every pause one inside a clause.
    if not any(token.ends_clause for token in tokens):
        return None
    # The middle tells which word comes before a pause: its end may reach into it.
    middles_s = [token.span.middle_s for token in tokens]
    before = (bisect(middles_s, pause.start_s) - 1 for pause in pauses)
    return sum(index >= 0 and not tokens[index].ends_clause for index in before)


def per_minute(count: int | None, over_s: float | None) -> float | None:
    """`count` per minute of `over_s`; None where either is unknown or there is no time."""
    return 60.0 * count / over_s if count is not None and over_s else None


def articulation_sps(
    transcript: Transcript | None, sound: SoundFeatures, speech: Phrasing, fillers: Sequence[Span]
) -> float | None:
    """Syllables a second of speaking time without fillers; from the signal without words."""
    if transcript is None:
        count = len(find_nuclei(sound, speech.frames(sound.frames)))
        return count / speech.speaking_s if speech.speaking_s else None
    filled_s = sum(max(filler.overlap_s(run), 0.0) for filler in fillers for run in speech.runs)
    over_s = speech.speaking_s - filled_s
    said = [token.text for token in transcript.spoken if speech.could_hear(token.span)]
    syllables = sum(count_syllables(text, transcript.language) for text in said)
    return syllables / over_s if over_s > 0 else None


def find_fluent_runs(speech: Phrasing, fillers: Sequence[Span]) -> list[Span]:
    """The stretches of speech without a pause of 0.25 s or a filler in them."""
    found: list[Span] = []
    for run in speech.runs:
        # Each filler in the run ends a stretch; the next one begins behind it.
        at_s = run.start_s
        for filler in fillers:
            if filler.end_s > run.start_s and filler.start_s < run.end_s:
                found.append(Span(at_s, max(filler.start_s, at_s)))
                at_s = max(at_s, min(filler.end_s, run.end_s))
        found.append(Span(at_s, run.end_s))
    return [span for span in found if span.duration_s > 0]


def longest_run_s(speech: Phrasing, fillers: Sequence[Span]) -> float:
    """The longest of the fluent runs, in seconds."""
    return max((run.duration_s for run in find_fluent_runs(speech, fillers)), default=0.0)
