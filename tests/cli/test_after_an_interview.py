"""A page for yourself, letters, and what is there after a rejection, on the command line."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.library.library import Library
from tests.support.cli import CommandResult, finish, run, start
from tests.support.clock import FakeClock

pytestmark = pytest.mark.usefixtures("home")

TODAY = datetime.now(UTC).date()
SECRET = "Zwetschgenkuchen"


@pytest.fixture(autouse=True)
def in_one_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def acme() -> str:
    """The id of an interview of yesterday."""
    day = TODAY - timedelta(days=1)
    done = run("interviews", "add", "Acme", "--when", f"{day} 10:00", "--role", "Cook", "--json")
    assert done.code == 0, done.err
    return str(done.document["interview"]["id"])


def write_editor(folder: Path, script: str) -> str:
    """An editor that does what `script` says with the file `$1`; what `EDITOR` is set to."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def page(*options: str, typed: str | None = None) -> CommandResult:
    return finish(start("interviews", "page", "acme", *options), typed)


def read_page(interview_id: str) -> str:
    with Library(places().database, places().recordings, FakeClock()) as library:
        return library.own_pages.read(interview_id)


def list_files_with(word: str) -> list[Path]:
    files = [path for path in places().data.parent.rglob("*") if path.is_file()]
    return [path for path in files if word.encode() in path.read_bytes()]


def test_a_page_is_written_in_lines_printed_and_gone_for_good(acme: str) -> None:
    assert "nothing is on it yet" in page().err
    assert page("--from", "-", typed=f"one\r\n{SECRET} \x1b[2J日本").code == 0
    assert page("--from", "-", typed="two\n").code == 0
    assert page().out == f"one\n{SECRET} �[2J日本\ntwo\n"
    assert page("--json").document["page"] == f"one\n{SECRET} �[2J日本\ntwo\n"
    assert finish(start("interviews", "page", "acme", "--delete"), "n\n").code != 0
    assert list_files_with(SECRET)
    done = page("--delete", "--yes", "--json")
    assert done.document == {"schema": 1, "interview": acme, "page": ""}
    assert list_files_with(SECRET) == []


def test_a_page_goes_with_its_interview(acme: str) -> None:
    page("--from", "-", typed=SECRET)
    assert list_files_with(SECRET)
    assert run("interviews", "delete", "acme", "--yes").code == 0
    assert list_files_with(SECRET) == []


def test_no_other_command_shows_what_is_on_the_page(acme: str, tmp_path: Path) -> None:
    page("--from", "-", typed=SECRET)
    run("interviews", "debrief", "acme", "--felt", "3", "--asked", "r: Why us?")
    for arguments in (
        ("interviews", "show", "acme"), ("interviews", "show", "acme", "--json"),
        ("interviews", "list", "--json"), ("interviews", "report"), ("search", SECRET),
        ("search", SECRET, "--json"), ("due", "--json"), ("open", "list"), ("doctor",),
        ("interviews", "letter", "acme", "packet"), ("interviews", "outcome", "acme", "rejected"),
        ("export", str(tmp_path / "export")),
    ):  # fmt: skip
        done = run(*arguments)
        assert SECRET not in done.out.replace(f"search {SECRET}", ""), arguments
    assert "1 page that you wrote for yourself; --with-pages puts them in" in done.err
    log = places().log
    assert not log.exists() or SECRET not in log.read_text(errors="replace")
    exported = [path for path in (tmp_path / "export").rglob("*") if path.is_file()]
    assert not [path for path in exported if SECRET.encode() in path.read_bytes()]
    assert run("export", str(tmp_path / "pages"), "--with-pages").code == 0
    assert SECRET in (tmp_path / "pages" / "interviews" / f"{acme}.json").read_text("utf-8")


def test_a_file_is_added_below_what_is_there(acme: str, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes("\ufeffGrüße\r\n".encode())
    page("--from", "-", typed="first")
    assert page("--from", str(file)).code == 0
    assert read_page(acme) == "first\nGrüße\n"


def test_a_file_in_another_encoding_is_added_and_a_damaged_one_is_not(
    acme: str, tmp_path: Path
) -> None:
    file = tmp_path / "note.txt"
    french = "J'ai été déçu, et ça ira mieux après l'été. Déjà demain, peut-être, à la même heure."
    for encoding in ("cp1252", "utf-16"):
        file.write_bytes(french.encode(encoding))
        assert page("--from", str(file)).code == 0
    kept = f"{french}\n{french}"
    assert read_page(acme).rstrip("\n") == kept
    for damaged in ("\ufeffGrüße".encode() + b"\xff\n", bytes(range(256)) * 9, b" \n"):
        file.write_bytes(damaged)
        assert page("--from", str(file)).code == 2
    assert read_page(acme).rstrip("\n") == kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--edit", "--delete"), "do not go together"),
        (("--from", "missing.txt"), "there is no file missing.txt"),
        (("--from", "."), ". is a folder"),
        (("--from", "large.txt"), "larger than 200 kB"),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(
    acme: str,
    tmp_path: Path,
    arguments: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    (tmp_path / "large.txt").write_text("x" * 300_000)
    done = page(*arguments)
    assert done.code != 0
    assert said in done.err
    assert read_page(acme) == ""


def test_a_line_that_was_typed_survives_a_kill(acme: str) -> None:
    process = start("interviews", "page", "acme", "--from", "-")
    assert process.stdin is not None
    process.stdin.write(f"{SECRET}\n")
    process.stdin.flush()
    while not read_page(acme):
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert read_page(acme) == f"{SECRET}\n"


@pytest.mark.posix
def test_what_an_editor_saved_survives_a_kill_and_leaves_no_file(
    acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = tmp_path / "waiting"
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
    os.mkfifo(waiting)
    editor = write_editor(tmp_path, f'echo {SECRET} >> "$1"; cat {waiting}; echo end >> "$1"')
    monkeypatch.setenv("VISUAL", editor)
    process = start("interviews", "page", "acme", "--edit")
    while not read_page(acme):
        assert process.poll() is None
    process.kill()
    with waiting.open("w"):
        pass
    process.communicate()
    assert read_page(acme) == f"{SECRET}\n"
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, 'echo more >> "$1"'))
    assert page("--edit").code == 0
    assert read_page(acme) == f"{SECRET}\nmore\n"
    assert page("--delete", "--yes").code == 0
    assert list_files_with(SECRET) == []


def test_an_editor_that_fails_keeps_what_it_saved(
    acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, 'echo saved > "$1"; exit 3'))
    done = page("--edit")
    assert done.code == 1
    assert "ended with code 3" in done.err
    assert "the page is as the editor left it" in done.err
    assert read_page(acme) == "saved\n"


