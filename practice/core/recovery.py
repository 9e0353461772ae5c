"""What a crash or a quit left behind is put right at the next start."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from practice.audio import codec
from practice.audio.flac import PART
from practice.audio.spool import (
    OrphanSpool,
    SpoolInUseError,
    discard_orphan,
    find_orphans,
    recover_orphan,
)
from practice.base.clock import Clock, from_iso
from practice.base.errors import NotFoundError, PracticeError, UnreadableAudioError
from practice.base.scratch import sweep
from practice.core.answering import save_recording
from practice.core.import_folder import finish_imports
from practice.core.workspace import Workspace
from practice.library.library import Library
from practice.library.retention import find_expired
from practice.library.takes import Take, TakeState

SETTLING = timedelta(minutes=1)
"""A row without a spool may belong to a recording that another process is just starting, and a
file that grew so recently to one that it is importing."""

ErrorCallback = Callable[[PracticeError], None]


@dataclass(frozen=True, slots=True)
class RecoveredRecording:
    """A recording that a crash or a quit had left and that is a take now."""

    take_id: str
    question: str | None
    duration_s: float
    was_left: bool = False
    """The user left practice while it was recording; nothing went wrong."""


@dataclass(frozen=True, slots=True)
class TidyUpResult:
    """What was left over at a start, and what was done with it."""

    recovered: list[RecoveredRecording]
    waiting: list[Take]
    """Takes whose sound is kept and whose review is not made yet."""
    expired: list[Take]
    """Takes whose sound was deleted: it was older than the user wants to keep it."""


def tidy_up(workspace: Workspace, on_error: ErrorCallback | None = None) -> TidyUpResult:
    """Everything that has to be done once at a start.

    Sound that was needed for a moment and half-done deletions go, recordings that a crash left
    become takes, and the sound of old takes is deleted where the user wants that.

    Args:
        workspace: What is tidied.
        on_error: Called with why a recording could not be recovered; it stays for the next start.

    Raises:
        StorageError: The library cannot be read or written.
        PracticeError: Without `on_error`, why the first recording could not be recovered.
    """
    library = workspace.library
    sweep(workspace.places.scratch)
    library.finish_deletions()
    finish_imports(workspace)
    recovered = recover_recordings(library, workspace.places.recordings, workspace.clock, on_error)
    expired = delete_expired_sound(workspace)
    unfinished = library.unfinished()
    waiting = [take for take in unfinished if take.state is not TakeState.RECORDING]
    return TidyUpResult(recovered, waiting, expired)


def delete_expired_sound(workspace: Workspace) -> list[Take]:
    """Delete the sound of takes that are older than the setting `keep_audio_days` allows."""
    days = workspace.settings.keep_audio_days
    if not days:
        return []
    old = find_expired(workspace.library.takes(), days, workspace.clock.now())
    for take in old:
        workspace.library.delete_audio(take.id)
    return old


def recover_recordings(
    library: Library, recordings: Path, clock: Clock, on_error: ErrorCallback | None = None
) -> list[RecoveredRecording]:
    """Make a take of every orphan spool, and put right the rows whose spool is gone.

    One that cannot be recovered stops none of the others.

    Args:
        library: Where the takes are kept.
        recordings: The folder of the spools and the finished recordings.
        clock: Tells how old a row is.
        on_error: As for `tidy_up`.

    Raises:
        StorageError: The folder or the library cannot be read.
        PracticeError: As `tidy_up`, once the others are recovered.
    """
    found: list[RecoveredRecording] = []
    errors: list[PracticeError] = []
    for recover in _list_recoveries(library, recordings, clock):
        try:
            if (recording := recover()) is not None:
                found.append(recording)
        except SpoolInUseError:
            continue  # another practice is recovering it
        except PracticeError as error:
            (on_error or errors.append)(error)
    if errors:
        raise errors[0]
    return found


def _list_recoveries(
    library: Library, recordings: Path, clock: Clock
) -> Iterator[Callable[[], RecoveredRecording | None]]:
    """What is to be done, one recording each.

    The rows are listed only after the spools were dealt with: most of them are settled by then.
    """
    for orphan in find_orphans(recordings):
        yield partial(_recover_spool, library, orphan, clock)
    now = clock.now()
    settled_before = now - SETTLING
    for take in library.takes(state=TakeState.RECORDING):
        # A row from the future is one from before the clock was set back.
        is_settled = not settled_before <= take.recorded_at <= now + SETTLING
        if is_settled and not (recordings / f"{take.id}.spool").exists():
            yield partial(
                _settle_row, library, take, recordings / f"{take.id}.flac", settled_before
            )


def _recover_spool(
    library: Library, orphan: OrphanSpool, clock: Clock
) -> RecoveredRecording | None:
    """Make a take of a spool; None where it holds nothing that is not kept already."""
    take = _find_or_adopt(library, orphan, clock)
    if take.audio is not None and take.audio.exists():
        # The power failed between the removal of the spool and its arrival on the disk.
        discard_orphan(orphan)
        return None
    if orphan.duration_s == 0:
        discard_orphan(orphan)
        if take.state is TakeState.RECORDING:
            library.discard(take.id)
        return None
    save_recording(library, take.id, recover_orphan(orphan))
    return RecoveredRecording(take.id, take.question, orphan.duration_s, orphan.was_left)


def _find_or_adopt(library: Library, orphan: OrphanSpool, clock: Clock) -> Take:
    """The row of a spool, made again where there is none: samples are never without a take."""
    try:
        take = library.take(orphan.take_id)
        # The library also knows takes by the beginning of their ids; that one is another take.
        if take.id == orphan.take_id:
            return take
    except NotFoundError:
        pass
    started_at = clock.now()
    if orphan.header:
        with suppress(ValueError):  # a damaged header; now is the best that is known
            started_at = from_iso(orphan.header.started_at)
    return library.adopt(orphan.take_id, None, started_at)


def _settle_row(
    library: Library, take: Take, recording: Path, settled_before: datetime
) -> RecoveredRecording | None:
    """Put a row right that has no spool, and return its recording where there is one.

    Its spool was encoded or its file imported and that was not noted, or it never had sound.
    """
    part = recording.with_name(recording.name + PART)
    if part.exists() and datetime.fromtimestamp(part.stat().st_mtime, UTC) > settled_before:
        return None
    if not recording.exists():
        part.unlink(missing_ok=True)
        library.discard(take.id)
        return None
    try:
        # What can be decoded is written again: the file may have been cut off.
        kept = codec.import_recording(recording, recording)
    except UnreadableAudioError as error:
        library.fail(take.id, error.message)
        raise
    save_recording(library, take.id, kept)
    return RecoveredRecording(take.id, take.question, kept.duration_s)
