"""Everything comes back from an export as it was; what is damaged or leads elsewhere does not."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice.base.errors import StorageError
from practice.base.paths import Places
from practice.base.settings import Settings, change_setting, load_settings
from practice.base.wall_time import WallTime
from practice.core import import_folder
from practice.core.archive import MANIFEST, UNFINISHED
from practice.core.export_folder import export_everything, plan_export
from practice.core.import_folder import (
    ARRIVING,
    describe_import,
    finish_imports,
    import_everything,
    preview_import,
)
from practice.core.recovery import tidy_up
from practice.core.workspace import Workspace
from practice.library.calibrations import SpeechSetup
from practice.library.guesses import Guess
from practice.library.interviews import (
    OUTCOMES,
    RATINGS,
    ROUNDS,
    Debrief,
    InterviewFacts,
    NotedQuestion,
    Outcome,
)
from practice.library.open_questions import VERDICTS
from practice.library.records import (
    KEPT_BACK,
    KINDS,
    MADE_ANEW,
    SCHEMA,
    covered_tables,
    list_tables,
)
from practice.library.takes import Correction, QuestionSnapshot, RecordingFacts, Take
from tests.support.clock import NOW, FakeClock

TODAY = NOW.date()


@contextmanager
def open_home(folder: Path) -> Iterator[Workspace]:
    places = Places(folder / "config", folder / "data", folder / "state", folder / "models")
    with Workspace(places, Settings(), FakeClock()) as workspace:
        yield workspace


OWN_PAGE = "what I wrote for myself alone"


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Callable[[str], Workspace]]:
    """Opens a home by its name."""
    with ExitStack() as opened:
        yield lambda name: opened.enter_context(open_home(tmp_path / name))


def keep_take(
    workspace: Workspace, question: str | None = "Why?", said: str = "so", sound: bytes = b"fLaC"
) -> Take:
    library = workspace.library
    session_id = library.begin_session("practice", "b")
    asked = None if question is None else QuestionSnapshot("why", "b", question, "Ana")
    take = library.begin_take(asked, session_id)
    audio = library.recordings / f"{take.id}.flac"
    audio.write_bytes(sound)
    library.save_recording(
        take.id,
        RecordingFacts(
            audio=audio, duration_s=9.5, sample_rate_hz=16_000, peak_dbfs=-3.0, clipped_s=0.0,
            overflows=0, device=said,
        ),
    )  # fmt: skip
    document = {"words": [{"text": said}], "model": "base", "judgement": {"ok": True}}
    library.save_transcript(take.id, document)
    take = library.save_review(take.id, document | {"measures": {"words": 1, "wpm": 120.5}})
    library.end_session(session_id)
    return take


def keep_everything(workspace: Workspace, text: str = "Zwetschge ‮ مرحبا\n2") -> Take:
    """Something of every kind, with an odd text in each."""
    library = workspace.library
    take = keep_take(workspace, text, text)
    marks = library.annotations
    marks.note(take.id, text)
    marks.star(take.id, True)
    marks.rate(take.id, 3)
    marks.correct(take.id, Correction("word", 0.0, 0.5, text))
    marks.mark_parts(take.id, {"task": 1.5})
    library.rehearsals.save_slides(take.id, [0.0, 4.5])
    facts = InterviewFacts(
        "Acme", text, "panel", text, WallTime(TODAY, time(14), "Europe/Berlin"), ("Ana", "Ben"),
        text, text, ("night",),
    )  # fmt: skip
    written = "stories:\n  # the best\n  - {id: night, title: 'The night shift'}\n"
    workspace.places.stories.parent.mkdir(parents=True, exist_ok=True)
    workspace.places.stories.write_text(written)
    library.tellings.mark(take, "night")
    library.tellings.say(take, "without")
    interview = library.interviews.add(facts, "Europe/Berlin")
    assert take.session_id is not None
    library.rehearsals.begin(take.session_id, "panel", interview.id)
    library.rehearsals.complete(take.session_id, is_rehearsal=True)
    debrief = Debrief(3, text, text, text, text, 40, text, NOW)
    library.interviews.save_debrief(interview.id, debrief)
    noted = NotedQuestion(text, "b", "why", "rough", text, text)
    library.interviews.save_asked(interview.id, noted)
    library.interviews.note_outcome(interview.id, Outcome("rejected", text, text, text, text))
    library.interviews.rest(TODAY + timedelta(days=2))
    opened = library.open_questions.open("b", "why", text, wish=text, interview_id=interview.id)
    library.open_questions.judge(opened.id, "well", TODAY, take.id)
    reply = {"question": text, "text": text}
    library.feedback.add([(take.id, text, {"replies": [reply], "comments": []})])
    library.guesses.keep(take.id, Guess("few", None, "partly"))
    library.own_pages.write(interview.id, OWN_PAGE)
    library.calibrations.save(SpeechSetup("Headset", "base", "en"), {"caught": 8})
    places = workspace.places
    places.banks.mkdir(parents=True, exist_ok=True)
    (places.banks / "mine.yaml").write_text("# my words\ntitle: Mine\nquestions: []\n")
    places.formats.mkdir(parents=True, exist_ok=True)
    (places.formats / "mine.yaml").write_text("# to my rules\ntitle: Mine\n")
    change_setting(places.settings_file, "minutes", "15")
    places.lexicon.write_text('[en]\n# "like" is no filler of mine\n')
    return take


def read_all(workspace: Workspace) -> dict[str, object]:
    """Everything that is kept, without the numbers that only one library knows."""
    places = workspace.places
    records = workspace.library.records
    found: dict[str, object] = {
        kind: sorted(repr((each.row, each.parts, each.documents)) for each in records.read(kind))
        for kind in KINDS
    }
    found["measures"] = [(take.id, take.measures) for take in workspace.library.takes()]
    for folder in (places.recordings, places.banks, places.formats):
        files = folder.iterdir() if folder.is_dir() else ()
        found[folder.name] = {path.name: path.read_bytes() for path in files}
    found["settings"] = load_settings(places.settings_file)
    found["lexicon"] = places.lexicon.read_bytes() if places.lexicon.exists() else b""
    found["stories"] = places.stories.read_bytes() if places.stories.exists() else b""
    found["tellings"] = workspace.library.tellings.all()
    return found


def test_every_table_is_exported_or_made_anew(homes: Callable[[str], Workspace]) -> None:
    tables = list_tables(homes("a").library._database)
    assert set(tables) == covered_tables() | MADE_ANEW | {
        table for parts in KEPT_BACK.values() for table in parts
    }


def test_everything_comes_back_as_it_was(homes: Callable[[str], Workspace], tmp_path: Path) -> None:
    here, there = homes("here"), homes("there")
    take = keep_everything(here)
    export = export_everything(here, tmp_path / "export")
    assert export.counts == {
        "takes": 1, "interviews": 1, "sessions": 1, "open_questions": 1, "calibrations": 1,
        "rest": 1, "banks": 1, "stories": 1,
    }  # fmt: skip
    done = import_everything(there, tmp_path / "export")
    assert read_all(there) == read_all(here)
    assert there.library.check() == []
    assert [each.id for each in there.library.takes(containing="zwetschge")] == [take.id]
    assert all(each["taken"] for each in done.counts.values())
    assert done.damaged == ()
    assert "Zwetschge" in (tmp_path / "export" / "open_questions.json").read_text()
    assert not list((tmp_path / "there" / "data").glob(f"{ARRIVING}*"))


texts = st.text(st.characters(), max_size=12) | st.sampled_from(["", "\n", "‮abc", "مرحبا", "=1"])
noted_questions = st.builds(
    NotedQuestion, texts, st.none() | texts, st.none() | texts, st.sampled_from([None, *RATINGS]),
    texts, texts,
)  # fmt: skip
debriefs = st.builds(
    Debrief, st.none() | st.integers(1, 5), texts, texts, texts, texts,
    st.none() | st.integers(0, 900), texts, st.sampled_from([None, NOW]),
)  # fmt: skip
whens = st.none() | st.builds(
    WallTime, st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.none() | st.just(time(9, 30)),
    st.sampled_from(["UTC", "Asia/Tokyo"]),
)  # fmt: skip
facts = st.builds(
    InterviewFacts, st.sampled_from(["Acme", "Ö & Söhne"]), texts, st.sampled_from(ROUNDS), texts,
    whens, st.lists(texts, max_size=2).map(tuple), texts, texts,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_libraries_with_odd_texts_come_back_as_they_were(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, ExitStack() as opened:
        here = opened.enter_context(open_home(Path(folder) / "here"))
        there = opened.enter_context(open_home(Path(folder) / "there"))
        library = here.library
        for _ in range(data.draw(st.integers(0, 3))):
            asked = data.draw(st.none() | texts)
            take = keep_take(here, asked, data.draw(texts), data.draw(st.binary(max_size=9)))
            library.annotations.note(take.id, data.draw(texts))
            for text in data.draw(st.lists(st.none() | texts, max_size=2)):
                library.annotations.correct(take.id, Correction("word", 0.0, 0.5, text))
        for _ in range(data.draw(st.integers(0, 2))):
            interview = library.interviews.add(data.draw(facts), "UTC")
            if data.draw(st.booleans()):
                library.interviews.save_debrief(interview.id, data.draw(debriefs))
                for noted in data.draw(st.lists(noted_questions, max_size=3)):
                    library.interviews.save_asked(interview.id, noted)
            if data.draw(st.booleans()):
                outcome = Outcome(data.draw(st.sampled_from(OUTCOMES)), *(data.draw(texts),) * 4)
                library.interviews.note_outcome(interview.id, outcome)
            question = data.draw(texts)
            opened_one = library.open_questions.open(
                None, question, question, interview_id=interview.id
            )
            for days in data.draw(st.lists(st.integers(0, 4), max_size=3)):
                verdict = data.draw(st.sampled_from(VERDICTS))
                day = TODAY + timedelta(days=days)
                library.open_questions.judge(opened_one.id, verdict, day)
        export_everything(here, Path(folder) / "export")
        import_everything(there, Path(folder) / "export")
        assert read_all(there) == read_all(here)
        import_everything(there, Path(folder) / "export")
        assert read_all(there) == read_all(here)


def test_a_home_that_has_things_already_gets_what_it_lacks(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    here, there = homes("here"), homes("there")
    take = keep_everything(here)
    export_everything(here, tmp_path / "first")
    import_everything(there, tmp_path / "first")
    there.library.annotations.note(take.id, "mine")
    own = keep_take(there, "Why?")
    (there.places.banks / "mine.yaml").write_text("title: Other\nquestions: []\n")
    new = keep_take(here, "Why?")
    export_everything(here, tmp_path / "second")
    done = import_everything(there, tmp_path / "second")
    assert done.counts["takes"] == {"taken": 1, "here_already": 0, "kept_yours": 1}
    assert done.counts["interviews"] == {"taken": 0, "here_already": 1, "kept_yours": 0}
    assert there.library.take(take.id).notes == "mine"
    assert {each.id for each in there.library.takes()} == {take.id, own.id, new.id}
    # No two takes of a question have the same number.
    assert sorted(each.number for each in there.library.takes()) == [1, 2, 3]
    banks = {path.name: path.read_text() for path in there.places.banks.iterdir()}
    assert set(banks) == {"mine.yaml", "mine-2.yaml"}
    assert banks["mine.yaml"].startswith("title: Other")
    again = import_everything(there, tmp_path / "second")
    assert all(each["taken"] == 0 for each in again.counts.values())
    assert len(list(there.places.banks.iterdir())) == 2


def test_stories_that_are_missing_are_added_and_yours_stay(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    here, there = homes("here"), homes("there")
    for workspace in (here, there):
        workspace.places.stories.parent.mkdir(parents=True, exist_ok=True)
    here.places.stories.write_text(
        "stories:\n  - {id: a, title: Theirs}\n  - {id: b, title: Same}\n  - title: New\n"
    )
    mine = "# mine\nstories:\n  - {id: a, title: Mine}  # stays\n  - {id: b, title: Same}\n"
    there.places.stories.write_text(mine)
    export_everything(here, tmp_path / "export")
    done = import_everything(there, tmp_path / "export")
    assert done.counts["stories"] == {"taken": 1, "here_already": 1, "kept_yours": 1}
    assert there.places.stories.read_text().startswith(mine)
    assert [story.title for story in there.stories.all()] == ["Mine", "Same", "New"]
    # What is being edited here and cannot be read is not touched, and that is said.
    there.places.stories.write_text("stories: [")
    with pytest.raises(StorageError, match="practice stories check"):
        import_everything(there, tmp_path / "export")
    assert there.places.stories.read_text() == "stories: ["


def test_settings_of_this_machine_stay_behind_and_yours_are_kept(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    here, there = homes("here"), homes("there")
    for key, value in (("microphone", "Headset"), ("model", "/models/mine"), ("target_s", "90")):
        change_setting(here.places.settings_file, key, value)
    change_setting(here.places.settings_file, "minutes", "15")
    change_setting(there.places.settings_file, "minutes", "5")
    export_everything(here, tmp_path / "export")
    import_everything(there, tmp_path / "export")
    kept = load_settings(there.places.settings_file)
    assert (kept.minutes, kept.target_s, kept.microphone) == (5, 90, "")
    assert kept.model == Settings().model


@pytest.fixture
def export(homes: Callable[[str], Workspace], tmp_path: Path) -> Path:
    here = homes("here")
    keep_everything(here)
    return export_everything(here, tmp_path / "export").folder


def refuse(there: Workspace, export: Path, said: str) -> None:
    """Import, and see that it is refused with these words and that nothing was changed."""
    before = read_all(there)
    with pytest.raises(StorageError, match=said):
        import_everything(there, export)
    assert read_all(there) == before
    assert not list(there.places.data.glob(f"{ARRIVING}*"))


def rewrite(export: Path, name: str, change: Callable[[str], str]) -> None:
    """Change a file and let the manifest agree, as somebody with bad intentions would."""
    path = export / name
    data = change(path.read_text()).encode()
    path.write_bytes(data)
    manifest = json.loads((export / MANIFEST).read_text())
    manifest["files"][name] = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    (export / MANIFEST).write_text(json.dumps(manifest))


KINDS_OF_FILE = ["takes/*/*.flac", "takes/*/review.json", "interviews/*.json", "sessions.json",
                 "banks/mine.yaml", "settings/settings.toml", "settings/lexicon.toml"]  # fmt: skip


@pytest.mark.parametrize("pattern", KINDS_OF_FILE)
@pytest.mark.parametrize("damage", ["cut off", "changed", "missing"])
def test_a_damaged_export_is_refused_or_taken_as_far_as_it_is_whole(
    homes: Callable[[str], Workspace], export: Path, pattern: str, damage: str
) -> None:
    there = homes("there")
    (path,) = export.glob(pattern)
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if damage == "cut off" else b"~" + data[1:])
    refuse(there, export, path.name.replace(".", r"\."))
    done = import_everything(there, export, skip_damaged=True)
    assert len(done.damaged) == 1
    assert path.name in done.damaged[0]
    assert there.library.check() == []
    assert len(there.library.takes()) == (0 if pattern.startswith("takes") else 1)
    assert len(there.library.interviews.all()) == (0 if pattern.startswith("inter") else 1)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("interviews/*.json", '"day": "', '"day": "x'),
        ("interviews/*.json", "Europe/Berlin", "Europe/Nowhere"),
        ("interviews/*.json", '"round": "panel"', '"round": "tea"'),
        ("interviews/*.json", '"felt": 3', '"felt": 9'),
        ("interviews/*.json", '"felt": 3', '"felt": [3]'),
        ("open_questions.json", '"opened_at": "', '"opened_at": "x'),
        ("open_questions.json", '"verdict": "well"', '"verdict": "bad"'),
        ("takes/*/take.json", '"recorded_at": "', '"recorded_at": "x'),
        ("takes/*/take.json", '"state": "reviewed"', '"state": "recording"'),
        ("takes/*/take.json", '"number": 1', '"number": 99999999999999999999999'),
        ("takes/*/take.json", '"duration_s": 9.5', '"duration_s": NaN'),
        ("takes/*/take.json", '"audio": "', '"audio": "../../'),
        ("takes/*/take.json", '"audio": "', '"audio": "/etc/'),
        ("rest.json", '"until": "', '"until": "x'),
        ("calibrations.json", '\\"caught\\"', "caught"),
        ("sessions.json", '"id": "', '"id": "../'),
        ("settings/settings.toml", "minutes = 15", "minutes = 9999"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(
    homes: Callable[[str], Workspace], export: Path, name: str, old: str, new: str
) -> None:
    there = homes("there")
    (path,) = export.glob(name)
    relative = str(path.relative_to(export))
    assert old in path.read_text()
    rewrite(export, relative, lambda text: text.replace(old, new))
    refuse(there, export, path.name.replace(".", r"\."))
    assert import_everything(there, export, skip_damaged=True).damaged
    assert there.library.check() == []


@pytest.mark.parametrize("version", ["version", "schema"])
def test_a_newer_export_is_refused_in_words(
    homes: Callable[[str], Workspace], export: Path, version: str
) -> None:
    manifest = json.loads((export / MANIFEST).read_text())
    assert manifest["schema"] == SCHEMA
    (export / MANIFEST).write_text(json.dumps(manifest | {version: 99}))
    refuse(homes("there"), export, "made by a newer practice")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "banks/../../x", "banks\\x", ""])
def test_a_path_that_leaves_the_folder_is_refused(
    homes: Callable[[str], Workspace], export: Path, name: str
) -> None:
    manifest = json.loads((export / MANIFEST).read_text())
    manifest["files"][name] = {"bytes": 1, "sha256": ""}
    (export / MANIFEST).write_text(json.dumps(manifest))
    refuse(homes("there"), export, "outside its folder")


@pytest.mark.parametrize("pattern", ["banks/mine.yaml", "takes/*/*.flac", "banks", MANIFEST])
def test_a_link_is_refused(
    homes: Callable[[str], Workspace], export: Path, tmp_path: Path, pattern: str
) -> None:
    (path,) = export.glob(pattern)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    refuse(homes("there"), export, "link")


@pytest.mark.posix
def test_a_pipe_in_an_export_makes_nobody_wait(
    homes: Callable[[str], Workspace], export: Path
) -> None:
    (export / "banks" / "mine.yaml").unlink()
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
    os.mkfifo(export / "banks" / "mine.yaml")
    refuse(homes("there"), export, r"mine\.yaml")


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"format": "zip"}', "[" * 100_000])
def test_a_manifest_that_is_none_is_refused(
    homes: Callable[[str], Workspace], export: Path, manifest: str
) -> None:
    (export / MANIFEST).write_text(manifest)
    refuse(homes("there"), export, "manifest|damaged")


def test_a_folder_that_is_no_export_or_was_not_finished_is_said(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    refuse(homes("there"), tmp_path / "nothing", "there is no folder")
    (tmp_path / "empty" / UNFINISHED).mkdir(parents=True)
    refuse(homes("there"), tmp_path / "empty", "was not finished")
    done = export_everything(homes("there"), tmp_path / "empty")
    assert (done.folder / MANIFEST).exists()
    assert not (done.folder / UNFINISHED).exists()


def test_an_export_overwrites_nothing(homes: Callable[[str], Workspace], tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    with pytest.raises(StorageError, match="not empty"):
        export_everything(homes("here"), tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_an_export_is_private(export: Path) -> None:
    for path in (export, *export.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


class KilledError(BaseException):
    """Stands for a kill: nothing that would tidy up after an error may run."""


def test_an_import_killed_before_its_rows_are_there_leaves_the_old_state(
    homes: Callable[[str], Workspace], export: Path, tmp_path: Path
) -> None:
    there = homes("there")
    before = read_all(there)
    waiting = there.places.data / f"{ARRIVING}1"
    for name in ("sound", "banks", "settings"):
        (waiting / name).mkdir(parents=True)
    (sound,) = export.glob("takes/*/*.flac")
    (waiting / "sound" / sound.name).write_bytes(sound.read_bytes())
    (waiting / "banks" / "new.yaml").write_text("title: New\nquestions: []\n")
    # It had all its files, and was killed before the end of the transaction.
    (waiting / "ready.json").write_text(json.dumps(["take", sound.stem]))
    tidy_up(there)
    assert read_all(there) == before
    assert not waiting.exists()


def test_an_import_killed_after_its_rows_are_there_is_finished_at_the_next_start(
    homes: Callable[[str], Workspace],
    export: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, there = homes("here"), homes("there")

    def die(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(import_folder, "_place_files", die)
        with pytest.raises(KilledError):
            import_everything(there, export)
    assert there.library.check() != []  # the sound still waits
    tidy_up(there)
    assert read_all(there) == read_all(here)
    assert there.library.check() == []


def test_the_rows_of_an_import_are_all_taken_back_where_the_last_one_cannot_be_written(
    homes: Callable[[str], Workspace], export: Path
) -> None:
    there = homes("there")
    before = read_all(there)
    (record,) = homes("here").library.records.read("session")
    wrong = replace(record, row=record.row | {"began_at": None})

    def add_both() -> None:
        with there.library.records.adding() as add:
            add(record)
            add(wrong)

    with pytest.raises(StorageError, match="makes no sense"):
        add_both()
    assert read_all(there) == before


def test_an_import_that_was_killed_while_it_cleared_up_is_finished(tmp_path: Path) -> None:
    with open_home(tmp_path / "home") as workspace:
        arriving = workspace.places.recordings.resolve().parent / "arriving-1"
        arriving.mkdir(parents=True)
        (arriving / "ready.json").write_text("null")
        finish_imports(workspace)
        assert not arriving.exists()


def test_a_preview_says_what_an_import_then_does_and_changes_nothing(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    here, there = homes("here"), homes("there")
    keep_everything(here)
    planned = plan_export(here, tmp_path / "export")
    assert not (tmp_path / "export").exists()
    done = export_everything(here, tmp_path / "export")
    assert planned.counts == done.counts
    assert (planned.sound_bytes, planned.pages) == (4, 1)
    before = read_all(there)
    preview = preview_import(there, tmp_path / "export")
    assert read_all(there) == before
    assert not list(there.places.recordings.parent.glob("arriving-*"))
    assert import_everything(there, tmp_path / "export") == preview
    assert describe_import(preview, is_preview=True)[0].startswith("to be added: 1 take, 1 interv")
    again = preview_import(there, tmp_path / "export")
    assert sum(each["taken"] for each in again.counts.values()) == 0


def test_a_preview_names_a_sound_that_is_cut_off(export: Path, tmp_path: Path) -> None:
    (sound,) = export.glob("takes/*/*.flac")
    sound.write_bytes(b"fL")
    with open_home(tmp_path / "there") as there:
        (said,) = preview_import(there, export).damaged
    assert sound.name in said
    assert "2 bytes instead of 4" in said


def test_a_folder_that_will_not_do_is_refused_before_anything_is_counted(
    homes: Callable[[str], Workspace], tmp_path: Path
) -> None:
    here = homes("here")
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    with pytest.raises(StorageError, match=r"notes\.txt is a file"):
        plan_export(here, file)
    with pytest.raises(StorageError, match="is not empty"):
        plan_export(here, tmp_path)
    with pytest.raises(StorageError, match="among the recordings"):
        plan_export(here, here.places.recordings / "export")
