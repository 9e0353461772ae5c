"""What was written of a take into the folder of exports: it stays when the take is deleted."""

from collections.abc import Iterable
from glob import escape
from pathlib import Path

from practice.base.errors import storage_error
from practice.base.paths import Places, show_path


def find_exports(places: Places, take_id: str) -> list[Path]:
    """The pages, texts and sounds that were written of a take, by the name that they are given.

    What was written to a place of the user's own is not known.
    """
    return sorted(places.exports.glob(f"{escape(take_id)}.*"))


def delete_exports(exports: Iterable[Path]) -> None:
    """Delete what was written of a take.

    Raises:
        StorageError: The disk refused.
    """
    for path in exports:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error("delete", show_path(path), error) from error
