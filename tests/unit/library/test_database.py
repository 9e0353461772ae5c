import multiprocessing
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from practice.base.clock import SystemClock
from practice.base.errors import StorageError
from practice.library.database import Database
from practice.library.library import Library
from practice.library.migrations import MIGRATIONS, migrate, schema_number
from practice.library.takes import QuestionSnapshot

_FIRST = (
    "INSERT INTO session (id, mode, began_at) VALUES ('s', 'practice', '2026-11-23T14:05:00.000Z')",
    "INSERT INTO take (id, number, session_id, state, recorded_at)"
    " VALUES ('t', 1, 's', 'reviewed', '2026-11-23T14:05:00.000Z')",
    "INSERT INTO transcript VALUES ('t', '{\"words\": []}')",
    "INSERT INTO review VALUES ('t', '{\"words\": []}')",
    "INSERT INTO measures (take_id, judged, wpm) VALUES ('t', 1, 140.0)",
    "INSERT INTO search_text VALUES ('t', 'asked')",
    "INSERT INTO correction VALUES (1, 't', 'word', 0.0, 0.5, 'yes', '2026-11-23T14:06:00Z')",
    "INSERT INTO star_mark VALUES ('t', 'task', 12.5)",
)
SEEDS: dict[int, tuple[str, ...]] = {
    1: _FIRST,
    2: (
        *_FIRST,
        "INSERT INTO calibration VALUES ('Headset', 'base.en', 'en', '{\"caught\": 8}')",
    ),
    3: (
        *_FIRST,
        "INSERT INTO calibration VALUES ('Headset', 'base.en', 'en', '{\"caught\": 8}')",
        "UPDATE measures SET judged = 0, doubt = 'too noisy to judge pauses'",
    ),
    4: (
        *_FIRST,
        "INSERT INTO calibration VALUES ('Headset', 'base.en', 'en', '{\"caught\": 8}')",
        "UPDATE measures SET judged = 0, doubt = 'too noisy to judge pauses', language = 'ja'",
    ),
    5: (
        *_FIRST,
        "INSERT INTO interview (id, company, day, at, zone, added_at)"
        " VALUES ('i', 'Acme', '2026-12-03', '14:00', 'Europe/Berlin', '2026-11-23T14:00:00Z')",
        "INSERT INTO debrief (interview_id, felt, began_at)"
        " VALUES ('i', 3, '2026-12-03T15:00:00Z')",
        "INSERT INTO asked (interview_id, text, rating) VALUES ('i', 'Why us?', 'rough')",
        "INSERT INTO open_question (id, question_id, text, interview_id, opened_at)"
        " VALUES (1, 'why-us', 'Why us?', 'i', '2026-12-03T15:00:00Z')",
        "INSERT INTO verdict (open_id, take_id, day, verdict, made_at)"
        " VALUES (1, 't', '2026-12-04', 'well', '2026-12-04T15:00:00Z')",
        "INSERT INTO outcome (interview_id, state, noted_at)"
        " VALUES ('i', 'waiting', '2026-12-04T15:00:00Z')",
        "INSERT INTO rest VALUES (1, '2026-12-06')",
    ),
    6: (
        *_FIRST,
        "INSERT INTO feedback (take_id, reader, added_at, document) VALUES"
        " ('t', 'Ana', '2026-12-04T15:00:00Z', '{\"replies\": [], \"comments\": []}')",
    ),
    7: (
        *_FIRST,
        "INSERT INTO interview (id, company, day, at, zone, added_at)"
        " VALUES ('i', 'Acme', '2026-12-03', '14:00', 'Europe/Berlin', '2026-11-23T14:00:00Z')",
        "INSERT INTO own_page VALUES ('i', 'a bad day')",
    ),
    8: (
        *_FIRST,
        "INSERT INTO interview (id, company, day, at, zone, added_at)"
        " VALUES ('i', 'Acme', '2026-12-03', '14:00', 'Europe/Berlin', '2026-11-23T14:00:00Z')",
        "INSERT INTO interview_term (interview_id, text) VALUES ('i', 'triage')",
    ),
    9: (
        *_FIRST,
        "INSERT INTO guess VALUES ('t', 'few', NULL, 'partly', '2026-12-04T15:00:00Z')",
    ),
    10: (
        *_FIRST,
        "INSERT INTO interview (id, company, day, at, zone, added_at)"
        " VALUES ('i', 'Acme', '2026-12-03', '14:00', 'Europe/Berlin', '2026-11-23T14:00:00Z')",
        "UPDATE session SET format = 'panel', interview_id = 'i', completed = 1, is_rehearsal = 1",
        "UPDATE take SET asked_by = 'Ana'",
        "INSERT INTO slide VALUES ('t', 1, 0.0)",
    ),
    11: (
        *_FIRST,
        "INSERT INTO interview (id, company, zone, added_at, stories)"
        " VALUES ('i', 'Acme', 'Europe/Berlin', '2026-11-23T14:00:00Z', 'night-shift')",
        "INSERT INTO telling VALUES ('t', 'night-shift', 'without', '2026-12-04T15:00:00Z')",
    ),
}
"""For each schema, rows as a library of that time held them; never edited after its release."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


def connect(path: Path) -> "closing[sqlite3.Connection]":
    path.parent.mkdir(exist_ok=True)
    return closing(sqlite3.connect(path, isolation_level=None, timeout=0))


def read_schema(path: Path) -> list[tuple[str, ...]]:
    with connect(path) as db:
        return db.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()


def read_contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with connect(path) as db:
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}


def write_old_database(path: Path, number: int) -> None:
    """A database as the practice of schema `number` left it."""
    with connect(path) as db:
        migrate(db, MIGRATIONS[:number])
        for statement in SEEDS.get(number, ()):
            db.execute(statement)


def test_every_schema_has_rows_to_be_upgraded() -> None:
    assert set(SEEDS) == set(range(1, len(MIGRATIONS) + 1))


@pytest.mark.parametrize("number", range(len(MIGRATIONS) + 1))
def test_every_earlier_schema_becomes_the_same_as_a_new_one(
    path: Path, tmp_path: Path, number: int
) -> None:
    write_old_database(path, number)
    Database(path).close()
    fresh = tmp_path / "fresh" / "library.db"
    Database(fresh).close()
    assert read_schema(path) == read_schema(fresh)
    with connect(path) as db:
        assert schema_number(db) == len(MIGRATIONS)


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_a_take_of_every_earlier_schema_is_read_and_deleted(path: Path, number: int) -> None:
    write_old_database(path, number)
    with Library(path, path.parent / "recordings", SystemClock()) as library:
        assert library.take("t").state == "reviewed"
        assert library.check() == []
        library.delete("t")
    left = {name for name, rows in read_contents(path).items() if rows}
    stay = {
        **{key: {"calibration"} for key in (2, 3, 4)},
        5: {"interview", "debrief", "asked", "open_question", "verdict", "outcome", "rest"},
        7: {"interview", "own_page"},
        8: {"interview", "interview_term"},
        10: {"interview"},
        11: {"interview"},
    }
    assert left - {"session", "sqlite_sequence"} == stay.get(number, set())


def test_every_table_is_strict(path: Path) -> None:
    Database(path).close()
    tables = [row for row in read_schema(path) if row[0] == "table"]
    assert tables
    assert [row[1] for row in tables if not row[2].rstrip().endswith("STRICT")] in (
        [],
        ["sqlite_sequence"],  # SQLite's own
    )


def add_colour(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE take ADD COLUMN colour TEXT")


def break_half_way(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE half (x TEXT) STRICT")
    db.execute("no such statement")


@pytest.mark.fault("migration that fails half-way")
def test_a_step_that_fails_leaves_the_database_as_it_was(path: Path) -> None:
    write_old_database(path, 1)
    before = read_contents(path)
    with pytest.raises(StorageError):
        Database(path, (MIGRATIONS[0], add_colour, break_half_way))
    assert "half" not in read_contents(path)
    with connect(path) as db:
        assert schema_number(db) == 2
    assert read_contents(path)["session"] == before["session"]


def test_before_a_step_the_database_is_copied(path: Path) -> None:
    write_old_database(path, 1)
    before = read_contents(path)
    with closing(Database(path, (MIGRATIONS[0], add_colour))) as database:
        (backup,) = database.backups()
    assert read_contents(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600
    assert "colour" in str(read_schema(path))


def test_no_copy_is_made_where_no_step_is_pending(path: Path) -> None:
    for _ in range(2):
        with closing(Database(path)) as database:
            assert database.backups() == []


@pytest.mark.fault("database of a newer version")
def test_a_library_of_a_newer_practice_is_left_alone(path: Path) -> None:
    with connect(path) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer practice"):
        Database(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_library_is_named_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"a letter to my grandmother, much longer than a header " * 40)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="not a library") as caught:
        Database(path)
    assert str(path) in caught.value.message
    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_library_is_a_storage_error(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError):
        Database(path)


def test_a_file_in_the_place_of_the_folder_is_a_storage_error(path: Path) -> None:
    path.parent.write_bytes(b"")
    with pytest.raises(StorageError):
        Database(path)


def test_the_files_are_private_whatever_the_umask(path: Path) -> None:
    old = os.umask(0)
    try:
        with closing(Database(path)) as database, database.writing() as db:
            db.execute(SEEDS[1][0])
            modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    finally:
        os.umask(old)
    assert modes == dict.fromkeys(("library.db", "library.db-wal", "library.db-shm"), 384)
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with closing(Database(path, busy_timeout_s=0)) as opened:
        yield opened


def write(database: Database, *statements: str) -> None:
    with database.writing() as db:
        for statement in statements:
            db.execute(statement)


@pytest.mark.fault("database locked by another process")
def test_a_database_another_program_writes_to_says_so(database: Database) -> None:
    with connect(database.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="in use"), database.writing():
            pytest.fail("the lock was given twice")
        other.execute("ROLLBACK")
    with database.writing() as db:
        db.execute(SEEDS[1][0])


def test_a_folder_without_locks_is_not_taken_for_another_program(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practice.library.database.has_locks", lambda _: False)
    with connect(database.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="cannot be locked") as refused, database.writing():
            pytest.fail("the lock was given twice")
        other.execute("ROLLBACK")
    assert "PRACTICE_HOME" in refused.value.hint


def test_a_full_disk_says_so_and_changes_nothing(database: Database) -> None:
    with database.reading() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="disk is full"):
        write(database, SEEDS[1][0], f"UPDATE session SET mode = '{'x' * 100_000}'")
    assert read_contents(database.path)["session"] == []


def test_a_read_only_database_says_so(database: Database) -> None:
    with database.reading() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError, match="read-only"), database.writing() as db:
        db.execute(SEEDS[1][0])


@pytest.mark.fault("database with corrupted pages")
def test_a_damaged_database_says_so(path: Path) -> None:
    write_old_database(path, len(MIGRATIONS))
    content = bytearray(path.read_bytes())
    content[4096 : 3 * 4096] = os.urandom(2 * 4096)
    path.write_bytes(content)
    with closing(Database(path)) as database:
        with pytest.raises(StorageError, match="is damaged"), database.reading() as db:
            db.execute("SELECT * FROM session").fetchall()
        assert database.problems()


def test_an_error_inside_a_transaction_takes_all_of_it_back(database: Database) -> None:
    with pytest.raises(StorageError, match="syntax error"):
        write(database, SEEDS[1][0], "no such statement")
    assert read_contents(database.path)["session"] == []


def begin_takes(path: Path, count: int) -> None:
    with Library(path, path.parent / "recordings", SystemClock()) as library:
        for _ in range(count):
            library.begin_take(QuestionSnapshot("q", "b", "Why?"))


@pytest.mark.fault("several processes on one new library")
def test_processes_that_open_a_new_library_at_once_lose_nothing(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    children = [spawn.Process(target=begin_takes, args=(path, 20)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    with Library(path, path.parent / "recordings", SystemClock()) as library:
        numbers = sorted(take.number for take in library.takes())
    assert numbers == list(range(1, 61))


def test_why_a_take_could_not_be_judged_is_taken_from_its_review(path: Path) -> None:
    write_old_database(path, 2)
    with connect(path) as db:
        db.execute(
            "UPDATE review SET document = ?",
            ('{"judgement": {"ok": false, "reasons": ["too noisy to judge pauses: 3 dB"]}}',),
        )
        db.execute("UPDATE measures SET judged = 0")
        migrate(db)
        assert db.execute("SELECT doubt FROM measures").fetchall() == [
            ("too noisy to judge pauses: 3 dB",)
        ]
