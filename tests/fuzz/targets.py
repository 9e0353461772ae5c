"""Everything of `practice` that reads what it did not write, each as a function of bytes.

A target returns when the input was read or refused in words; whatever else it raises is a defect.
"""

import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, cast

import msgspec
import zstandard

from practice.audio.spool import find_orphans, recover_orphan
from practice.base.clock import SystemClock
from practice.base.errors import PracticeError
from practice.base.settings import load_settings
from practice.base.text import first_unsafe
from practice.core.recovery import recover_recordings
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents import transcript
from practice.documents.review import ReviewDocument, parse_review
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot, RecordingFacts
from practice.questions.bank_file.reading import check_bytes
from practice.questions.bank_file.rendering import bank_text
from practice.questions.catalogue import shipped_banks
from practice.questions.importers.plan import plan_import
from practice.reports import formats
from practice.reports.report import Report
from practice.speech.messages import GarbledError, receive_reply
from tests.fuzz.recognisers import RECOGNISER_TARGETS
from tests.fuzz.sound import SOUND_TARGETS
from tests.fuzz.target import Target
from tests.support.takes import ANSWER, words_of

DATA = Path(__file__).parents[1] / "data"
SEED_BYTES = 3_000
"""Longer seeds are cut: what goes wrong does so in a small input as well."""
TAG = "<fuzz"
"""A tag that mutation puts into texts; no report may hold it as one."""


def _files(*patterns: str) -> Callable[[Path], list[bytes]]:
    def seeds(_: Path) -> list[bytes]:
        paths = sorted(path for pattern in patterns for path in DATA.glob(pattern))
        return [path.read_bytes()[:SEED_BYTES] for path in paths]

    return seeds


def _bank_seeds(_: Path) -> list[bytes]:
    paths = [*sorted(shipped_banks().glob("*.yaml"))[:6], *(DATA / "banks").iterdir()]
    return [path.read_bytes()[:SEED_BYTES] for path in paths]


def _read_bank(data: bytes, folder: Path) -> None:
    checked = check_bytes(folder / "bank.yaml", data)
    if checked.whole and not checked.problems:
        written = check_bytes(folder / "bank.yaml", bank_text(checked.whole).encode())
        assert written.problems == [], written.problems
        assert written.whole == checked.whole


def _make_importer(name: str) -> Callable[[bytes, Path], None]:
    def read(data: bytes, folder: Path) -> None:
        path = folder / name
        path.write_bytes(data)
        plan = plan_import(path)
        plan.write(folder / "bank.yaml")
        for number, other in enumerate(plan.others):
            plan_import(path, other.name).write(folder / f"bank-{number}.yaml")

    return read


def _write_deck(data: bytes, folder: Path) -> bytes:
    """An Anki package around a database."""
    package = folder / "seed.apkg"
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("../../evil", b"x")
        file.writestr("media", b"{}")
        file.writestr("collection.anki2", data)
    return package.read_bytes()


def _deck_database(folder: Path) -> bytes:
    path = folder / "collection.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA page_size = 512")
        db.execute("CREATE TABLE col (decks TEXT, models TEXT)")
        db.execute(
            "INSERT INTO col VALUES (?, ?)",
            (
                '{"1": {"name": "Default"}, "7": {"name": "Interviews"}}',
                '{"9": {"flds": [{"name": "Front"}, {"name": "Back"}]}}',
            ),
        )
        db.execute("CREATE TABLE notes (id INTEGER, mid INTEGER, flds TEXT, tags TEXT)")
        db.execute("INSERT INTO notes VALUES (1, 9, 'Why us?\x1f<b>because</b>', 'a b')")
        db.execute("INSERT INTO notes VALUES (2, 9, 'What is {{c1::REST}}?\x1f[sound:x.mp3]', '')")
        db.commit()
    return path.read_bytes()


def _deck_seeds(folder: Path) -> list[bytes]:
    plain = _deck_database(folder)
    newer = folder / "newer.apkg"
    with zipfile.ZipFile(newer, "w") as file:
        file.writestr("collection.anki21b", zstandard.compress(plain))
    bomb = folder / "bomb.apkg"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("collection.anki2", plain + bytes(300_000))
    return [_write_deck(plain, folder), newer.read_bytes(), bomb.read_bytes()]


def _read_deck_database(data: bytes, folder: Path) -> None:
    (folder / "deck.apkg").write_bytes(_write_deck(data, folder))
    plan_import(folder / "deck.apkg").write(folder / "bank.yaml")


def _settings_seeds(_: Path) -> list[bytes]:
    return [
        b'model = "base.en"\nlanguage = "en"\ntarget_s = 120\n\n[keys]\n"review.play" = "space"\n',
        b'# mine\nmicrophone = "Head\\u0041set"\nkeep_audio_days = 30\ntheme = "practice-light"\n',
    ]


