"""The reference and the tables of the guide say what the code does."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click
import msgspec
import pytest
import soundfile

from practice import demo
from practice.cli.main import COMMANDS, cli
from practice.tui import keymap
from tests.support.cli import CommandResult, finish, read_until, run, start
from tests.support.read_script import read_aloud
from tests.support.virtual_microphone import VirtualMicrophone
from tools.generated_blocks import fill_blocks, format_table, write_pages
from tools.json_keys import MEANINGS, list_keys
from tools.json_shapes import DOCUMENTS, PathsDocument
from tools.reference_page import (
    GUIDE,
    LISTED_ELSEWHERE,
    REFERENCE,
    guide_blocks,
    key_name,
    list_commands,
    reference_blocks,
)

LISTED = [(document, command) for document, commands in DOCUMENTS.items() for command in commands]
SECONDS = 8
QUESTION = "conflict-colleague"
ANY = "any of them that fails"


def test_the_reference_is_as_the_code_is() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert fill_blocks(page, reference_blocks()) == page, (
        "docs/reference.md is stale: run make docs"
    )


def test_the_tables_of_the_guide_are_as_the_code_is() -> None:
    page = GUIDE.read_text(encoding="utf-8")
    assert fill_blocks(page, guide_blocks()) == page, "docs/guide.md is stale: run make docs"


def test_check_says_which_page_is_stale_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- one -->\nold\n<!-- end -->\n")
    pages = {page: lambda: {"one": "new\n"}}
    monkeypatch.setattr(sys, "argv", ["tools.page", "--check"])
    assert write_pages("tools.page", pages) == 1
    assert "page.md is stale" in capsys.readouterr().out
    assert "old" in page.read_text()
    monkeypatch.setattr(sys, "argv", ["tools.page"])
    assert write_pages("tools.page", pages) == 0
    assert "new" in page.read_text()
    monkeypatch.setattr(sys, "argv", ["tools.page", "--check"])
    assert write_pages("tools.page", pages) == 0


def test_every_command_and_every_key_has_its_place() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"### practice {name}\n" not in page] == []
    assert [
        command.id for command in keymap.list_commands() if f"`{command.id}` |" not in page
    ] == []


def test_a_block_without_a_place_is_refused_and_so_is_a_place_without_a_block() -> None:
    page = "<!-- one -->\nold\n<!-- end -->\n"
    assert fill_blocks(page, {"one": "new\n"}) == "<!-- one -->\nnew\n<!-- end -->\n"
    with pytest.raises(ValueError, match="two"):
        fill_blocks(page, {"one": "", "two": ""})
    with pytest.raises(ValueError, match="one"):
        fill_blocks(page, {})


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert format_table(("a",), [("x|y",), ("",)]).splitlines()[2:] == ["| x\\|y |", "| - |"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("question_mark", "?"),
        ("K", "K"),
        ("ctrl+shift+k", "Ctrl+Shift+K"),
        ("pagedown", "PgDn"),
        ("enter", "Enter"),
        ("up", "↑"),
        ("shift+tab", "Shift+Tab"),
    ],
)
def test_keys_are_named_as_on_a_keyboard(key: str, name: str) -> None:
    assert key_name(key) == name


def test_no_help_shows_a_mark_that_is_meant_for_its_layout() -> None:
    assert [name for name, command in list_commands() if "\\b" in (command.help or "")] == []


def test_every_command_that_prints_json_is_listed() -> None:
    printing = {
        name
        for name, command in list_commands()
        if not isinstance(command, click.Group)
        and any("--json" in parameter.opts for parameter in command.params)
    }
    ways = {"practice analyze FILE FILE...", "practice takes retry --all", ANY}
    assert printing == {command for _, command in LISTED} - ways


def test_no_meaning_is_left_over() -> None:
    keys = [list_keys(d, LISTED_ELSEWHERE.get(d, ())) for d in DOCUMENTS]
    assert set(MEANINGS) - {key.path for listed in keys for key in listed} == set()


def test_a_key_without_a_meaning_is_refused() -> None:
    class Bare(msgspec.Struct):
        unheard_of: int

    with pytest.raises(ValueError, match="unheard_of has no meaning"):
        list_keys(Bare)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seconds of the sample answer."""
    path = tmp_path_factory.mktemp("answer") / "answer.wav"
    rate_hz = soundfile.info(demo.SAMPLE_ANSWER).samplerate
    samples, _ = soundfile.read(demo.SAMPLE_ANSWER, frames=SECONDS * rate_hz)
    soundfile.write(path, samples, rate_hz)
    return path


