"""Reports of what is in the library: the review, its sound and what is known beside it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from practice.audio import opus
from practice.audio.opus import Clip
from practice.base.errors import NotFoundError, PracticeError, StorageError, UnreadableAudioError
from practice.base.text import one_line, plain
from practice.core.workspace import Workspace
from practice.library.library import LAST, Library
from practice.library.takes import Session, Take, sound_of
from practice.reports.masking import Masker, drop_own_words, mask_report
from practice.reports.report import LEFT_OUT, READER_QUESTIONS, Report, SessionReport

ASKED = READER_QUESTIONS[0]
"""What a reader is asked where the user asks nothing else."""
SHARED_SOUND = "webm"
"""The ending of a recording that is made ready for somebody else: see `practice.audio.opus`."""
NO_WORDS = "The sound was left out: without words nobody can say where in it the names are."


@dataclass(frozen=True, slots=True)
class ShareOptions:
    """How a report is made ready for somebody else."""

    names: tuple[str, ...] = ()
    """What is masked in the words and bleeped in the sound."""
    to_reader: str = ASKED
    own_words: bool = False
    """Whether the user's notes, rating and star go along."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes into a report, and for whom it is."""

    sound: bool = True
    """Whether the recording goes into it."""
    sharing: ShareOptions | None = None
    """None where the user keeps it: then everything stays as it is."""


EVERYTHING = ReportOptions()


def split_names(text: str) -> tuple[str, ...]:
    """The names in a text, which commas separate."""
    return tuple(filter(None, map(one_line, text.split(","))))


def build_report(workspace: Workspace, take_id: str, options: ReportOptions = EVERYTHING) -> Report:
    """Everything that a report of a take may show.

    Args:
        workspace: Where the take is.
        take_id: As `Library.take` knows it.
        options: What goes into it, and for whom.

    Raises:
        NotFoundError: There is no such take, or it has no review yet.
        StorageError: What is kept of it cannot be read.
    """
    library, sharing = workspace.library, options.sharing
    take = library.take(take_id)
    review = workspace.review_of(take)
    masker = Masker(sharing.names if sharing else ())
    clip, no_clip = None, LEFT_OUT
    if options.sound:
        clip, no_clip = _encode_clip(workspace, take, masker)
    report = Report(
        review=review,
        notes=plain(take.notes),
        rating=take.rating,
        starred=take.starred,
        parts=library.annotations.parts(take.id),
        takes=_list_takes_up_to(library, take),
        clip=clip,
        no_clip=no_clip,
        to_reader=plain(sharing.to_reader) if sharing else "",
        has_form=sharing is not None,
    )
    if not sharing:
        return report
    return mask_report(report if sharing.own_words else drop_own_words(report), masker)


def build_session_report(
    workspace: Workspace,
    session_id: str,
    options: ReportOptions,
    on_error: Callable[[Take, PracticeError], None],
) -> SessionReport:
    """Everything that a report of a session may show.

    Args:
        workspace: Where the session is.
        session_id: Its id, the beginning of one, or `last`.
        options: As for `build_report`; the reader is asked once.
        on_error: Called with each take that cannot be shown and is left out, and why.

    Raises:
        NotFoundError: There is no such session, or none of its takes can be shown.
    """
    session, sharing = _find_session(workspace.library, session_id), options.sharing
    # The question to the reader belongs to the session, not to each of its takes.
    each = replace(options, sharing=replace(sharing, to_reader="")) if sharing else options
    reports: list[Report] = []
    for take in reversed(workspace.library.takes(session_id=session.id)):
        try:
            reports.append(build_report(workspace, take.id, each))
        except PracticeError as error:
            on_error(take, error)
    if not reports:
        raise NotFoundError(f"the session {session.id} has no take with a review")
    return SessionReport(
        id=session.id,
        mode=session.mode,
        began_at=session.began_at,
        reports=tuple(reports),
        to_reader=Masker(sharing.names).mask_text(plain(sharing.to_reader)) if sharing else "",
    )


def _find_session(library: Library, session_id: str) -> Session:
    """The session with this id, the only one whose id begins so, or the `last` one with a take."""
    sessions = [session for session in library.sessions() if session.takes]
    if session_id == LAST:
        found = sessions[:1]
    else:
        # A whole id counts even where it is the beginning of another one.
        found = [s for s in sessions if s.id == session_id] or [
            s for s in sessions if session_id and s.id.startswith(session_id)
        ]
    if len(found) == 1:
        return found[0]
    known = ", ".join(session.id for session in (found or sessions)[:5])
    if found:
        raise NotFoundError(f"several sessions begin with {session_id!r}", known)
    raise NotFoundError(
        f"there is no session {one_line(session_id)!r} with a take",
        known or "begin one with practice session",
    )


def _list_takes_up_to(library: Library, take: Take) -> tuple[Take, ...]:
    """The takes of the same question up to `take`, the oldest first."""
    if take.question_id is None:
        return (take,)
    answers = library.takes(question_id=take.question_id, bank=take.bank)
    return tuple(other for other in reversed(answers) if other.recorded_at <= take.recorded_at)


def encode_sound(
    workspace: Workspace, take_id: str, sharing: ShareOptions | None = None
) -> tuple[bytes, str]:
    """The recording of a take as a file of its own, and the ending of its name.

    Args:
        workspace: Where the take is.
        take_id: As `Library.take` knows it.
        sharing: What is bleeped in it; None for the recording as it is.

    Raises:
        NotFoundError: There is no such take, or no sound of it that could be given away.
        StorageError: It cannot be read.
    """
    take = workspace.library.take(take_id)
    if sharing is None:
        path = sound_of(take)
        try:
            return path.read_bytes(), path.suffix.removeprefix(".")
        except OSError as error:
            raise StorageError(
                "the recording cannot be read", error.strerror or str(error)
            ) from error
    clip, why_not = _encode_clip(workspace, take, Masker(sharing.names))
    if clip is None:
        raise NotFoundError(why_not, "choose another form")
    return clip.data, SHARED_SOUND


def _encode_clip(workspace: Workspace, take: Take, masker: Masker) -> tuple[Clip | None, str]:
    """The sound of a take, the names in it bleeped; or why there is none."""
    # All that was said is heard, also what a profile leaves out of the words.
    review = workspace.kept_review_of(take)
    if masker and not review.words:
        return None, NO_WORDS
    bleeps = list(masker.find_spans(review.words))
    # A name that the user has put another word over is still spoken in the sound.
    if masker and workspace.library.transcript(take.id) is not None:
        bleeps += masker.find_spans(workspace.transcript_of(take).words)
    try:
        return opus.encode(sound_of(take), bleeps), ""
    except NotFoundError:
        return None, "The sound of this take was deleted."
    except UnreadableAudioError:
        return None, "The sound of this take cannot be read."
