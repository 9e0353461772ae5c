"""The review of one take: words and sound in, findings, measures, coverage and judgement out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from practice.base.words import Word
from practice.delivery.filler_distribution import FillerDistribution, distribute_fillers
from practice.delivery.findings import Finding
from practice.delivery.measures import (
    Measures,
    PauseCounts,
    Transcript,
    articulation_sps,
    filler_counts,
    filler_places,
    fluent_runs,
    longest_run_s,
    pause_counts,
    without_fillers,
    without_rates,
    words_per_minute,
)
from practice.delivery.pace import pace_findings, pace_windows
from practice.delivery.quality import Issues, Judgement, find_issues
from practice.delivery.signal.filled_pauses import find_lone_syllables, find_unexplained_voice
from practice.delivery.signal.pauses import Phrasing, Span, find_phrasing, pause_findings
from practice.delivery.signal.sound import Sound
from practice.delivery.transcript.coverage import Coverage, find_coverage
from practice.delivery.transcript.fact_counts import count_facts
from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.pet_phrases import find_pet_phrases
from practice.delivery.transcript.repetitions import find_repetitions, find_restarts
from practice.delivery.word_times import AlignedWords, align_words


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that is reported about one take."""

    words: tuple[Word, ...]
    findings: tuple[Finding, ...]
    """In order of time."""
    measures: Measures
    coverage: Coverage
    judgement: Judgement


def review(
    words: Sequence[Word] | None,
    sound: Sound | None,
    lexicon: Lexicon,
    key_points: Sequence[str] = (),
    terms: Sequence[str] = (),
    duration_s: float | None = None,
    clipped_s: float = 0.0,
) -> Review:
    """What was said and how.

    Args:
        words: The recognised words; None where nothing could recognise any.
        sound: The take; None where there are only words. Pauses and speaking time are None then.
        lexicon: What counts as a filler in the language spoken.
        key_points: What the user meant to say.
        terms: Words the user wanted to say.
        duration_s: The length of the take; without it that of the sound, else the last word's end.
        clipped_s: How long the microphone clipped.
    """
    length_s = _length_s(words or (), sound, duration_s)
    at = None if words is None else placed(words, sound, lexicon.language, length_s)
    return review_aligned(at, sound, lexicon, key_points, terms, length_s, clipped_s)


def placed(
    words: Iterable[Word], sound: Sound | None, language: str, length_s: float
) -> AlignedWords:
    """The words in order, each inside the take, their times mended by the sound."""
    ordered = _in_order(words, length_s)
    return AlignedWords(ordered) if sound is None else align_words(ordered, sound, language)


def review_aligned(
    at: AlignedWords | None,
    sound: Sound | None,
    lexicon: Lexicon,
    key_points: Sequence[str],
    terms: Sequence[str],
    length_s: float,
    clipped_s: float,
    not_fillers: Sequence[Span] = (),
) -> Review:
    """As `review`, of words that are `placed` already.

    The sound holds no filler in `not_fillers`, whatever it sounds like there.
    """
    words = None if at is None else at.words
    transcript = None if words is None else Transcript.of(words, lexicon)
    speech = None if sound is None else find_phrasing(sound)
    doubts = find_issues(
        words, transcript.tokens if transcript else None, lexicon, sound, speech, clipped_s
    )
    trusted = None if doubts.words_are_doubtful else transcript
    heard = None if doubts.signal_is_doubtful else speech
    sounds = _sounds(at, trusted, sound, not_fillers) if sound and heard else None
    findings = _findings(trusted, sounds or (), heard, lexicon)
    measures = _measures(trusted, sound, heard, findings, length_s)
    if trusted is None and sounds is None:
        measures = without_fillers(measures)
    return Review(
        words or (),
        tuple(sorted(findings, key=lambda f: (f.start_s, f.end_s, f.kind))),
        without_rates(measures) if doubts.rates else measures,
        find_coverage(trusted.tokens, lexicon, key_points, terms) if trusted else Coverage(),
        _judgement(doubts, words is None, sound is None),
    )


