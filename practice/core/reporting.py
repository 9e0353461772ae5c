"""Reports of what is in the library: the review, its sound and what is known beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from practice.audio import opus
from practice.audio.opus import Clip
from practice.base.errors import NotFoundError, PracticeError, UnreadableAudioError
from practice.base.text import one_line, plain
from practice.base.words import Span
from practice.core.workspace import Workspace
from practice.documents.review import ReviewDocument
from practice.library.library import LAST
from practice.library.takes import Session, Take, sound_of
from practice.reports.masking import Masker, mask_report
from practice.reports.report import LEFT_OUT, Report, SessionReport

ASKED = "Where did you lose me?"
"""What a reader is asked where the user asks nothing else."""
NO_WORDS = "The sound was left out: without words nobody can say where in it the names are."


@dataclass(frozen=True, slots=True)
class ShareOptions:
    """How a report is made ready for somebody else."""

    names: tuple[str, ...] = ()
    """What is masked in the words and bleeped in the sound."""
    to_reader: str = ASKED


def listed(names: str) -> tuple[str, ...]:
    """The names in a text, which commas separate."""
    return tuple(filter(None, map(one_line, names.split(","))))


def build_report(
    workspace: Workspace, take_id: str, *, sound: bool = True, sharing: ShareOptions | None = None
) -> Report:
    """Everything that a report of a take may show.

    Args:
        workspace: Where the take is.
        take_id: As `Library.take` knows it.
        sound: Whether the recording goes into it.
        sharing: How it is made ready for somebody else; None leaves everything as it is.

    Raises:
        NotFoundError: There is no such take, or it has no review yet.
        StorageError: What is kept of it cannot be read.
    """
    library = workspace.library
    take = library.take(take_id)
    review = workspace.review_of(take)
    masker = Masker(sharing.names if sharing else ())
    clip, no_clip = _clip(workspace, take, review, masker) if sound else (None, LEFT_OUT)
    report = Report(
        review=review,
        notes=plain(take.notes),
        rating=take.rating,
        starred=take.starred,
        parts=library.annotations.parts(take.id),
        takes=_up_to(workspace, take),
        clip=clip,
        no_clip=no_clip,
        to_reader=plain(sharing.to_reader) if sharing else "",
    )
    return mask_report(report, masker) if sharing else report


def build_session_report(
    workspace: Workspace,
    session_id: str,
    *,
    sound: bool = True,
    sharing: ShareOptions | None = None,
    trouble: Callable[[Take, PracticeError], None],
) -> SessionReport:
    """Everything that a report of a sitting may show; `trouble` is told of takes left out.

    Args:
        workspace: Where the session is.
        session_id: Its id, or `last`.
        sound: Whether the recordings go into it.
        sharing: As in `build_report`; the reader is asked once.
        trouble: Called with a take that cannot be shown, and why.

    Raises:
        NotFoundError: There is no such session, or none of its takes can be shown.
    """
    session = _session(workspace, session_id)
    takes = reversed(workspace.library.takes(session_id=session.id))
    each = ShareOptions(sharing.names, "") if sharing else None
    reports = tuple(
        report
        for take in takes
        if (report := _or_trouble(workspace, take, sound, each, trouble)) is not None
    )
    if not reports:
        raise NotFoundError(f"the session {session.id} has no take with a review")
    asked = Masker(sharing.names).mask_text(plain(sharing.to_reader)) if sharing else ""
    return SessionReport(
        id=session.id,
        mode=session.mode,
        began_at=session.began_at,
        reports=reports,
        to_reader=asked,
    )


def _or_trouble(
    workspace: Workspace,
    take: Take,
    sound: bool,
    sharing: ShareOptions | None,
    trouble: Callable[[Take, PracticeError], None],
) -> Report | None:
    try:
        return build_report(workspace, take.id, sound=sound, sharing=sharing)
    except PracticeError as error:
        trouble(take, error)
        return None


def _session(workspace: Workspace, session_id: str) -> Session:
    """The session with this id, the only one whose id begins so, or the `last` one with a take."""
    held = [session for session in workspace.library.sessions() if session.takes]
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


def _up_to(workspace: Workspace, take: Take) -> tuple[Take, ...]:
    if take.question_id is None:
        return (take,)
    asked = workspace.library.takes(question_id=take.question_id, bank=take.bank)
    return tuple(other for other in reversed(asked) if other.recorded_at <= take.recorded_at)


def _clip(
    workspace: Workspace, take: Take, review: ReviewDocument, masker: Masker
) -> tuple[Clip | None, str]:
    """The sound of a take, the names in it bleeped; or why there is none."""
    if masker and not review.words:
        return None, NO_WORDS
    try:
        return opus.encode(sound_of(take), list(_bleeped(workspace, take, review, masker))), ""
    except NotFoundError:
        return None, "The sound of this take was deleted."
    except UnreadableAudioError:
        return None, "The sound of this take cannot be read."


def _bleeped(
    workspace: Workspace, take: Take, review: ReviewDocument, masker: Masker
) -> Iterator[Span]:
    """Names in the words as the user has them, and in the words as the machine heard them."""
    yield from masker.find_spans(review.words)
    if masker and workspace.library.transcript(take.id) is not None:
        yield from masker.find_spans(workspace.transcript_of(take).words)
