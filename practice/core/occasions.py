"""A review is placed in the session that its take was recorded in."""

from dataclasses import replace

from practice.base.errors import FormatError, NotFoundError
from practice.documents.occasion import Occasion, find_silences, measure_slides
from practice.documents.review import ReviewDocument
from practice.library.library import Library
from practice.library.takes import Session, Take
from practice.questions.formats.store import FormatStore


def place_in_session(
    library: Library, formats: FormatStore, take: Take, document: ReviewDocument
) -> ReviewDocument:
    """`document` with what the format of its session wants to see; as it is without a format.

    Args:
        library: Knows the session and the slides.
        formats: Has the rules of the format; one that is gone wants nothing.
        take: What is reviewed.
        document: Its review.

    Raises:
        StorageError: The library cannot be read.
    """
    if take.session_id is None:
        return document
    try:
        session = library.rehearsals.session(take.session_id)
    except NotFoundError:
        return document
    if session.format is None:
        return document
    try:
        silence_s = formats.find(session.format).silence_s
    except (FormatError, NotFoundError):
        silence_s = None
    has_words = document.transcription.status == "ok"
    duration_s = document.measures.duration_s or take.duration_s or 0.0
    talk_s, questions_s = _share_time(library, session)
    occasion = Occasion(
        format=session.format,
        asked_by=take.asked_by,
        slides=measure_slides(
            library.rehearsals.slides(take.id),
            duration_s,
            document.words,
            document.findings,
            has_words=has_words,
        ),
        talk_s=talk_s,
        questions_s=questions_s,
        silence_s=silence_s,
        silences=find_silences(document.findings, document.words, silence_s) if silence_s else (),
    )
    return replace(document, occasion=occasion)


def _share_time(library: Library, session: Session) -> tuple[float | None, float | None]:
    """How long the talk of a session was, and the answers behind it; None where there is none."""
    takes = library.takes(session_id=session.id)
    talks = {take.id for take in takes if take.question_id is None}
    talks = {take_id for take_id in talks if library.rehearsals.slides(take_id)}
    if not talks:
        return None, None
    lengths = [(take.id in talks, take.duration_s or 0.0) for take in takes]
    return (
        sum(length_s for is_talk, length_s in lengths if is_talk),
        sum(length_s for is_talk, length_s in lengths if not is_talk),
    )
