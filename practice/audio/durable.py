"""Making sure that what was written is on the disk."""

import os
from pathlib import Path

from practice.base.errors import StorageError
from practice.base.text import one_line


def sync_folder(folder: Path) -> None:
    """Put the names in `folder` on the disk: new, renamed and removed ones.

    Raises:
        OSError: The disk refused.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def storage_error(doing: str, path: Path, error: OSError) -> StorageError:
    """What to tell when the disk refused while `doing` something with `path`."""
    reason = one_line(error.strerror or str(error))
    return StorageError(
        f"cannot {doing} {one_line(str(path))}: {reason}",
        "free some space on that disk, check that the folder can be written to, and try again",
    )
