"""Mono 16-bit FLAC files that are either whole and on the disk, or not there."""

import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from practice.audio.durable import storage_error, sync_folder
from practice.audio.level import Tally
from practice.base.errors import StorageError
from practice.base.files import private_folder
from practice.base.paths import PRIVATE_FILE
from practice.base.text import one_line

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
        import soundfile  # 84 ms with numpy: only who writes pays

        private_folder(target.parent)
        self.tally = Tally()
        """The samples written so far."""
        self._target = target
        self._part = part or target.with_name(target.name + PART)
        try:
            os.close(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE))
            self._file = soundfile.SoundFile(
                self._part, "w", sample_rate_hz, 1, subtype="PCM_16", format="FLAC"
            )
        except OSError as error:
            self._drop()
            raise storage_error("write", target, error) from error
        except soundfile.LibsndfileError as error:
            self._drop()
            raise self._not_written(one_line(str(error))) from error

    def __enter__(self) -> Self:
        return self

    def write(self, block: NDArray[np.int16]) -> None:
        """Append `block`."""
        import soundfile

        try:
            self._file.write(block)
        # libsndfile reports a full disk as a short count, which soundfile asserts against.
        except (AssertionError, soundfile.LibsndfileError) as error:
            raise self._not_written("the disk took only a part of it") from error
        self.tally.add(block)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._close()
            if error is None:
                self._keep()
        except BaseException:
            self._drop()
            raise
        if error is not None:
            self._drop()

    def _close(self) -> None:
        import soundfile

        try:
            self._file.close()
        except soundfile.LibsndfileError as error:
            raise self._not_written(one_line(str(error))) from error

    def _keep(self) -> None:
        import soundfile

        try:
            handle = os.open(self._part, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            if soundfile.info(self._part).frames != self.tally.samples:
                raise self._not_written("it does not read back whole")
            self._part.replace(self._target)
            sync_folder(self._target.parent)
        except OSError as error:
            raise storage_error("write", self._target, error) from error
        except soundfile.LibsndfileError as error:
            raise self._not_written(one_line(str(error))) from error

    def _drop(self) -> None:
        with contextlib.suppress(OSError):
            self._part.unlink()

    def _not_written(self, reason: str) -> StorageError:
        return StorageError(
            f"cannot write {one_line(str(self._target))}: {reason}",
            "free some space on that disk and try again",
        )
