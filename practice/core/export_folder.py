"""Everything of a workspace, written as one folder of plain files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from practice import __version__
from practice.base.clock import iso_utc
from practice.base.errors import StorageError
from practice.base.paths import Places, show_path
from practice.core.archive import ArchiveWriter, check_target
from practice.core.stories_transfer import STORIES_FILE
from practice.core.workspace import Workspace
from practice.letters.facts import LETTER_KINDS
from practice.letters.rendering import own_template
from practice.library.records import Record, RecordKind
from practice.questions.catalogue import EXTENSIONS
from practice.questions.formats.store import list_formats_in
from practice.reports import table

README = """\
Everything that practice keeps for you, as it was on {day}.

  takes/ID/            one folder for each take
      take.json        when, which question, star, rating, notes, corrections, parts
      ID.flac          the sound
      transcript.json  what the speech model heard
      review.json      the review, as `practice takes show ID --json` prints it
  takes.csv            a line for each take with its numbers, to look at in a spreadsheet
  sessions.json        your sessions
  interviews/ID.json   an interview, its debrief, what was asked, how it ended{page}
  open_questions.json  questions that are open or closed, and the days on which you judged them
  calibrations.json    how many fillers each microphone and model were found to catch
  rest.json            until when nothing is due
  banks/               your own question banks
  stories.yaml         your stories
  settings/            your settings, filler lists, session formats and templates of letters,
                       without paths and devices of this machine
  manifest.json        every file with its size and SHA-256

All texts are UTF-8. `practice import FOLDER` takes everything back, on this machine or another; it
adds what is missing and changes nothing that is there. Whoever has this folder can read and hear it
all: keep it where nobody else looks.
"""
BANKS, SETTINGS = "banks", "settings"
LEXICON, LETTERS = "lexicon.toml", f"{SETTINGS}/letters"
FORMATS = f"{SETTINGS}/formats"
LIST_FILES: dict[RecordKind, str] = {
    "session": "sessions.json",
    "open_question": "open_questions.json",
    "calibration": "calibrations.json",
    "rest": "rest.json",
}
"""The records that stand in one file together."""
OF_THIS_MACHINE = {"microphone"}
"""Settings that make no sense elsewhere."""

_WORDS = {
    "takes": ("take", "takes"),
    "interviews": ("interview", "interviews"),
    "sessions": ("session", "sessions"),
    "open_questions": ("open question", "open questions"),
    "calibrations": ("check of a microphone", "checks of microphones"),
    "rest": ("rest", "rests"),
    "banks": ("bank", "banks"),
    "stories": ("story", "stories"),
    "settings": ("setting", "settings"),
}
ProgressCallback = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an export would hold."""

    counts: dict[str, int]
    """How many of each there are."""
    sound_bytes: int
    """What the sounds of the takes take up; the rest is small beside them."""
    pages: int
    """How many pages somebody wrote for themselves."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export holds."""

    folder: Path
    counts: dict[str, int]
    """How many of each there are."""
    files: int
    bytes: int
    left_out: tuple[str, ...]
    """What is not in it, in sentences."""


def plan_export(workspace: Workspace, folder: Path) -> ExportPlan:
    """What would be written into a folder; nothing is.

    Raises:
        StorageError: The folder will not do, or the library cannot be read.
    """
    _check_folder(workspace, folder)
    records = workspace.library.records
    counts = {"takes": records.count("take"), "interviews": records.count("interview")}
    counts |= {name.removesuffix(".json"): records.count(kind) for kind, name in LIST_FILES.items()}
    counts["banks"] = len(_list_banks(workspace.places))
    counts["stories"] = _count_stories(workspace)
    sounds = (take.audio for take in workspace.library.takes())
    sizes = [sound.stat().st_size for sound in sounds if sound is not None and sound.is_file()]
    return ExportPlan(counts, sum(sizes), records.count_pages())


def name_counts(counts: Mapping[str, int]) -> str:
    """How many there are of each, in words: `3 takes, 1 interview`; empty for none at all."""
    named = ((counts.get(what, 0), words) for what, words in _WORDS.items())
    return ", ".join(f"{number:,} {words[number != 1]}" for number, words in named if number)


