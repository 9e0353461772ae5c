"""The review as one document: what the JSON holds, the library keeps and every report reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast

import msgspec

from practice.audio.recording import Recording
from practice.base.clock import from_iso, iso_utc
from practice.base.errors import StorageError
from practice.base.languages import DetectedLanguage
from practice.base.spacing import counted_unit
from practice.base.text import one_line
from practice.base.words import Word
from practice.delivery.findings import Finding
from practice.delivery.highlights import Highlights, summarise
from practice.delivery.measures import Measures
from practice.delivery.quality import Judgement
from practice.delivery.review import Review
from practice.delivery.transcript.coverage import Coverage
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.occasion import Occasion
from practice.library.takes import Take


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFacts:
    """Which take it is."""

    id: str
    question_id: str | None
    question: str | None
    recorded_at: str
    """As `iso_utc` writes it."""
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """The sound it was made from; all None where there were only words."""

    path: str | None = None
    duration_s: float | None = None
    sample_rate_hz: int | None = None
    peak_dbfs: float | None = None
    clipped: bool = False
    track: str | None = None
    """Which of several sound tracks of a file it was, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptionFacts:
    """How the words came about."""

    status: Literal["ok", "no_model", "no_speech", "failed"]
    model: str | None = None
    language: str | None = None
    text: str = ""
    elapsed_s: float | None = None
    reason: str | None = None
    verbatim: bool = False
    """The model was asked for fillers; takes of earlier versions were not, and have few."""
    detected_language: DetectedLanguage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualRange:
    """Where a number of the user's own first takes lay, and where it lies in this one."""

    key: Literal["wpm", "speaking_wpm"]
    """As under `measures`."""
    low: float
    high: float
    place: Literal["below", "in", "above"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catch:
    """How many of the planned fillers of one kind were found."""

    planned: int
    caught: int
    """Found and certain, so that a review counts them."""
    possible: int
    """Found, and shown as possible only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a check of a set-up found: a script with planned fillers was read aloud to it."""

    planned: int
    """Fillers whose sentence was read."""
    caught: int
    possible: int
    sounds: Catch
    phrases: Catch
    checked_at: str
    """As `iso_utc` writes it."""
    model: str
    device: str | None
    """The microphone; None where the reading came from a file."""
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDocument:
    """One review, with the keys that scripts find in its JSON."""

    schema: Literal[1] = 1
    take: TakeFacts | None
    source: SourceFacts
    transcription: TranscriptionFacts
    words: tuple[Word, ...]
    findings: tuple[Finding, ...]
    measures: Measures
    coverage: Coverage
    judgement: Judgement
    calibration: Calibration | None = None
    """The check of the same microphone, model and language; None where there was none."""
    usual: tuple[UsualRange, ...] = ()
    """The user's own bands; empty before five takes."""
    highlights: Highlights = field(default_factory=Highlights)
    """What is said of it first."""
    own_bands_only: bool = False
    """Whether its numbers stand beside the user's own ones alone, and beside nobody else's."""
    occasion: Occasion | None = None
    """The session it was recorded in, where that had a format; never kept with the review."""


def assemble_document(
    take: TakeFacts | None,
    source: SourceFacts,
    transcription: TranscriptionFacts,
    review: Review,
    interrupted: str | None = None,
    calibration: Calibration | None = None,
    usual: tuple[UsualRange, ...] = (),
) -> ReviewDocument:
    """The document of one review, from its parts; every time and rate is rounded to three decimals.

    Args:
        take: None for a file that is no take.
        source: The sound.
        transcription: How the words came about.
        review: What `practice.delivery` found.
        interrupted: Why the sound is not all that was said; becomes a reason of the judgement.
        calibration: The check of the set-up that it was recorded and heard with.
        usual: The user's own bands.
    """
    reasons = review.judgement.reasons + ((interrupted,) if interrupted else ())
    document = ReviewDocument(
        take=take,
        source=source,
        transcription=transcription,
        words=review.words,
        findings=review.findings,
        measures=review.measures,
        coverage=review.coverage,
        judgement=replace(review.judgement, reasons=reasons),
        calibration=calibration,
        usual=usual,
    )
    # Rounded here, once: what is shown now and what is read back later are the same numbers.
    return summarise_document(
        msgspec.convert(_round(msgspec.to_builtins(document)), ReviewDocument)
    )


def summarise_document(document: ReviewDocument, heard: Measures | None = None) -> ReviewDocument:
    """`document` with what is said of it first, as this version says it.

    Args:
        document: Any.
        heard: As for `summarise`.
    """
    highlights = summarise(
        document.findings,
        document.measures,
        document.judgement,
        {usual.key: usual.place for usual in document.usual},
        counted_unit(document.transcription.language),
        heard=heard,
    )
    return replace(document, highlights=highlights)


def _round(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _round(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_round(item) for item in value]
    return value


def take_facts(take: Take) -> TakeFacts:
    """What the document says of a take of the library."""
    return TakeFacts(
        id=take.id,
        question_id=take.question_id,
        question=take.question,
        recorded_at=iso_utc(take.recorded_at),
        number=take.number,
    )


def take_source(take: Take, path: Path | None) -> SourceFacts:
    """What the document says of the sound of a take; `path` is None once it was deleted."""
    return SourceFacts(
        path=one_line(str(path)) if path else None,
        duration_s=take.duration_s,
        sample_rate_hz=take.sample_rate_hz,
        peak_dbfs=take.peak_dbfs,
        clipped=bool(take.clipped_s),
    )


def file_source(file: Path, recording: Recording) -> SourceFacts:
    """What the document says of the sound of a file that is no take; `recording` is its copy."""
    return SourceFacts(
        path=one_line(str(file)),
        duration_s=recording.duration_s,
        sample_rate_hz=recording.sample_rate_hz,
        peak_dbfs=recording.peak_dbfs,
        clipped=recording.clipped_s > 0,
        track=recording.track,
    )


def to_builtins(document: ReviewDocument | Calibration) -> dict[str, object]:
    """`document` as dicts, lists, strings and numbers, ready for JSON."""
    return cast("dict[str, object]", msgspec.to_builtins(document))


def kept_form(document: ReviewDocument) -> dict[str, object]:
    """`document` as the library keeps it: without what other rows tell, which may change or go."""
    return to_builtins(replace(document, occasion=None))


_NEVER_S = 1e9
"""No sound lasts thirty years."""


def parse_review(kept: Mapping[str, object]) -> ReviewDocument:
    """The document that `kept_form` wrote.

    Raises:
        StorageError: It is damaged, or of another schema.
    """
    try:
        document = msgspec.convert(kept, ReviewDocument)
        if document.take:
            from_iso(document.take.recorded_at)
        in_time: list[Word | Finding] = [*document.words, *document.findings]
        # So that every reader may compute with times. What is not a number (NaN) is not below the
        # limit either.
        if not all(abs(at_s) < _NEVER_S for one in in_time for at_s in (one.start_s, one.end_s)):
            raise ValueError("something in it has no place in time")
    except ValueError as error:
        raise StorageError(
            f"the review cannot be read: {one_line(str(error))}",
            "update practice, or make it again with practice takes retry",
        ) from error
    # Reviews of earlier versions have none, or one in other words.
    return summarise_document(_name_filler_kinds(document))


def _name_filler_kinds(document: ReviewDocument) -> ReviewDocument:
    """Give the fillers of an old review their kind, which findings have not always had.

    By the lists that ship: which words the user had added then is not known any more.
    """
    if all(finding.filler_kind for finding in document.findings if finding.kind == "filler"):
        return document
    entries = load_lexicon(document.transcription.language or "en").entries.values()
    kinds = {entry.label: entry.kind for entry in entries if entry.kind != "hedge"}

    def name_kind(finding: Finding) -> Finding:
        if finding.kind != "filler" or finding.filler_kind:
            return finding
        by_sound = finding.text is None
        return replace(
            finding, filler_kind="sound" if by_sound else kinds.get(finding.label, "phrase")
        )

    return replace(document, findings=tuple(map(name_kind, document.findings)))


def parse_calibration(kept: Mapping[str, object]) -> Calibration:
    """The result of a check that `to_builtins` wrote.

    Raises:
        StorageError: It is damaged.
    """
    try:
        result = msgspec.convert(kept, Calibration)
        from_iso(result.checked_at)
    except ValueError as error:
        raise StorageError(
            f"the check of this microphone cannot be read: {one_line(str(error))}",
            "make it again with practice calibrate",
        ) from error
    return result
