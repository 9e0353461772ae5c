"""Sessions held in a format: for which interview, whether to the end, and the slides of a talk."""

from collections.abc import Sequence

from practice.base.errors import NotFoundError
from practice.base.text import one_line, plain
from practice.library.database import Database
from practice.library.row_mapping import SELECT_SESSION, session_of
from practice.library.takes import Session

WANTED = 9
"""How many rehearsals do most good; from there on each adds little (`docs/guide.md`)."""


_REHEARSALS = (
    "SELECT {} FROM session WHERE completed AND is_rehearsal AND (SELECT coalesce(max(coalesce("
    "json_extract(review.document, '$.transcription.status'), '') <> 'no_speech'), 1)"
    " FROM take LEFT JOIN review ON review.take_id = take.id WHERE take.session_id = session.id)"
)
"""Where nothing was heard in any answer, nobody has rehearsed; what is not reviewed yet counts."""


class Rehearsals:
    """What the library keeps of formats; every method raises StorageError when it refuses.

    Args:
        database: The library's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, session_id: str, format_name: str, interview_id: str | None) -> None:
        """Note in which format a session is held, and for which interview."""
        with self._database.writing() as db:
            # An interview may have been deleted since it was chosen.
            db.execute(
                "UPDATE session SET format = ?, interview_id ="
                " (SELECT id FROM interview WHERE id = ?) WHERE id = ?",
                (plain(format_name), interview_id, session_id),
            )

    def complete(self, session_id: str, *, is_rehearsal: bool) -> None:
        """Note that every question of a session was answered by the rules of its format.

        Args:
            session_id: The whole id.
            is_rehearsal: Whether its format counts as a rehearsal.
        """
        with self._database.writing() as db:
            db.execute(
                "UPDATE session SET completed = 1, is_rehearsal = ? WHERE id = ?",
                (is_rehearsal, session_id),
            )

    def session(self, session_id: str) -> Session:
        """The session with this whole id.

        Raises:
            NotFoundError: There is none.
        """
        with self._database.reading() as db:
            row = db.execute(f"{SELECT_SESSION} WHERE id = ?", (session_id,)).fetchone()
        if row is None:
            raise NotFoundError(f"there is no session {one_line(session_id)!r}")
        return session_of(row)

    def count(self, interview_id: str | None = None) -> int:
        """How many rehearsals there were: for an interview, or in all."""
        with self._database.reading() as db:
            (number,) = db.execute(
                f"{_REHEARSALS.format('count(*)')} AND (?1 IS NULL OR interview_id = ?1)",
                (interview_id,),
            ).fetchone()
        return int(number)

    def count_each(self) -> dict[str, int]:
        """How many there were for each interview that has one, by its id."""
        with self._database.reading() as db:
            rows = db.execute(
                f"{_REHEARSALS.format('interview_id, count(*)')}"
                " AND interview_id IS NOT NULL GROUP BY interview_id"
            ).fetchall()
        return dict(rows)

    def save_slides(self, take_id: str, starts_s: Sequence[float]) -> None:
        """Keep where each slide of a talk begins, the first one first."""
        with self._database.writing() as db:
            db.execute("DELETE FROM slide WHERE take_id = ?", (take_id,))
            db.executemany(
                "INSERT INTO slide VALUES (?, ?, ?)",
                [(take_id, number, start_s) for number, start_s in enumerate(starts_s, start=1)],
            )

    def slides(self, take_id: str) -> tuple[float, ...]:
        """Where each slide of a take begins, in seconds; empty where it is no talk."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT start_s FROM slide WHERE take_id = ? ORDER BY number", (take_id,)
            ).fetchall()
        return tuple(start_s for (start_s,) in rows)
