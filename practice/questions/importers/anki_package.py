"""Anki packages: a zip with a database of notes, compressed in newer ones.

A package comes from a stranger. Nothing of it is unpacked to the disk: the database is opened in
memory, and nothing but texts is taken from it. What it may unpack to, how many notes are read and
how long a query may run have limits.
"""

import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

from practice.base.errors import BankError
from practice.questions.importers.import_result import Draft, ImportResult
from practice.questions.importers.records import readable_line, readable_text

MOST_DATABASE_BYTES = 100_000_000
MOST_NOTES = 50_000
_MOST_STEPS = 500
_INSTRUCTIONS_A_STEP = 100_000
"""Of SQLite's virtual machine. Together a few seconds; a deck of 50,000 notes needs a few steps."""
_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, UnicodeDecodeError, NotImplementedError, EOFError, RuntimeError
)  # fmt: skip
# A newer package also holds an old database, with one note that says to update Anki.
_DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")


def read(package_file: Path) -> ImportResult:
    """The notes of the package; the first field is the question.

    Raises:
        BankError: It is not an Anki package, is damaged, or unpacks to more than it should.
    """
    try:
        with zipfile.ZipFile(package_file) as package:
            database = _database(package)
    except (*_BROKEN_ZIP, OSError) as error:
        raise _damage_error(str(error)) from error
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            # Bytes 18 and 19 tell SQLite that a write-ahead log stands beside the database. There
            # is none in memory, and without this it would not open.
            if database[18:20] == b"\2\2":
                database = database[:18] + b"\1\1" + database[20:]
            db.deserialize(database)
            return _read_notes(db)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise _damage_error(str(error)) from error


def _damage_error(reason: str) -> BankError:
    return BankError(
        f"this Anki package cannot be read ({reason[:100]})",
        "export the deck again, or export it from Anki as text",
    )


def _database(package: zipfile.ZipFile) -> bytes:
    name = next((name for name in _DATABASES if name in package.namelist()), None)
    if name is None:
        raise BankError(
            "this zip holds no Anki collection", "only .apkg files can be imported from a zip"
        )
    if package.getinfo(name).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _damage_error("it is packed in a way that Anki does not use")
    # The size that a zip states can be a lie, so no more is unpacked than may be.
    with package.open(name) as file:
        data = file.read(MOST_DATABASE_BYTES + 1)
    if name.endswith("b"):
        data = _unpack(data)
    if not data:
        raise _damage_error("its collection is empty")
    if len(data) > MOST_DATABASE_BYTES:
        raise BankError(
            f"the deck unpacks to more than {MOST_DATABASE_BYTES // 1_000_000} MB",
            "export the deck without media, or as text",
        )
    return data


def _unpack(data: bytes) -> bytes:
    import zstandard  # lazy: only for packed decks

    try:
        # A larger window would let a small file ask for gigabytes of memory.
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(data) as reader:
            return reader.read(MOST_DATABASE_BYTES + 1)
    except zstandard.ZstdError as error:
        raise _damage_error(str(error)) from error


def _read_notes(db: sqlite3.Connection) -> ImportResult:
    _restrain(db)
    found = ImportResult("Anki package")
    found.title = _deck_name(db)
    names = _field_names(db)
    rows = db.execute(
        "SELECT id, mid, flds, tags FROM notes ORDER BY id LIMIT ?", (MOST_NOTES + 1,)
    )
    # The fields of a note are one text, with a unit separator (U+001F) between them.
    for number, (_, model, fields, tags) in enumerate(rows, 1):
        if number > MOST_NOTES:
            found.leave_out(number, f"every note after the first {MOST_NOTES:,}")
            break
        draft = _draft(str(fields).split("\x1f"), names.get(str(model), []), number)
        if not re.search(r"\w", draft.text):
            found.leave_out(number, str(fields).replace("\x1f", " | "))
            continue
        draft.tags = str(tags).split()
        found.drafts.append(draft)
    return found


def _restrain(db: sqlite3.Connection) -> None:
    """Have a query that goes on for seconds given up: a view can be made to never end."""
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += 1
        return steps > _MOST_STEPS

    db.set_progress_handler(count, _INSTRUCTIONS_A_STEP)
    # No function with side effects may be called from a view or a trigger.
    db.execute("PRAGMA trusted_schema = OFF")
    # Newer collections name a collation of Anki's own.
    db.create_collation("unicase", lambda one, other: (one > other) - (one < other))


def _draft(fields: list[str], names: list[str], number: int) -> Draft:
    draft = Draft(_question(fields[0]), number)
    for index, field in enumerate(fields[1:], 1):
        text = readable_text(field)
        name = names[index] if index < len(names) else ""
        if text:
            usual = name.casefold() in {"", "back", "answer", "extra", "back extra"}
            draft.notes.append(text if usual else f"{name}: {text}")
    return draft


def _question(field: str) -> str:
    """The question; a gap card shows its gaps as words."""
    without_sound = re.sub(r"\[sound:[^\]]*\]", "", field)
    return readable_line(re.sub(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", r"\1", without_sound))


def _tables(db: sqlite3.Connection) -> set[str]:
    return {str(name) for (name,) in db.execute("SELECT name FROM sqlite_master")}


def _deck_name(db: sqlite3.Connection) -> str:
    if "decks" in _tables(db):
        rows = db.execute("SELECT id, name FROM decks").fetchall()
        names = [str(name).replace("\x1f", "::") for number, name in rows if number != 1]
    else:
        decks = _json_object(db, "decks")
        names = [
            str(deck.get("name"))
            for number, deck in decks.items()
            if number != "1" and isinstance(deck, dict)
        ]
    return min(names, key=len, default="")


def _json_object(db: sqlite3.Connection, column: str) -> dict[str, object]:
    row = db.execute(f"SELECT {column} FROM col").fetchone()
    try:
        document = json.loads(row[0]) if row else {}
    except (ValueError, TypeError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _field_names(db: sqlite3.Connection) -> dict[str, list[str]]:
    if "fields" in _tables(db):
        names: dict[str, list[str]] = {}
        for model, name in db.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
            names.setdefault(str(model), []).append(str(name))
        return names
    return {
        number: [
            str(field.get("name")) for field in model.get("flds", []) if isinstance(field, dict)
        ]
        for number, model in _json_object(db, "models").items()
        if isinstance(model, dict)
    }
