"""What a crash left behind becomes takes."""

from collections.abc import Callable, Iterator
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
from practice.core.workspace import Workspace
from practice.library.library import Library
from practice.library.retention import find_expired
from practice.library.takes import Take, TakeState

SETTLING = timedelta(minutes=1)
"""A row without a spool may belong to a recording that another process is just starting, and a
file that grew so recently to one that it is importing."""

Trouble = Callable[[PracticeError], None]


@dataclass(frozen=True, slots=True)
class RecoveredRecording:
    """A recording that a crash had left and that is a take now."""

    take_id: str
    question: str | None
    duration_s: float


@dataclass(frozen=True, slots=True)
class TidyUpResult:
    """What was left over at a start, and what was done with it."""

    recovered: list[RecoveredRecording]
    waiting: list[Take]
    """Takes whose sound is kept and whose review is not made yet."""


def tidy_up(workspace: Workspace, trouble: Trouble | None = None) -> TidyUpResult:
    """Finish, at a start, what a crash or a quit had left, and what its time has come for.

    Args:
        workspace: What is tidied.
        trouble: Told why a recording could not be recovered; it stays for the next start.

    Raises:
        StorageError: The library cannot be read or written.
        PracticeError: What `trouble` would have been told first, once the others are recovered.
    """
    sweep(workspace.places.scratch)
    recovered = recover(workspace.library, workspace.places.recordings, workspace.clock, trouble)
    expire(workspace)
    unfinished = workspace.library.unfinished()
    return TidyUpResult(recovered, [t for t in unfinished if t.state is not TakeState.RECORDING])


def expire(workspace: Workspace) -> list[Take]:
    """Delete the sound of takes that are older than the setting `keep_audio_days` allows."""
    days = workspace.settings.keep_audio_days
    if not days:
        return []
    old = find_expired(workspace.library.takes(), days, workspace.clock.now())
    for take in old:
        workspace.library.delete_audio(take.id)
    return old


def recover(
    library: Library, recordings: Path, clock: Clock, trouble: Trouble | None = None
) -> list[RecoveredRecording]:
    """Make a take of every orphan spool, settle the rows whose spool is gone, finish deletions.

    Args:
        library: Where the takes are kept.
        recordings: The folder of the spools and the finished recordings.
        clock: Tells how old a row is.
        trouble: Told why a recording could not be recovered; it stays for the next start.

    Raises:
        StorageError: The folder or the library cannot be read.
        PracticeError: What `trouble` would have been told first, once the others are recovered.
    """
    library.finish_deletions()
    found: list[RecoveredRecording] = []
    untold: list[PracticeError] = []
    for step in _steps(library, recordings, clock):
        try:
            found += step()
        except SpoolInUseError:
            continue  # another practice is recovering it
        except PracticeError as error:
            (trouble or untold.append)(error)
    if untold:
        raise untold[0]
    return found


def _steps(
    library: Library, recordings: Path, clock: Clock
) -> Iterator[Callable[[], list[RecoveredRecording]]]:
    for orphan in find_orphans(recordings):
        yield partial(_of_spool, library, orphan, clock)
    now = clock.now()
    settled = now - SETTLING
    for take in library.takes(state=TakeState.RECORDING):
        # A row from the future is one from before the clock was set back.
        is_settled = not settled <= take.recorded_at <= now + SETTLING
        if is_settled and not (recordings / f"{take.id}.spool").exists():
            yield partial(_of_row, library, take, recordings / f"{take.id}.flac", settled)


def _of_spool(library: Library, orphan: OrphanSpool, clock: Clock) -> list[RecoveredRecording]:
    take = _row_of(library, orphan, clock)
    if take.audio is not None and take.audio.exists():
        # The power failed between the removal of the spool and its arrival on the disk.
        discard_orphan(orphan)
        return []
    if orphan.duration_s == 0:
        discard_orphan(orphan)
        if take.state is TakeState.RECORDING:
            library.discard(take.id)
        return []
    save_recording(library, take.id, recover_orphan(orphan))
    return [RecoveredRecording(take.id, take.question, orphan.duration_s)]


def _row_of(library: Library, orphan: OrphanSpool, clock: Clock) -> Take:
    try:
        take = library.take(orphan.take_id)
    except NotFoundError:
        return library.adopt(orphan.take_id, None, _started_at(orphan, clock))
    if take.id != orphan.take_id:  # the library also knows takes by the beginning of their ids
        return library.adopt(orphan.take_id, None, _started_at(orphan, clock))
    return take


def _started_at(orphan: OrphanSpool, clock: Clock) -> datetime:
    try:
        return from_iso(orphan.header.started_at) if orphan.header else clock.now()
    except ValueError:
        return clock.now()


def _of_row(
    library: Library, take: Take, recording: Path, settled: datetime
) -> list[RecoveredRecording]:
    """Its spool was encoded or its file imported and that was not noted, or it never had sound."""
    part = recording.with_name(recording.name + PART)
    if _changed_after(part, settled):
        return []
    if not recording.exists():
        part.unlink(missing_ok=True)
        library.discard(take.id)
        return []
    try:
        kept = codec.import_recording(recording, recording)
    except UnreadableAudioError as error:
        library.fail(take.id, error.message)
        raise
    save_recording(library, take.id, kept)
    return [RecoveredRecording(take.id, take.question, kept.duration_s)]


def _changed_after(file: Path, moment: datetime) -> bool:
    return file.exists() and datetime.fromtimestamp(file.stat().st_mtime, UTC) > moment
