"""The review of one take: words and sound in, findings, measures, coverage and judgement out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from practice.base.languages import DetectedLanguage
from practice.base.words import Span, Word
from practice.delivery.filler_distribution import (
    FillerDistribution,
    distribute_fillers,
    find_certain_fillers,
)
from practice.delivery.filler_words import locate_filler_words
from practice.delivery.findings import Finding
from practice.delivery.measures import (
    Measures,
    PauseCounts,
    articulation_sps,
    count_fillers,
    count_pauses,
    drop_filler_counts,
    drop_rates,
    drop_unheard_sounds,
    find_fluent_runs,
    longest_run_s,
    per_minute,
)
from practice.delivery.pace import pace_findings, pace_windows
from practice.delivery.quality import NO_SOUND, Issues, Judgement, find_issues
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.filled_pauses import find_lone_syllables, find_unexplained_voice
from practice.delivery.signal.pauses import Phrasing, find_phrasing, pause_findings
from practice.delivery.transcript.coverage import Coverage, find_coverage
from practice.delivery.transcript.fact_counts import count_facts
from practice.delivery.transcript.lexicon import Lexicon
from practice.delivery.transcript.pet_phrases import find_pet_phrases
from practice.delivery.transcript.repetitions import find_repetitions, find_restarts
from practice.delivery.transcript.transcript import Transcript
from practice.delivery.word_times import AlignedWords, align_words, lengthen_words


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a take is reviewed with, besides its words."""

    sound: SoundFeatures | None
    """None where there are only words. Pauses and speaking time are None then."""
    lexicon: Lexicon
    """What counts as a filler in the language spoken."""
    key_points: Sequence[str] = ()
    """What the user meant to say."""
    terms: Sequence[str] = ()
    """Words the user wanted to say."""
    clipped_s: float = 0.0
    """How long the microphone clipped."""
    duration_s: float | None = None
    """The length of the take where it is not that of the sound."""
    detected_language: DetectedLanguage | None = None
    """What the recogniser hears; None where nothing tells it."""

    def length_s(self, words: Iterable[Word]) -> float:
        """The length of the take: as given, else of the sound, else up to the end of the words."""
        if self.duration_s is not None:
            return self.duration_s
        if self.sound is not None:
            return self.sound.duration_s
        return max((word.end_s for word in words), default=0.0)


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that is reported about one take."""

    words: tuple[Word, ...]
    findings: tuple[Finding, ...]
    """In order of time."""
    measures: Measures
    coverage: Coverage
    judgement: Judgement


def review(words: Sequence[Word] | None, given: Circumstances) -> Review:
    """What was said and how.

    Args:
        words: The recognised words; None where nothing could recognise any.
        given: The sound and what is known beside it.
    """
    return review_aligned(None if words is None else align(words, given), given)


def align(words: Sequence[Word], given: Circumstances) -> AlignedWords:
    """The words in order, each inside the take, their times fitted to the sound."""
    length_s = given.length_s(words)
    inside = [
        replace(
            word,
            start_s=(start_s := min(max(word.start_s, 0.0), length_s)),
            end_s=min(max(word.end_s, start_s), length_s),
        )
        for word in words
    ]
    ordered = tuple(lengthen_words(sorted(inside, key=lambda word: word.start_s), length_s))
    if given.sound is None:
        return AlignedWords(ordered)
    aligned = align_words(ordered, given.sound, given.lexicon.language)
    located, unheard = locate_filler_words(aligned.words, given.sound, given.lexicon)
    return replace(aligned, words=located, unheard=unheard)


def review_aligned(
    aligned: AlignedWords | None, given: Circumstances, not_fillers: Sequence[Span] = ()
) -> Review:
    """As `review`, of words that are aligned already.

    Args:
        aligned: None where nothing could recognise any words.
        given: As for `review`.
        not_fillers: Where the sound holds no filler, whatever it sounds like there.
    """
    words = None if aligned is None else aligned.words
    sound, lexicon = given.sound, given.lexicon
    length_s = given.length_s(words or ())
    transcript = None if aligned is None else Transcript.of(aligned.words, lexicon, aligned.unheard)
    speech = None if sound is None else find_phrasing(sound)
    issues = find_issues(
        transcript, lexicon, sound, speech, given.clipped_s, given.detected_language
    )
    # What is in doubt is left out from here on, so that no number can come from it.
    trusted = None if issues.words_are_doubtful else transcript
    trusted_speech = None if issues.signal_is_doubtful else speech
    sounds = None
    if sound and trusted_speech:
        sounds = _find_filler_sounds(aligned, trusted, sound, not_fillers)
    if sounds and trusted_speech:
        sounds = [found for found in sounds if trusted_speech.could_hear(found.span)]
    findings = _find_all(trusted, sounds or (), trusted_speech, lexicon)
    measures = _measure(trusted, sound, trusted_speech, findings, length_s)
    if trusted is None and sounds is None:
        measures = drop_filler_counts(measures)
    elif speech and speech.is_mostly_noisy:
        measures = drop_unheard_sounds(measures)
    if issues.rates:
        measures = drop_rates(measures)
    return Review(
        words or (),
        tuple(sorted(findings, key=lambda f: (f.start_s, f.end_s, f.kind))),
        measures,
        find_coverage(trusted.tokens, lexicon, given.key_points, given.terms)
        if trusted
        else Coverage(),
        _judge(issues, speech, has_words=words is not None),
    )


def _find_filler_sounds(
    aligned: AlignedWords | None,
    trusted: Transcript | None,
    sound: SoundFeatures,
    not_fillers: Sequence[Span],
) -> list[Finding] | None:
    """The filled pauses in the sound; None where there are words that cannot be trusted.

    Then nobody knows which voice a word explains.
    """
    if aligned is None:
        found = find_lone_syllables(sound)
    elif trusted is None:
        return None
    else:
        found = find_unexplained_voice(aligned.words, sound)
    return [
        finding
        for finding in found
        if not any(place.start_s <= finding.span.middle_s <= place.end_s for place in not_fillers)
    ]


def _find_all(
    transcript: Transcript | None,
    sounds: Sequence[Finding],
    speech: Phrasing | None,
    lexicon: Lexicon,
) -> list[Finding]:
    """Every finding, those in the sound (`sounds`) among them."""
    found = [*sounds, *(pause_findings(speech.pauses) if speech else ())]
    if transcript is None:
        return found
    found += [occurrence.finding(transcript.tokens) for occurrence in transcript.found]
    # Without its fillers: "I um I" is a repetition, and an um is no slow stretch.
    fluent = transcript.spoken
    fluent_speech = find_fluent_runs(speech, find_certain_fillers(found)) if speech else None
    found += find_repetitions(fluent, lexicon) + find_restarts(fluent, lexicon)
    # What was said where no run could be heard belongs to no run.
    paced = [token for token in fluent if speech is None or speech.could_hear(token.span)]
    return found + pace_findings(paced, fluent_speech, lexicon.language)


def _measure(
    transcript: Transcript | None,
    sound: SoundFeatures | None,
    speech: Phrasing | None,
    findings: Sequence[Finding],
    duration_s: float,
) -> Measures:
    fillers = find_certain_fillers(findings)
    speaking_s = speech.speaking_s if speech else None
    rate = articulation_sps(transcript, sound, speech, fillers) if sound and speech else None
    measures = Measures(
        duration_s,
        speaking_s=speaking_s,
        articulation_sps=rate,
        fillers=count_fillers(transcript, findings, speech),
        pauses=count_pauses(speech, transcript.tokens if transcript else None)
        if speech
        else PauseCounts(),
        longest_run_s=longest_run_s(speech, fillers) if speech else None,
    )
    if transcript is None:
        return measures
    words = len(transcript.spoken)
    heard = sum(speech.could_hear(token.span) for token in transcript.spoken) if speech else 0
    return replace(
        measures,
        words=words,
        wpm=per_minute(words, duration_s),
        speaking_wpm=per_minute(heard, speaking_s),
        fillers=replace(measures.fillers, places=_distribute(transcript, speech, findings)),
        repetitions=sum(f.kind == "repetition" for f in findings),
        pace=tuple(pace_windows(transcript.spoken, duration_s)),
        restarts=sum(f.kind == "restart" for f in findings),
        hedges=sum(f.kind == "hedge" for f in findings),
        facts=count_facts(transcript.spoken, transcript.lexicon),
        pet_phrases=find_pet_phrases(transcript.plain, transcript.lexicon),
    )


def _distribute(
    transcript: Transcript, speech: Phrasing | None, findings: Sequence[Finding]
) -> FillerDistribution | None:
    """Where in the answer the fillers are; None where nothing was said."""
    spoken = (speech.runs if speech else ()) or transcript.tokens
    if not spoken:
        return None
    answer = Span(spoken[0].start_s, spoken[-1].end_s)
    return distribute_fillers(findings, answer, speech.pauses if speech else None)


def _judge(issues: Issues, speech: Phrasing | None, *, has_words: bool) -> Judgement:
    missing: list[str] = []
    if not has_words:
        missing.append("no words, so fillers are only guessed from the sound")
    if speech is None:
        missing.append(NO_SOUND)
    return Judgement(
        not issues.reasons,
        (*issues.reasons, *issues.notes, *missing),
        speech.noisy if speech else (),
        speech.muted if speech else (),
    )
