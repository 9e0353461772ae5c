"""The recording under way, on disk sample by sample, so that a kill loses at most a second."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import msgspec

from practice.audio.codec import encode_spool, recording_of
from practice.audio.encoder import ENCODED, SpoolEncoder
from practice.audio.recording import Recording
from practice.audio.sound_track import HIGHEST_RATE_HZ, LOWEST_RATE_HZ
from practice.base.errors import StorageError
from practice.base.files import hold_lock, lock_handle, private_folder, storage_error, sync_path
from practice.base.paths import PRIVATE_FILE, PRIVATE_FOLDER
from practice.base.text import one_line

SYNC_INTERVAL_S = 0.75
"""Samples wait this long for the disk; with the device's own delay it stays below one second."""

SAMPLE_BYTES = 2
SUFFIX = ".spool"
UNKNOWN_SAMPLE_RATE_HZ = 48_000
"""Assumed when a header cannot be read: the native rate of most microphones."""

_HEADER = "header.json"
_SAMPLES = "samples.s16"
_EVENTS = "events.jsonl"


@dataclass(frozen=True, slots=True)
class SpoolHeader:
    """What must be known to make a take of the samples."""

    take_id: str
    question_id: str | None
    started_at: str
    """ISO 8601, UTC."""
    sample_rate_hz: int
    device: str


@dataclass(frozen=True, slots=True)
class OrphanSpool:
    """A spool that nobody writes to any more."""

    path: Path
    header: SpoolHeader | None
    """None when it is missing or cannot be read."""
    duration_s: float
    """0.0 when no sample had arrived: nothing to keep."""

    @property
    def take_id(self) -> str:
        """The take it belongs to, by its folder's name."""
        return self.path.name.removesuffix(SUFFIX)


class SpoolInUseError(StorageError):
    """Another process writes to the spool, recovers it or has just done so."""


class Spool:
    """A folder of header, samples and events, locked for as long as it is open."""

    def __init__(self, path: Path, samples: int) -> None:
        self.path = path
        self._samples = samples
        self._bytes = 0
        self._synced_at = time.monotonic()
        self._unsynced = False

    @classmethod
    def create(cls, recordings: Path, header: SpoolHeader) -> Self:
        """A new spool `<recordings>/<take_id>.spool`, on the disk before it is returned.

        Raises:
            StorageError: The disk refused, or that take has a spool.
        """
        private_folder(recordings)
        path = recordings / f"{header.take_id}{SUFFIX}"
        try:
            # One process at a time makes a spool or looks for orphans here: between the creation of
            # the samples and their lock a spool looks like one that nobody writes to.
            with hold_lock(recordings, wait=True):
                path.mkdir(mode=PRIVATE_FOLDER)
                _write_synced(path / _HEADER, json.dumps(asdict(header)).encode())
                samples = os.open(
                    path / _SAMPLES,
                    os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND,
                    PRIVATE_FILE,
                )
                lock_handle(samples)
                sync_path(path)
                sync_path(recordings)
        except OSError as error:
            raise storage_error("record to", path, error) from error
        return cls(path, samples)

    @property
    def samples(self) -> Path:
        """The growing file of little-endian 16-bit mono samples."""
        return self.path / _SAMPLES

    @property
    def frames(self) -> int:
        """Whole samples written."""
        return self._bytes // SAMPLE_BYTES

    def append(self, block: bytes) -> None:
        """Write `block` behind what is there.

        Raises:
            StorageError: The disk refused; what was written stays.
        """
        left = memoryview(block)
        self._unsynced = True
        try:
            while left:
                written = os.write(self._samples, left)
                self._bytes += written
                left = left[written:]
        except OSError as error:
            raise storage_error("record to", self.path, error) from error

    def sync_when_due(self) -> None:
        """Put the samples on the disk if the last time is `SYNC_INTERVAL_S` ago.

        Raises:
            StorageError: The disk refused.
        """
        if self._unsynced and time.monotonic() - self._synced_at >= SYNC_INTERVAL_S:
            self._sync()

    def note(self, event: str) -> None:
        """Keep that `event` (`overflow`, `pause`, `resume`) happened at this place.

        Raises:
            StorageError: The disk refused.
        """
        line = json.dumps({"event": event, "frame": self.frames}) + "\n"
        try:
            with (self.path / _EVENTS).open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise storage_error("record to", self.path, error) from error

    def note_overflow(self) -> None:
        """Keep that samples were lost at this place."""
        self.note("overflow")

    def finish(self) -> None:
        """Put the last samples on the disk; the lock stays until `close`.

        Raises:
            StorageError: The disk refused.
        """
        if self._unsynced:
            self._sync()

    def close(self) -> None:
        """Let go of the lock: from now on the spool is an orphan, unless it was removed."""
        if self._samples >= 0:
            os.close(self._samples)
            self._samples = -1

    def _sync(self) -> None:
        try:
            os.fsync(self._samples)
        except OSError as error:
            raise storage_error("record to", self.path, error) from error
        self._synced_at = time.monotonic()
        self._unsynced = False


