"""What the user guessed of an answer before its review was shown."""

from dataclasses import dataclass
from typing import Literal

from practice.base.clock import Clock, iso_utc
from practice.library.database import Database
from practice.library.sql import find_state_and_audio

FillerGuess = Literal["none", "few", "many"]
PaceGuess = Literal["slow", "right", "fast"]
MeantGuess = Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True)
class Guess:
    """Three guesses about one answer; None for what was passed over."""

    fillers: FillerGuess | None = None
    pace: PaceGuess | None = None
    meant: MeantGuess | None = None
    """Whether it said what the user meant."""


class Guesses:
    """The guesses of the library; each goes with its take.

    Every method raises StorageError when the database refuses.

    Args:
        database: The library's.
        clock: Tells when a guess is made.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def keep(self, take_id: str, guess: Guess) -> None:
        """Keep the guess about a take, in place of the one before; one of nothing is not kept.

        Raises:
            NotFoundError: There is no such take.
        """
        if guess == Guess():
            return
        with self._database.writing() as db:
            find_state_and_audio(db, take_id)
            db.execute(
                "INSERT INTO guess (take_id, fillers, pace, meant, made_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (take_id) DO UPDATE SET fillers = excluded.fillers,"
                " pace = excluded.pace, meant = excluded.meant, made_at = excluded.made_at",
                (take_id, guess.fillers, guess.pace, guess.meant, iso_utc(self._clock.now())),
            )

    def of_take(self, take_id: str) -> Guess | None:
        """The guess about a take; None where there is none."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT fillers, pace, meant FROM guess WHERE take_id = ?", (take_id,)
            ).fetchone()
        return Guess(*row) if row else None

    def all(self) -> dict[str, Guess]:
        """Every guess by the id of its take."""
        with self._database.reading() as db:
            rows = db.execute("SELECT take_id, fillers, pace, meant FROM guess").fetchall()
        return {take_id: Guess(*row) for take_id, *row in rows}
