"""Takes that tell a story, and whether they were told without notes."""

from dataclasses import dataclass
from typing import Literal, get_args

from practice.base.clock import Clock, iso_utc
from practice.base.errors import NotFoundError
from practice.base.text import plain
from practice.library.database import Database
from practice.library.takes import Take

STORY_BANK = "stories"
"""The bank of a take that was recorded as a telling; its question is the story's id."""
Notes = Literal["without", "with"]
NOTES: tuple[Notes, ...] = get_args(Notes)


@dataclass(frozen=True, slots=True)
class Telling:
    """A take that tells a story."""

    take_id: str
    story_id: str
    notes: Notes | None = None
    """Whether it was told without notes or with them; None where nobody said."""


class Tellings:
    """The tellings of the library; every method raises StorageError when the database refuses.

    A take whose question is a story tells that story. Any other take tells the one that the user
    named for it.

    Args:
        database: The library's.
        clock: Tells when something is said of a take.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> list[Telling]:
        """Every telling, the one that was recorded last first."""
        with self._database.reading() as db:
            rows = db.execute(f"{_SELECT} ORDER BY take.recorded_at DESC, take.id DESC").fetchall()
        return [Telling(*row) for row in rows]

    def of_take(self, take_id: str) -> Telling | None:
        """The story that a take tells; None where it tells none."""
        with self._database.reading() as db:
            row = db.execute(f"{_SELECT} AND take.id = ?", (take_id,)).fetchone()
        return Telling(*row) if row else None

    def mark(self, take: Take, story_id: str) -> Telling:
        """Say that a take tells a story, in place of the one that it told before."""
        return self._save(take.id, plain(story_id), None)

    def say(self, take: Take, notes: Notes | None) -> Telling:
        """Say whether a telling was without notes or with them; None takes it back.

        Raises:
            NotFoundError: The take tells no story.
        """
        known = self.of_take(take.id)
        if known is None:
            raise NotFoundError(
                f"the take {take.id} tells no story",
                f"practice stories say {take.id} without --story STORY names one",
            )
        return self._save(take.id, known.story_id, notes)

    def unmark(self, take: Take) -> None:
        """Take back what was said of a take; one that was recorded as a telling stays one."""
        with self._database.writing() as db:
            db.execute("DELETE FROM telling WHERE take_id = ?", (take.id,))

    def _save(self, take_id: str, story_id: str, notes: Notes | None) -> Telling:
        with self._database.writing() as db:
            db.execute(
                "INSERT INTO telling (take_id, story_id, notes, said_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (take_id) DO UPDATE SET story_id = excluded.story_id,"
                " notes = excluded.notes, said_at = excluded.said_at",
                (take_id, story_id, notes, iso_utc(self._clock.now())),
            )
        return Telling(take_id, story_id, notes)


_SELECT = f"""
    SELECT take.id, coalesce(telling.story_id, take.question_id), telling.notes
    FROM take LEFT JOIN telling ON telling.take_id = take.id
    WHERE (telling.story_id IS NOT NULL
        OR (take.bank = '{STORY_BANK}' AND take.question_id IS NOT NULL))
"""