def _read_settings(data: bytes, folder: Path) -> None:
    (folder / "settings.toml").write_bytes(data)
    load_settings(folder / "settings.toml")


def _lexicon_seeds(_: Path) -> list[bytes]:
    return [
        b'[en]\nsounds = ["um", "uh"]\nphrases = { add = ["to be fair"], remove = ["so"] }\n',
        b'[de]\nsounds = []\n\n[en.hedges]\nadd = ["maybe"]\n',
    ]


def _read_lexicon(data: bytes, folder: Path) -> None:
    (folder / "lexicon.toml").write_bytes(data)
    lexicon = load_lexicon("en", folder / "lexicon.toml")
    review(words_of("So, um, to be fair I I maybe did it"), Circumstances(None, lexicon))


def _spool_seeds(_: Path) -> list[bytes]:
    header = {
        "take_id": "20261123-1405-abc",
        "question_id": "conflict",
        "started_at": "2026-11-23T14:05:00.000Z",
        "sample_rate_hz": 16_000,
        "device": "Headset",
    }
    events = b'{"event": "overflow", "frame": 3}\n{"event": "pause", "frame": 9}\n'
    return [json.dumps(header).encode() + b"\n\n" + events + b"\n\n" + bytes(range(200)) * 8]


def _read_spool(data: bytes, folder: Path) -> None:
    parts = [*data.split(b"\n\n", 2), b"", b""][:3]
    spool = folder / "20261123-1405-abc.spool"
    spool.mkdir()
    for name, content in zip(("header.json", "events.jsonl", "samples.s16"), parts, strict=True):
        (spool / name).write_bytes(content)
    whole = len(parts[2]) // 2
    for orphan in find_orphans(folder):
        if whole:
            kept = recover_orphan(orphan)
            assert round(kept.duration_s * kept.sample_rate_hz) == whole, "sound was lost"


def _compute_review(folder: Path) -> dict[str, Any]:
    """A review with findings, as the library keeps it."""
    found = review(
        words_of(ANSWER), Circumstances(None, load_lexicon("en"), key_points=("the platform team",))
    )
    return {
        "take": {
            "id": "20261123-1405-abc", "question_id": "conflict", "question": "Why us?",
            "recorded_at": "2026-11-23T14:05:00.000Z", "number": 2,
        },
        "source": {"path": str(folder / "a.flac"), "duration_s": 31.0, "sample_rate_hz": 16_000},
        "transcription": {"status": "ok", "model": "base.en", "language": "en", "text": ANSWER},
        **cast("dict[str, Any]", msgspec.to_builtins(found)),
    }  # fmt: skip


def _report_seeds(folder: Path) -> list[bytes]:
    kept = _compute_review(folder)
    parse_review(kept)
    few = {**kept, "words": kept["words"][:6], "findings": kept["findings"][:4]}
    return [json.dumps(few).encode()]


def _read_review(data: bytes, _: Path) -> None:
    with suppress(ValueError, RecursionError):  # what is no JSON never was in the library
        document = json.loads(data)
        if isinstance(document, dict):
            _write_reports(parse_review(document))


def _write_reports(document: ReviewDocument) -> None:
    for form in formats.FORMATS:
        text = formats.render(Report(review=document), form)
        if form != "json":  # where such characters are escaped, and are data
            unsafe = first_unsafe(text.replace("\r\n", "\n"))
            assert unsafe is None, (form, text[max(0, unsafe - 40) : unsafe + 40])
        if form == "html":
            assert TAG not in text


def _transcript_seeds(_: Path) -> list[bytes]:
    words = [msgspec.to_builtins(word) for word in words_of(ANSWER)[:5]]
    return [
        json.dumps(
            {"status": "ok", "words": words, "speech_probability": "AAECAw==", "model": "base.en"}
        ).encode()
    ]


def _read_transcript(data: bytes, _: Path) -> None:
    with suppress(ValueError, RecursionError):
        document = json.loads(data)
        if isinstance(document, dict):
            transcript.from_document(document)


def _reply_seeds(_: Path) -> list[bytes]:
    replies: list[dict[str, object]] = [
        {"type": "ProgressReport", "job": 1, "part": 0.5},
        {"type": "Refusal", "job": 1, "code": "model", "message": "no", "hint": "x"},
        {"type": "TranscriptionResult", "job": 1, "words": [("So", 0.0, 0.4, 0.9)],
         "speech_probability": b"", "segments": 1,
         "detected_language": {"language": "de", "probability": 0.9}},
    ]  # fmt: skip
    encoded = [msgspec.msgpack.encode(reply) for reply in replies]
    return [len(one).to_bytes(4, "little") + one for one in encoded]


def _read_reply(data: bytes, _: Path) -> None:
    stream = io.BytesIO(data)
    with suppress(GarbledError):
        while receive_reply(stream) is not None:
            pass


