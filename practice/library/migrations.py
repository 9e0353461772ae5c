"""The library's schema, as numbered steps; a new database takes all of them too.

A step that was released is never edited: append another. `PRAGMA user_version` counts the steps
done, and SQLite rolls it back together with a step that fails.
"""

import sqlite3
from collections.abc import Callable, Sequence

Migration = Callable[[sqlite3.Connection], None]
"""One change of the schema, run inside a transaction; it must not commit (no `executescript`)."""

# STRICT tables take nothing of another type than they declare. Without it SQLite stores whatever it
# is given, and the mistake shows when somebody reads it.
_TABLES = (
    """
    CREATE TABLE session (
        id TEXT PRIMARY KEY NOT NULL,
        mode TEXT NOT NULL,
        bank TEXT,
        began_at TEXT NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
    # A session may go and its takes stay. The recording is a plain file name: the folder is known,
    # and a library from elsewhere must not lead anywhere else.
    """
    CREATE TABLE take (
        id TEXT PRIMARY KEY NOT NULL,
        number INTEGER NOT NULL CHECK (number >= 1),
        question_id TEXT,
        bank TEXT,
        question TEXT,
        session_id TEXT REFERENCES session (id) ON DELETE SET NULL,
        state TEXT NOT NULL
            CHECK (state IN ('recording', 'recorded', 'transcribed', 'reviewed', 'failed')),
        recorded_at TEXT NOT NULL,
        duration_s REAL,
        audio TEXT CHECK (audio NOT LIKE '%/%' AND audio NOT IN ('', '.', '..')),
        sample_rate_hz INTEGER,
        peak_dbfs REAL,
        clipped_s REAL,
        overflows INTEGER,
        device TEXT,
        interrupted TEXT,
        failure TEXT,
        model TEXT,
        starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
        rating INTEGER CHECK (rating BETWEEN 1 AND 4),
        notes TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX take_by_time ON take (recorded_at, id)",
    "CREATE INDEX take_by_question ON take (question_id, bank, number)",
    "CREATE INDEX take_by_state ON take (state)",
    "CREATE INDEX take_by_session ON take (session_id)",
    """
    CREATE TABLE transcript (
        take_id TEXT PRIMARY KEY NOT NULL REFERENCES take (id) ON DELETE CASCADE,
        document TEXT NOT NULL CHECK (json_valid(document))
    ) STRICT
    """,
    # A review is made from a transcript and goes with it.
    """
    CREATE TABLE review (
        take_id TEXT PRIMARY KEY NOT NULL REFERENCES transcript (take_id) ON DELETE CASCADE,
        document TEXT NOT NULL CHECK (json_valid(document))
    ) STRICT
    """,
    # The numbers of the review once more, so that lists and trends need not read every document.
    """
    CREATE TABLE measures (
        take_id TEXT PRIMARY KEY NOT NULL REFERENCES review (take_id) ON DELETE CASCADE,
        judged INTEGER NOT NULL CHECK (judged IN (0, 1)),
        words INTEGER,
        speaking_s REAL,
        wpm REAL,
        speaking_wpm REAL,
        articulation_sps REAL,
        fillers_certain INTEGER,
        fillers_possible INTEGER,
        fillers_per_min REAL,
        pauses INTEGER,
        pauses_long INTEGER,
        pauses_very_long INTEGER,
        longest_pause_s REAL,
        repetitions INTEGER,
        longest_run_s REAL
    ) STRICT
    """,
    # What a take is found by, prepared once: without case and punctuation.
    """
    CREATE TABLE search_text (
        take_id TEXT PRIMARY KEY NOT NULL REFERENCES take (id) ON DELETE CASCADE,
        folded TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE correction (
        id INTEGER PRIMARY KEY,
        take_id TEXT NOT NULL REFERENCES take (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('not_filler', 'filler', 'word')),
        start_s REAL NOT NULL,
        end_s REAL NOT NULL CHECK (end_s >= start_s),
        text TEXT,
        made_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX correction_by_take ON correction (take_id, id)",
    """
    CREATE TABLE star_mark (
        take_id TEXT NOT NULL REFERENCES take (id) ON DELETE CASCADE,
        part TEXT NOT NULL CHECK (part IN ('situation', 'task', 'action', 'result')),
        start_s REAL NOT NULL CHECK (start_s >= 0),
        PRIMARY KEY (take_id, part)
    ) STRICT
    """,
)


def create_tables(db: sqlite3.Connection) -> None:
    """Sessions, takes, their transcripts and reviews, and what the user says about them."""
    for statement in _TABLES:
        db.execute(statement)


def add_calibrations(db: sqlite3.Connection) -> None:
    """How many planned fillers each microphone and model were found to catch."""
    db.execute(
        """
        CREATE TABLE calibration (
            device TEXT NOT NULL,
            model TEXT NOT NULL,
            language TEXT NOT NULL,
            result TEXT NOT NULL,
            PRIMARY KEY (device, model, language)
        ) STRICT
        """
    )


def add_doubts(db: sqlite3.Connection) -> None:
    """Why numbers of a take are missing, beside the numbers, so that lists can say it."""
    db.execute("ALTER TABLE measures ADD COLUMN doubt TEXT")
    db.execute(
        "UPDATE measures SET doubt = (SELECT json_extract(document, '$.judgement.reasons[0]')"
        " FROM review WHERE review.take_id = measures.take_id) WHERE NOT judged"
    )


def add_languages(db: sqlite3.Connection) -> None:
    """The language of a take beside its numbers: it says what its pace counts."""
    db.execute("ALTER TABLE measures ADD COLUMN language TEXT")
    db.execute(
        "UPDATE measures SET language = (SELECT json_extract(document, '$.transcription.language')"
        " FROM review WHERE review.take_id = measures.take_id)"
    )


# A time is kept as it was said, with its zone: `base.wall_time` says why. What is asked in a
# debrief is written row by row as it is typed, so that a kill costs no more than a key.
_WEEKS = (
    """
    CREATE TABLE interview (
        id TEXT PRIMARY KEY NOT NULL,
        company TEXT NOT NULL CHECK (company <> ''),
        role TEXT NOT NULL DEFAULT '',
        round TEXT NOT NULL DEFAULT '',
        format TEXT NOT NULL DEFAULT '',
        day TEXT,
        at TEXT,
        zone TEXT NOT NULL,
        people TEXT NOT NULL DEFAULT '',
        advert TEXT NOT NULL DEFAULT '',
        notes TEXT NOT NULL DEFAULT '',
        added_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE debrief (
        interview_id TEXT PRIMARY KEY NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
        felt INTEGER CHECK (felt BETWEEN 1 AND 5),
        went_well TEXT NOT NULL DEFAULT '',
        said_about_me TEXT NOT NULL DEFAULT '',
        surprises TEXT NOT NULL DEFAULT '',
        task TEXT NOT NULL DEFAULT '',
        task_minutes INTEGER CHECK (task_minutes >= 0),
        task_trouble TEXT NOT NULL DEFAULT '',
        began_at TEXT NOT NULL,
        finished_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE asked (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        interview_id TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        bank TEXT,
        question_id TEXT,
        rating TEXT CHECK (rating IN ('strong', 'okay', 'rough')),
        wish TEXT NOT NULL DEFAULT '',
        story TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX asked_by_interview ON asked (interview_id)",
    # An interview that is forgotten takes along what it opened: the texts are its own.
    """
    CREATE TABLE open_question (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        bank TEXT,
        question_id TEXT NOT NULL,
        text TEXT NOT NULL,
        wish TEXT NOT NULL DEFAULT '',
        interview_id TEXT REFERENCES interview (id) ON DELETE CASCADE,
        opened_at TEXT NOT NULL,
        closed_at TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX open_once ON open_question (coalesce(bank, ''), question_id)"
    " WHERE closed_at IS NULL",
    "CREATE INDEX open_by_interview ON open_question (interview_id)",
    """
    CREATE TABLE verdict (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        open_id INTEGER NOT NULL REFERENCES open_question (id) ON DELETE CASCADE,
        take_id TEXT REFERENCES take (id) ON DELETE SET NULL,
        day TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('well', 'again', 'later')),
        made_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX verdict_by_open ON verdict (open_id)",
    "CREATE INDEX verdict_by_take ON verdict (take_id)",
    """
    CREATE TABLE outcome (
        interview_id TEXT PRIMARY KEY NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN
            ('waiting', 'next round', 'rejected', 'offer', 'withdrew', 'no answer')),
        stage TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        feedback TEXT NOT NULL DEFAULT '',
        guess TEXT NOT NULL DEFAULT '',
        noted_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE rest (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        until TEXT NOT NULL
    ) STRICT
    """,
)


def add_weeks(db: sqlite3.Connection) -> None:
    """Interviews, debriefs, open questions, outcomes and rest."""
    for statement in _WEEKS:
        db.execute(statement)


def add_feedback(db: sqlite3.Connection) -> None:
    """What readers of a shared page answered about a take."""
    db.execute(
        """
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            take_id TEXT NOT NULL REFERENCES take (id) ON DELETE CASCADE,
            reader TEXT NOT NULL,
            added_at TEXT NOT NULL,
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT
        """
    )
    db.execute("CREATE INDEX feedback_by_take ON feedback (take_id)")


def add_own_pages(db: sqlite3.Connection) -> None:
    """The page that somebody writes for themselves about an interview."""
    db.execute(
        """
        CREATE TABLE own_page (
            interview_id TEXT PRIMARY KEY NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) STRICT
        """
    )


def add_interview_terms(db: sqlite3.Connection) -> None:
    """What the user means to say in an interview."""
    db.execute(
        """
        CREATE TABLE interview_term (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            interview_id TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            UNIQUE (interview_id, text)
        ) STRICT
        """
    )


def add_guesses(db: sqlite3.Connection) -> None:
    """What the user guessed of an answer before its review was shown."""
    db.execute(
        """
        CREATE TABLE guess (
            take_id TEXT PRIMARY KEY NOT NULL REFERENCES take (id) ON DELETE CASCADE,
            fillers TEXT CHECK (fillers IN ('none', 'few', 'many')),
            pace TEXT CHECK (pace IN ('slow', 'right', 'fast')),
            meant TEXT CHECK (meant IN ('yes', 'partly', 'no')),
            made_at TEXT NOT NULL
        ) STRICT
        """
    )


def add_formats(db: sqlite3.Connection) -> None:
    """The format that a session was held in, who asked, and where the slides of a talk begin."""
    # A format is a file and may go; a session stays what it was.
    db.execute("ALTER TABLE session ADD COLUMN format TEXT")
    db.execute(
        "ALTER TABLE session ADD COLUMN interview_id TEXT"
        " REFERENCES interview (id) ON DELETE SET NULL"
    )
    for column in ("completed", "is_rehearsal"):
        db.execute(
            f"ALTER TABLE session ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0"
            f" CHECK ({column} IN (0, 1))"
        )
    db.execute("CREATE INDEX session_by_interview ON session (interview_id)")
    db.execute("ALTER TABLE take ADD COLUMN asked_by TEXT")
    # The names are those of the interview's people, and go with it.
    db.execute(
        """
        CREATE TRIGGER forget_askers BEFORE DELETE ON interview BEGIN
            UPDATE take SET asked_by = NULL
            WHERE session_id IN (SELECT id FROM session WHERE interview_id = old.id);
        END
        """
    )
    db.execute(
        """
        CREATE TABLE slide (
            take_id TEXT NOT NULL REFERENCES take (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 1),
            start_s REAL NOT NULL CHECK (start_s >= 0),
            PRIMARY KEY (take_id, number)
        ) STRICT
        """
    )


def add_stories(db: sqlite3.Connection) -> None:
    """Which take tells which story, and the stories that were chosen for an interview.

    The stories themselves are in a file of the user's own; here are their ids.
    """
    db.execute(
        """
        CREATE TABLE telling (
            take_id TEXT PRIMARY KEY NOT NULL REFERENCES take (id) ON DELETE CASCADE,
            story_id TEXT NOT NULL CHECK (story_id <> ''),
            notes TEXT CHECK (notes IN ('without', 'with')),
            said_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX telling_by_story ON telling (story_id)")
    db.execute("ALTER TABLE interview ADD COLUMN stories TEXT NOT NULL DEFAULT ''")


MIGRATIONS: Sequence[Migration] = (
    create_tables,
    add_calibrations,
    add_doubts,
    add_languages,
    add_weeks,
    add_feedback,
    add_own_pages,
    add_interview_terms,
    add_guesses,
    add_formats,
    add_stories,
)
"""Every step, in order; the schema's number is how many there are."""


def schema_number(db: sqlite3.Connection) -> int:
    """How many steps this database has behind it."""
    (number,) = db.execute("PRAGMA user_version").fetchone()
    return int(number)


def migrate(db: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Take every pending step, each in a transaction of its own together with its number.

    Args:
        db: Opened with `isolation_level=None`.
        migrations: All steps, those already taken included.
    """
    while schema_number(db) < len(migrations):
        db.execute("BEGIN IMMEDIATE")
        try:
            # Asked for again: while this process waited for the right to write, another one may
            # have taken the step.
            number = schema_number(db)
            if number < len(migrations):
                migrations[number](db)
                db.execute(f"PRAGMA user_version = {number + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
