"""Private folders for sound that is needed for a moment.

They lie beside the log and not in the temporary folder, which everybody shares and nobody here
sweeps; only a home that cannot be written to, or has no locks, leaves nothing else.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from errno import EACCES, EINVAL, ENOLCK, ENOTSUP, EOPNOTSUPP, EROFS
from pathlib import Path

from practice.base.closeable import Closeable
from practice.base.errors import StorageError, storage_error
from practice.base.files import private_folder
from practice.base.paths import PRIVATE_FILE
from practice.base.system.files import open_file
from practice.base.system.locks import hold_lock, lock_handle

_LOCK = ".lock"
_CANNOT_BE_USED = {EACCES, EINVAL, ENOLCK, ENOTSUP, EOPNOTSUPP, EROFS}


class ScratchFolder(Closeable):
    """A private folder that is gone once it is closed; what a kill leaves, `sweep` removes.

    It is locked for as long as it is open, which tells it from one that was left.

    Args:
        parent: Where it is made, such as `Places.scratch`.

    Raises:
        StorageError: The disk refused.
    """

    def __init__(self, parent: Path) -> None:
        self._lock: int | None = None
        self._is_open = False
        try:
            self._make(parent)
        except StorageError as error:
            cause = error.__cause__
            if not isinstance(cause, OSError) or cause.errno not in _CANNOT_BE_USED:
                raise
            self._make_elsewhere()

    def _make(self, parent: Path) -> None:
        """A locked folder in `parent`."""
        private_folder(parent)
        try:
            sweep(parent)
            self.path = Path(tempfile.mkdtemp(dir=parent))
            self._is_open = True
            # The lock file gets its name once it is locked: `sweep` in another process would
            # otherwise take this folder, made but not locked yet, for one that was left.
            lock = self.path / "lock"
            self._lock = open_file(lock, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE)
            lock_handle(self._lock)
            lock.rename(self.path / _LOCK)
        except OSError as error:
            self.close()
            raise storage_error("use", parent, error) from error

    def _make_elsewhere(self) -> None:
        """A folder that only this user can enter, among those that the system removes."""
        try:
            self.path = Path(tempfile.mkdtemp(prefix="practice-"))
            self._is_open = True
        except OSError as error:
            raise storage_error("use", tempfile.gettempdir(), error) from error

    def close(self) -> None:
        """Remove it with all it holds; safe to call twice."""
        if self._is_open:
            self._is_open = False
            shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def sweep(parent: Path) -> None:
    """Remove the folders in `parent` that nobody uses any more; one that cannot be removed stays.

    One that another process has made just now has no lock file yet, and stays too.
    """
    unusable = (FileNotFoundError, NotADirectoryError, PermissionError)
    with suppress(*unusable):
        for folder in list(parent.iterdir()):
            with suppress(*unusable):
                if folder.is_symlink():
                    continue
                with hold_lock(folder / _LOCK) as is_unused:
                    if is_unused:
                        shutil.rmtree(folder, ignore_errors=True)
