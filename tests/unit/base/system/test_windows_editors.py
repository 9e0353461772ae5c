"""Which program an editor of Windows is, and how it takes a line."""

from pathlib import Path

import pytest

from practice.base.system import editor


@pytest.fixture(autouse=True)
def _as_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "_ON_WINDOWS", True)
    monkeypatch.setattr(editor, "_FALLBACKS", ("notepad",))
    monkeypatch.setenv("PATH", "")
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (r"C:\Tools\vim.exe", [r"C:\Tools\vim.exe"]),
        (r'"C:\Program Files\edit.exe" -x', [r"C:\Program Files\edit.exe", "-x"]),
    ],
)  # fmt: skip
def test_backslashes_and_spaces_in_a_path_are_kept(
    monkeypatch: pytest.MonkeyPatch, command: str, words: list[str]
) -> None:
    monkeypatch.setenv("EDITOR", command)
    assert editor._find_editor() == words


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        (r"C:\Tools\VIM.EXE", ["+7", "bank.yaml"]),
        (r"C:\Microsoft VS Code\bin\code.cmd", ["--wait", "--goto", "bank.yaml:7"]),
        (r"C:\Notepad++\notepad++.exe", ["-multiInst", "-nosession", "-n7", "bank.yaml"]),
        ("notepad", ["bank.yaml"]),
    ],
)
def test_an_editor_gets_the_line_as_it_takes_it(name: str, arguments: list[str]) -> None:
    assert editor._file_arguments(name, Path("bank.yaml"), 7) == arguments


@pytest.mark.parametrize(
    ("command", "needs"), [("vim.exe", True), ("code.cmd", False), ("notepad++.exe", False)]
)
def test_only_an_editor_without_a_window_needs_the_terminal(
    monkeypatch: pytest.MonkeyPatch, command: str, needs: bool
) -> None:
    monkeypatch.setenv("EDITOR", command)
    assert editor.needs_terminal() is needs
