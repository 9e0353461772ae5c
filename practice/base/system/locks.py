"""Locks that go with the process that holds them, however it ends."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL, ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP
from pathlib import Path

from practice.base.system.files import open_file

if sys.platform == "win32":
    from practice.base.system import windows
else:
    import fcntl

_NO_LOCKS = {EINVAL, ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP}


def lock_handle(handle: int, *, wait: bool = False) -> bool:
    """Lock an open file; False where another process, or another handle, has it.

    The lock is on the data itself, not on a file beside it, so it cannot be left behind: it goes
    with the handle, however the process ends. Where there are folders on POSIX, they can be locked
    like files.

    Raises:
        OSError: Files on that disk cannot be locked.
    """
    if sys.platform == "win32":
        return windows.lock(handle, wait=wait)
    else:  # noqa: RET505 - so a type checker of Windows passes over it
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


def has_locks(folder: Path) -> bool:
    """Whether files in `folder` can be locked; some network folders have no locks that work.

    A folder that takes no file at all is taken to have them: it has another fault.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            if sys.platform == "win32":
                windows.lock(file.fileno(), wait=False)
            else:
                # The kind of lock that SQLite takes.
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    return True


@contextmanager
def hold_lock(path: Path, *, wait: bool = False) -> Iterator[bool]:
    """Hold the lock of an existing file or folder; yields what `lock_handle` returns.

    Raises:
        OSError: It cannot be opened.
    """
    if sys.platform == "win32" and path.is_dir():
        with _hold_beside(path, wait) as is_ours:
            yield is_ours
        return
    handle = open_file(path, os.O_RDONLY)
    try:
        yield lock_handle(handle, wait=wait)
    finally:
        os.close(handle)


@contextmanager
def _hold_beside(folder: Path, wait: bool) -> Iterator[bool]:
    """The lock of a folder on Windows, which has none: that of an empty file beside it.

    Not in it, for whoever holds the lock may rename or remove the folder.
    """
    path = folder.with_name(f".{folder.name}.lock")
    # Not by `open_file`: nobody must be able to remove it while somebody has it open, or two
    # processes would hold the locks of two files of that name.
    handle = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        yield lock_handle(handle, wait=wait)
    finally:
        os.close(handle)
        with suppress(OSError):  # somebody else has it open, and removes it in turn
            path.unlink()
