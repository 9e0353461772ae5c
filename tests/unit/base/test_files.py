"""A file is either the old one or the new one, and nobody else can read it."""

import os
import stat
from pathlib import Path

import pytest

from practice.base.errors import StorageError
from practice.base.files import LARGEST_LOG_BYTES, open_log, private_folder, write_atomic


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


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("real")
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_pipe_or_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
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
