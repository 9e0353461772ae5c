"""Mono 16-bit FLAC files that are either whole and on the disk, or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from practice.audio.level import Tally
from practice.base.errors import StorageError, storage_error
from practice.base.files import private_folder
from practice.base.paths import PRIVATE_FILE
from practice.base.system.files import encode_path, replace_file, sync_path

PART = ".part"
"""Ends the name of a file that is still being written."""


class FlacWriter:
    """Writes `<target>.part`; a clean end of the `with` makes it `target`, anything else drops it.

    Args:
        target: The file to be.
        sample_rate_hz: Of the samples.
        part: Another place on the same disk for what is still being written.

    Raises:
        StorageError: The disk refused, or the file did not read back as it was written.
    """

    def __init__(self, target: Path, sample_rate_hz: int, part: Path | None = None) -> None:
        import soundfile  # lazy: libsndfile brings NumPy

        private_folder(target.parent)
        self.tally = Tally()
        """The samples written so far."""
        self._target = target
        self._part = part or target.with_name(target.name + PART)
        try:
            with _storage_errors(target):
                # libsndfile would create it with the mode of the user's umask.
                os.close(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE))
                self._file = soundfile.SoundFile(
                    encode_path(self._part), "w", sample_rate_hz, 1, subtype="PCM_16", format="FLAC"
                )
        except StorageError:
            self._drop_part()
            raise

    def __enter__(self) -> Self:
        return self

    def write(self, block: NDArray[np.int16]) -> None:
        """Append `block`."""
        import soundfile  # lazy: libsndfile brings NumPy

        try:
            self._file.write(block)
        # libsndfile reports a full disk as a short count, which soundfile asserts against.
        except (AssertionError, soundfile.LibsndfileError) as error:
            reason = "the disk is full"
            raise storage_error("write", self._target, reason) from error
        self.tally.add(block)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        import soundfile  # lazy: libsndfile brings NumPy

        try:
            with _storage_errors(self._target):
                self._file.close()
                if error is not None:
                    return
                # In that order: on the disk, then read back, then under its name. A power cut in
                # between leaves the part, which the next run writes again.
                sync_path(self._part)
                if soundfile.info(encode_path(self._part)).frames != self.tally.samples:
                    raise storage_error("write", self._target, "what was written is not complete")
                replace_file(self._part, self._target)
                sync_path(self._target.parent)
        finally:
            self._drop_part()

    def _drop_part(self) -> None:
        """Remove what was being written; once it is renamed there is nothing to remove."""
        with suppress(OSError):
            self._part.unlink()


@contextmanager
def _storage_errors(target: Path) -> Iterator[None]:
    """Turn what the disk and libsndfile say into a StorageError about `target`."""
    import soundfile  # lazy: libsndfile brings NumPy

    try:
        yield
    except OSError as error:
        raise storage_error("write", target, error) from error
    except soundfile.LibsndfileError as error:
        raise storage_error("write", target, str(error)) from error
