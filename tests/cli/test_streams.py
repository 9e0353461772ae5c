"""Standard streams that are closed, full, broken or of another encoding."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import COMMAND, finish, run, start


def _run_shell(line: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`line` run by a shell in which `practice` is the command under test."""
    command = " ".join(COMMAND)
    return subprocess.run(
        ["bash", "-c", f'practice() {{ {command} "$@"; }}; {line}'],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(closed: str) -> None:
    done = _run_shell(f"practice takes list {closed}")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_closed_standard_output_does_not_become_the_library(home: Path) -> None:
    _run_shell("practice settings target_s 90 >&-; practice takes list --json >&-")
    assert (home / "data" / "library.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("options", ["", "--json"])
def test_a_full_disk_under_standard_output_is_said(options: str) -> None:
    done = _run_shell(f"practice paths {options} > /dev/full")
    assert done.returncode == 5
    assert done.stderr.count("\n") == 1
    assert "cannot write the output" in done.stderr


def test_a_reader_that_leaves_is_no_error() -> None:
    done = _run_shell("practice models list | head -0; echo ${PIPESTATUS[0]}")
    assert done.stdout.strip() == "0"
    assert done.stderr == ""


def test_letters_that_the_encoding_lacks_are_no_error() -> None:
    done = _run_shell("practice keys", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0


def test_json_survives_an_encoding_that_lacks_its_letters(home: Path) -> None:
    _run_shell("practice banks new mine --title 'Größe ✓'")
    done = _run_shell("practice banks show mine --json", PYTHONIOENCODING="latin-1")
    assert json.loads(done.stdout)["bank"]["title"] == "Größe ✓"


@pytest.mark.parametrize(
    "arguments",
    [
        ("takes", "show"),
        ("nosuch",),
        ("record", "--seconds", "soon"),
        ("record", "--seconds", "nan"),
        ("analyze",),
        ("takes", "retry"),
        ("models", "list", "--nosuch"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_one_document(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--json")
    assert done.code == 2
    assert done.document["error"]["code"] == "usage"
    assert done.err.count("\n") == 1


def test_devices_is_one_document_where_there_is_none() -> None:
    done = run("devices", "--json", environment=os.environ | {"PULSE_SERVER": "none"})
    if done.code == 3:
        assert done.document["error"]["code"] == "audio"
    else:
        assert done.document["devices"]


def test_a_home_of_nobody_is_said() -> None:
    done = run(
        "takes", "list", "--json", environment=os.environ | {"PRACTICE_HOME": "~nobody-here/x"}
    )
    assert done.code == 2
    assert "PRACTICE_HOME" in done.document["error"]["message"]


def test_a_log_that_cannot_be_opened_stops_nothing(home: Path) -> None:
    (home / "state" / "practice.log").mkdir(parents=True)
    assert run("takes", "list", "--json").document["takes"] == []


@pytest.mark.posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wav"
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
    os.mkfifo(pipe)
    done = run("analyze", str(pipe), "--model", "demo", "--json")
    assert done.code == 1
    assert "it is a pipe" in done.document["error"]["message"]


def test_a_termination_leaves_nothing_of_the_answer_behind(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = os.environ | {"TMPDIR": str(scratch)}
    process = start("demo", environment=environment)
    assert process.stderr is not None
    while "kept as take" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert finish(process).code == 128 + signal.SIGTERM
    assert list(scratch.iterdir()) == []
