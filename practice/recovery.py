"""What a crash left behind becomes takes."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from practice.audio import codec
from practice.audio.recording import Recording
from practice.audio.spool import OrphanSpool, discard_orphan, find_orphans, keep_orphan
from practice.clock import Clock, from_iso
from practice.errors import NotFoundError
from practice.library.library import Library
from practice.library.takes import Take, TakeState

SETTLING = timedelta(minutes=1)
"""A row without a spool may belong to a recording that is just being started elsewhere."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A recording that a crash had left and that is a take now."""

    take_id: str
    question: str | None
    duration_s: float


def recover(library: Library, recordings: Path, clock: Clock) -> list[Recovered]:
    """Make a take of every orphan spool, and settle the rows whose spool is gone.

    Raises:
        StorageError: The disk refused; what was not recovered stays for the next start.
    """
    found = [_of_spool(library, orphan, clock) for orphan in find_orphans(recordings)]
    stale = clock.now() - SETTLING
    found += [
        _of_row(library, take, recordings / f"{take.id}.flac")
        for take in library.takes(state=TakeState.RECORDING)
        if take.recorded_at < stale and not (recordings / f"{take.id}.spool").exists()
    ]
    return [recovered for recovered in found if recovered]


def keep_recording(library: Library, take_id: str, recording: Recording) -> Take:
    """Note a finished recording in its take.

    Raises:
        StorageError: The library refused.
    """
    return library.keep_recording(
        take_id,
        audio=recording.path,
        duration_s=recording.duration_s,
        sample_rate_hz=recording.sample_rate_hz,
        peak_dbfs=recording.peak_dbfs,
        clipped_s=recording.clipped_s,
        overflows=recording.overflows,
        device=recording.device,
        interrupted=recording.interrupted,
    )


def _of_spool(library: Library, orphan: OrphanSpool, clock: Clock) -> Recovered | None:
    take = _row_of(library, orphan, clock)
    if orphan.duration_s == 0:
        discard_orphan(orphan)
        library.discard(take.id)
        return None
    keep_recording(library, take.id, keep_orphan(orphan))
    return Recovered(take.id, take.question, orphan.duration_s)


def _row_of(library: Library, orphan: OrphanSpool, clock: Clock) -> Take:
    try:
        return library.take(orphan.take_id)
    except NotFoundError:
        started = from_iso(orphan.header.started_at) if orphan.header else clock.now()
        return library.adopt(orphan.take_id, None, started)


def _of_row(library: Library, take: Take, recording: Path) -> Recovered | None:
    """Its spool was encoded and that was not noted, or it never held a sample."""
    if not recording.exists():
        library.discard(take.id)
        return None
    kept = codec.import_recording(recording, recording)
    keep_recording(library, take.id, kept)
    return Recovered(take.id, take.question, kept.duration_s)
