"""Private folders, files that are replaced whole or not at all, and locks."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL, ENOLCK, ENOSYS, ENOTDIR, ENOTSUP, EOPNOTSUPP
from pathlib import Path

from practice.base.errors import StorageError, storage_error
from practice.base.paths import PRIVATE_FILE, PRIVATE_FOLDER

LARGEST_LOG_BYTES = 1_000_000


def encode_path(path: Path) -> str | bytes:
    """`path` for a library that is given names as they are: a name need not be text on POSIX."""
    return str(path) if os.name == "nt" else os.fsencode(path)


def private_folder(folder: Path) -> Path:
    """`folder`, created with its missing parents (mode 0700) where it is not there.

    Raises:
        StorageError: It cannot be created.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError(ENOTDIR, "there is a file of that name")
    except OSError as error:
        hint = "move that file away, or set PRACTICE_HOME to a folder you can write to"
        raise storage_error("create the folder", folder, error, hint) from error
    return folder


def open_log(path: Path) -> int:
    """A descriptor that writes to the end of the log at `path`.

    A log that has grown past `LARGEST_LOG_BYTES` is put aside for a new one, in the place of the
    one before it. Where it cannot be opened, what is printed is dropped: whoever has more important
    things to write says what is wrong with the disk.
    """
    try:
        private_folder(path.parent)
        if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
            path.replace(path.with_name(f"{path.name}.old"))
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    except (StorageError, OSError):
        return os.open(os.devnull, os.O_WRONLY)


def write_atomic(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Replace the content of `path` by `data`, or leave it as it was.

    A link stays a link; the file that it leads to is replaced.

    Raises:
        StorageError: It is a device, a pipe or a folder, or the disk refused; the old content is
            untouched.
    """
    path = Path(os.path.realpath(path))
    # A new file beside the old one takes its name once all of it is on the disk: whoever opens the
    # name, also after a power cut, finds one or the other. Beside it, as only a name on the same
    # disk can be changed at once.
    try:
        if path.exists() and not path.is_file():
            raise storage_error("write", path, "it is not a file", "name a file")
        private_folder(path.parent)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error("write", path, error) from error


def sync_path(path: Path) -> None:
    """Wait until a file, or for a folder the names of what is in it, is on the disk.

    Raises:
        OSError: The disk refused.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock_handle(handle: int, *, wait: bool = False) -> bool:
    """Lock an open file or folder; False where another process, or another handle, has it.

    The lock is on the data itself, not on a file beside it, so it cannot be left behind: it goes
    with the handle, however the process ends.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


_NO_LOCKS = {EINVAL, ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP}


def has_locks(folder: Path) -> bool:
    """Whether files in `folder` can be locked; some network folders have no locks that work.

    A folder that takes no file at all is taken to have them: it has another fault.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
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
    handle = os.open(path, os.O_RDONLY)
    try:
        yield lock_handle(handle, wait=wait)
    finally:
        os.close(handle)
