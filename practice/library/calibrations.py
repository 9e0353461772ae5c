"""How many planned fillers each set-up was found to catch, by microphone, model and language."""

from collections.abc import Mapping

from practice.base.text import plain
from practice.library.database import Database
from practice.library.row_mapping import decode_document, encode_document


class Calibrations:
    """The last check of every set-up; nothing of what was read is kept.

    Every method raises StorageError when the database refuses.

    Args:
        database: The library's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, device: str, model: str, language: str, result: Mapping[str, object]) -> None:
        """Save the result of a check in place of the one before it.

        Args:
            device: The name of the microphone, as a take of it has it.
            model: The name of the speech model, likewise.
            language: What was read in.
            result: Anything that JSON can hold.
        """
        with self._database.writing() as db:
            # Not an update: the row is to become the newest.
            db.execute(
                "INSERT OR REPLACE INTO calibration (device, model, language, result)"
                " VALUES (?, ?, ?, ?)",
                (plain(device), plain(model), plain(language), encode_document(result)),
            )

    def last(self, device: str, model: str, language: str) -> dict[str, object] | None:
        """The last result of a set-up; None when it was never checked."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT result FROM calibration WHERE device = ? AND model = ? AND language = ?",
                (plain(device), plain(model), plain(language)),
            ).fetchone()
        return decode_document(row[0]) if row else None

    def newest(self) -> dict[str, object] | None:
        """The result that was saved last; None when nothing was ever checked."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT result FROM calibration ORDER BY rowid DESC LIMIT 1"
            ).fetchone()
        return decode_document(row[0]) if row else None
