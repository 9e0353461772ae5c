"""Sound that is needed for a moment is private, gone afterwards, and gone after a kill."""

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from practice.base.scratch import ScratchFolder, sweep

SCRIPT = """
import sys
from pathlib import Path

import pytest
from practice.base.scratch import ScratchFolder
folder = ScratchFolder(Path(sys.argv[1]))
(folder.path / "voice.wav").write_bytes(b"hello")
print(folder.path, flush=True)
sys.stdin.read()
"""


def test_it_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with ScratchFolder(tmp_path / "scratch") as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o700
        (folder.path / "voice.wav").write_bytes(b"hello")
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.posix
def test_where_nothing_can_be_locked_it_lies_elsewhere_and_is_as_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    with ScratchFolder(tmp_path / "scratch") as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o700
        assert folder.path.parent == Path(tempfile.gettempdir())
    assert not folder.path.exists()
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.posix
def test_what_a_kill_left_is_swept_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout
        folder = Path(process.stdout.readline().strip())
        sweep(tmp_path)
        assert (folder / "voice.wav").exists()
        process.kill()
        process.wait()
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_a_link_leads_to_is_swept(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_bytes(b"hello")
    (tmp_path / "mine" / ".lock").touch()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (scratch / "link").symlink_to(tmp_path / "mine")
    sweep(scratch)
    assert (tmp_path / "mine" / "letter").exists()
