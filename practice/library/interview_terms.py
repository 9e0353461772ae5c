"""The terms that somebody means to say in an interview."""

from practice.base.errors import NotFoundError, UsageError
from practice.base.text import one_line
from practice.library.database import Database

LONGEST_TERM = 80
"""Letters: what is longer is no term, and would not be found in speech."""


class InterviewTerms:
    """The terms of each interview; every method raises StorageError when the database refuses.

    Each is added and taken away alone, so that two windows never overwrite each other's.

    Args:
        database: The library's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, interview_id: str) -> list[str]:
        """The terms of an interview, in the order in which they were added."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT text FROM interview_term WHERE interview_id = ? ORDER BY id",
                (interview_id,),
            ).fetchall()
        return [text for (text,) in rows]

    def add(self, interview_id: str, term: str) -> str:
        """Add a term, unless it is there already in any spelling; the one that is kept is returned.

        Raises:
            UsageError: It is empty, or too long to be said.
            NotFoundError: The interview was deleted.
        """
        text = one_line(term)
        if not any(map(str.isalnum, text)):
            raise UsageError(
                "a term has no letter in it", "name the word or words that you mean to say"
            )
        if len(text) > LONGEST_TERM:
            raise UsageError(
                f"a term has {len(text)} characters; {LONGEST_TERM} are the most",
                "take the few words that matter",
            )
        with self._database.writing() as db:
            if not db.execute("SELECT 1 FROM interview WHERE id = ?", (interview_id,)).fetchone():
                raise NotFoundError("that interview was deleted", "its terms went with it")
            known = db.execute(
                "SELECT text FROM interview_term WHERE interview_id = ?", (interview_id,)
            )
            for (same,) in known.fetchall():
                if same.casefold() == text.casefold():
                    return str(same)
            db.execute(
                "INSERT INTO interview_term (interview_id, text) VALUES (?, ?)",
                (interview_id, text),
            )
        return text

    def remove(self, interview_id: str, term: str) -> bool:
        """Take a term away, however it is spelled; False where it was not there."""
        wanted = one_line(term).casefold()
        gone = [each for each in self.of(interview_id) if each.casefold() == wanted]
        with self._database.writing() as db:
            for text in gone:
                db.execute(
                    "DELETE FROM interview_term WHERE interview_id = ? AND text = ?",
                    (interview_id, text),
                )
        if gone:
            self._database.forget_deleted()
        return bool(gone)
