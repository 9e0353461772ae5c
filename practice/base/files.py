"""Private folders and files that are either the old one or the new one, never half of each."""

import os
import tempfile
from errno import ENOTDIR
from pathlib import Path

from practice.base.errors import StorageError
from practice.base.paths import PRIVATE_FILE, PRIVATE_FOLDER
from practice.base.text import one_line

LARGEST_LOG_BYTES = 1_000_000


def private_folder(folder: Path) -> Path:
    """`folder`, it and its missing parents created with mode 0700, and returned.

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
        raise StorageError(
            f"cannot create the folder {one_line(str(folder))}: {error.strerror}",
            "free the path or set PRACTICE_HOME to a folder you can write to",
        ) from error
    return folder


def open_log(path: Path) -> int:
    """A descriptor that writes to the end of the log at `path`.

    A log that has grown past `LARGEST_LOG_BYTES` is put aside for a new one, in the place of the
    one before it.

    Raises:
        StorageError, OSError: It cannot be opened.
    """
    private_folder(path.parent)
    if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
        path.replace(path.with_name(f"{path.name}.old"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)


def write_atomic(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Replace the content of `path` by `data`, or leave it as it was.

    A link stays a link; the file that it leads to is replaced.

    Raises:
        StorageError: It is a device, a pipe or a folder, or the disk refused; the old content is
            untouched.
    """
    path = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():
            raise StorageError(
                f"cannot write {one_line(str(path))}: it is not a file", "name a file"
            )
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
        raise StorageError(
            f"cannot write {one_line(str(path))}: {error.strerror}",
            "free some space and check that the folder can be written to, then try again",
        ) from error