def _in_order(words: Iterable[Word], length_s: float) -> tuple[Word, ...]:
    """`words` by start, each inside the take and none ending before it starts."""
    inside = (
        replace(
            word,
            start_s=(start_s := min(max(word.start_s, 0.0), length_s)),
            end_s=min(max(word.end_s, start_s), length_s),
        )
        for word in words
    )
    return tuple(sorted(inside, key=lambda word: word.start_s))


def _length_s(words: Sequence[Word], sound: Sound | None, duration_s: float | None) -> float:
    """The length of the take: as told, else of the sound, else up to the end of the words."""
    if duration_s is not None:
        return duration_s
    if sound is not None:
        return sound.duration_s
    return max((word.end_s for word in words), default=0.0)


def _sounds(
    at: AlignedWords | None,
    transcript: Transcript | None,
    sound: Sound,
    not_fillers: Sequence[Span],
) -> list[Finding] | None:
    """The filled pauses in the sound; None where there are words that cannot be trusted."""
    if at is None:
        found = find_lone_syllables(sound)
    elif transcript is None:
        return None
    else:
        found = find_unexplained_voice(at.words, sound, at.cut_off)
    return [f for f in found if not any(_holds_middle(place, f) for place in not_fillers)]


def _holds_middle(place: Span, finding: Finding) -> bool:
    return place.start_s <= (finding.start_s + finding.end_s) / 2 <= place.end_s


def _findings(
    transcript: Transcript | None,
    sounds: Sequence[Finding],
    speech: Phrasing | None,
    lexicon: Lexicon,
) -> list[Finding]:
    """Everything found, with the filled pauses in the sound."""
    found = [*sounds, *(pause_findings(speech.pauses) if speech else ())]
    if transcript is None:
        return found
    found += [occurrence.finding(transcript.tokens) for occurrence in transcript.found]
    fluent = transcript.spoken
    fluent_speech = fluent_runs(speech, filler_places(found)) if speech else None
    found += find_repetitions(fluent, lexicon) + find_restarts(fluent, lexicon)
    return found + pace_findings(fluent, fluent_speech, lexicon.language)


def _measures(
    transcript: Transcript | None,
    sound: Sound | None,
    speech: Phrasing | None,
    findings: Sequence[Finding],
    duration_s: float,
) -> Measures:
    speaking_s = speech.speaking_s if speech else None
    words = len(transcript.spoken) if transcript else None
    fillers = filler_places(findings)
    rate = articulation_sps(transcript, sound, speech, fillers) if sound and speech else None
    return Measures(
        duration_s,
        speaking_s,
        words,
        words_per_minute(words, duration_s),
        words_per_minute(words, speaking_s),
        rate,
        replace(
            filler_counts(transcript, findings, speaking_s),
            places=_places(transcript, speech, findings),
        ),
        _pauses(transcript, speech),
        sum(f.kind == "repetition" for f in findings) if transcript else None,
        longest_run_s(speech, fillers) if speech else None,
        tuple(pace_windows(transcript.spoken, duration_s)) if transcript else (),
        sum(f.kind == "restart" for f in findings) if transcript else None,
        sum(f.kind == "hedge" for f in findings) if transcript else None,
        count_facts(transcript.spoken, transcript.lexicon) if transcript else None,
        find_pet_phrases(transcript.plain, transcript.lexicon) if transcript else (),
    )


def _pauses(transcript: Transcript | None, speech: Phrasing | None) -> PauseCounts:
    return (
        pause_counts(speech, transcript.tokens if transcript else None) if speech else PauseCounts()
    )


def _places(
    transcript: Transcript | None, speech: Phrasing | None, findings: Sequence[Finding]
) -> FillerDistribution | None:
    """Where the fillers are; None where none can be counted."""
    spans = (speech.runs if speech else ()) or (transcript.tokens if transcript else ())
    if transcript is None or not spans:
        return None
    answer = Span(spans[0].start_s, spans[-1].end_s)
    return distribute_fillers(findings, answer, speech.pauses if speech else None)


def _judgement(doubts: Issues, no_words: bool, no_sound: bool) -> Judgement:
    missing: list[str] = []
    if no_words:
        missing.append("there are no words: fillers are a hint from the sound alone")
    if no_sound:
        missing.append("there is no sound: pauses and speaking time are unknown")
    return Judgement(not doubts.reasons, (*doubts.reasons, *doubts.notes, *missing))
