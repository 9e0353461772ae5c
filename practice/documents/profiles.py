"""What a user's profile leaves out of a review before anybody sees it, and explains instead.

Every review that is shown, exported, compared or sent on comes through `show_review`, and every
take of a list through the library, which leaves out the same numbers (`TakeMeasures.fluent`). What
is kept on the disk is complete: a profile that is switched off brings everything back.
"""

from dataclasses import replace

from practice.base.settings import Settings
from practice.base.spacing import join_words
from practice.base.words import Word
from practice.delivery.filler_distribution import FillerDistribution
from practice.delivery.findings import INSIDE_CLAUSE, Finding
from practice.delivery.measures import FillerCounts, Measures, PauseCounts, per_minute
from practice.delivery.quality import forget_pauses
from practice.delivery.transcript.coverage import Coverage, CoverageItem
from practice.delivery.transcript.fact_counts import FactCounts, count_facts
from practice.delivery.transcript.fluent_words import (
    FluentWords,
    drop_disfluent,
    lies_on_dropped,
)
from practice.delivery.transcript.lexicon import load_lexicon
from practice.delivery.transcript.tokens import ends_clause, split_words, tokens_of
from practice.documents.occasion import Occasion
from practice.documents.review import ReviewDocument, summarise_document

_DISFLUENT = {"repetition", "restart", "pause", "pace"}
"""Kinds of findings that somebody who stutters is not told of. A stretch that is slower or faster
than the rest is among them: long sounds and blocks make it so."""


def show_review(document: ReviewDocument, settings: Settings) -> ReviewDocument:
    """`document` as the user wants to see it.

    Args:
        document: Complete, as it is kept.
        settings: Which profiles are on.
    """
    if settings.second_language:
        document = _explain_pauses(document)
    if settings.stutter:
        document = _leave_out_stutter(document)
    return document


def _explain_pauses(document: ReviewDocument) -> ReviewDocument:
    """For a second language: own ranges alone, and no pause inside a clause marked by its length.

    Where no word carries punctuation nobody knows which pauses are inside a clause.
    """
    if document.measures.pauses.inside is not None:
        findings = tuple(_name_pause(finding, document.words) for finding in document.findings)
        document = replace(document, findings=findings)
    return summarise_document(replace(document, own_bands_only=True))


def _name_pause(finding: Finding, words: tuple[Word, ...]) -> Finding:
    if finding.kind != "pause":
        return finding
    # The middle tells which word comes before a pause: its end may reach into it.
    before = [word for word in words if word.span.middle_s <= finding.start_s]
    is_inside = bool(before) and not ends_clause(before[-1].text)
    return replace(finding, label=INSIDE_CLAUSE) if is_inside else finding


def _leave_out_stutter(document: ReviewDocument) -> ReviewDocument:
    """For somebody who stutters: nothing of repetitions, broken words, long sounds and pauses."""
    fluent = drop_disfluent(document.words, document.findings)
    findings = tuple(
        finding
        for finding in document.findings
        if finding.kind not in _DISFLUENT
        # A voice that no word explains may be a long sound as well as an um.
        and not (finding.source == "signal" and finding.certainty == "possible")
        and not lies_on_dropped(finding, fluent)
    )
    heard = document.transcription
    text = join_words(fluent.kept) if fluent.dropped else heard.text
    judgement = document.judgement
    reasons = forget_pauses(judgement.reasons)
    shown = replace(
        document,
        words=fluent.kept,
        findings=findings,
        transcription=replace(heard, text=text),
        measures=_leave_out_of(document, fluent, findings),
        coverage=_read_once(document.coverage, fluent),
        judgement=replace(judgement, reasons=reasons, noisy=(), muted=()),
        usual=(),
        occasion=_leave_out_of_occasion(document.occasion),
    )
    return summarise_document(shown, heard=document.measures)


def _read_once(coverage: Coverage, fluent: FluentWords) -> Coverage:
    """The coverage; the words taken for an item are not named where some were said twice."""
    if not fluent.dropped:
        return coverage
    said = f" {' '.join(token.text for token in tokens_of(fluent.kept))} "

    def read(item: CoverageItem) -> CoverageItem:
        is_kept = item.heard is None or f" {' '.join(split_words(item.heard))} " in said
        return item if is_kept else replace(item, heard=None)

    return Coverage(tuple(map(read, coverage.key_points)), tuple(map(read, coverage.terms)))


def _leave_out_of(
    document: ReviewDocument, fluent: FluentWords, findings: tuple[Finding, ...]
) -> Measures:
    """The numbers that no pause, repetition or long sound can be read from."""
    numbers = document.measures
    dropped = tokens_of(fluent.dropped)
    return replace(
        numbers,
        speaking_s=None,
        words=None if numbers.words is None else numbers.words - len(dropped),
        wpm=None,
        speaking_wpm=None,
        articulation_sps=None,
        fillers=_count_fillers(numbers, document.findings, findings),
        pauses=PauseCounts(),
        repetitions=None,
        longest_run_s=None,
        pace=(),
        restarts=None,
        hedges=numbers.hedges and sum(finding.kind == "hedge" for finding in findings),
        facts=_count_facts(numbers.facts, document, fluent),
        # What is said again at once is among what comes back often.
        pet_phrases=(),
    )


def _count_fillers(
    numbers: Measures, before: tuple[Finding, ...], findings: tuple[Finding, ...]
) -> FillerCounts:
    fillers = numbers.fillers
    habits = [sum(f.filler_kind == "habit" for f in each) for each in (before, findings)]
    possible = sum(f.kind == "filler" and f.certainty == "possible" for f in findings)
    is_unknown = fillers.certain is None and numbers.words is None
    return replace(
        fillers,
        # Without words all of them are voice that no word explains.
        possible=None if is_unknown or fillers.possible is None else possible,
        habits=fillers.habits and max(fillers.habits - (habits[0] - habits[1]), 0),
        # A minute of the take: the time without pauses would tell how long they were.
        per_min=None
        if fillers.per_min is None
        else round_rate(per_minute(fillers.certain, numbers.duration_s)),
        places=_forget_pauses(fillers.places),
    )


def _leave_out_of_occasion(occasion: Occasion | None) -> Occasion | None:
    """Without long silences, and slides without their pace."""
    if occasion is None:
        return None
    slides = tuple(replace(slide, words=None, wpm=None) for slide in occasion.slides)
    return replace(occasion, slides=slides, silence_s=None, silences=())


def round_rate(rate: float | None) -> float | None:
    """A rate as a review has it, with three decimals."""
    return None if rate is None else round(rate, 3)


def _forget_pauses(places: FillerDistribution | None) -> FillerDistribution | None:
    return replace(places, after_pause=None) if places else None


def _count_facts(
    facts: FactCounts | None, document: ReviewDocument, fluent: FluentWords
) -> FactCounts | None:
    if facts is None or not fluent.dropped:
        return facts
    lexicon = load_lexicon(document.transcription.language or "en")
    again = count_facts(tokens_of(fluent.dropped), lexicon)
    if again is None:
        return facts
    return FactCounts(facts.i - again.i, facts.we - again.we, facts.numbers - again.numbers)
