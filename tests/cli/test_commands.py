"""The small commands, the exit codes and the manners of the command line."""

import json
import os
import re
import shlex
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from practice import demo
from practice.base.paths import places
from practice.base.settings import Settings
from practice.cli.main import COMMANDS, cli
from practice.core.workspace import Workspace
from practice.library.takes import QuestionSnapshot
from practice.speech.model_advice import Speed, SpeedRecord, derive_speeds, save_speeds
from tests.support.cli import COMMAND, finish, run, start
from tests.support.takes import keep_take
from tests.support.virtual_microphone import VirtualMicrophone


def test_alone_without_a_terminal_it_gives_help_and_exit_code_2() -> None:
    done = run()
    assert done.code == 2
    assert done.out == ""
    assert "practice demo" in done.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_agrees_with_the_table(name: str) -> None:
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.name == name
    done = run(name, "--help")
    assert done.code == 0
    assert f"practice {name}" in done.out.replace("\n", " ") or "Usage" in done.out


def options_of(command: click.Command, path: str) -> Iterator[tuple[str, click.Option]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield f"{path} {parameter.opts[0]}", parameter
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            part = command.get_command(context, name)
            assert part is not None
            yield from options_of(part, f"{path} {name}")


def test_every_option_says_what_it_does() -> None:
    assert [name for name, option in options_of(cli, "practice") if not option.help] == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("recrod", "'record'"), ("takse", "'takes'"), ("takes lsit", "'list'")]
)
def test_a_misspelt_command_is_a_usage_error_with_a_suggestion(typed: str, meant: str) -> None:
    done = run(*typed.split())
    assert done.code == 2
    assert "Did you mean" in done.err
    assert meant in done.err


def test_paths_follow_practice_home(home: Path) -> None:
    paths = run("paths", "--json").document["paths"]
    assert all(Path(path).is_relative_to(home) for path in paths.values())
    assert not home.exists()


def test_a_setting_is_kept_and_shown() -> None:
    assert run("settings", "target_s", "90").code == 0
    assert run("settings", "--json").document["settings"]["target_s"] == 90
    assert "90" in run("settings", "target_s").out


def test_wrong_settings_are_exit_code_2_with_one_json_document(home: Path) -> None:
    file = home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('modle = "x"\n')
    done = run("takes", "list", "--json")
    assert done.code == 2
    assert done.document["error"]["code"] == "settings"
    assert "did you mean 'model'" in done.document["error"]["message"]
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert "_PRACTICE_COMPLETE" in done.out


def test_bash_completion_completes_commands() -> None:
    environment = {
        **os.environ,
        "_PRACTICE_COMPLETE": "bash_complete",
        "COMP_WORDS": "practice re",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        COMMAND, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert {"plain,record", "plain,report"} <= set(done.stdout.split())


def test_an_empty_library_says_what_to_do_first() -> None:
    done = run("takes", "list")
    assert done.code == 0
    assert done.out == ""
    assert "practice record" in done.err


def test_a_take_that_is_not_there_is_named() -> None:
    done = run("takes", "show", "20990101", "--json")
    assert done.code == 1
    assert done.document["error"]["code"] == "not_found"
    assert "20990101" in done.err


def test_the_library_is_private(home: Path) -> None:
    run("takes", "list")
    for path in (home / "data", home / "data" / "recordings"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "data" / "library.db").stat().st_mode) == 0o600


def test_doctor_names_every_check_and_the_next_step() -> None:
    done = run("doctor", "--json")
    checks = {check["name"]: check for check in done.document["checks"]}
    assert {"microphone", "speech model", "library", "question banks", "disk"} <= set(checks)
    assert checks["speech model"]["verdict"] == "warn"
    assert "practice models get base" in checks["speech model"]["remedy"]
    assert "Traceback" not in done.err


def test_doctor_calls_a_model_by_its_name_and_tells_its_whole_path(home: Path) -> None:
    run("settings", "model", str(demo.MODEL_FOLDER))
    checks = {check["name"]: check for check in run("doctor", "--json").document["checks"]}
    assert checks["speech model"]["found"] == f"model, in {demo.MODEL_FOLDER}"


