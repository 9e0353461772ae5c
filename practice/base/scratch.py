"""Folders for sound that is needed for a moment; never where everybody keeps temporary files."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from practice.base.errors import StorageError
from practice.base.files import private_folder
from practice.base.paths import PRIVATE_FILE
from practice.base.text import one_line

_LOCK = ".lock"


class ScratchFolder:
    """A private folder that is gone once it is closed; what a kill leaves, `sweep` removes.

    It is locked for as long as it is open, which tells it from one that was left.

    Args:
        parent: Where it is made, such as `Places.scratch`.

    Raises:
        StorageError: The disk refused.
    """

    def __init__(self, parent: Path) -> None:
        sweep(private_folder(parent))
        try:
            self.path = Path(tempfile.mkdtemp(dir=parent))
            lock = self.path / "lock"
            self._handle = os.open(lock, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE)
            _lock(self._handle)
            lock.rename(self.path / _LOCK)  # from now on `sweep` looks at it
        except OSError as error:
            raise StorageError(
                f"cannot use {one_line(str(parent))}: {error.strerror}",
                "free some space and check that the folder can be written to, then try again",
            ) from error

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove it with all it holds; safe to call twice."""
        if self._handle >= 0:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._handle)
            self._handle = -1


def sweep(parent: Path) -> None:
    """Remove the folders in `parent` that nobody uses any more; one that cannot be removed stays.

    One that another process has made just now and not locked yet holds no lock, and stays too.
    """
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        for folder in list(parent.iterdir()):
            with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                _remove_unused(folder)


def _remove_unused(folder: Path) -> None:
    if folder.is_symlink():
        return
    handle = os.open(folder / _LOCK, os.O_RDONLY)
    try:
        if _lock(handle):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
