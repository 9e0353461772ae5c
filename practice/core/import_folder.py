"""An export taken back: what is missing here is added, and nothing that is here is changed.

Sounds and banks are copied beside the library first. Then all rows are added in one transaction,
and only then do the files take their places, which needs no room any more. A kill before the end
of the transaction leaves everything as it was; after one later, the next start moves the files.
"""

import json
import secrets
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, cast

from practice.base.errors import SettingsError, StorageError, storage_error
from practice.base.files import private_folder, write_atomic
from practice.base.paths import Places, show_path
from practice.base.settings import load_settings
from practice.base.system.file_names import fold_name, local_stem
from practice.base.system.locks import hold_lock
from practice.base.text import keep_line_ends, one_line
from practice.core.archive import ArchiveReader, DamageError, remove_tree
from practice.core.export_folder import (
    BANKS,
    FORMATS,
    LETTERS,
    LEXICON,
    LIST_FILES,
    OF_THIS_MACHINE,
    SETTINGS,
    ProgressCallback,
    name_counts,
)
from practice.core.stories_transfer import STORIES_FILE, stage_stories
from practice.core.workspace import Workspace
from practice.documents.feedback import read_document
from practice.letters.facts import LETTER_KINDS
from practice.letters.rendering import own_template
from practice.library.library import Library
from practice.library.records import DOCUMENTS, KINDS, Record, RecordKind, Row, move_sound
from practice.library.row_mapping import decode_document
from practice.questions.catalogue import EXTENSIONS
from practice.questions.formats.store import is_format_name

