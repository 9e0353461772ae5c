"""How many planned fillers each set-up was found to catch, by microphone, model and language."""

from collections.abc import Mapping
from dataclasses import dataclass

from practice.base.text import plain
from practice.library.database import Database
from practice.library.row_mapping import decode_document, encode_document


@dataclass(frozen=True, slots=True)
class SpeechSetup:
    """What a recording is made and heard with: on this it depends which fillers are caught."""

    device: str
    """The name of the microphone, as a take of it has it."""
    model: str
    """The name of the speech model, likewise."""
    language: str


class Calibrations:
    """The last check of every set-up; nothing of what was read is kept.

    Every method raises StorageError when the database refuses.

    Args:
        database: The library's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, setup: SpeechSetup, result: Mapping[str, object]) -> None:
        """Save the result of a check in place of the one before it.

        Args:
            setup: What was checked.
            result: Anything that JSON can hold.
        """
        with self._database.writing() as db:
            # Not an update: the row is to become the newest.
            db.execute(
                "INSERT OR REPLACE INTO calibration (device, model, language, result)"
                " VALUES (?, ?, ?, ?)",
                (*_columns(setup), encode_document(result)),
            )

    def last(self, setup: SpeechSetup) -> dict[str, object] | None:
        """The last result of a set-up; None when it was never checked."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT result FROM calibration WHERE device = ? AND model = ? AND language = ?",
                _columns(setup),
            ).fetchone()
        return decode_document(row[0]) if row else None

    def newest(self) -> dict[str, object] | None:
        """The result that was saved last; None when nothing was ever checked."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT result FROM calibration ORDER BY rowid DESC LIMIT 1"
            ).fetchone()
        return decode_document(row[0]) if row else None


def _columns(setup: SpeechSetup) -> tuple[str, str, str]:
    return plain(setup.device), plain(setup.model), plain(setup.language)
