"""The review as one document: what the JSON holds, the library keeps and every report reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import msgspec

from practice.audio.recording import Recording
from practice.base.clock import from_iso, iso_utc
from practice.base.errors import StorageError
from practice.base.text import one_line
from practice.base.words import Word
from practice.delivery.findings import Finding
from practice.library.takes import Take

if TYPE_CHECKING:
    from practice.delivery.review import Review


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Fillers close to each other."""

    start_s: float
    end_s: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where in the answer the certain fillers are."""

    first_ten_s: int
    after_pause: int | None = None
    thirds: tuple[int, int, int]
    clusters: tuple[Gathering, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the words are about, counted and not judged."""

    i: int
    we: int
    numbers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A row of words that is said unusually often."""

    text: str
    count: int
    at_s: tuple[float, ...]
    usual: float
    """How often it would be said in so many words of ordinary talk, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillers:
    """How many fillers there are."""

    certain: int | None = None
    possible: int | None = None
    sounds: int | None = None
    phrases: int | None = None
    habits: int | None = None
    per_min: float | None = None
    places: Places | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """How many pauses there are."""

    count: int | None = None
    long: int | None = None
    very_long: int | None = None
    longest_s: float | None = None
    inside: int | None = None
    before_first_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Words per minute in one stretch of the take."""

    start_s: float
    end_s: float
    wpm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The measures; None where one cannot be given."""

    duration_s: float | None = None
    speaking_s: float | None = None
    words: int | None = None
    wpm: float | None = None
    speaking_wpm: float | None = None
    articulation_sps: float | None = None
    fillers: Fillers = Fillers()
    pauses: Pauses = Pauses()
    repetitions: int | None = None
    longest_run_s: float | None = None
    pace: tuple[Window, ...] = ()
    restarts: int | None = None
    hedges: int | None = None
    facts: Told | None = None
    pet_phrases: tuple[Recurring, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something the user meant to say."""

    text: str
    said: bool
    at_s: float | None = None
    heard: str | None = None
    """The words that were taken for it, as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The key points and terms of the question."""

    key_points: tuple[Mention, ...] = ()
    terms: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Where a number of the user's own first takes lay, and where it lies in this one."""

    key: Literal["wpm", "speaking_wpm"]
    """As under `measures`."""
    low: float
    high: float
    place: Literal["below", "in", "above"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the take could be judged, and why a number is missing or doubtful."""

    ok: bool
    reasons: tuple[str, ...] = ()


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
    measures: Numbers
    coverage: Mentions
    judgement: Verdict
    calibration: Calibration | None = None
    """The check of the same microphone, model and language; None where there was none."""
    usual: tuple[Usual, ...] = ()
    """The user's own bands; empty before five takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What `delivery` contributes, by the names it has there and in the document."""

    words: tuple[Word, ...]
    findings: tuple[Finding, ...]
    measures: Numbers
    coverage: Mentions
    judgement: Verdict


def assemble(
    take: TakeFacts | None,
    source: SourceFacts,
    transcription: TranscriptionFacts,
    review: "Review | Mapping[str, object]",
    interrupted: str | None = None,
    calibration: Calibration | None = None,
) -> ReviewDocument:
    """The document of one review, from its parts.

    Args:
        take: None for a file that is no take.
        source: The sound.
        transcription: How the words came about.
        review: What `practice.delivery` found, or the same as a mapping.
        interrupted: Why the sound is not all that was said; kept in mind with the judgement.
        calibration: The check of the set-up that it was recorded and heard with.
    """
    judged = msgspec.convert(review, _Judged, from_attributes=True)
    reasons = judged.judgement.reasons + ((interrupted,) if interrupted else ())
    return ReviewDocument(
        take=take,
        source=source,
        transcription=transcription,
        words=judged.words,
        findings=judged.findings,
        measures=judged.measures,
        coverage=judged.coverage,
        judgement=Verdict(ok=judged.judgement.ok, reasons=reasons),
        calibration=calibration,
    )


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


_NEVER_S = 1e9
"""No sound lasts thirty years; what is no number is not below it either."""


def parse(kept: Mapping[str, object]) -> ReviewDocument:
    """The document that `to_builtins` wrote.

    Raises:
        StorageError: It is damaged, or of another schema.
    """
    try:
        document = msgspec.convert(kept, ReviewDocument)
        if document.take:
            from_iso(document.take.recorded_at)
        placed: list[Word | Finding] = [*document.words, *document.findings]
        if not all(abs(at_s) < _NEVER_S for one in placed for at_s in (one.start_s, one.end_s)):
            raise ValueError("something in it has no place in time")
    except ValueError as error:
        raise StorageError(
            f"the review cannot be read: {one_line(str(error))}",
            "update practice, or make it again with practice takes retry",
        ) from error
    return document


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
