"""Private folders, and files that are replaced whole or not at all."""

import os
import tempfile
from errno import ENOTDIR
from pathlib import Path

from practice.base.errors import StorageError, storage_error
from practice.base.paths import PRIVATE_FILE, PRIVATE_FOLDER
from practice.base.system.files import is_device, open_file, replace_file, sync_handle

LARGEST_LOG_BYTES = 1_000_000


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
            replace_file(path, path.with_name(f"{path.name}.old"))
        return open_file(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
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
        if is_device(path) or (path.exists() and not path.is_file()):
            raise storage_error("write", path, "it is not a file", "name a file")
        private_folder(path.parent)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                sync_handle(file.fileno())
            temporary.chmod(mode)
            replace_file(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error("write", path, error) from error