@pytest.mark.sound_server
def test_doctor_warns_of_a_microphone_that_is_muted(virtual_microphone: VirtualMicrophone) -> None:
    done = subprocess.run(
        [*COMMAND, "doctor", "--json"],
        env=os.environ | virtual_microphone.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["microphone"]["verdict"] == "warn"
    assert "the microphone is muted" in checks["microphone"]["found"]
    assert "unmute it" in checks["microphone"]["remedy"]


def test_models_list_knows_the_demo_model_and_what_was_measured() -> None:
    models = {m["name"]: m for m in run("models", "list", "--json").document["models"]}
    assert models["demo"]["installed"]
    assert not models["base"]["installed"]
    assert 100_000_000 < models["base"]["size_bytes"] < 200_000_000
    assert models["base"]["hearing"] == {"recall": 0.97, "precision": 0.88, "words_wrong": 0.184}
    assert models["small"]["hearing"] is None
    assert "ums 97%, words wrong 18%" in run("models", "list").out


def test_models_show_tells_what_is_known_of_one(home: Path) -> None:
    record = SpeedRecord("base", derive_speeds([Speed("base", 0.2)]))
    save_speeds(home / "state" / "model_speeds.json", record)
    shown = run("models", "show", "base").out
    assert "practice models get base" in shown
    assert "12 clips of real people, some at far meeting microphones" in shown
    assert "0.20 s for a second of an answer: keeps up" in shown
    assert "not measured by us; larger models" in run("models", "show", "small").out
    document = run("models", "show", "small", "--json").document["model"]
    assert document["pace"] == pytest.approx(0.69, abs=0.02)
    assert document["pace_measured"] is False
    assert run("models", "show", "huge").code == 4


def test_a_copied_model_is_added_and_listed(home: Path) -> None:
    source = str(demo.MODEL_FOLDER)
    added = run("models", "add", source, "--name", "mine", "--json").document["model"]
    assert (added["name"], added["origin"], added["installed"]) == ("mine", "own", True)
    assert "mine" in run("models", "list").out
    again = run("models", "add", source, "--name", "mine")
    assert again.code == 4
    assert "there is a model mine already" in again.err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("huge", "there is no speech model 'huge'; there are tiny, base, small"),
        ("bas.en", "did you mean 'base.en'"),
        ("/nonexist", "there is no folder /nonexist"),
    ],
)
def test_a_model_that_cannot_be_is_not_kept_in_the_settings(name: str, said: str) -> None:
    done = run("settings", "model", name)
    assert done.code == 2
    assert said in done.err
    assert run("settings", "model", "--json").document["settings"]["model"] == "base"


def test_a_model_that_is_not_here_yet_is_kept_and_said() -> None:
    done = run("settings", "model", "small")
    assert done.code == 0
    assert "practice models get small" in done.err


def test_a_download_without_network_fails_with_exit_code_4() -> None:
    done = run("models", "get", "tiny.en", "--yes")
    assert done.code == 4
    assert "Traceback" not in done.err


def test_a_half_downloaded_model_is_not_listed_and_can_be_removed(home: Path) -> None:
    part = home / "models" / "base.en"
    part.mkdir(parents=True)
    (part / "model.bin").write_bytes(bytes(3_000_000))
    models = {m["name"]: m for m in run("models", "list", "--json").document["models"]}
    assert not models["base.en"]["installed"]
    assert "3 MB" in run("models", "remove", "base.en").err
    assert not part.exists()


@pytest.mark.parametrize("name", ["demo", "base.en", "../data", ".", ""])
def test_a_model_that_was_not_downloaded_is_not_removed(home: Path, name: str) -> None:
    (home / "data").mkdir(parents=True)
    done = run("models", "remove", name)
    assert done.code == 4
    assert "Traceback" not in done.err
    assert (home / "data").is_dir()


