"""Files are opened, put on the disk and replaced in the same way on every system."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from practice.base.errors import StorageError
from practice.base.files import write_atomic
from practice.base.settings import change_setting
from practice.base.system import files
from practice.base.system.files import open_file, open_removable, replace_file, sync_path
from practice.base.system.locks import hold_lock, lock_handle

Refuse = Callable[[int], list[str]]


@pytest.fixture
def refuse_replacing(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Refuse the first replacements as Windows does while somebody else has the file open."""
    replace = os.replace

    def refuse(times: int) -> list[str]:
        refused: list[str] = []

        def refuse_first(source: Path, target: Path) -> None:
            if len(refused) < times:
                refused.append(str(target))
                raise PermissionError(13, "The process cannot access the file", str(target))
            replace(source, target)

        monkeypatch.setattr(os, "replace", refuse_first)
        monkeypatch.setattr(files, "RETRY_S", (0.0,) * 5)
        return refused

    return refuse


def test_a_file_that_somebody_reads_for_a_moment_is_replaced_all_the_same(
    tmp_path: Path, refuse_replacing: Refuse
) -> None:
    target = tmp_path / "settings.toml"
    target.write_bytes(b"old")
    refused = refuse_replacing(3)
    write_atomic(target, b"new")
    assert target.read_bytes() == b"new"
    assert len(refused) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_one_that_stays_open_is_left_as_it_was_and_the_refusal_is_said(
    tmp_path: Path, refuse_replacing: Refuse
) -> None:
    target = tmp_path / "settings.toml"
    target.write_bytes(b"old")
    refused = refuse_replacing(1_000_000)
    with pytest.raises(StorageError, match=r"settings\.toml: The process cannot access the file"):
        write_atomic(target, b"new")
    assert target.read_bytes() == b"old"
    assert len(refused) == 6, "it is tried again within a bound"
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_a_refusal_for_another_reason_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "RETRY_S", (0.0,) * 5)
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "gone", tmp_path / "new")


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "samples"
    handle = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, b"a\nb\r\nc\x1a")
    os.close(handle)
    assert path.read_bytes() == b"a\nb\r\nc\x1a"


def test_a_file_can_be_removed_while_somebody_reads_and_somebody_writes_it(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.mkdir()
    handle = open_file(folder / "samples", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, b"before")
    with open_removable(folder / "samples") as reader:
        files.remove_file(folder / "samples")
        folder.rmdir()
        assert reader.read() == b"before"
    os.close(handle)
    files.remove_file(folder / "samples")


def test_a_locked_file_can_be_read_and_is_locked_once(tmp_path: Path) -> None:
    path = tmp_path / "samples"
    path.write_bytes(b"heard")
    with hold_lock(path) as is_ours:
        assert is_ours
        with open_removable(path) as other:
            assert not lock_handle(other.fileno())
            assert other.read() == b"heard"
    with hold_lock(path) as is_ours:
        assert is_ours


def test_a_folder_is_locked_once_and_may_be_renamed_or_removed_meanwhile(tmp_path: Path) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    with hold_lock(folder) as is_ours, hold_lock(folder) as is_theirs:
        assert (is_ours, is_theirs) == (True, False)
    with hold_lock(folder) as is_ours:
        assert is_ours
        replace_file(folder, tmp_path / "arrived")
        (tmp_path / "arrived").rmdir()
    assert list(tmp_path.iterdir()) == []


def test_files_and_folders_are_put_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    sync_path(tmp_path / "file")
    sync_path(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_path(tmp_path / "gone")


def test_settings_of_an_editor_of_windows_are_read_and_keep_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b'\xef\xbb\xbf# mine\r\ntheme = "nord"\r\n')
    change_setting(path, "language", "de")
    assert path.read_bytes() == b'# mine\r\ntheme = "nord"\r\nlanguage = "de"\r\n'
