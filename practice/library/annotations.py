"""What the user says about a take: rating, star, notes, corrections and the parts of the answer."""

from collections.abc import Callable, Mapping
from dataclasses import astuple, replace
from typing import cast

from practice.base.clock import Clock, iso_utc
from practice.base.errors import UsageError
from practice.base.text import plain
from practice.library.database import Database
from practice.library.sql import plain_or_none
from practice.library.takes import Correction, StarPart, Take

HIGHEST_RATING = 4


class Annotations:
    """The user's own words beside a take; they never touch the machine's.

    Every method takes an id as `Library.take` does and raises NotFoundError when there is none,
    StorageError when the database refuses.

    Args:
        database: The library's.
        find_take: Finds a take by its id, or raises NotFoundError.
        clock: Tells when a correction is made.
    """

    def __init__(self, database: Database, find_take: Callable[[str], Take], clock: Clock) -> None:
        self._database = database
        self._find_take = find_take
        self._clock = clock

    def rate(self, take_id: str, rating: int | None) -> Take:
        """Save the user's own rating, 1 to 4; None takes it back.

        Raises:
            UsageError: Another number.
        """
        if rating is not None and not 1 <= rating <= HIGHEST_RATING:
            raise UsageError(f"a rating is 1 to {HIGHEST_RATING}, not {rating}")
        return self._update(take_id, "rating", rating)

    def star(self, take_id: str, starred: bool) -> Take:
        """Mark a take as one of the best, or no longer."""
        return self._update(take_id, "starred", int(starred))

    def note(self, take_id: str, notes: str) -> Take:
        """Replace the notes of a take."""
        return self._update(take_id, "notes", plain(notes))

    def correct(self, take_id: str, correction: Correction) -> None:
        """Add a correction after those that are there."""
        known = self._find_take(take_id).id
        made_at = iso_utc(self._clock.now())
        cleaned = replace(correction, text=plain_or_none(correction.text))
        with self._database.writing() as db:
            db.execute(
                "INSERT INTO correction (take_id, made_at, kind, start_s, end_s, text)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (known, made_at, *astuple(cleaned)),
            )

    def undo_correction(self, take_id: str) -> Correction | None:
        """Take the latest correction back and return it; None when there is none."""
        known = self._find_take(take_id).id
        with self._database.writing() as db:
            row = db.execute(
                "DELETE FROM correction WHERE id = (SELECT max(id) FROM correction"
                " WHERE take_id = ?) RETURNING kind, start_s, end_s, text",
                (known,),
            ).fetchone()
        return Correction(*row) if row else None

    def corrections(self, take_id: str) -> list[Correction]:
        """The corrections of a take, in the order they were made."""
        known = self._find_take(take_id).id
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT kind, start_s, end_s, text FROM correction WHERE take_id = ? ORDER BY id",
                (known,),
            ).fetchall()
        return [Correction(*row) for row in rows]

    def mark_parts(self, take_id: str, starts_s: Mapping[StarPart, float]) -> None:
        """Replace where the situation, task, action and result begin, in seconds."""
        known = self._find_take(take_id).id
        with self._database.writing() as db:
            db.execute("DELETE FROM star_mark WHERE take_id = ?", (known,))
            db.executemany(
                "INSERT INTO star_mark (take_id, part, start_s) VALUES (?, ?, ?)",
                [(known, part, start_s) for part, start_s in starts_s.items()],
            )

    def parts(self, take_id: str) -> dict[StarPart, float]:
        """Where the marked parts begin, in seconds, in order of time."""
        known = self._find_take(take_id).id
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT part, start_s FROM star_mark WHERE take_id = ? ORDER BY start_s", (known,)
            ).fetchall()
        return cast("dict[StarPart, float]", dict(rows))

    def _update(self, take_id: str, column: str, value: object) -> Take:
        known = self._find_take(take_id).id
        with self._database.writing() as db:
            db.execute(f"UPDATE take SET {column} = ? WHERE id = ?", (value, known))
        return self._find_take(known)
