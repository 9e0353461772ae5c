"""Files that are opened, put on the disk and replaced in the same way on every system."""

import os
import sys
import time
from collections.abc import Callable
from errno import EINVAL, ELOOP
from pathlib import Path
from typing import BinaryIO, TypeVar

from practice.base.system.file_names import is_device_name

if sys.platform == "win32":
    from practice.base.system import windows
elif sys.platform == "darwin":
    import fcntl

_Result = TypeVar("_Result")

RETRY_S: tuple[float, ...] = (
    (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8) if sys.platform == "win32" else ()
)
"""The pauses after which a refused change of a name is tried again: on Windows whoever reads a new
file for a moment, such as a virus scanner, keeps it from being renamed. Elsewhere nothing does."""


def open_file(path: Path | str, flags: int, mode: int = 0o666, *, follow_link: bool = True) -> int:
    """A descriptor as `os.open` gives one, for bytes; no other program gets it by inheritance.

    The file can be removed and renamed while it is open, on every system.

    Args:
        path: The file.
        flags: Those of `os` that every system has.
        mode: Of a file that is made; on Windows it gets the rights of its folder.
        follow_link: False where a link is refused.

    Raises:
        OSError: It cannot be opened.
    """
    if sys.platform == "win32":
        # There, to make a link takes special rights: a look before is enough.
        if not follow_link and Path(path).is_symlink():
            raise OSError(ELOOP, "it is a link", str(path))
        return windows.open_shared(str(path), flags)
    return os.open(path, flags | (0 if follow_link else os.O_NOFOLLOW), mode)


def open_to_read(path: Path, *, follow_link: bool = True) -> int:
    """A descriptor to read from, of whatever lies there; look at its kind before you read.

    It never waits for the other end of a pipe and is never given a terminal, should one lie there.

    Raises:
        OSError: It cannot be opened.
    """
    if sys.platform == "win32":
        if is_device(path):
            raise OSError(EINVAL, "it is the name of a device", str(path))
        return open_file(path, os.O_RDONLY, follow_link=follow_link)
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY
    return open_file(path, flags, follow_link=follow_link)


def open_removable(path: Path) -> BinaryIO:
    """A file to read that may be removed meanwhile.

    Raises:
        OSError: It cannot be opened.
    """
    return os.fdopen(open_file(path, os.O_RDONLY), "rb")


def is_device(path: Path) -> bool:
    """Whether this system takes the name for that of a device, whatever lies there."""
    return sys.platform == "win32" and is_device_name(path.name)


def encode_path(path: Path) -> str | bytes:
    """`path` for a library that is given names as they are: a name need not be text on POSIX."""
    return str(path) if sys.platform == "win32" else os.fsencode(path)


def sync_handle(handle: int) -> None:
    """Wait until what was written to an open file is on the disk.

    Raises:
        OSError: The disk refused.
    """
    if sys.platform == "darwin":
        # There, fsync leaves it in the memory of the disk, which a power cut empties. Disks that
        # do not know the stronger order, such as those in the network, refuse it.
        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        except OSError:
            os.fsync(handle)
        return
    os.fsync(handle)


def sync_path(path: Path) -> None:
    """Wait until a file, or for a folder the names of what is in it, is on the disk.

    Raises:
        OSError: The disk refused.
    """
    if sys.platform == "win32":
        # The journal of NTFS keeps names by itself, and a folder cannot be synced there; a file
        # only by whoever may write to it.
        if path.is_dir():
            return
        handle = open_file(path, os.O_RDWR)
    else:
        handle = os.open(path, os.O_RDONLY)
    try:
        sync_handle(handle)
    finally:
        os.close(handle)


def replace_file(source: Path, target: Path) -> Path:
    """Give `source` the name `target`, in the place of what is there; returns `target`.

    Raises:
        OSError: The disk refused, on Windows for about two seconds.
    """
    retry_refused(lambda: source.replace(target))
    return target


def remove_file(path: Path) -> None:
    """Remove a file or a link; one that is gone already is fine.

    Raises:
        OSError: As `replace_file`.
    """
    retry_refused(lambda: path.unlink(missing_ok=True))


def retry_refused(change: Callable[[], _Result]) -> _Result:
    """What `change` gives, tried again where Windows refuses it because somebody reads the file.

    Raises:
        OSError: It was refused each time, or for another reason.
    """
    for pause_s in RETRY_S:
        try:
            return change()
        except PermissionError:
            time.sleep(pause_s)
    return change()
