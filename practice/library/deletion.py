"""Deleting for good, with files: what a kill cuts off half-way, the next start finishes.

The files of a take are set aside first: renamed to what is to be done, and emptied. That cannot be
taken back, needs no room on a full disk, and tells the next start what was asked for.
"""

import os
import shutil
from enum import StrEnum
from pathlib import Path

from practice.base.system.files import remove_file, replace_file


class Deletion(StrEnum):
    """What was asked for, as the ending of the files that are set aside."""

    TAKE = ".deleted"
    SOUND = ".silenced"

    @property
    def statement(self) -> str:
        """The SQL that changes the row; its parameter is the take's id."""
        if self is Deletion.TAKE:
            return "DELETE FROM take WHERE id = ?"
        return "UPDATE take SET audio = NULL WHERE id = ?"


def set_aside(file: Path, deletion: Deletion) -> Path:
    """Give up the content of `file`; returns the path of what is left of it.

    Raises:
        OSError: The disk refused.
    """
    # In that order: were it emptied under its own name and a kill came in between, the take would
    # have a recording of nothing.
    left = replace_file(file, file.with_name(file.name + deletion))
    # A link is never followed: what it leads to is not ours.
    if left.is_dir() and not left.is_symlink():
        for content in left.iterdir():
            remove_file(content)
    elif left.is_file() and not left.is_symlink():
        os.truncate(left, 0)
    return left


def take_id_of(file: Path) -> str:
    """The take that `file` in the folder of recordings belongs to, by its name."""
    return file.name.partition(".")[0]


def deletion_of(file: Path) -> Deletion | None:
    """What `file` was set aside for; None when it was not."""
    return next((deletion for deletion in Deletion if file.name.endswith(deletion)), None)


def delete_path(file: Path) -> None:
    """Delete a file or folder.

    Raises:
        OSError: The disk refused.
    """
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    else:
        remove_file(file)