ARRIVING = "arriving-"
"""Begins the name of a folder beside the recordings in which an import waits."""
_READY = "ready.json"
_SOUND, _BANKS, _SETTINGS = "sound", "banks", "settings"
STORIES = "stories"
Fate = Literal["taken", "here_already", "kept_yours"]
FATES: tuple[Fate, ...] = ("taken", "here_already", "kept_yours")
"""Added; the same is here; another one of that name is here, and stays."""
_FATE_WORDS: Mapping[Fate, str] = {
    "taken": "taken",
    "here_already": "here already",
    "kept_yours": "different here, and yours were kept",
}
_NAMES: Mapping[RecordKind, str] = {
    "take": "takes",
    "interview": "interviews",
    **{kind: name.removesuffix(".json") for kind, name in LIST_FILES.items()},
}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was taken of an export and what was not."""

    counts: dict[str, dict[str, int]]
    """For each sort of thing, how many met which fate."""
    damaged: tuple[str, ...]
    """What was left out because it is damaged, in sentences with the place."""


@dataclass(slots=True)
class _Arrival:
    """An import on its way."""

    folder: Path
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    to_add: list[tuple[RecordKind, str, Callable[[], Record]]] = field(default_factory=list)
    """What is new: its kind, its place in the export, and what reads it once more. The documents
    of all takes together would fill the memory."""
    is_preview: bool = False
    """Nothing will be added, so no sound is copied."""
    is_added: bool = False
    """Its rows are in the library."""

    def count(self, what: str, fate: Fate) -> None:
        self.counts.setdefault(what, dict.fromkeys(FATES, 0))[fate] += 1

    @property
    def result(self) -> ImportResult:
        for name in (*_NAMES.values(), BANKS, STORIES, SETTINGS):
            self.counts.setdefault(name, dict.fromkeys(FATES, 0))
        return ImportResult(self.counts, tuple(self.damaged))


def import_everything(
    workspace: Workspace,
    folder: Path,
    *,
    skip_damaged: bool = False,
    progress: ProgressCallback | None = None,
) -> ImportResult:
    """Add what an export holds and this workspace lacks.

    Args:
        workspace: Into which.
        folder: The export.
        skip_damaged: Whether what is whole is taken although something else is damaged.
        progress: Called with how much is done, 0 to 1.

    Raises:
        StorageError: It is no export, is damaged, or the disk refused; nothing was changed.
    """
    workspace.library.check_writable()
    reader = ArchiveReader(folder)
    with _open_arrival(workspace.places) as arrival:
        _stage_everything(reader, workspace, arrival, progress)
        if arrival.damaged and not skip_damaged:
            raise _damage_error(arrival.damaged)
        with workspace.library.records.adding() as add:
            witness: tuple[RecordKind, str] | None = None
            for kind, place, read in arrival.to_add:
                try:
                    record = read()
                    add(record)
                except StorageError as error:
                    arrival.damaged.append(f"{one_line(place)}: {error.message}")
                    if not skip_damaged:
                        raise _damage_error(arrival.damaged) from error
                    continue
                arrival.count(_NAMES[kind], "taken")
                if kind in {"session", "take", "interview"}:
                    witness = witness or (kind, record.row["id"])
            ready = json.dumps(witness).encode()
            write_atomic(arrival.folder / _READY, ready)
        arrival.is_added = True
        _place_files(workspace, arrival.folder)
    return arrival.result


def preview_import(
    workspace: Workspace, folder: Path, progress: ProgressCallback | None = None
) -> ImportResult:
    """What an import would take, and what is damaged; nothing is changed.

    Of a sound only the size is looked at: to read them all takes as long as to copy them.

    Args:
        workspace: Into which.
        folder: The export.
        progress: Called with how much is done, 0 to 1.

    Raises:
        StorageError: It is no export, or nothing can be added here.
    """
    workspace.library.check_writable()
    reader = ArchiveReader(folder)
    with _open_arrival(workspace.places) as arrival:
        arrival.is_preview = True
        _stage_everything(reader, workspace, arrival, progress)
        for kind, _, _ in arrival.to_add:
            arrival.count(_NAMES[kind], "taken")
    return arrival.result


def describe_import(done: ImportResult, *, is_preview: bool = False) -> list[str]:
    """What was taken and what was not, a line for each fate; without what is damaged."""
    words = dict(_FATE_WORDS)
    if is_preview:
        words["taken"] = "to be added"
    named = {
        fate: name_counts({what: each[fate] for what, each in done.counts.items()})
        for fate in FATES
    }
    return [
        f"{words[fate]}: {named[fate] or 'nothing'}"
        for fate in FATES
        if named[fate] or fate == "taken"
    ]


def finish_imports(workspace: Workspace) -> None:
    """Finish, or take away, what an import left that was killed.

    Raises:
        StorageError: The disk refused.
    """
    for folder in sorted(_beside(workspace.places).glob(f"{ARRIVING}*")):
        try:
            with hold_lock(folder) as is_unused:
                if is_unused and folder.is_dir():
                    if _was_added(workspace.library, folder):
                        _place_files(workspace, folder)
                    remove_tree(folder)
        except OSError as error:
            raise storage_error("finish the import in", show_path(folder), error) from error


def _was_added(library: Library, folder: Path) -> bool:
    """Whether the rows of an import are in the library: the first one of them tells for all."""
    try:
        witness = json.loads((folder / _READY).read_bytes())
    except (FileNotFoundError, ValueError):
        return False
    if witness is None:
        return True
    kind, record_id = witness
    return library.records.find(Record(kind, {"id": record_id})) is not None


def _beside(places: Places) -> Path:
    """On the disk of the recordings, so that a sound needs no room to take its place."""
    return places.recordings.resolve().parent


@contextmanager
def _open_arrival(places: Places) -> Iterator[_Arrival]:
    folder = private_folder(_beside(places) / f"{ARRIVING}{secrets.token_hex(8)}")
    arrival = _Arrival(folder)
    with hold_lock(folder):
        try:
            for name in (_SOUND, _BANKS, _SETTINGS):
                private_folder(folder / name)
            yield arrival
        except BaseException:
            # Where its rows were added, the next start gives the files their places.
            if not arrival.is_added:
                remove_tree(folder)
            raise
        remove_tree(folder)


def _damage_error(damaged: list[str]) -> StorageError:
    more = f", and {len(damaged) - 1} more" if len(damaged) > 1 else ""
    return StorageError(
        f"the export is damaged: {damaged[0]}{more}; nothing was imported",
        "use another copy, or take what is whole with --skip-damaged",
    )


def _stage_everything(
    reader: ArchiveReader,
    workspace: Workspace,
    arrival: _Arrival,
    progress: ProgressCallback | None,
) -> None:
    _stage_records(reader, workspace.library, arrival, progress)
    _stage_banks(reader, workspace.places, arrival)
    _stage_stories(reader, workspace.places, arrival)
    _stage_settings(reader, workspace.places, arrival)


def _stage_records(
    reader: ArchiveReader,
    library: Library,
    arrival: _Arrival,
    progress: ProgressCallback | None,
) -> None:
    """Look at every record, and copy the sounds of those that are new."""
    found = list(_list_records(reader, arrival))
    for number, (kind, place, read) in enumerate(found, start=1):
        try:
            record = read()
            known = library.records.find(record)
            if known is None and not library.records.is_open_already(record):
                if record.kind == "take" and record.row.get("audio") is not None:
                    _stage_sound(reader, place, record.row, arrival)
                arrival.to_add.append((kind, place, read))
            else:
                is_same = known is not None and _is_same(known, record)
                arrival.count(_NAMES[kind], "here_already" if is_same else "kept_yours")
        except DamageError as error:
            arrival.damaged.append(error.message)
        if progress is not None:
            progress(number / len(found))


def _list_records(
    reader: ArchiveReader, arrival: _Arrival
) -> Iterator[tuple[RecordKind, str, Callable[[], Record]]]:
    """Every record of the export: its kind, its place, and what reads it."""
    for kind in KINDS:
        if kind in LIST_FILES:
            place = LIST_FILES[kind]
            if place not in reader.names:
                continue
            try:
                items = reader.read_json(place)
                if not isinstance(items, list):
                    raise DamageError(f"{place} is not a list")
            except DamageError as error:
                arrival.damaged.append(error.message)
                continue
            for item in items:
                yield kind, place, partial(_to_record, kind, item, place)
            continue
        for name in reader.names:
            parts = name.split("/")
            is_take = kind == "take" and parts[::2] == ["takes", "take.json"] and len(parts) == 3
            is_interview = kind == "interview" and len(parts) == 2 and parts[0] == "interviews"
            if is_take or (is_interview and name.endswith(".json")):
                yield kind, name, partial(_read_record, reader, kind, name)


def _read_record(reader: ArchiveReader, kind: RecordKind, name: str) -> Record:
    record = _to_record(kind, reader.read_json(name), name)
    named = name.split("/")[1].removesuffix(".json")
    if record.row.get("id") != named:
        raise DamageError(f"{one_line(name)} is about another {kind}")
    documents: dict[str, Mapping[str, object]] = {}
    for document in DOCUMENTS if kind == "take" else ():
        path = f"takes/{named}/{document}.json"
        if path in reader.names:
            content = reader.read_json(path)
            if not isinstance(content, dict):
                raise DamageError(f"{one_line(path)} is not an object")
            documents[document] = content
    for row in record.parts.get("feedback", ()):
        _check_feedback(row, name)
    return Record(kind, record.row, record.parts, documents)


def _check_feedback(row: Row, place: str) -> None:
    """Refuse what the review of the take could not show."""
    try:
        document = decode_document(row["document"])
        read_document("", str(row.get("reader")), document)
    except (KeyError, TypeError, ValueError, RecursionError, StorageError) as error:
        raise DamageError(f"{one_line(place)}: what a reader answered makes no sense") from error


def _to_record(kind: RecordKind, content: object, place: str) -> Record:
    """A record of what `describe_record` made.

    Raises:
        DamageError: It is of another shape.
    """
    row = content.get(kind) if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(row, dict):
        raise DamageError(f"{one_line(place)} holds no {kind}")
    parts = {name: rows for name, rows in content.items() if name != kind}
    for name, rows in parts.items():
        if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
            raise DamageError(f"{one_line(place)}: {one_line(str(name))} is not a list of objects")
    return Record(kind, cast("Row", row), parts)


def _is_same(known: Record, record: Record) -> bool:
    """Whether a record is as it is here; a take's number is this library's own."""
    left_out = {"number"} if record.kind == "take" else set()
    mine = {name: value for name, value in known.row.items() if name not in left_out}
    theirs = {name: value for name, value in record.row.items() if name not in left_out}
    mine = {name: value for name, value in mine.items() if name in theirs}
    # An export made before a table was there has no rows of it.
    parts = [{name: rows for name, rows in each.parts.items() if rows} for each in (known, record)]
    return (mine, parts[0], known.documents) == (theirs, parts[1], record.documents)


def _stage_sound(reader: ArchiveReader, place: str, row: Row, arrival: _Arrival) -> None:
    audio = str(row["audio"])
    name = f"{place.rpartition('/')[0]}/{audio}"
    # The name becomes a path before the library looks at it.
    if "/" in audio or "\\" in audio or "\0" in audio or audio in {"", ".", ".."}:
        raise DamageError(f"{one_line(place)} names a sound outside its folder")
    if arrival.is_preview:
        reader.check_size(name)
    else:
        reader.copy(name, arrival.folder / _SOUND / audio)


def _stage_banks(reader: ArchiveReader, places: Places, arrival: _Arrival) -> None:
    """A bank of a name that is taken here by another one gets a number: nothing is lost."""
    own = {path.name: path for path in places.banks.glob("*")} if places.banks.is_dir() else {}
    contents = {
        path.read_bytes() for path in own.values() if path.is_file() and path.suffix in EXTENSIONS
    }
    for place in reader.names:
        folder, _, name = place.partition("/")
        if folder != BANKS or "/" in name or name.startswith("."):
            continue
        if Path(name).suffix not in EXTENSIONS:
            continue
        try:
            data = reader.read(place)
        except DamageError as error:
            arrival.damaged.append(error.message)
            continue
        if data in contents:
            arrival.count(BANKS, "here_already")
            continue
        stem, number = local_stem(Path(name).stem) or "bank", 2
        target = f"{stem}{Path(name).suffix}"
        stems = {fold_name(Path(each).stem) for each in own}
        while fold_name(Path(target).stem) in stems:
            target = f"{stem}-{number}{Path(name).suffix}"
            number += 1
        write_atomic(arrival.folder / _BANKS / target, data)
        arrival.count(BANKS, "taken")


def _stage_stories(reader: ArchiveReader, places: Places, arrival: _Arrival) -> None:
    if STORIES_FILE not in reader.names:
        return
    try:
        staged = arrival.folder / _SETTINGS / places.stories.name
        for fate in stage_stories(reader.read(STORIES_FILE), places.stories, staged):
            arrival.count(STORIES, fate)
    except DamageError as error:
        arrival.damaged.append(error.message)


def _stage_settings(reader: ArchiveReader, places: Places, arrival: _Arrival) -> None:
    """Settings that were never chosen here are taken; the filler lists where there are none."""
    import tomlkit  # lazy: only for an import

    name = f"{SETTINGS}/settings.toml"
    if name in reader.names:
        try:
            staged = arrival.folder / _SETTINGS / "theirs.toml"
            write_atomic(staged, reader.read(name))
            load_settings(staged)
            staged_text = staged.read_text(encoding="utf-8-sig")
            theirs = tomllib.loads(staged_text)
            staged.unlink()
            here = places.settings_file
            mine = here.read_bytes().decode("utf-8-sig") if here.is_file() else ""
            known = tomllib.loads(mine)
            fresh = {k: v for k, v in theirs.items() if k not in known} if mine else theirs
            fresh = {key: value for key, value in fresh.items() if key not in OF_THIS_MACHINE}
            for key, value in theirs.items():
                is_same = key in known and known[key] == value
                fate: Fate = "taken" if key in fresh else "kept_yours"
                arrival.count(SETTINGS, "here_already" if is_same else fate)
            if fresh and mine:
                document = tomlkit.parse(mine)
                for key, value in fresh.items():
                    document[key] = value
                staged_text = keep_line_ends(tomlkit.dumps(document), mine)
            if fresh:
                target = arrival.folder / _SETTINGS / here.name
                write_atomic(target, staged_text.encode())
        except DamageError as error:
            arrival.damaged.append(error.message)
        except SettingsError as error:
            arrival.damaged.append(f"{name}: {error.message.partition(': ')[2]}")
    _stage_file(reader, f"{SETTINGS}/{LEXICON}", places.lexicon, arrival)
    for kind in LETTER_KINDS:
        template = own_template(places.letters, kind)
        _stage_file(reader, f"{LETTERS}/{template.name}", template, arrival)
    for name in sorted(reader.names):
        folder, _, file = name.rpartition("/")
        if folder == FORMATS and is_format_name(file):
            _stage_file(reader, name, places.formats / file, arrival)


def _stage_file(reader: ArchiveReader, name: str, here: Path, arrival: _Arrival) -> None:
    """A file of settings is taken where there is none."""
    if name not in reader.names:
        return
    try:
        data = reader.read(name)
        if not here.exists():
            target = arrival.folder / name
            private_folder(target.parent)
            write_atomic(target, data)
            arrival.count(SETTINGS, "taken")
        else:
            is_same = here.read_bytes() == data
            arrival.count(SETTINGS, "here_already" if is_same else "kept_yours")
    except DamageError as error:
        arrival.damaged.append(error.message)


def _place_files(workspace: Workspace, arrival: Path) -> None:
    """Give everything that waits its place; what has come there meanwhile stays.

    A folder that is gone was emptied by an import that was killed while it cleared up.
    """
    places = workspace.places
    for sound in sorted((arrival / _SOUND).glob("*")):
        known = workspace.library.records.find(Record("take", {"id": sound.stem}))
        if known is not None and known.row["audio"] == sound.name:
            move_sound(workspace.library.recordings, sound)
    for bank in sorted((arrival / _BANKS).glob("*")):
        target = private_folder(places.banks) / bank.name
        if not target.exists():
            write_atomic(target, bank.read_bytes())
    settings = arrival / _SETTINGS
    for staged in sorted(path for path in settings.rglob("*") if path.is_file()):
        target = places.config / staged.relative_to(settings)
        private_folder(target.parent)
        write_atomic(target, staged.read_bytes())
