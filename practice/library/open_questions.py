"""Questions that come back until they were said well on two different days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from practice.base.clock import Clock, from_iso, iso_utc
from practice.base.errors import NotFoundError
from practice.base.text import plain
from practice.library.database import Database
from practice.library.sql import plain_or_none

Verdict = Literal["well", "again", "later"]
"""Said well; once more; not today."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
DAYS_TO_CLOSE = 2
"""Said well once may be luck; on another day it must be found again."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that was rough in an interview, or that the user opened."""

    id: int
    bank: str | None
    question_id: str
    text: str
    wish: str
    """What the user wishes to have said."""
    interview_id: str | None
    opened_at: datetime
    closed_at: datetime | None
    days: Mapping[date, Verdict]
    """The last verdict of each day on which there was one, by day."""

    @property
    def said_well_on(self) -> tuple[date, ...]:
        """The days on which it was said well, the first one first."""
        return tuple(sorted(day for day, verdict in self.days.items() if verdict == "well"))


class OpenQuestions:
    """The open questions of the library; every method raises StorageError when it refuses.

    Args:
        database: The library's.
        clock: Tells when one is opened and closed.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open(
        self,
        bank: str | None,
        question_id: str,
        text: str,
        *,
        wish: str = "",
        interview_id: str | None = None,
    ) -> OpenQuestion:
        """Open a question, or add to one that is open what is newer: the wish, the interview."""
        values = plain_or_none(bank), plain(question_id), plain(text), plain(wish), interview_id
        with self._database.writing() as db:
            row = db.execute(
                "INSERT INTO open_question"
                " (bank, question_id, text, wish, interview_id, opened_at)"
                " VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (coalesce(bank, ''), question_id) WHERE closed_at IS NULL"
                " DO UPDATE SET wish = CASE WHEN excluded.wish = '' THEN wish"
                " ELSE excluded.wish END,"
                " interview_id = coalesce(excluded.interview_id, interview_id) RETURNING id",
                (*values, iso_utc(self._clock.now())),
            ).fetchone()
        return self.get(row[0])

    def get(self, open_id: int) -> OpenQuestion:
        """One open question, closed or not.

        Raises:
            NotFoundError: There is none of that number.
        """
        found = next((each for each in self.all() if each.id == open_id), None)
        if found is None:
            raise NotFoundError(f"there is no open question {open_id}", "practice open lists them")
        return found

    def all(self) -> list[OpenQuestion]:
        """Open ones and closed ones, the one that was opened last first."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id, bank, question_id, text, wish, interview_id, opened_at, closed_at"
                " FROM open_question ORDER BY opened_at DESC, id DESC"
            ).fetchall()
            verdicts = db.execute(
                "SELECT open_id, day, verdict FROM verdict ORDER BY id"
            ).fetchall()
        days: dict[int, dict[date, Verdict]] = {}
        for open_id, day, verdict in verdicts:
            days.setdefault(open_id, {})[date.fromisoformat(day)] = verdict
        return [
            OpenQuestion(
                number, bank, question_id, text, wish, interview_id, from_iso(opened_at),
                from_iso(closed_at) if closed_at else None, days.get(number, {}),
            )
            for number, bank, question_id, text, wish, interview_id, opened_at, closed_at in rows
        ]  # fmt: skip

    def judge(
        self, open_id: int, verdict: Verdict, day: date, take_id: str | None = None
    ) -> OpenQuestion:
        """Note how it went on a day, in place of what was noted on that day before.

        The second day on which it was said well closes it; taking that back opens it again.

        Args:
            open_id: Which one.
            verdict: How it went, in the user's own judgement.
            day: In the user's own zone.
            take_id: The take that was judged.

        Raises:
            NotFoundError: There is none of that number.
        """
        known = self.get(open_id)
        now = iso_utc(self._clock.now())
        was_closed_by_days = known.closed_at and len(known.said_well_on) >= DAYS_TO_CLOSE
        with self._database.writing() as db:
            db.execute(
                "DELETE FROM verdict WHERE open_id = ? AND day = ?", (known.id, day.isoformat())
            )
            db.execute(
                "INSERT INTO verdict (open_id, take_id, day, verdict, made_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (known.id, take_id, day.isoformat(), verdict, now),
            )
            (well,) = db.execute(
                "SELECT count(DISTINCT day) FROM verdict WHERE open_id = ? AND verdict = 'well'",
                (known.id,),
            ).fetchone()
            if well >= DAYS_TO_CLOSE:
                db.execute(
                    "UPDATE open_question SET closed_at = coalesce(closed_at, ?) WHERE id = ?",
                    (now, known.id),
                )
            elif was_closed_by_days:
                # Left closed where the question was opened anew meanwhile.
                db.execute(
                    "UPDATE OR IGNORE open_question SET closed_at = NULL WHERE id = ?", (known.id,)
                )
        return self.get(known.id)

    def close(self, open_id: int) -> OpenQuestion:
        """Let it go without more ado.

        Raises:
            NotFoundError: There is none of that number.
        """
        known = self.get(open_id)
        with self._database.writing() as db:
            db.execute(
                "UPDATE open_question SET closed_at = coalesce(closed_at, ?) WHERE id = ?",
                (iso_utc(self._clock.now()), known.id),
            )
        return self.get(known.id)

    def delete(self, open_id: int) -> None:
        """Delete it for good, with what was noted of it; nothing happens where it is gone."""
        with self._database.writing() as db:
            db.execute("DELETE FROM open_question WHERE id = ?", (open_id,))
        self._database.forget_deleted()
