"""What readers of a shared page answered, beside the take that they heard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from practice.base.clock import Clock, from_iso, iso_utc
from practice.base.errors import NotFoundError
from practice.base.text import one_line
from practice.library.database import Database
from practice.library.row_mapping import decode_document, encode_document


@dataclass(frozen=True, slots=True)
class KeptFeedback:
    """What one reader answered about one take."""

    id: int
    take_id: str
    reader: str
    """Their name as they gave it; empty where they gave none."""
    added_at: datetime
    document: Mapping[str, object]
    """As `practice.documents.feedback` has it."""


class FeedbackStore:
    """The feedback of the library; it goes with its take.

    Every method raises StorageError when the database refuses.

    Args:
        database: The library's.
        clock: Tells when something is added.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(
        self, given: Iterable[tuple[str, str, Mapping[str, object]]]
    ) -> list[tuple[KeptFeedback, bool]]:
        """Keep what was given, all of it or nothing.

        Args:
            given: For each the id of a take, the reader, and the document.

        Returns:
            Each with whether it is new: what is there already, word for word, is not kept twice.

        Raises:
            NotFoundError: A take is not there.
        """
        now = iso_utc(self._clock.now())
        kept: list[tuple[int, bool]] = []
        with self._database.writing() as db:
            for take_id, reader, document in given:
                values = take_id, one_line(reader), encode_document(document)
                known = db.execute(
                    "SELECT id FROM feedback WHERE take_id = ? AND reader = ? AND document = ?",
                    values,
                ).fetchone()
                row = (
                    known
                    or db.execute(
                        "INSERT INTO feedback (take_id, reader, document, added_at)"
                        " SELECT id, ?2, ?3, ?4 FROM take WHERE id = ?1 RETURNING id",
                        (*values, now),
                    ).fetchone()
                )
                if row is None:
                    raise NotFoundError(
                        f"there is no take {one_line(take_id)}",
                        "it was deleted, or it was shared from another library",
                    )
                kept.append((row[0], known is None))
        return [(self.get(number), is_new) for number, is_new in kept]

    def all(self) -> list[KeptFeedback]:
        """All of it, the newest first."""
        return self._select("ORDER BY id DESC")

    def of_take(self, take_id: str) -> list[KeptFeedback]:
        """What readers answered about a take, the first reader first."""
        return self._select("WHERE take_id = ? ORDER BY id", take_id)

    def get(self, number: int) -> KeptFeedback:
        """The feedback of that number.

        Raises:
            NotFoundError: There is none.
        """
        found = self._select("WHERE id = ?", number)
        if not found:
            raise NotFoundError(
                f"there is no feedback {number}", "practice feedback list shows all of it"
            )
        return found[0]

    def delete(self, number: int) -> None:
        """Delete what one reader answered, for good; nothing happens where it is gone."""
        with self._database.writing() as db:
            db.execute("DELETE FROM feedback WHERE id = ?", (number,))
        self._database.forget_deleted()

    def _select(self, rest: str, *values: object) -> list[KeptFeedback]:
        with self._database.reading() as db:
            rows = db.execute(
                f"SELECT id, take_id, reader, added_at, document FROM feedback {rest}", values
            ).fetchall()
        return [_read_row(row) for row in rows]


def _read_row(row: tuple[Any, ...]) -> KeptFeedback:
    number, take_id, reader, added_at, document = row
    return KeptFeedback(number, take_id, reader, from_iso(added_at), decode_document(document))
