"""An import on a full disk and one that is killed leave the old state, or the whole new one."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.export_folder import export_everything
from practice.core.recovery import tidy_up
from practice.core.workspace import Workspace
from tests.support.small_disk import run_on_small_disk
from tests.support.virtual_microphone import wait_until
from tests.unit.core.test_export_and_import import (
    keep_everything,
    keep_take,
    open_home,
    read_all,
)

SOUND = random.Random(1).randbytes(400_000)
KILLS = int(os.environ.get("FAULT_KILLS", "2")) + 2


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export with three megabytes of sound; beside it the home that it was made of."""
    folder = tmp_path_factory.mktemp("export")
    with open_home(folder / "here") as workspace:
        keep_everything(workspace)
        for _ in range(8):
            keep_take(workspace, sound=SOUND)
        return export_everything(workspace, folder / "export").folder


def import_command(export: Path) -> list[str]:
    return [sys.executable, "-m", "practice", "import", str(export)]


def test_a_full_disk_takes_nothing_of_an_import(export: Path, tmp_path: Path) -> None:
    home = tmp_path / "small"
    look = (
        f"{sys.executable} -m practice import {export}; echo code $?;"
        f" {sys.executable} -m practice takes list --json; find {home}"
    )
    environment = os.environ | {"PRACTICE_HOME": str(home)}
    done = run_on_small_disk(home, "1200k", ["sh", "-c", look], environment)
    assert "code 5" in done.stdout, done.stderr
    assert "free some space" in done.stderr
    assert '"takes": []' in done.stdout
    assert "arriving-" not in done.stdout
    assert ".yaml" not in done.stdout
    assert "settings.toml" not in done.stdout


def test_a_full_disk_leaves_nothing_of_an_export(export: Path, tmp_path: Path) -> None:
    disk = tmp_path / "stick"
    target = disk / "everything"
    look = f"{sys.executable} -m practice export {target}; echo code $?; find {disk}"
    # The layout of PRACTICE_HOME is that of the home that the export was made of.
    environment = os.environ | {"PRACTICE_HOME": str(export.parent / "here")}
    done = run_on_small_disk(disk, "1200k", ["sh", "-c", look], environment)
    assert "code 5" in done.stdout, done.stderr
    assert "everything" not in done.stdout.partition("code 5")[2]


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_import_leaves_the_old_state_or_the_new_one(
    export: Path, tmp_path: Path, number: int
) -> None:
    home = tmp_path / "home"
    places = Places(home / "config", home / "data", home / "state", home / "models")
    with Workspace(places, Settings()) as workspace:
        before = read_all(workspace)
    environment = os.environ | {"PRACTICE_HOME": str(home)}
    process = subprocess.Popen(import_command(export), env=environment)
    # Let it begin to copy, then kill it a little later.
    arriving = home / "data"
    wait_until(
        lambda: process.poll() is not None or bool(list(arriving.glob("arriving-*/sound/*")))
    )
    try:
        process.wait(random.Random(number).uniform(0.0, 0.15))
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()
    with open_home(export.parent / "here") as workspace:
        whole = read_all(workspace)
    with Workspace(places, Settings()) as workspace:
        tidy_up(workspace)
        assert workspace.library.check() == []
        assert read_all(workspace) in (before, whole)
    assert not list((home / "data").glob("arriving-*"))
