"""One SQLite file, opened safely: private, migrated, shared between processes, errors in words."""

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from practice.base.errors import NO_LOCKS, StorageError, storage_error
from practice.base.files import private_folder
from practice.base.paths import PRIVATE_FILE
from practice.base.system.locks import has_locks
from practice.base.text import one_line
from practice.library.migrations import MIGRATIONS, Migration, migrate, schema_number

BUSY_TIMEOUT_S = 5.0
"""How long a writer waits for another process before it gives up."""

_REFUSALS = {
    sqlite3.SQLITE_BUSY: (
        "the library {path} is in use by another program",
        "close the other practice and try again",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full: the library {path} was left as it was",
        "free some space and try again",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk failed, or it is full: the library {path} was left as it was",
        "free some space and try again",
    ),
    sqlite3.SQLITE_READONLY: (
        "the library {path} is read-only",
        "make the file and its folder writable, or set PRACTICE_HOME to another folder",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{path} is not a library of practice",
        "move the file away, or set PRACTICE_HOME to another folder",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the library {path} is damaged",
        "move the file away and start practice again; recordings are kept beside it as files",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot open the library {path}",
        "make the folder readable and writable, or set PRACTICE_HOME to another folder",
    ),
}
_REFUSALS[sqlite3.SQLITE_LOCKED] = _REFUSALS[sqlite3.SQLITE_BUSY]
_REFUSALS[sqlite3.SQLITE_PERM] = _REFUSALS[sqlite3.SQLITE_READONLY]
_PERHAPS_NO_LOCKS = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PROTOCOL,
}
"""What SQLite makes of a file system without locks."""
_CANNOT_BE_WRITTEN = {errno.EROFS, errno.EACCES, errno.EPERM}
_PERHAPS_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
"""What a full disk may make of opening the library: which one depends on where the room ends."""


