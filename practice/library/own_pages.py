"""The page that somebody writes for themselves about an interview.

Nothing but the two places where it is written and read uses this module: it is never searched,
counted, reported or logged, and exported only when that is asked for. Who deletes an interview is
told whether there is one. `tests/unit/test_own_pages_contract.py` proves it.
"""

from practice.base.errors import NotFoundError
from practice.base.text import plain
from practice.library.database import Database


class OwnPages:
    """One page for each interview; every method raises StorageError when the database refuses.

    Args:
        database: The library's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, interview_id: str) -> str:
        """What stands on the page; empty where there is none."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT text FROM own_page WHERE interview_id = ?", (interview_id,)
            ).fetchone()
        return str(row[0]) if row else ""

    def interviews_with_one(self) -> set[str]:
        """The ids of the interviews that have a page; nothing of it is read."""
        with self._database.reading() as db:
            return {row[0] for row in db.execute("SELECT interview_id FROM own_page")}

    def write(self, interview_id: str, text: str) -> None:
        """Keep what was typed so far; a page of which nothing is left is gone for good.

        Raises:
            NotFoundError: The interview was deleted.
        """
        if not text:
            self.delete(interview_id)
            return
        with self._database.writing() as db:
            # Selected, so that an interview that was deleted meanwhile is no broken reference.
            kept = db.execute(
                "INSERT INTO own_page (interview_id, text)"
                " SELECT id, ? FROM interview WHERE id = ?"
                " ON CONFLICT (interview_id) DO UPDATE SET text = excluded.text RETURNING 1",
                (plain(text), interview_id),
            ).fetchone()
        if kept is None:
            raise NotFoundError("that interview was deleted", "its page went with it")

    def delete(self, interview_id: str) -> None:
        """Delete the page for good; nothing happens where there is none."""
        with self._database.writing() as db:
            db.execute("DELETE FROM own_page WHERE interview_id = ?", (interview_id,))
        self._database.forget_deleted()