def test_a_letter_is_printed_written_and_edited(
    acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("interviews", "debrief", "acme", "--asked", "r: Why {{ us }}?")
    done = run("interviews", "letter", "acme", "feedback")
    assert "When you asked me “Why {{ us }}?”, what was missing from my answer?" in done.out
    file = tmp_path / "letter.txt"
    done = run("interviews", "letter", "acme", "thanks", "-o", str(file), "--json")
    letter = done.document["letter"]
    assert letter["path"] == str(file)
    assert letter["text"] == file.read_text("utf-8")
    assert "nothing is sent" in done.err
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, 'echo mine >> "$1"'))
    done = run("interviews", "letter", "acme", "thanks", "-o", str(file), "--edit", "--json")
    assert done.document["letter"]["text"].endswith("Kind regards,\nmine\n")
    # What was edited is opened again as it is.
    run("interviews", "letter", "acme", "thanks", "-o", str(file), "--edit")
    assert file.read_text("utf-8").endswith("Kind regards,\nmine\nmine\n")
    run("interviews", "letter", "acme", "packet", "--edit")
    assert (places().exports / "packet-acme.txt").read_text("utf-8").endswith("mine\n")
    assert run("interviews", "letter", "acme", "spam").code == 2


def test_a_letter_goes_to_standard_output_for_a_dash(
    acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("interviews", "letter", "acme", "thanks", "-o", "-")
    assert done.out == run("interviews", "letter", "acme", "thanks").out
    assert list(tmp_path.glob("-")) == []
    done = run("interviews", "letter", "acme", "thanks", "-o", "-", "--edit")
    assert done.code == 2
    assert "--edit needs a file" in done.err


def test_an_editor_that_changes_nothing_leaves_no_copy(
    acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, "exit 0"))
    assert run("interviews", "templates", "thanks", "--edit").code == 0
    assert list(places().letters.glob("*")) == []
    shipped = run("banks", "list", "--json").document["banks"][0]["name"]
    done = run("banks", "edit", shipped)
    assert done.code == 0
    assert "nothing was changed" in done.err
    assert list(places().banks.glob("*")) == []
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, "exit 3"))
    done = run("banks", "edit", shipped)
    assert (done.code, list(places().banks.glob("*"))) == (1, [])
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, 'echo "# mine" >> "$1"'))
    assert "saved, no problems" in run("banks", "edit", shipped).err
    assert [path.stem for path in places().banks.glob("*.yaml")] == [shipped]


def test_templates_are_listed_made_ones_own_and_checked(
    acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = run("interviews", "templates", "--json").document
    assert [each["is_own"] for each in document["templates"]] == [False] * 3
    assert "company" in document["facts"]
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, 'echo "Hello {{ company }}" > "$1"'))
    assert run("interviews", "templates", "thanks", "--edit").code == 0
    assert run("interviews", "letter", "acme", "thanks").out == "Hello Acme\n"
    monkeypatch.setenv("VISUAL", write_editor(tmp_path, 'echo "Hello {{ compny }}" > "$1"'))
    done = run("interviews", "templates", "thanks", "--edit")
    assert done.code == 1
    assert "line 1: there is no fact 'compny'; did you mean 'company'?" in done.err
    done = run("interviews", "letter", "acme", "thanks", "--json")
    assert done.code == 1
    assert done.document["error"]["code"] == "letter"
    assert run("interviews", "letter", "acme", "feedback").code == 0
    assert "say which" in run("interviews", "templates", "--edit").err


def test_a_rejection_says_what_is_there_and_asks_for_nothing(acme: str) -> None:
    done = run("interviews", "outcome", "acme", "rejected", "--guess", "my age")
    assert "There is nothing you have to do today." in done.err
    for offer in (
        f"outcome {acme} rejected --rest 2", f"page {acme} --edit", f"letter {acme} feedback",
        f"show {acme}",
    ):  # fmt: skip
        assert f"practice interviews {offer}" in done.err
    done = run("interviews", "outcome", "acme", "rejected", "--rest", "2", "--json")
    noted = done.document["outcome"]
    assert noted["look_from"] == str(TODAY + timedelta(days=2))
    assert noted["guess"] == "my age"
    done = run("interviews", "outcome", "acme", "offer")
    assert "nothing you have to do" not in done.err
    assert (
        run("interviews", "outcome", "acme", "offer", "--json").document["outcome"]["look_from"]
        is None
    )