def _primary_code(error: sqlite3.Error) -> int:
    """SQLite's extended error codes keep the primary one in their low byte; 0 is Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _library_error(path: Path, code: int, reason: str) -> StorageError:
    message, hint = _REFUSALS.get(
        code, (f"the library {{path}} refused: {one_line(reason)}", "run practice doctor")
    )
    return StorageError(message.replace("{path}", one_line(str(path))), hint)


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say about `path` into a StorageError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        code = _primary_code(error)
        if code in _PERHAPS_NO_LOCKS and not has_locks(path.parent):
            folder = one_line(str(path.parent))
            raise StorageError(f"files in {folder} cannot be locked", NO_LOCKS) from error
        raise _library_error(path, code, str(error)) from error
    except UnicodeDecodeError as error:  # what SQLite says of damage quotes what is damaged
        raise _library_error(path, sqlite3.SQLITE_CORRUPT, "") from error
    except OSError as error:
        raise storage_error("use", str(error.filename or path), error) from error


class Database:
    """A connection that threads share, to a file that other processes may write to as well.

    It is kept with a write-ahead log: what is written goes to the end of a file beside it (-wal)
    and is copied into the library later. So other processes read while this one writes, and a kill
    or a power cut leaves a transaction whole or takes it away whole.

    One that lies where nobody may write can be read all the same.

    Args:
        path: The SQLite file; created with its folder where missing.
        migrations: The steps of the schema; others than ours in tests of the mechanism.
        busy_timeout_s: How long to wait for another writer.

    Raises:
        StorageError: It cannot be opened, is no library, or was made by a newer practice.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Migration] = MIGRATIONS,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
    ) -> None:
        self.path = path
        self._migrations = migrations
        # One connection has one transaction: without the lock, what another thread writes in the
        # middle of it would become a part of it.
        self._lock = threading.RLock()
        self.is_read_only = False
        """It can be read and not changed."""
        private_folder(path.parent)
        with storage_errors(path):
            # SQLite would create it with the mode of the user's umask; -wal and -shm get its mode.
            try:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
                path.chmod(PRIVATE_FILE)
            except OSError as error:
                if error.errno not in _CANNOT_BE_WRITTEN or not path.exists():
                    raise
                self.is_read_only = True
                self._connection = self._connect_to_read(busy_timeout_s)
                return
            try:
                self._connection = self._connect(busy_timeout_s)
            except sqlite3.OperationalError as error:
                if _primary_code(error) not in _PERHAPS_NO_ROOM:
                    raise
                # Processes that share a library share an index of its log, in a file (-shm) that
                # a full disk has no room for. In exclusive mode SQLite needs no such file, so
                # deleting still works on a full disk.
                self._connection = self._connect(busy_timeout_s, exclusive=True)

    def _connect(self, busy_timeout_s: float, *, exclusive: bool = False) -> sqlite3.Connection:
        # Without an isolation level Python begins no transaction of its own: `writing` does.
        db = sqlite3.connect(
            self.path, timeout=busy_timeout_s, isolation_level=None, check_same_thread=False
        )
        try:
            if exclusive:
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        return db

    def _connect_to_read(self, busy_timeout_s: float) -> sqlite3.Connection:
        log = self.path.with_name(f"{self.path.name}-wal")
        if log.exists() and log.stat().st_size:
            # SQLite cannot read such a log without writing an index of it.
            raise StorageError(
                f"the library {one_line(str(self.path))} is read-only, and was not closed properly",
                "let practice open it once where it can be written",
            )
        # Immutable: with no lock and no index, neither of which could be written.
        db = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=ro&immutable=1",
            uri=True,
            timeout=busy_timeout_s,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            db.execute("PRAGMA temp_store = MEMORY")
            number = schema_number(db)
            self._check_schema(number)
            if number < len(self._migrations):
                raise StorageError(
                    f"the library {one_line(str(self.path))} is read-only,"
                    " and an older practice made it",
                    "let practice open it once where it can be written",
                )
        except BaseException:
            db.close()
            raise
        return db

    def _check_schema(self, number: int) -> None:
        if number > len(self._migrations):
            raise StorageError(
                f"the library {one_line(str(self.path))} was made by a newer practice "
                f"(schema {number}, this one knows {len(self._migrations)})",
                "update practice, or set PRACTICE_HOME to another folder",
            )

    def _prepare(self, db: sqlite3.Connection) -> None:
        # What SQLite sorts or copies holds words of the user: it must not lie in the folder for
        # temporary files, which everybody shares.
        db.execute("PRAGMA temp_store = MEMORY")
        number = schema_number(db)
        self._check_schema(number)
        # The mode is kept in the file. To change it takes the whole file, so it is asked for first.
        if db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten with zeros, not only taken off the list of what is there.
        db.execute("PRAGMA secure_delete = ON")
        if 0 < number < len(self._migrations):
            self._back_up(db, number)
        migrate(db, self._migrations)

    def _back_up(self, db: sqlite3.Connection, number: int) -> None:
        target = self.path.with_name(f"{self.path.name}.schema-{number}.backup")
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        # VACUUM INTO accepts an empty file: made here so that it is private from its first byte.
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
        try:
            db.execute("VACUUM INTO ?", (str(part),))
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def backups(self) -> list[Path]:
        """Copies that were made before a change of the schema, also those cut off by a kill."""
        return sorted(self.path.parent.glob(f"{self.path.name}.schema-*.backup*"))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for statements that only read.

        Raises:
            StorageError: SQLite refused.
        """
        with self._lock, storage_errors(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction: all of the block is saved, or nothing.

        Raises:
            StorageError: SQLite refused; nothing was changed.
        """
        with self.reading() as db:
            # The right to write is taken at once, waiting for it if need be. A transaction that
            # begins by reading would be refused at its first write when another process has
            # written meanwhile.
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                # After some errors, such as a full disk, SQLite has rolled back already.
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    def forget_deleted(self) -> None:
        """Make what was deleted unreadable: out of the write-ahead log, and no backup of it.

        Deleted rows are overwritten in the file itself (`secure_delete`), but older versions of
        their pages are still in the log. It is emptied here, or, while another process reads, when
        the last one closes.
        """
        with self.reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for backup in self.backups():
                backup.unlink(missing_ok=True)

    def check_writable(self) -> None:
        """Refuse at once where nothing could be kept.

        Raises:
            StorageError: It is read-only.
        """
        if self.is_read_only:
            raise _library_error(self.path, sqlite3.SQLITE_READONLY, "")

    def problems(self) -> list[str]:
        """What SQLite itself finds wrong with the file, in its words; empty when all is well."""
        with self.reading() as db:
            try:
                found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
                strays = db.execute("PRAGMA foreign_key_check").fetchall()
            except sqlite3.DatabaseError as error:
                if _primary_code(error) != sqlite3.SQLITE_CORRUPT:
                    raise
                # It is damaged so badly that it cannot even be checked.
                return [one_line(str(error))]
        return found + [f"a row of {row[0]} refers to a missing {row[2]}" for row in strays]

    def close(self) -> None:
        """Close the file; safe to call twice."""
        with self._lock, storage_errors(self.path):
            self._connection.close()


def sqlite_version() -> str:
    """The version of the SQLite library that this Python uses."""
    return sqlite3.sqlite_version
