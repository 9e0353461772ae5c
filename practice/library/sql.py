"""What more than one method of the library asks of the database or writes to it."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from practice.base.clock import iso_utc
from practice.base.errors import NotFoundError
from practice.base.spacing import UNSPACED_LANGUAGES
from practice.base.text import one_line, plain
from practice.library.row_mapping import encode_document, model_of, search_text
from practice.library.takes import QuestionSnapshot, TakeState, new_id

NEWEST_FIRST = "ORDER BY recorded_at DESC, take.id DESC"
CONTAINS = (
    "EXISTS (SELECT 1 FROM search_text"
    " WHERE search_text.take_id = take.id AND instr(search_text.folded, ?))"
)
"""A take has the words that are given, folded."""


def find_state_and_audio(db: sqlite3.Connection, take_id: str) -> tuple[TakeState, str | None]:
    """The state of the take with exactly this id, and the file name of its recording.

    Raises:
        NotFoundError: There is none.
    """
    row = db.execute("SELECT state, audio FROM take WHERE id = ?", (plain(take_id),)).fetchone()
    if row is None:
        raise NotFoundError(
            f"there is no take {one_line(take_id)!r}", "practice takes list shows them all"
        )
    return TakeState(row[0]), row[1]


def insert_take(
    db: sqlite3.Connection,
    take_id: str,
    asked: QuestionSnapshot | None,
    recorded_at: datetime,
    session_id: str | None,
) -> None:
    """Add a take in state RECORDING, the next of its question."""
    question_id = bank = text = asked_by = None
    if asked is not None:
        question_id, bank = plain_or_none(asked.question_id), plain_or_none(asked.bank)
        text, asked_by = plain(asked.text), plain(asked.asked_by) or None
    number = next_number(db, question_id, bank, text)
    db.execute(
        "INSERT INTO take (id, session_id, state, recorded_at, number, question_id, bank, question,"
        " asked_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            take_id,
            session_id,
            TakeState.RECORDING,
            iso_utc(recorded_at),
            number,
            question_id,
            bank,
            text,
            asked_by,
        ),
    )
    db.execute("INSERT INTO search_text VALUES (?, ?)", (take_id, search_text(text, {})))


def next_number(
    db: sqlite3.Connection, question_id: str | None, bank: str | None, text: str | None
) -> int:
    """The number of the next take of a question; those without one are told apart by their text."""
    # `IS` also finds a NULL.
    (number,) = db.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM take WHERE question_id IS ?1 AND bank IS ?2"
        " AND (?1 IS NOT NULL OR question IS ?3)",
        (question_id, bank, text),
    ).fetchone()
    assert isinstance(number, int)
    return number


def save_document(
    db: sqlite3.Connection, table: str, take_id: str, document: Mapping[str, object]
) -> None:
    """Put `document` in `table` (transcript or review), and what the take is found by beside it.

    A review has the words as the user corrected them, so it is what a take is found by from then
    on.
    """
    # An update, not a replacement: replacing a transcript would delete its review with it.
    db.execute(
        f"INSERT INTO {table} (take_id, document) VALUES (?, ?)"
        " ON CONFLICT (take_id) DO UPDATE SET document = excluded.document",
        (take_id, encode_document(document)),
    )
    (question,) = db.execute("SELECT question FROM take WHERE id = ?", (take_id,)).fetchone()
    db.execute(
        "UPDATE search_text SET folded = ? WHERE take_id = ?",
        (search_text(question, document), take_id),
    )
    db.execute("UPDATE take SET model = ? WHERE id = ?", (model_of(document), take_id))


def make_unique_id(db: sqlite3.Connection, table: str, moment: datetime) -> str:
    """A new id that no row of `table` has; two of the same minute may be equal by chance."""
    while True:
        candidate = new_id(moment)
        if not db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (candidate,)).fetchone():
            return candidate


def plain_or_none(text: str | None) -> str | None:
    """`text` made plain; None stays None."""
    return None if text is None else plain(text)


def sql_limit(limit: int | None) -> int:
    """What stands after LIMIT: a negative number lifts it."""
    return -1 if limit is None else limit


def language_counted_in(counted: str) -> str:
    """The condition that the language of a take is counted in "words" or in "characters"."""
    unspaced = ", ".join(f"'{language}'" for language in sorted(UNSPACED_LANGUAGES))
    return f"coalesce(language, '') {'NOT' if counted == 'words' else ''} IN ({unspaced})"