def _library_seeds(folder: Path) -> list[bytes]:
    """A library with a take of every kind, in small pages."""
    path = folder / "seed.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA page_size = 512")
        db.execute("VACUUM")
    with Library(path, folder / "seeds", SystemClock()) as library:
        _fill(library, folder)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    return [path.read_bytes()]


def _fill(library: Library, folder: Path) -> None:
    session = library.begin_session("practice", "basics")
    take = library.begin_take(
        QuestionSnapshot("conflict", "basics", "Tell me about a conflict."), session
    )
    audio = library.recordings / f"{take.id}.flac"
    audio.write_bytes(b"fLaC")
    library.save_recording(
        take.id,
        RecordingFacts(
            audio=audio,
            duration_s=31.0,
            sample_rate_hz=16_000,
            peak_dbfs=-6.0,
            clipped_s=0.0,
            overflows=0,
            device="Headset",
        ),
    )
    (transcript,) = _transcript_seeds(folder)
    library.save_transcript(take.id, json.loads(transcript))
    (kept,) = _report_seeds(folder)
    library.save_review(take.id, json.loads(kept))
    library.annotations.note(take.id, "mine")
    library.begin_take(None)


def _read_library_file(data: bytes, folder: Path) -> None:
    (folder / "library.db").write_bytes(data)
    with Library(folder / "library.db", folder / "recordings", SystemClock()) as library:
        _read_everything(library)


def _read_everything(library: Library) -> None:
    library.check()
    library.sessions()
    with suppress(PracticeError):
        library.finish_deletions()
        recover_recordings(library, library.recordings, SystemClock())
    library.takes(containing="conflict")
    for take in library.takes():
        library.annotations.corrections(take.id)
        library.annotations.parts(take.id)
        for read in (_reports_of, _transcript_of):
            with suppress(PracticeError):
                read(library, take.id)
        with suppress(PracticeError):
            library.delete(take.id)


def _reports_of(library: Library, take_id: str) -> None:
    kept = library.review(take_id)
    if kept is not None:
        _write_reports(parse_review(kept))


def _transcript_of(library: Library, take_id: str) -> None:
    kept = library.transcript(take_id)
    if kept is not None:
        transcript.from_document(kept)


def _row_seeds(folder: Path) -> list[bytes]:
    """Every row of a library, a line of JSON for each: table, then columns and values."""
    (folder / "rows.db").write_bytes(_library_seeds(folder)[0])
    return [b"\n".join(json.dumps(row).encode() for row in _read_each_row(folder / "rows.db"))]


def _read_each_row(path: Path) -> Iterator[list[object]]:
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        for table in ("session", "take", "transcript", "review", "measures", "search_text"):
            for row in db.execute(f"SELECT * FROM {table}"):
                yield [table, dict(row)]


def _read_rows(data: bytes, folder: Path) -> None:
    template = folder.parent / "empty.db"
    if not template.exists():
        Library(template, folder / "recordings", SystemClock()).close()
    shutil.copyfile(template, folder / "library.db")
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        for line in data.split(b"\n"):
            with suppress(ValueError, RecursionError, OverflowError, sqlite3.Error, UnicodeError):
                _insert_row(db, json.loads(line))
    _read_library_file((folder / "library.db").read_bytes(), folder)


def _insert_row(db: sqlite3.Connection, row: object) -> None:
    match row:
        case [str(table), dict(values)] if values:
            names = ", ".join(f'"{name}"' for name in values)
            marks = ", ".join("?" * len(values))
            statement = f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({marks})'
            db.execute(statement, list(values.values()))


TARGETS = {
    "bank file": Target(_bank_seeds, _read_bank),
    "import of Markdown": Target(_files("imports/*.md"), _make_importer("list.md")),
    "import of tables": Target(
        _files("imports/*.csv", "imports/*.tsv"), _make_importer("list.csv")
    ),
    "import of text": Target(_files("imports/*.txt"), _make_importer("list.txt")),
    "import of JSON": Target(
        _files("imports/*.json", "imports/*.jsonl"), _make_importer("list.json")
    ),
    "import of pages": Target(_files("imports/*.html"), _make_importer("list.html")),
    "import of Anki packages": Target(_deck_seeds, _make_importer("deck.apkg")),
    "import of Anki databases": Target(lambda f: [_deck_database(f)], _read_deck_database),
    "settings": Target(_settings_seeds, _read_settings),
    "word lists": Target(_lexicon_seeds, _read_lexicon),
    "spool": Target(_spool_seeds, _read_spool),
    "library file": Target(_library_seeds, _read_library_file),
    "library rows": Target(_row_seeds, _read_rows),
    "report": Target(_report_seeds, _read_review),
    "transcript": Target(_transcript_seeds, _read_transcript),
    "replies of the speech process": Target(_reply_seeds, _read_reply),
    **RECOGNISER_TARGETS,
    **SOUND_TARGETS,
}
