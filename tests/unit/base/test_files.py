"""A file is either the old one or the new one, and nobody else can read it."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from practice.base.errors import StorageError, storage_error
from practice.base.files import (
    LARGEST_LOG_BYTES,
    open_log,
    private_folder,
    write_atomic,
)
from practice.base.system.locks import has_locks, hold_lock, lock_handle

HOLD = """
import sys
from pathlib import Path
from practice.base.system.locks import hold_lock
with hold_lock(Path(sys.argv[1])) as is_ours:
    print(is_ours, flush=True)
    sys.stdin.read()
"""


@pytest.mark.posix
def test_new_files_and_folders_are_private(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "c.toml"
    write_atomic(target, b"x")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    for folder in (target.parent, target.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_failed_write_leaves_the_old_content_and_no_rubbish(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "inside").touch()
    with pytest.raises(StorageError, match="taken"):
        write_atomic(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file"):
        private_folder(tmp_path / "file" / "below")


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="a file of that name"):
        private_folder(tmp_path / "file")


@pytest.mark.posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("real")
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.posix
def test_a_pipe_or_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
    os.mkfifo(pipe)
    with pytest.raises(StorageError, match="not a file"):
        write_atomic(pipe, b"x")
    assert pipe.is_fifo()


def test_a_log_that_has_grown_large_gives_way_to_a_new_one(tmp_path: Path) -> None:
    log = tmp_path / "state" / "practice.log"
    for _ in range(5):
        handle = open_log(log)
        os.write(handle, b"x" * (LARGEST_LOG_BYTES + 1))
        os.close(handle)
    assert sorted(path.name for path in log.parent.iterdir()) == [log.name, f"{log.name}.old"]
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_name_that_no_disk_takes_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="File name too long"):
        write_atomic(tmp_path / ("x" * 300), b"")


@pytest.mark.posix
def test_a_lock_is_held_by_one_process_until_it_ends_however_it_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        with hold_lock(tmp_path) as is_ours:
            assert not is_ours
        process.kill()
        process.wait()
    with hold_lock(tmp_path) as is_ours:
        assert is_ours


@pytest.mark.posix
def test_who_waits_for_a_lock_gets_it_once_it_is_let_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD.replace("argv[1])", "argv[1]), wait=True"), str(tmp_path)]
    handle = os.open(tmp_path, os.O_RDONLY)
    assert lock_handle(handle)
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        os.close(handle)
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        process.kill()


def test_what_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), hold_lock(tmp_path / "gone"):
        pass


def test_a_refusal_of_the_disk_names_the_file_the_reason_and_a_remedy() -> None:
    refusal = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    error = storage_error("write", Path("/a/bank\x1b.yaml"), refusal)
    assert (
        error.message
        == "cannot write /a/bank\N{REPLACEMENT CHARACTER}.yaml: No space left on device"
    )
    assert "free some space" in error.hint
    assert storage_error("write", "it", "it is a pipe", "name a file").hint == "name a file"


@pytest.mark.posix
@pytest.mark.parametrize("reason", [errno.ENOLCK, errno.EINVAL, errno.EOPNOTSUPP])
def test_a_folder_without_locks_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(reason, os.strerror(reason))

    assert has_locks(tmp_path)
    monkeypatch.setattr("fcntl.lockf", refuse)
    assert not has_locks(tmp_path)
