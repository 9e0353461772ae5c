"""The recording under way, on disk sample by sample, so that a kill loses at most a second.

A spool is a folder `<take_id>.spool`:

    header.json     written and on the disk before the first sample
    samples.s16     little-endian 16-bit mono, only ever appended to: valid at every byte
    events.jsonl    a line for each overflow, pause, resume and leave, and its sample

Whoever writes a spool holds the lock of its samples. A spool whose lock can be had is an orphan:
its process has ended, however it did.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

import msgspec

from practice.audio.codec import describe_recording, encode_spool
from practice.audio.encoder import PARTIAL_FLAC, SpoolEncoder
from practice.audio.recording import Recording
from practice.audio.sound_track import HIGHEST_RATE_HZ, LOWEST_RATE_HZ
from practice.base.errors import StorageError, storage_error
from practice.base.files import private_folder
from practice.base.paths import PRIVATE_FILE, PRIVATE_FOLDER
from practice.base.system.files import open_file, remove_file, sync_handle, sync_path
from practice.base.system.locks import hold_lock, lock_handle
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
    was_left: bool
    """The user left practice while it was recording; else something cut it off."""

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
                new = os.O_WRONLY | os.O_CREAT | os.O_EXCL
                with os.fdopen(open_file(path / _HEADER, new, PRIVATE_FILE), "wb") as file:
                    file.write(json.dumps(asdict(header)).encode())
                sync_path(path / _HEADER)
                samples = open_file(path / _SAMPLES, new | os.O_APPEND, PRIVATE_FILE)
                lock_handle(samples)
                # The names too, or a power cut leaves samples that no folder knows.
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
            # A disk that fills up may take a part of a block before it refuses: that part counts.
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
        if time.monotonic() - self._synced_at >= SYNC_INTERVAL_S:
            self.sync()

    def sync(self) -> None:
        """Put the samples on the disk; the lock stays until `close`.

        Raises:
            StorageError: The disk refused.
        """
        if not self._unsynced:
            return
        try:
            sync_handle(self._samples)
        except OSError as error:
            raise storage_error("record to", self.path, error) from error
        self._synced_at = time.monotonic()
        self._unsynced = False

    def note(self, event: Literal["overflow", "pause", "resume", "leave"]) -> None:
        """Keep that `event` happened at this place.

        Raises:
            StorageError: The disk refused.
        """
        line = json.dumps({"event": event, "frame": self.frames}) + "\n"
        try:
            with (self.path / _EVENTS).open("a", encoding="utf-8", newline="\n") as file:
                file.write(line)
        except OSError as error:
            raise storage_error("record to", self.path, error) from error

    def close(self) -> None:
        """Let go of the lock: from now on the spool is an orphan, unless it was removed."""
        if self._samples >= 0:
            os.close(self._samples)
            self._samples = -1


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
                if recording_path(path).exists() and not (path / _SAMPLES).exists():
                    remove_spool(path)
                else:
                    orphans.append(_describe_orphan(path))
    except OSError as error:
        raise storage_error("read", recordings, error) from error
    return orphans


def recover_orphan(orphan: OrphanSpool) -> Recording:
    """Make the FLAC recording of `orphan` beside it, as a normal stop does, and remove the spool.

    A recording that is there already, from a stop that was cut off, is made again.

    Raises:
        SpoolInUseError: Another process holds the spool, or has removed it.
        StorageError: The disk refused, or there are no samples; the spool stays.
    """
    header = orphan.header
    with _lock_samples(orphan) as samples:
        return encode_and_remove(
            orphan.path,
            samples,
            header.sample_rate_hz if header else UNKNOWN_SAMPLE_RATE_HZ,
            device=one_line(header.device) if header else "unknown",
            interrupted=(
                "you left practice while it was recording"
                if orphan.was_left
                else "this recording was cut off; the end may be missing"
            ),
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
    try:
        size = samples.stat().st_size
    except OSError as error:
        raise storage_error("read", samples, error) from error
    if size < SAMPLE_BYTES:
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
    recording = describe_recording(
        target,
        tally,
        sample_rate_hz,
        device=device,
        overflows=_read_events(spool).count("overflow"),
        interrupted=interrupted,
    )
    # Last of all: until the recording is whole and on the disk, the samples stay.
    remove_spool(spool)
    return recording


def recording_path(spool: Path) -> Path:
    """The FLAC file that a spool becomes, `<take_id>.flac` beside it."""
    return spool.with_suffix(".flac")


def remove_spool(path: Path) -> None:
    """Delete the folder of a spool.

    Samples first, header last: a crash in between leaves a folder without samples beside a whole
    recording, which `find_orphans` knows for what it is.

    Raises:
        StorageError: The disk refused.
    """
    try:
        for name in (_SAMPLES, PARTIAL_FLAC, _EVENTS, _HEADER):
            remove_file(path / name)
        with suppress(FileNotFoundError):
            path.rmdir()
    except OSError as error:
        raise storage_error("remove", path, error) from error


@contextmanager
def _lock_samples(orphan: OrphanSpool) -> Iterator[Path]:
    """Keep other processes from recovering the spool at the same time."""
    samples = orphan.path / _SAMPLES
    with ExitStack() as stack:
        try:
            is_ours = stack.enter_context(hold_lock(samples))
        except FileNotFoundError:
            is_ours = False  # whoever had it has made its recording and removed it
        except OSError as error:
            raise storage_error("read", samples, error) from error
        if not is_ours:
            raise SpoolInUseError(
                f"another practice is using the recording {one_line(str(orphan.path))}",
                "wait until it has finished",
            )
        yield samples


def _is_live(path: Path) -> bool:
    """Whether some process still writes to the spool."""
    try:
        with hold_lock(path / _SAMPLES) as is_left:
            return not is_left
    except FileNotFoundError:
        return False


def _describe_orphan(path: Path) -> OrphanSpool:
    header = _read_header(path / _HEADER)
    rate = header.sample_rate_hz if header else UNKNOWN_SAMPLE_RATE_HZ
    samples = path / _SAMPLES
    size = samples.stat().st_size if samples.exists() else 0
    return OrphanSpool(path, header, size // SAMPLE_BYTES / rate, "leave" in _read_events(path))


def _read_header(path: Path) -> SpoolHeader | None:
    try:
        header = msgspec.json.decode(path.read_bytes(), type=SpoolHeader)
    except (FileNotFoundError, ValueError, RecursionError, msgspec.MsgspecError):
        return None
    return header if LOWEST_RATE_HZ <= header.sample_rate_hz <= HIGHEST_RATE_HZ else None


def _read_events(spool: Path) -> list[str]:
    """What was noted, in order; a line that a crash cut off is passed over."""
    try:
        text = (spool / _EVENTS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    events = []
    for line in text.splitlines():
        with suppress(ValueError, RecursionError):
            facts = json.loads(line)
            if isinstance(facts, dict):
                events.append(str(facts.get("event")))
    return events
