"""Reports of what is in the library: the review, its sound and what is known beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from practice.audio import opus
from practice.audio.opus import Clip
from practice.base.errors import NotFoundError, PracticeError, UnreadableAudioError
from practice.base.text import one_line, plain
from practice.base.words import Span
from practice.core.workspace import Interview
from practice.documents import transcript
from practice.documents.review import ReviewDocument, parse
from practice.library.library import LAST
from practice.library.takes import Session, Take, sound_of
from practice.reports.masking import Masker, masked
from practice.reports.report import LEFT_OUT, Report, SessionReport

ASKED = "Where did you lose me?"
"""What a reader is asked where the user asks nothing else."""
NO_WORDS = "The sound was left out: without words nobody can say where in it the names are."


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a report is made ready for somebody else."""

    names: tuple[str, ...] = ()
    """What is masked in the words and bleeped in the sound."""
    to_reader: str = ASKED


def listed(names: str) -> tuple[str, ...]:
    """The names in a text, which commas separate."""
    return tuple(filter(None, map(one_line, names.split(","))))


def gather(
    interview: Interview, take_id: str, *, sound: bool = True, sharing: Sharing | None = None
) -> Report:
    """Everything that a report of a take may show.

    Args:
        interview: Where the take is.
        take_id: As `Library.take` knows it.
        sound: Whether the recording goes into it.
        sharing: How it is made ready for somebody else; None leaves everything as it is.

    Raises:
        NotFoundError: There is no such take, or it has no review yet.
        StorageError: What is kept of it cannot be read.
    """
    library = interview.library
    take = library.take(take_id)
    review = review_of(interview, take)
    masker = Masker(sharing.names if sharing else ())
    clip, no_clip = _clip(interview, take, review, masker) if sound else (None, LEFT_OUT)
    report = Report(
        review=review,
        notes=plain(take.notes),
        rating=take.rating,
        starred=take.starred,
        parts=library.marks.parts(take.id),
        takes=_up_to(interview, take),
        clip=clip,
        no_clip=no_clip,
        to_reader=plain(sharing.to_reader) if sharing else "",
    )
    return masked(report, masker) if sharing else report


def review_of(interview: Interview, take: Take) -> ReviewDocument:
    """The review that is kept of a take.

    Raises:
        NotFoundError: It has none yet.
        StorageError: It cannot be read.
    """
    kept = interview.library.review(take.id)
    if kept is None:
        raise NotFoundError(
            f"the take {take.id} has no review yet", f"practice takes retry {take.id}"
        )
    return parse(kept)


def gather_session(
    interview: Interview,
    session_id: str,
    *,
    sound: bool = True,
    sharing: Sharing | None = None,
    trouble: Callable[[Take, PracticeError], None],
) -> SessionReport:
    """Everything that a report of a sitting may show; `trouble` is told of takes left out.

    Args:
        interview: Where the session is.
        session_id: Its id, or `last`.
        sound: Whether the recordings go into it.
        sharing: As in `gather`; the reader is asked once.
        trouble: Called with a take that cannot be shown, and why.

    Raises:
        NotFoundError: There is no such session, or none of its takes can be shown.
    """
    session = _session(interview, session_id)
    takes = reversed(interview.library.takes(session_id=session.id))
    each = Sharing(sharing.names, "") if sharing else None
    reports = tuple(
        report
        for take in takes
        if (report := _or_trouble(interview, take, sound, each, trouble)) is not None
    )
    if not reports:
        raise NotFoundError(f"the session {session.id} has no take with a review")
    asked = Masker(sharing.names).text(plain(sharing.to_reader)) if sharing else ""
    return SessionReport(
        id=session.id,
        mode=session.mode,
        began_at=session.began_at,
        reports=reports,
        to_reader=asked,
    )


def _or_trouble(
    interview: Interview,
    take: Take,
    sound: bool,
    sharing: Sharing | None,
    trouble: Callable[[Take, PracticeError], None],
) -> Report | None:
    try:
        return gather(interview, take.id, sound=sound, sharing=sharing)
    except PracticeError as error:
        trouble(take, error)
        return None


def _session(interview: Interview, session_id: str) -> Session:
    """The session with this id, the only one whose id begins so, or the `last` one with a take."""
    held = [session for session in interview.library.sessions() if session.takes]
    if session_id == LAST:
        found = held[:1]
    else:
        found = [s for s in held if s.id == session_id] or [
            s for s in held if session_id and s.id.startswith(session_id)
        ]
    if not found:
        raise NotFoundError(
            f"there is no session {one_line(session_id)!r} with a take", _known(held)
        )
    if len(found) > 1:
        raise NotFoundError(f"several sessions begin with {session_id!r}", _known(found))
    return found[0]


def _known(sessions: Sequence[Session]) -> str:
    return ", ".join(session.id for session in sessions[:5]) or "practice session holds one"


def _up_to(interview: Interview, take: Take) -> tuple[Take, ...]:
    if take.question_id is None:
        return (take,)
    asked = interview.library.takes(question_id=take.question_id, bank=take.bank)
    return tuple(other for other in reversed(asked) if other.recorded_at <= take.recorded_at)


def _clip(
    interview: Interview, take: Take, review: ReviewDocument, masker: Masker
) -> tuple[Clip | None, str]:
    """The sound of a take, the names in it bleeped; or why there is none."""
    if masker and not review.words:
        return None, NO_WORDS
    try:
        return opus.encode(sound_of(take), list(_bleeped(interview, take, review, masker))), ""
    except NotFoundError:
        return None, "The sound of this take was deleted."
    except UnreadableAudioError:
        return None, "The sound of this take cannot be read."


def _bleeped(
    interview: Interview, take: Take, review: ReviewDocument, masker: Masker
) -> Iterator[Span]:
    """Names in the words as the user has them, and in the words as the machine heard them."""
    yield from masker.stretches(review.words)
    kept = interview.library.transcript(take.id)
    if masker and kept is not None:
        yield from masker.stretches(transcript.from_document(kept).words)
