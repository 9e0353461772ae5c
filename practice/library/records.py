"""Everything of the library as plain rows, to be written to files and read back.

A record is a thing of the user's with all that hangs on it: a take with its corrections, an
interview with its debrief. What the library can work out by itself is not among it: the numbers of
a take come from its review, and what it is found by from its words.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from practice.base.clock import from_iso
from practice.base.errors import PracticeError, StorageError
from practice.base.system.files import replace_file
from practice.base.text import plain
from practice.library.database import Database, storage_errors
from practice.library.interviews import ROUNDS, Interviews
from practice.library.migrations import MIGRATIONS
from practice.library.row_mapping import (
    SAVE_MEASURES,
    SELECT_SESSION,
    SELECT_TAKE,
    decode_document,
    encode_document,
    measures_of,
    measures_row,
    search_text,
    session_of,
    take_of,
)
from practice.library.sql import next_number
from practice.library.takes import TakeState, is_take_id

RecordKind = Literal["interview", "session", "take", "open_question", "calibration", "rest"]
KINDS: tuple[RecordKind, ...] = (
    "interview", "session", "take", "open_question", "calibration", "rest",
)  # fmt: skip
"""In this order they are put in: what others refer to comes first."""
SCHEMA = len(MIGRATIONS)
SOUND_ENDING = ".flac"
"""Of every recording in the library, also of one that was added from a file of another kind."""

Row = dict[str, Any]

_KEYS: Mapping[RecordKind, tuple[str, ...]] = {
    "session": ("id",),
    "take": ("id",),
    "interview": ("id",),
    # Its number is this library's own; a question is opened once at a moment.
    "open_question": ("bank", "question_id", "opened_at"),
    "calibration": ("device", "model", "language"),
    "rest": ("only",),
}
_PARTS: Mapping[RecordKind, Mapping[str, tuple[str, str]]] = {
    "take": {
        "correction": ("take_id", "id"),
        "star_mark": ("take_id", "start_s"),
        "slide": ("take_id", "number"),
        "feedback": ("take_id", "id"),
        "guess": ("take_id", "take_id"),
        "telling": ("take_id", "take_id"),
    },
    "interview": {
        "debrief": ("interview_id", "interview_id"),
        "asked": ("interview_id", "id"),
        "outcome": ("interview_id", "interview_id"),
        "interview_term": ("interview_id", "id"),
    },
    "open_question": {"verdict": ("open_id", "id")},
}
"""The tables that hang on a record: the column that refers to it, and what they go by."""
_NUMBERED = {"correction", "feedback", "asked", "verdict", "open_question", "interview_term"}
"""Tables whose `id` is a number that only this library knows."""
DOCUMENTS = ("transcript", "review")
MADE_ANEW = {"measures", "search_text"}
"""Tables that hold nothing of their own."""
KEPT_BACK: Mapping[RecordKind, Mapping[str, tuple[str, str]]] = {
    "interview": {"own_page": ("interview_id", "interview_id")},
}
"""Tables that hang on a record and that no export has unless it is asked for: what somebody wrote
for themselves."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of the user's, as rows."""

    kind: RecordKind
    row: Row
    parts: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """The rows of each table that hangs on it."""
    documents: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Of a take: its transcript and its review, where it has them."""

    @property
    def name(self) -> str:
        """What it is called where something is wrong with it."""
        return f"{self.kind} {' '.join(str(self.row.get(key)) for key in _KEYS[self.kind])}"


class Records:
    """The records of a library; every method raises StorageError when the database refuses.

    Args:
        database: The library's.
        recordings: The folder of the sounds.
        interviews: The library's.
    """

    def __init__(self, database: Database, recordings: Path, interviews: Interviews) -> None:
        self._database = database
        self._recordings = recordings
        self._interviews = interviews

    def read(self, kind: RecordKind, *, with_pages: bool = False) -> Iterator[Record]:
        """Every record of a kind, one at a time, the oldest first; no take that is recorded now.

        Args:
            kind: Of which kind.
            with_pages: Whether what is kept back is among it.
        """
        with self._database.reading() as db:
            rows = [row for (row,) in db.execute(f"SELECT rowid FROM {kind} ORDER BY rowid")]
        for rowid in rows:
            with self._database.reading() as db:
                found = _select(db, kind, "rowid = ?", (rowid,))
                # Deleted meanwhile, or still being recorded: neither is there to be kept.
                if found and found[0].get("state") != TakeState.RECORDING:
                    yield self._complete(db, kind, found[0], with_pages=with_pages)

    def count(self, kind: RecordKind) -> int:
        """How many there are of a kind; a take that is recorded now is one of them."""
        with self._database.reading() as db:
            (number,) = db.execute(f"SELECT count(*) FROM {kind}").fetchone()
        return int(number)

    def count_pages(self) -> int:
        """How many pages somebody wrote for themselves; nothing of them is read."""
        tables = [table for parts in KEPT_BACK.values() for table in parts]
        with self._database.reading() as db:
            return sum(
                db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
            )

    def find(self, wanted: Record) -> Record | None:
        """The record that has the same name in this library; None where there is none."""
        keys = _KEYS[wanted.kind]
        where = " AND ".join(f"{key} IS ?" for key in keys)
        with self._database.reading() as db:
            found = _select(db, wanted.kind, where, [wanted.row.get(key) for key in keys])
            if not found:
                return None
            with_pages = not wanted.parts.keys().isdisjoint(KEPT_BACK.get(wanted.kind, {}))
            return self._complete(db, wanted.kind, found[0], with_pages=with_pages)

    def is_open_already(self, wanted: Record) -> bool:
        """Whether the question of an open one is open here too, since another moment."""
        if wanted.kind != "open_question" or wanted.row.get("closed_at") is not None:
            return False
        where = "bank IS ? AND question_id IS ? AND closed_at IS NULL"
        with self._database.reading() as db:
            keys = (wanted.row.get("bank"), wanted.row.get("question_id"))
            return bool(_select(db, wanted.kind, where, keys))

    @contextmanager
    def adding(self) -> Iterator[Callable[[Record], None]]:
        """A function that adds records; at the end all of them are there, or none.

        It raises StorageError for a record that makes no sense, and adds nothing of it.
        """
        with self._database.writing() as db:

            def add(record: Record) -> None:
                db.execute("SAVEPOINT record")
                try:
                    self._insert(db, record)
                    self._check(db, record)
                except (
                    ValueError, TypeError, KeyError, OverflowError, RecursionError,
                    sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError,
                    PracticeError,
                ) as error:  # fmt: skip
                    if db.in_transaction:  # a disk that is full has ended it
                        db.execute("ROLLBACK TO record")
                    raise StorageError(f"{plain(record.name)} makes no sense: {error}") from error
                finally:
                    if db.in_transaction:
                        db.execute("RELEASE record")

            yield add

    def _complete(
        self, db: sqlite3.Connection, kind: RecordKind, row: Row, *, with_pages: bool
    ) -> Record:
        parts = {
            table: [
                {name: value for name, value in part.items() if name != column}
                for part in _strip(
                    table, _select(db, table, f"{column} = ? ORDER BY {order}", (row["id"],))
                )
            ]
            for table, (column, order) in _list_parts(kind, with_pages=with_pages)
        }
        documents = {}
        for table in DOCUMENTS if kind == "take" else ():
            for (text,) in db.execute(
                f"SELECT document FROM {table} WHERE take_id = ?", (row["id"],)
            ):
                documents[table] = decode_document(text)
        return Record(kind, _strip(kind, [row])[0], parts, documents)

    def _insert(self, db: sqlite3.Connection, record: Record) -> None:
        row = _clean(record.row)
        if record.kind in {"session", "take", "interview"} and (
            not is_take_id(str(row.get("id"))) or row["id"] in {"next", "last"}
        ):
            raise ValueError("its id can name no file")
        for column, table in (("session_id", "session"), ("interview_id", "interview")):
            row[column] = _existing(db, table, row[column]) if row.get(column) else None
        if record.kind == "take":
            if row.get("state") == TakeState.RECORDING:
                raise ValueError("it is still being recorded")
            if row.get("audio") not in {None, f"{row['id']}{SOUND_ENDING}"}:
                raise ValueError("its sound has the name of another")
            # Two takes of a question never have the same number.
            asked = row.get("question_id"), row.get("bank"), row.get("question")
            if db.execute(
                "SELECT 1 FROM take WHERE question_id IS ?1 AND bank IS ?2"
                " AND (?1 IS NOT NULL OR question IS ?3) AND number IS ?4",
                (*asked, row.get("number")),
            ).fetchone():
                row["number"] = next_number(db, *asked)
        number = _insert_row(db, record.kind, row)
        for table, (column, _) in _list_parts(record.kind, with_pages=True):
            own = number if record.kind == "open_question" else row["id"]
            for part in record.parts.get(table, ()):
                cleaned = _clean(part) | {column: own}
                if cleaned.get("take_id") and record.kind != "take":
                    cleaned["take_id"] = _existing(db, "take", cleaned["take_id"])
                _insert_row(db, table, cleaned)
        if record.kind == "take":
            self._insert_documents(db, row, record.documents)

    def _insert_documents(
        self, db: sqlite3.Connection, row: Row, documents: Mapping[str, Mapping[str, object]]
    ) -> None:
        state = row.get("state")
        if state == TakeState.REVIEWED and "review" not in documents:
            raise ValueError("it is reviewed and has no review")
        if state == TakeState.TRANSCRIBED and "transcript" not in documents:
            raise ValueError("it is transcribed and has no transcript")
        for table in DOCUMENTS:
            if table in documents:
                text = encode_document(documents[table])
                db.execute(f"INSERT INTO {table} VALUES (?, ?)", (row["id"], text))
        said = documents.get("review") or documents.get("transcript") or {}
        folded = search_text(row.get("question"), said)
        db.execute("INSERT INTO search_text VALUES (?, ?)", (row["id"], folded))
        if "review" in documents:
            measures = measures_of(documents["review"])
            db.execute(SAVE_MEASURES, measures_row(row["id"], measures))

    def _check(self, db: sqlite3.Connection, record: Record) -> None:
        """Read the record as the rest of the library will: one row that cannot be stops a list."""
        row = record.row
        if record.kind == "take":
            (found,) = db.execute(f"{SELECT_TAKE} WHERE take.id = ?", (row["id"],))
            take_of(found, self._recordings)
            for feedback in record.parts.get("feedback", ()):
                from_iso(feedback["added_at"])
            for guess in record.parts.get("guess", ()):
                from_iso(guess["made_at"])
            for telling in record.parts.get("telling", ()):
                from_iso(telling["said_at"])
        elif record.kind == "session":
            (found,) = db.execute(f"{SELECT_SESSION} WHERE id = ?", (row["id"],))
            session_of(found)
        elif record.kind == "interview":
            interview = self._interviews.get(row["id"])
            if interview.facts.round not in ROUNDS:
                raise ValueError(f"there is no round {interview.facts.round!r}")
            interview.is_over(interview.added_at)
            self._interviews.debrief(interview.id)
        elif record.kind == "open_question":
            from_iso(row["opened_at"])
            if row.get("closed_at") is not None:
                from_iso(row["closed_at"])
            for verdict in record.parts.get("verdict", ()):
                date.fromisoformat(verdict["day"])
        elif record.kind == "calibration":
            decode_document(row["result"])
        else:
            date.fromisoformat(row["until"])


def list_tables(database: Database) -> dict[str, set[str]]:
    """Every table of the database with its columns."""
    with database.reading() as db:
        names = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: set(_columns(db, name)) for (name,) in names}


def covered_tables() -> set[str]:
    """The tables whose rows are records or parts of them."""
    parts = {table for tables in _PARTS.values() for table in tables}
    return {*KINDS, *parts, *DOCUMENTS}


def move_sound(library_recordings: Path, staged: Path) -> None:
    """Give a sound that was put beside the library its place in it.

    Raises:
        StorageError: The disk refused.
    """
    with storage_errors(library_recordings):
        replace_file(staged, library_recordings / staged.name)


def _list_parts(kind: RecordKind, *, with_pages: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    yield from _PARTS.get(kind, {}).items()
    if with_pages:
        yield from KEPT_BACK.get(kind, {}).items()


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def _select(db: sqlite3.Connection, table: str, where: str, values: Sequence[object]) -> list[Row]:
    columns = _columns(db, table)
    rows = db.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", values)
    return [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]


def _strip(table: str, rows: Sequence[Row]) -> list[Row]:
    """The rows without numbers that mean nothing elsewhere; `id` of others stays."""
    if table not in _NUMBERED:
        return list(rows)
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def _clean(row: Row) -> Row:
    """Texts made plain, as everything that is kept is; nothing but texts and numbers."""
    for value in row.values():
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, str | int | float)
        ):
            raise ValueError("a value is neither text nor a number")
    return {name: plain(value) if isinstance(value, str) else value for name, value in row.items()}


def _insert_row(db: sqlite3.Connection, table: str, row: Row) -> int:
    """Insert what the table has a column for; the number of the new row."""
    names = [
        name
        for name in _columns(db, table)
        if name in row and not (name == "id" and table in _NUMBERED)
    ]
    marks = ", ".join("?" * len(names))
    added = db.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [row[name] for name in names]
    )
    return int(added.lastrowid or 0)


def _existing(db: sqlite3.Connection, table: str, wanted: object) -> object:
    """The id, or None where the table has no such row."""
    found = db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,)).fetchone()
    return wanted if found else None
