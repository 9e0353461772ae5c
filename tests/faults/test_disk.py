"""A full and a read-only disk, by file systems that really are."""

import json
import os
import shlex
import sys
from pathlib import Path

import pytest

from tests.support.cli import COMMAND
from tests.support.fault_table import Tally
from tests.support.small_disk import run_on_small_disk

ROOMS = int(os.environ.get("FAULT_DISKS", "12"))
"""How many different amounts of free space are tried."""
PRACTICE = shlex.join(COMMAND)


@pytest.mark.fault("disk full, from no room at all to enough")
def test_a_disk_that_is_full_anywhere_costs_nothing_that_was_kept(
    answers: Path, tmp_path: Path, tally: Tally
) -> None:
    life = [sys.executable, "-m", "tests.faults.full_disk", str(answers), str(ROOMS)]
    environment = os.environ | {"PYTHONPATH": f"{Path.cwd()}:{os.environ['PYTHONPATH']}"}
    inside = ["sh", "-c", 'cd "$0" && exec "$@"', str(tmp_path / "disk"), *life]
    done = run_on_small_disk(tmp_path / "disk", "16m", inside, environment)
    tries = [json.loads(line) for line in done.stdout.splitlines()]
    tally.tried, tally.survived = ROOMS, len(tries)
    assert done.returncode == 0, done.stderr
    assert len(tries) == ROOMS
    assert "record" in tries[0]["refused"]
    assert "delete" not in tries[0]["refused"]
    assert tries[-1]["refused"] == []
    assert "without a remedy" not in done.stdout
    tally.lost.append("what did not fit, each time said in words")


def run_on_a_copy(answers: Path, folder: Path, script: str) -> str:
    """What a shell script prints where `home` is a copy of `answers` on a disk of its own."""
    inside = ["sh", "-c", f'cp -r "$1" "$0/home" && cd "$0"; {script}', str(folder), str(answers)]
    environment = os.environ | {"PRACTICE_HOME": str(folder / "home")}
    environment["PYTHONPATH"] = f"{Path.cwd()}:{os.environ['PYTHONPATH']}"
    done = run_on_small_disk(folder, "8m", inside, environment)
    return done.stdout + done.stderr


@pytest.mark.fault("disk full to the last byte, then delete")
def test_with_no_byte_left_a_take_can_be_deleted_and_its_room_is_free_again(
    answers: Path, tmp_path: Path
) -> None:
    said = run_on_a_copy(
        answers,
        tmp_path / "disk",
        "head -c 100M /dev/zero >ballast 2>/dev/null; stat -f -c 'free %f' .;"
        f"{PRACTICE} takes delete last --yes; stat -f -c 'free %f' .",
    )
    before, after = (int(line.split()[1]) for line in said.splitlines() if line.startswith("free"))
    assert before == 0
    assert "deleted take" in said
    assert after > 0


@pytest.mark.fault("reading a read-only library")
@pytest.mark.parametrize(
    "command",
    ["takes list", "takes show last", "report last", "banks list", "settings", "doctor",
     "analyze home/data/recordings/*.flac"],
)  # fmt: skip
def test_a_read_only_library_can_be_read_and_files_be_analyzed(
    answers: Path, tmp_path: Path, command: str
) -> None:
    said = run_on_a_copy(
        answers,
        tmp_path / "disk",
        f"mount -o remount,ro . && {PRACTICE} {command} </dev/null; echo code $?",
    )
    assert "Traceback" not in said
    assert "read-only" not in said.casefold()
    assert "code 5" not in said


@pytest.mark.fault("read-only library")
@pytest.mark.parametrize(
    "command", ["record --seconds 1", "takes delete last --yes", "session --plain"]
)
def test_a_read_only_library_is_said_in_words(answers: Path, tmp_path: Path, command: str) -> None:
    said = run_on_a_copy(
        answers,
        tmp_path / "disk",
        f"mount -o remount,ro . && {PRACTICE} {command} </dev/null; echo code $?",
    )
    assert "Traceback" not in said
    assert "read-only" in said.casefold()
    assert "code 5" in said
