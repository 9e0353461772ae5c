"""The library: every session, take, transcript and review that is kept on this machine."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from practice.base.clock import Clock, iso_utc
from practice.base.closeable import Closeable
from practice.base.errors import NotFoundError, StorageError, UsageError
from practice.base.files import private_folder
from practice.base.paths import WORDS_CACHE
from practice.base.text import one_line, plain
from practice.library.annotations import Annotations
from practice.library.calibrations import Calibrations
from practice.library.database import Database, storage_errors
from practice.library.deletion import Deletion, delete_path, deletion_of, set_aside, take_id_of
from practice.library.feedback import FeedbackStore
from practice.library.guesses import Guesses
from practice.library.interview_terms import InterviewTerms
from practice.library.interviews import Interviews
from practice.library.open_questions import OpenQuestions
from practice.library.own_pages import OwnPages
from practice.library.records import Records
from practice.library.rehearsals import Rehearsals
from practice.library.row_mapping import (
    SAVE_MEASURES,
    SELECT_SESSION,
    SELECT_TAKE,
    decode_document,
    fold_words,
    measures_of,
    measures_row,
    path_of_recording,
    search_text,
    session_of,
    take_of,
)
from practice.library.sql import (
    CONTAINS,
    NEWEST_FIRST,
    find_state_and_audio,
    insert_take,
    language_counted_in,
    make_unique_id,
    next_number,
    plain_or_none,
    save_document,
    sql_limit,
)
from practice.library.takes import (
    SHORTEST_ANSWER_S,
    QuestionSnapshot,
    RecordingFacts,
    Session,
    Take,
    TakeState,
    check_move,
    is_take_id,
)
from practice.library.tellings import Tellings

LAST = "last"
"""Names the newest take that is not being recorded."""
_UNFINISHED = (TakeState.RECORDING, TakeState.RECORDED, TakeState.TRANSCRIBED)
_BEFORE_SOUND = {TakeState.RECORDING, TakeState.FAILED}
_NAMED_MATCHES = 5


class Library(Closeable):
    """What was practised, kept in one database and one folder of recordings.

    Threads may share one; other processes may have the same library open. Every method may raise
    StorageError, and every one that takes a `take_id` NotFoundError; methods that change something
    do so wholly or not at all.

    Args:
        database: The SQLite file.
        recordings: The folder that holds the recordings.
        clock: Tells when a take or session begins.
    """

    def __init__(self, database: Path, recordings: Path, clock: Clock) -> None:
        self.recordings = private_folder(recordings)
        """Where finished recordings and spools lie."""
        self.leaves_out_stutter = False
        """Whether the takes come without the numbers that a user who stutters is not told."""
        self._clock = clock
        self._database = Database(database)
        self.annotations = Annotations(self._database, self.take, clock)
        self.calibrations = Calibrations(self._database)
        self.interviews = Interviews(self._database, clock)
        self.open_questions = OpenQuestions(self._database, clock)
        self.interview_terms = InterviewTerms(self._database)
        self.own_pages = OwnPages(self._database)
        self.tellings = Tellings(self._database, clock)
        self.feedback = FeedbackStore(self._database, clock)
        self.guesses = Guesses(self._database, clock)
        self.rehearsals = Rehearsals(self._database)
        self.records = Records(self._database, self.recordings, self.interviews)

    @property
    def is_read_only(self) -> bool:
        """Nothing in it can be changed; it lies where nobody may write."""
        return self._database.is_read_only

    def check_writable(self) -> None:
        """Refuse at once where nothing could be kept.

        Raises:
            StorageError: The library is read-only.
        """
        self._database.check_writable()

    def close(self) -> None:
        """Close the database; safe to call twice."""
        self._database.close()

    def begin_session(self, mode: str, bank: str | None) -> str:
        """Begin a session and return its id."""
        now = self._clock.now()
        with self._database.writing() as db:
            session_id = make_unique_id(db, "session", now)
            db.execute(
                "INSERT INTO session (id, mode, bank, began_at) VALUES (?, ?, ?, ?)",
                (session_id, plain(mode), plain_or_none(bank), iso_utc(now)),
            )
        return session_id

    def end_session(self, session_id: str) -> None:
        """Note that a session is over; a second time changes nothing."""
        with self._database.writing() as db:
            db.execute(
                "UPDATE session SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
                (iso_utc(self._clock.now()), session_id),
            )

    def sessions(self, limit: int | None = None) -> list[Session]:
        """The sessions, newest first."""
        with self._database.reading() as db:
            rows = db.execute(
                f"{SELECT_SESSION} ORDER BY began_at DESC, id DESC LIMIT ?", (sql_limit(limit),)
            ).fetchall()
        return [session_of(row) for row in rows]

    def begin_take(self, asked: QuestionSnapshot | None, session_id: str | None = None) -> Take:
        """Make the row of a take that is about to be recorded; its id is made here."""
        now = self._clock.now()
        with self._database.writing() as db:
            take_id = make_unique_id(db, "take", now)
            insert_take(db, take_id, asked, now, session_id)
        return self.take(take_id)

    def adopt(self, take_id: str, asked: QuestionSnapshot | None, recorded_at: datetime) -> Take:
        """Make the row of a recording that was found without one; its state is RECORDING.

        Raises:
            StorageError: `take_id` is no id, or there is such a take already.
        """
        if not is_take_id(take_id):
            raise StorageError(f"{one_line(take_id)!r} cannot name a take")
        with self._database.writing() as db:
            if db.execute("SELECT 1 FROM take WHERE id = ?", (take_id,)).fetchone():
                raise StorageError(f"there is a take {take_id} already")
            insert_take(db, take_id, asked, recorded_at, None)
        return self.take(take_id)

    def move(self, take_id: str, asked: QuestionSnapshot) -> Take:
        """File a take under another question, as the next take of that one.

        Raises:
            StorageError: It is still being recorded.
        """
        return self._file(take_id, asked.question_id, asked.bank, asked.text)

    def rename(self, take_id: str, title: str) -> Take:
        """Give a take that answers no question of a bank words of its own to be known by.

        Raises:
            UsageError: It answers a question, or the title is empty.
            StorageError: It is still being recorded.
        """
        if self.take(take_id).question_id is not None:
            raise UsageError(
                f"the take {take_id} answers a question", "practice takes move files it elsewhere"
            )
        if not one_line(title):
            raise UsageError("the title is empty", "give it a few words")
        return self._file(take_id, None, None, one_line(title))

    def _file(self, take_id: str, question_id: str | None, bank: str | None, text: str) -> Take:
        take = self.take(take_id)
        filed = (plain_or_none(question_id), plain_or_none(bank), plain(text))
        if filed == (take.question_id, take.bank, take.question):
            return take
        document = self.review(take.id) or self.transcript(take.id) or {}
        with self._database.writing() as db:
            state, _ = find_state_and_audio(db, take.id)
            if state is TakeState.RECORDING:
                raise StorageError(f"the take {take.id} is still being recorded", "stop it first")
            db.execute(
                "UPDATE take SET number = ?, question_id = ?, bank = ?, question = ? WHERE id = ?",
                (next_number(db, *filed), *filed, take.id),
            )
            db.execute(
                "UPDATE search_text SET folded = ? WHERE take_id = ?",
                (search_text(filed[2], document), take.id),
            )
        return self.take(take.id)

    def save_recording(self, take_id: str, recording: RecordingFacts) -> Take:
        """Note the finished recording; the take is RECORDED.

        Raises:
            StorageError: Its file does not lie directly in the folder of recordings.
        """
        audio = recording.audio
        if audio.absolute().parent.resolve() != self.recordings.resolve():
            raise StorageError(
                f"the recording {one_line(str(audio))} is not in {one_line(str(self.recordings))}"
            )
        # Only the name is kept, so that the whole library may be moved to another folder.
        columns = asdict(recording) | {
            "audio": path_of_recording(self.recordings, audio.name).name,
            "device": plain(recording.device),
            "interrupted": plain_or_none(recording.interrupted),
        }
        changes = ", ".join(f"{column} = :{column}" for column in columns)
        with self._advance(take_id, TakeState.RECORDED) as db:
            db.execute(f"UPDATE take SET {changes} WHERE id = :id", columns | {"id": take_id})
        return self.take(take_id)

    def save_transcript(self, take_id: str, document: Mapping[str, object]) -> Take:
        """Save what the recogniser heard; the take is TRANSCRIBED.

        A second transcription replaces the first; a review that is there stays until the next.

        Args:
            take_id: The whole id.
            document: Anything JSON can hold. The take is found by its `words` (each with a `text`);
                its `model`, or that of its `transcription`, is noted with the take.
        """
        with self._advance(take_id, TakeState.TRANSCRIBED) as db:
            save_document(db, "transcript", take_id, document)
        return self.take(take_id)

    def save_review(self, take_id: str, document: Mapping[str, object]) -> Take:
        """Save a review (the JSON of a report), its numbers beside it; the take is REVIEWED."""
        with self._advance(take_id, TakeState.REVIEWED) as db:
            save_document(db, "review", take_id, document)
            db.execute(SAVE_MEASURES, measures_row(take_id, measures_of(document)))
        return self.take(take_id)

    def fail(self, take_id: str, reason: str) -> Take:
        """Note why a step failed; what is kept stays, and the take may be tried again.

        A take that has its review stays REVIEWED: no failed retry takes it away.
        """
        with self._database.writing() as db:
            old, _ = find_state_and_audio(db, take_id)
            new = old if old is TakeState.REVIEWED else TakeState.FAILED
            db.execute(
                "UPDATE take SET state = ?, failure = ? WHERE id = ?",
                (new, one_line(reason), take_id),
            )
        return self.take(take_id)

    def take(self, take_id: str) -> Take:
        """The take with this id, the only one whose id begins so, or the `last` one.

        Raises:
            NotFoundError: There is none, or several begin so.
        """
        found = self._find_newest() if take_id == LAST else self._find_by_id(take_id)
        if not found:
            named = "no take yet" if take_id == LAST else f"no take {one_line(take_id)!r}"
            raise NotFoundError(f"there is {named}", "practice takes list shows them all")
        if len(found) > 1 and found[0].id != take_id:
            shown = ", ".join(take.id for take in found[:_NAMED_MATCHES])
            more = ", …" if len(found) > _NAMED_MATCHES else ""
            raise NotFoundError(
                f"several takes begin with {one_line(take_id)!r}: {shown}{more}",
                "give more of the id",
            )
        return found[0]

    def existing_takes(self, take_ids: Sequence[str]) -> list[Take]:
        """Those of the takes with these whole ids that were not deleted, in the order given."""
        marks = ", ".join("?" * len(take_ids))
        found = {take.id: take for take in self._select(f"WHERE take.id IN ({marks})", *take_ids)}
        return [found[take_id] for take_id in take_ids if take_id in found]

    def takes(
        self,
        *,
        question_id: str | None = None,
        bank: str | None = None,
        state: TakeState | None = None,
        session_id: str | None = None,
        limit: int | None = None,
        containing: str | None = None,
    ) -> list[Take]:
        """The takes that fit every filter given, newest first.

        Args:
            question_id: Of this question; ids are unique within a bank only.
            bank: Of this bank.
            state: In this state.
            session_id: Of this session.
            limit: At most so many.
            containing: These words were asked or said, one after the other; the first may begin
                and the last may end within a word. Case and punctuation do not count.
        """
        filters: list[tuple[str, object]] = [
            ("take.question_id = ?", question_id),
            ("take.bank = ?", bank),
            ("take.state = ?", state),
            ("take.session_id = ?", session_id),
            (CONTAINS, fold_words(containing or "") or None),
        ]
        used = [(clause, value) for clause, value in filters if value is not None]
        where = "WHERE " + " AND ".join(clause for clause, _ in used) if used else ""
        return self._select(
            f"{where} {NEWEST_FIRST} LIMIT ?", *(v for _, v in used), sql_limit(limit)
        )

    def find_ids(self, containing: str) -> set[str]:
        """The ids of the takes with these words, as `takes` finds them; all of them for no word."""
        words = fold_words(containing)
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT take_id FROM search_text WHERE ? = '' OR instr(folded, ?)", (words, words)
            ).fetchall()
        return {take_id for (take_id,) in rows}

    def first_judged(self, before: datetime, count: int, counted: str = "words") -> list[Take]:
        """The first takes of all whose pace can be trusted, oldest first, and not `fluent`.

        Args:
            before: Recorded earlier than this.
            count: At most so many.
            counted: What their pace counts: "words" or "characters".
        """
        return self._select_complete(
            f"WHERE judged AND {language_counted_in(counted)}"
            " AND wpm IS NOT NULL AND recorded_at < ?"
            " AND coalesce(speaking_s, duration_s) >= ?"
            " ORDER BY recorded_at, take.id LIMIT ?",
            iso_utc(before),
            SHORTEST_ANSWER_S,
            count,
        )

    def starred(self) -> list[Take]:
        """The takes with a star whose sound is there, newest first."""
        return self._select(f"WHERE starred AND audio IS NOT NULL {NEWEST_FIRST}")

    def unfinished(self) -> list[Take]:
        """The takes in a state that a crash can leave behind, oldest first."""
        return self._select(
            f"WHERE state IN ({', '.join('?' * len(_UNFINISHED))}) ORDER BY recorded_at, take.id",
            *_UNFINISHED,
        )

    def transcript(self, take_id: str) -> dict[str, object] | None:
        """What the recogniser heard, untouched by corrections; None when there is none."""
        return self._load_document("transcript", take_id)

    def review(self, take_id: str) -> dict[str, object] | None:
        """The last review that was kept; None when there is none."""
        return self._load_document("review", take_id)

    def discard(self, take_id: str) -> None:
        """Forget a RECORDING take that has no sound; files are left alone.

        Raises:
            StorageError: The take is in another state.
        """
        with self._database.writing() as db:
            state, _ = find_state_and_audio(db, take_id)
            if state is not TakeState.RECORDING:
                raise StorageError(
                    f"the take {take_id} is {state}", "practice takes delete removes it"
                )
            db.execute("DELETE FROM take WHERE id = ?", (take_id,))

    def delete(self, take_id: str) -> None:
        """Remove a take for good: sound, words, review, corrections and notes.

        What was said is overwritten in the database, and backups of it are removed too.
        """
        self._delete(take_id, Deletion.TAKE)

    def delete_audio(self, take_id: str) -> None:
        """Remove the sound of a take for good and keep what was said."""
        self._delete(take_id, Deletion.SOUND)

    def finish_deletions(self) -> None:
        """Delete what was being deleted when the program was killed."""
        for file in self._list_files():
            if (deletion := deletion_of(file)) is not None:
                with self._database.writing() as db:
                    db.execute(deletion.statement, (take_id_of(file),))
                self._complete_deletion([file], deletion)

    def check(self) -> list[str]:
        """What is wrong with the library, one sentence each; empty when all is well."""
        problems = self._database.problems()
        if problems:
            return problems
        takes = self.takes()
        known = {take.audio for take in takes if take.audio is not None}
        problems = [
            f"the recording of a take is missing: {one_line(str(audio))}"
            for audio in sorted(known)
            if not audio.is_file()
        ]
        # A take that waits for its review may have a cache of words, one without a recording yet
        # its spool and what is being encoded of it.
        known |= {self.recordings / f"{take.id}{WORDS_CACHE}" for take in takes}
        spooling = {take.id for take in takes if take.state in _BEFORE_SOUND and not take.audio}
        problems += [
            f"no take knows this file: {one_line(str(file))}"
            for file in self._list_files()
            if file not in known and take_id_of(file) not in spooling
        ]
        return problems

    @contextmanager
    def _advance(self, take_id: str, new: TakeState) -> Iterator[sqlite3.Connection]:
        """A transaction at whose end the take is in the state `new`."""
        with self._database.writing() as db:
            old, _ = find_state_and_audio(db, take_id)
            check_move(take_id, old, new)
            db.execute("UPDATE take SET state = ?, failure = NULL WHERE id = ?", (new, take_id))
            yield db

    def _delete(self, take_id: str, deletion: Deletion) -> None:
        # The files are set aside before the row changes: a file that cannot be set aside keeps its
        # row, and after a kill in between `finish_deletions` sees by the files what was asked for.
        with self._database.writing() as db:
            state, audio = find_state_and_audio(db, take_id)
            if state is TakeState.RECORDING:
                raise StorageError(
                    f"the take {take_id} is still being recorded",
                    "stop it first; after a crash, start practice once to finish it",
                )
            own = [f for f in self._list_files() if f.name == audio or take_id_of(f) == take_id]
            left = [set_aside(file, deletion) for file in own]
            db.execute(deletion.statement, (take_id,))
        self._complete_deletion(left, deletion)

    def _complete_deletion(self, left: list[Path], deletion: Deletion) -> None:
        """Remove what is left of a deleted take or sound, once its row has changed."""
        if deletion is Deletion.TAKE:
            self._database.forget_deleted()
        # The files go last: as long as one is there, the next start does all of this again.
        with storage_errors(self.recordings):
            for file in left:
                delete_path(file)

    def _list_files(self) -> list[Path]:
        with storage_errors(self.recordings):
            return sorted(self.recordings.iterdir())

    def _select(self, rest: str, *values: object) -> list[Take]:
        """The takes as they are shown."""
        found = self._select_complete(rest, *values)
        return [take.fluent for take in found] if self.leaves_out_stutter else found

    def _select_complete(self, rest: str, *values: object) -> list[Take]:
        with self._database.reading() as db:
            rows = db.execute(f"{SELECT_TAKE} {rest}", values).fetchall()
        return [take_of(row, self.recordings) for row in rows]

    def _find_newest(self) -> list[Take]:
        return self._select(f"WHERE state <> ? {NEWEST_FIRST} LIMIT 1", TakeState.RECORDING)

    def _find_by_id(self, beginning: str) -> list[Take]:
        """The takes whose id begins so, at most one more than a message names."""
        if not is_take_id(beginning):
            return []
        # Every character of an id sorts before '~'; a whole id sorts before its continuations.
        return self._select(
            "WHERE take.id >= ? AND take.id < ? ORDER BY take.id LIMIT ?",
            beginning,
            f"{beginning}~",
            _NAMED_MATCHES + 1,
        )

    def _load_document(self, table: str, take_id: str) -> dict[str, object] | None:
        with self._database.reading() as db:
            find_state_and_audio(db, take_id)
            row = db.execute(
                f"SELECT document FROM {table} WHERE take_id = ?", (take_id,)
            ).fetchone()
        return decode_document(row[0]) if row else None