@pytest.fixture(scope="module")
def library(answer: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a home with a reviewed take, a bank with a problem and the demo model."""
    home = tmp_path_factory.mktemp("library")
    environment = os.environ | {"PRACTICE_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    run("settings", "model", "demo", environment=environment)
    added = run("add", str(answer), "--question", QUESTION, environment=environment)
    assert added.code == 0, added.err
    (home / "data" / "question_banks").mkdir()
    (home / "data" / "question_banks" / "broken.yaml").write_text("title: Broken\nquestion: []\n")
    return environment


def assert_as_listed(done: CommandResult, document: type) -> None:
    """Every key of the output is in the reference, and every key of the reference in the output."""
    assert done.out, done.err
    printed = done.document
    read: object = msgspec.convert(printed, document)
    assert msgspec.json.decode(msgspec.json.encode(read)) == printed


def test_a_key_too_many_and_a_key_too_few_are_noticed() -> None:
    printed = run("paths", "--json")
    assert_as_listed(printed, PathsDocument)
    with pytest.raises(AssertionError):
        assert_as_listed(
            replace(printed, out=printed.out.replace("{", '{"more": 1,', 1)), PathsDocument
        )
    with pytest.raises(msgspec.ValidationError):
        assert_as_listed(
            replace(printed, out=printed.out.replace('"log"', '"logs"')), PathsDocument
        )


def document_of(command: str) -> type:
    return next(document for document, listed in LISTED if listed == command)


IN_ORDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("practice takes list", ()),
    ("practice takes show", ("last",)),
    ("practice takes retry", ("last",)),
    ("practice banks list", ()),
    ("practice banks show", ("behavioural-basics",)),
    ("practice banks check", ("broken",)),
    ("practice formats list", ()),
    ("practice formats show", ("panel",)),
    ("practice formats check", ("panel",)),
    ("practice stories new", ("The night shift", "--competency", "teamwork")),
    ("practice stories edit", ("the-night-shift", "--number", "from 9 to 4")),
    ("practice stories say", ("last", "without", "--story", "the-night-shift")),
    ("practice stories show", ("the-night-shift",)),
    ("practice stories list", ()),
    ("practice stories check", ()),
    ("practice interviews add", ("Acme", "--when", "2026-12-03 14:00")),
    ("practice interviews edit", ("acme", "--round", "panel")),
    ("practice interviews list", ()),
    ("practice interviews debrief", ("acme", "--felt", "3", "--asked", "r: Why?")),
    ("practice interviews outcome", ("acme", "rejected", "--rest", "2")),
    ("practice interviews page", ("acme",)),
    ("practice interviews terms", ("acme", "--add", "wound care")),
    ("practice interviews letter", ("acme", "thanks")),
    ("practice interviews templates", ()),
    ("practice interviews show", ("acme",)),
    ("practice interviews report", ()),
    ("practice search", ("acme",)),
    ("practice open add", ("behavioural-basics/asked-for-help",)),
    ("practice open say", ("1", "well")),
    ("practice open list", ()),
    ("practice open close", ("1",)),
    ("practice due", ()),
    ("practice models list", ()),
    ("practice doctor", ()),
    ("practice paths", ()),
    ("practice settings", ()),
    ("practice keys", ()),
)
"""Commands that build on each other: what one adds the next ones show."""


def test_each_command_prints_the_document_that_is_listed(library: dict[str, str]) -> None:
    for command, arguments in IN_ORDER:
        done = run(*command.split()[1:], *arguments, "--json", environment=library)
        try:
            assert_as_listed(done, document_of(command))
        except (AssertionError, msgspec.ValidationError) as error:
            error.add_note(command)
            raise


def test_an_export_and_its_import_are_the_documents_that_are_listed(
    library: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "everything"
    done = run("export", str(folder), "--json", environment=library)
    assert_as_listed(done, document_of("practice export"))
    empty = library | {"PRACTICE_HOME": str(tmp_path / "home")}
    taken = run("import", str(folder), "--json", environment=empty)
    assert_as_listed(taken, document_of("practice import"))
    assert taken.document["counts"]["takes"]["taken"] > 0


@pytest.mark.parametrize("command", ["practice add", "practice analyze"])
def test_a_review_of_a_file_is_the_document_that_is_listed(
    library: dict[str, str], answer: Path, command: str
) -> None:
    done = run(*command.split()[1:], str(answer), "--json", environment=library)
    assert_as_listed(done, document_of(command))


def test_the_demo_prints_the_document_that_is_listed() -> None:
    assert_as_listed(run("demo", "--json"), document_of("practice demo"))


def test_several_reviews_are_the_document_that_is_listed(
    library: dict[str, str], answer: Path
) -> None:
    files = run("analyze", str(answer), "missing.wav", "--json", environment=library)
    assert len(files.document["reviews"]) == len(files.document["errors"]) == 1
    assert_as_listed(files, document_of("practice analyze FILE FILE..."))
    takes = run("takes", "retry", "--all", "--json", environment=library)
    assert_as_listed(takes, document_of("practice takes retry --all"))


def test_an_import_is_the_document_that_is_listed(library: dict[str, str], tmp_path: Path) -> None:
    list_of_questions = tmp_path / "list.md"
    list_of_questions.write_text(
        "- Why us?\n  - Why now?\n- What are you proud of?\n- Why now?\n\nSome prose.\n"
    )
    for options in ("--dry-run",), ("-o", "mine"):
        done = run(
            "banks", "import", str(list_of_questions), *options, "--json", environment=library
        )
        assert done.document["import"]["not_understood"]
        assert_as_listed(done, document_of("practice banks import"))


def test_an_error_is_the_document_that_is_listed(library: dict[str, str]) -> None:
    done = run("takes", "show", "20990101", "--json", environment=library)
    assert_as_listed(done, document_of(ANY))


def test_a_check_of_fillers_is_the_document_that_is_listed(
    library: dict[str, str], tmp_path: Path
) -> None:
    reading = read_aloud(tmp_path / "reading.wav")
    done = run("calibrate", "--file", str(reading), "--json", environment=library)
    assert done.document["calibration"], done.err
    assert_as_listed(done, document_of("practice calibrate"))


def test_what_a_microphone_gives_is_the_document_that_is_listed(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    assert_as_listed(
        run("devices", "--json", environment=environment), document_of("practice devices")
    )
    arguments = ("record", "--device", "pulse", "--model", "demo", "--json")
    process = start(*arguments, environment=environment)
    read_until(process, "recording")
    virtual_microphone.speak(answer)
    assert_as_listed(finish(process, "\n"), document_of("practice record"))


def test_advice_is_the_document_that_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a machine that has been measured already, which otherwise takes half a minute."""
    measured = tmp_path / "python"
    measured.write_text(
        "#!/bin/sh\n"
        """echo '{"size": "tiny", "factor": 0.2}'; echo '{"size": "base", "factor": 1.3}'\n"""
    )
    measured.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(measured))
    cli.main(["models", "advise", "--json"], standalone_mode=False)
    done = CommandResult(0, capsys.readouterr().out, "")
    assert done.document["proposed"] == "tiny.en"
    assert_as_listed(done, document_of("practice models advise"))