def run_on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a command prints where standard output is a terminal that knows colour."""
    done = subprocess.run(
        ["script", "-qec", shlex.join([*COMMAND, *arguments]), "/dev/null"],
        env={**os.environ, "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout


def test_no_color_is_honoured_on_a_terminal(tmp_path: Path) -> None:
    words = tmp_path / "words.json"
    words.write_text(json.dumps([{"text": "um", "start_s": 0.0, "end_s": 0.4}]))
    assert "\x1b[3" in run_on_a_terminal("analyze", "--words", str(words))
    assert "\x1b" not in run_on_a_terminal("analyze", "--words", str(words), NO_COLOR="1")


def test_errors_in_json_are_one_document_on_standard_output() -> None:
    done = run("analyze", "nothing.wav", "--json")
    assert json.loads(done.out)["error"]["code"] == "unreadable_audio"
    assert "nothing.wav" in json.loads(done.out)["error"]["message"]


def test_the_users_own_fillers_are_marked_and_told_by_the_kind_they_were_given(
    home: Path, tmp_path: Path
) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "lexicon.toml").write_text(
        '[en]\nsounds = { add = ["tsk"] }\nhabits = { add = ["to be fair"] }\n'
    )
    said = [
        "We",
        "built",
        "tsk",
        "the",
        "service",
        "and",
        "tsk",
        "to",
        "be",
        "fair",
        "it",
        "worked",
        "to",
        "be",
        "fair",
    ]
    words = [
        {"text": word, "start_s": n * 0.5, "end_s": n * 0.5 + 0.4} for n, word in enumerate(said)
    ]
    file = tmp_path / "words.json"
    file.write_text(json.dumps(words))
    told = run("analyze", "--words", str(file))
    assert "⟨tsk⟩ the service" in told.out
    assert "‹to be fair›" in told.out
    assert "to be fair 2, each may be ordinary speech" in " ".join(told.out.split())
    found = run("analyze", "--words", str(file), "--json").document
    kinds = {(finding["label"], finding["filler_kind"]) for finding in found["findings"]}
    assert {("tsk", "sound"), ("to be fair", "habit")} <= kinds


def test_a_bank_with_a_text_that_may_be_cut_off_is_listed_with_a_warning(home: Path) -> None:
    path = Path(run("banks", "new", "mine").out.strip())
    path.write_text("title: Mine\nquestions:\n  - text: Why #1 in the market?\n", encoding="utf-8")
    lines = run("banks", "list").out.splitlines()
    assert [line.split()[0] for line in lines if line.endswith("1 warning")] == ["mine"]
    found = {bank["name"]: bank for bank in run("banks", "list", "--json").document["banks"]}
    assert [warning["line"] for warning in found["mine"]["warnings"]] == [3]
    assert found["mine"]["problems"] == []


def test_a_bank_is_renamed_and_its_file_keeps_its_name(home: Path) -> None:
    path = Path(run("banks", "new", "mine").out.strip())
    done = run("banks", "rename", "mine", "What they asked")
    assert (done.code, done.err) == (0, "mine.yaml is called What they asked now\n")
    assert "title: What they asked" in path.read_text(encoding="utf-8")


def test_a_bank_is_deleted_when_that_is_confirmed(home: Path) -> None:
    path = Path(run("banks", "new", "mine").out.strip())
    asked = run("banks", "delete", "mine")
    assert asked.code == 130
    assert f"Delete {path} (1 question)?" in asked.err
    assert path.exists()
    assert finish(start("banks", "delete", "mine"), "y\n").code == 0
    assert not path.exists()
    refused = run("banks", "delete", "behavioural-basics", "--yes")
    assert refused.code == 1
    assert "comes with practice" in refused.err


@pytest.fixture
def kept_takes(home: Path) -> list[str]:
    """The ids of two reviewed takes, and of one without a question, newest last."""
    questions = ["Tell me about a time you missed a deadline.", "Tell me about a time you failed."]
    with Workspace(places(), Settings(model="demo")) as workspace:
        takes = [
            keep_take(workspace, asked=QuestionSnapshot(f"q-{at}", "mine", text))
            for at, text in enumerate(questions)
        ]
        return [take.id for take in [*takes, keep_take(workspace)]]


def test_takes_are_listed_with_number_length_and_fillers(kept_takes: list[str]) -> None:
    header, *rows = run("takes", "list").out.splitlines()
    assert header.split() == ["id", "recorded", "long", "no.", "fillers", "pace", "question"]
    (row,) = [row for row in rows if row.startswith(kept_takes[0])]
    facts = r" 0:31 +1 +about \d+ +\d+ wpm +Tell me about a time you missed a deadline\."
    assert re.search(facts, row), row


def test_rows_of_takes_do_not_wrap_on_a_terminal(kept_takes: list[str]) -> None:
    lines = run_on_a_terminal("takes", "list", COLUMNS="80").splitlines()
    assert max(map(len, lines)) <= 80
    assert any("missed" in line for line in lines)


def test_a_take_is_moved_and_renamed(kept_takes: list[str]) -> None:
    moved = run("takes", "move", kept_takes[0], "behavioural-basics/conflict-colleague")
    assert moved.code == 0, moved.err
    assert "is take 1 of Tell me about a conflict" in moved.err
    refused = run("takes", "rename", kept_takes[0], "Panel")
    assert (refused.code, "answers a question" in refused.err) == (2, True)
    assert run("takes", "rename", kept_takes[2], "Panel").code == 0
    listed = {t["id"]: t for t in run("takes", "list", "--json").document["takes"]}
    assert listed[kept_takes[0]]["question_id"] == "conflict-colleague"
    assert listed[kept_takes[2]]["question"] == "Panel"


def test_a_list_is_imported_from_standard_input() -> None:
    typed = "1. Why this company?\n2. Why you?\n"
    done = finish(start("banks", "import", "-", "-o", "piped", "--json"), typed)
    assert done.code == 0
    assert done.document["import"]["counts"]["questions"] == 2
    assert (places().banks / "piped.yaml").exists()