def find_orphans(recordings: Path) -> list[OrphanSpool]:
    """The spools in `recordings` that no process writes to, oldest name first.

    A spool whose samples are gone and whose recording is there was cut off while it was being
    removed: it is removed for good and not listed.

    Raises:
        StorageError: The folder cannot be read.
    """
    if not recordings.is_dir():
        return []
    orphans = []
    try:
        with hold_lock(recordings, wait=True):
            for path in sorted(recordings.glob(f"*{SUFFIX}")):
                if not path.is_dir() or _is_live(path):
                    continue
                if _was_being_removed(path):
                    remove_spool(path)
                else:
                    orphans.append(_orphan(path))
    except OSError as error:
        raise storage_error("read", recordings, error) from error
    return orphans


def keep_orphan(orphan: OrphanSpool) -> Recording:
    """Make the FLAC recording of `orphan` beside it, as a normal stop does, and remove the spool.

    A recording that is there already, from a stop that was cut off, is made anew.

    Raises:
        SpoolInUseError: Another process holds the spool, or has removed it.
        StorageError: The disk refused, or there are no samples; the spool stays.
    """
    header = orphan.header
    with _hold(orphan) as samples:
        return encode_and_remove(
            orphan.path,
            samples,
            header.sample_rate_hz if header else UNKNOWN_SAMPLE_RATE_HZ,
            device=one_line(header.device) if header else "unknown",
            interrupted="practice ended before the recording was stopped",
        )


def discard_orphan(orphan: OrphanSpool) -> None:
    """Delete a spool that holds nothing worth keeping.

    Raises:
        StorageError: The disk refused.
    """
    remove_spool(orphan.path)


def encode_and_remove(
    spool: Path,
    samples: Path,
    sample_rate_hz: int,
    *,
    device: str,
    interrupted: str | None,
    encoder: SpoolEncoder | None = None,
) -> Recording:
    """Turn the spool folder into its `recording_path`; the caller holds its lock.

    Args:
        spool: The folder.
        samples: The file in it, which is complete.
        sample_rate_hz: Of the samples.
        device: Where they came from.
        interrupted: Why the recording ended by itself; None where it did not.
        encoder: Has encoded most of it already.

    Raises:
        StorageError: The disk refused, or there are no samples; the spool stays.
    """
    if samples.stat().st_size < SAMPLE_BYTES:
        raise StorageError(f"the recording {one_line(str(spool))} holds no sound", "discard it")
    target = recording_path(spool)
    try:
        tally = encoder.finish() if encoder else None
        if tally is None:
            tally = encode_spool(samples, sample_rate_hz, target)
    except StorageError as error:
        raise StorageError(
            f"{error.message}; the recording is safe in {one_line(str(spool))}",
            "free some space on that disk, then start practice again: it finishes the recording",
        ) from error
    recording = recording_of(
        target,
        tally,
        sample_rate_hz,
        device=device,
        overflows=_count_overflows(spool),
        interrupted=interrupted,
    )
    remove_spool(spool)
    return recording


def recording_path(spool: Path) -> Path:
    """The FLAC file that a spool becomes, `<take_id>.flac` beside it."""
    return spool.with_suffix(".flac")


@contextmanager
def _hold(orphan: OrphanSpool) -> Iterator[Path]:
    samples = orphan.path / _SAMPLES
    with ExitStack() as stack:
        try:
            is_ours = stack.enter_context(hold_lock(samples))
        except FileNotFoundError:  # whoever had it has made its recording
            is_ours = False
        except OSError as error:
            raise storage_error("read", samples, error) from error
        if not is_ours:
            raise SpoolInUseError(
                f"another practice is using the recording {one_line(str(orphan.path))}",
                "wait until it has finished",
            )
        yield samples


def remove_spool(path: Path) -> None:
    """Delete the folder of a spool: samples first, header last, so that a crash in between shows.

    Raises:
        StorageError: The disk refused.
    """
    try:
        for name in (_SAMPLES, ENCODED, _EVENTS, _HEADER):
            (path / name).unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            path.rmdir()
    except OSError as error:
        raise storage_error("remove", path, error) from error


def _write_synced(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_live(path: Path) -> bool:
    """Whether some process still writes to the spool."""
    try:
        with hold_lock(path / _SAMPLES) as is_left:
            return not is_left
    except FileNotFoundError:
        return False


def _was_being_removed(path: Path) -> bool:
    return recording_path(path).exists() and not (path / _SAMPLES).exists()


def _orphan(path: Path) -> OrphanSpool:
    header = _read_header(path / _HEADER)
    rate = header.sample_rate_hz if header else UNKNOWN_SAMPLE_RATE_HZ
    samples = path / _SAMPLES
    size = samples.stat().st_size if samples.exists() else 0
    return OrphanSpool(path, header, size // SAMPLE_BYTES / rate)


def _read_header(path: Path) -> SpoolHeader | None:
    try:
        header = msgspec.json.decode(path.read_bytes(), type=SpoolHeader)
    except (FileNotFoundError, ValueError, RecursionError, msgspec.MsgspecError):
        return None
    return header if LOWEST_RATE_HZ <= header.sample_rate_hz <= HIGHEST_RATE_HZ else None


def _count_overflows(spool: Path) -> int:
    try:
        text = (spool / _EVENTS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return 0
    return sum(_event(line) == "overflow" for line in text.splitlines())


def _event(line: str) -> object:
    try:
        facts = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return facts.get("event") if isinstance(facts, dict) else None