def export_everything(
    workspace: Workspace,
    folder: Path,
    progress: ProgressCallback | None = None,
    *,
    with_pages: bool = False,
) -> ExportResult:
    """Write everything into a folder; where it fails nothing of it stays.

    Args:
        workspace: Whose.
        folder: A new or an empty one.
        progress: Called with how much is done, 0 to 1.
        with_pages: Whether the pages are in it that somebody wrote for themselves.

    Raises:
        StorageError: The folder is not empty, or the disk refused.
    """
    _check_folder(workspace, folder)
    library = workspace.library  # opened before anything is written
    writer = ArchiveWriter(folder)
    try:
        takes = library.takes()
        counts, left_out = {"takes": 0}, list[str]()
        being_recorded = sum(take.state == "recording" for take in takes)
        if being_recorded:
            left_out.append(f"{being_recorded} being recorded just now")
        for record in library.records.read("take"):
            _write_take(writer, record, workspace.places.recordings, left_out)
            counts["takes"] += 1
            if progress is not None:
                progress(min(counts["takes"] / len(takes), 1.0))
        writer.write("takes.csv", table.render_takes(takes).encode())
        counts["interviews"] = 0
        for record in library.records.read("interview", with_pages=with_pages):
            writer.write_json(f"interviews/{record.row['id']}.json", describe_record(record))
            counts["interviews"] += 1
        if not with_pages and (pages := library.records.count_pages()):
            what = "1 page" if pages == 1 else f"{pages} pages"
            left_out.append(f"{what} that you wrote for yourself; --with-pages puts them in")
        for kind, name in LIST_FILES.items():
            found = [describe_record(record) for record in library.records.read(kind)]
            counts[name.removesuffix(".json")] = len(found)
            writer.write_json(name, found)
        counts["banks"] = _write_banks(writer, workspace.places)
        counts["stories"] = _write_stories(writer, workspace)
        _write_settings(writer, workspace.places)
        now = workspace.clock.now()
        writer.write(
            "README.txt",
            README.format(
                day=f"{now:%Y-%m-%d}", page=", your page about it" if with_pages else ""
            ).encode(),
        )
        manifest = writer.finish(iso_utc(now), f"practice {__version__}")
    except BaseException:
        writer.abandon()
        raise
    size = sum(facts.bytes for facts in manifest.files.values())
    return ExportResult(folder, counts, len(manifest.files), size, tuple(left_out))


def describe_record(record: Record) -> dict[str, object]:
    """A record as JSON has it; its documents have files of their own."""
    return {record.kind: record.row} | {name: list(rows) for name, rows in record.parts.items()}


def _check_folder(workspace: Workspace, folder: Path) -> None:
    check_target(folder)
    if folder.resolve().is_relative_to(workspace.places.recordings.resolve()):
        raise StorageError("an export cannot lie among the recordings", "name another folder")


def _write_take(
    writer: ArchiveWriter, record: Record, recordings: Path, left_out: list[str]
) -> None:
    take_id = record.row["id"]
    place = f"takes/{take_id}"
    if record.row["audio"] is not None:
        sound = recordings / record.row["audio"]
        if sound.is_file() and not sound.is_symlink():
            writer.copy(f"{place}/{sound.name}", sound)
        else:
            left_out.append(f"the sound of take {take_id}: it is missing here")
            record.row["audio"] = None
    for name, document in record.documents.items():
        writer.write_json(f"{place}/{name}.json", document)
    writer.write_json(f"{place}/take.json", describe_record(record))


def _write_banks(writer: ArchiveWriter, places: Places) -> int:
    """The user's own banks, byte by byte: their comments and order are a part of them."""
    found = _list_banks(places)
    for path in found:
        # A bank may be a link to a file elsewhere; what it says is what counts.
        writer.copy(f"{BANKS}/{path.name}", path.resolve())
    return len(found)


def _write_stories(writer: ArchiveWriter, workspace: Workspace) -> int:
    """The user's stories, byte by byte, also where the file has problems."""
    path = workspace.places.stories
    if not path.is_file():
        return 0
    writer.copy(STORIES_FILE, path.resolve())
    return _count_stories(workspace)


def _count_stories(workspace: Workspace) -> int:
    checked = workspace.stories.check()
    return len(checked.whole.stories) if checked.whole else 0


def _list_banks(places: Places) -> list[Path]:
    try:
        found = sorted(places.banks.iterdir()) if places.banks.is_dir() else []
    except OSError as error:
        raise StorageError(f"cannot read {show_path(places.banks)}: {error.strerror}") from error
    return [
        path
        for path in found
        if path.suffix in EXTENSIONS and not path.name.startswith(".") and path.is_file()
    ]


def _write_settings(writer: ArchiveWriter, places: Places) -> None:
    import tomlkit  # lazy: only for an export

    if places.settings_file.is_file():
        document = tomlkit.parse(places.settings_file.read_text(encoding="utf-8-sig"))
        for key in OF_THIS_MACHINE & set(document):
            del document[key]
        # A model may be named by a folder of this machine.
        if "/" in str(document.get("model", "")) or "\\" in str(document.get("model", "")):
            del document["model"]
        writer.write(f"{SETTINGS}/settings.toml", tomlkit.dumps(document).encode())
    if places.lexicon.is_file():
        writer.copy(f"{SETTINGS}/{LEXICON}", places.lexicon.resolve())
    for kind in LETTER_KINDS:
        template = own_template(places.letters, kind)
        if template.is_file():
            writer.copy(f"{LETTERS}/{template.name}", template.resolve())
    for path in list_formats_in(places.formats):
        writer.copy(f"{FORMATS}/{path.name}", path.resolve())
