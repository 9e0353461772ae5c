"""The user's own editor, at the right line."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from practice.base.errors import EditorError, UsageError
from practice.base.text import one_line

_ON_WINDOWS = sys.platform == "win32"
_PLUS = {
    *("vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "kak", "micro", "joe", "ne"),
    *("jed", "mg", "gedit"),
}
"""Editors that take the line as `+7`."""
_COLON = {
    "hx": (),
    "helix": (),
    "subl": ("--wait",),
    "sublime_text": ("--wait",),
    "zed": ("--wait",),
}
"""Editors that take it as `FILE:7`, with what makes them wait until the file is closed."""
_GOTO = {"code", "codium", "code-insiders", "cursor"}
"""Editors that take it as `--goto FILE:7`."""
_NOTEPAD_PLUS = "notepad++"
_IN_A_TERMINAL = {
    *("vi", "vim", "nvim", "view", "nano", "emacs", "kak", "micro", "joe", "ne", "jed", "mg"),
    *("hx", "helix", "edit"),
}
"""Editors that draw in the terminal they were started from."""
_WINDOWS_ENDINGS = {".exe", ".cmd", ".bat", ".com"}
_FALLBACKS = ("notepad",) if _ON_WINDOWS else ("sensible-editor", "nano", "vi")
_SELECTED = re.compile(r"""^\s*SELECTED_EDITOR=["']?([^"'\n]+)""", re.MULTILINE)
"""What Debian's select-editor writes into `~/.selected_editor`."""


def open_editor(path: Path, line: int = 1) -> None:
    """Open `path` in `$VISUAL`, `$EDITOR` or what the system has, and wait until it is closed.

    The line is passed to editors that are known to take one.

    Raises:
        UsageError: There is no editor, or it cannot be started.
        EditorError: It ended with an error.
    """
    editor = _find_editor()
    command = [*editor, *_file_arguments(editor[0], path, line)]
    try:
        done = subprocess.run(command, check=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"cannot start the editor {one_line(command[0])}: {one_line(str(error))}",
            "set EDITOR to the name of your editor",
        ) from error
    if done.returncode:
        raise EditorError(
            f"the editor {one_line(command[0])} ended with code {done.returncode}",
            f"the file is as the editor left it: {one_line(str(path))}",
        )


def needs_terminal() -> bool:
    """Whether the editor may draw where this program does, which then has to step aside.

    Anywhere but on Windows it may; there, most open a window, and this program cannot step aside.

    Raises:
        UsageError: As `open_editor`.
    """
    return not _ON_WINDOWS or _bare_name(_find_editor()[0]) in _IN_A_TERMINAL


def _find_editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        try:
            words = _split_command(os.environ.get(name, ""))
        except ValueError as error:
            raise UsageError(f"cannot read {name}: {error}", "close its quotation marks") from error
        if words:
            # Windows starts a script such as code.cmd by its full name only.
            return [shutil.which(words[0]) or words[0], *words[1:]] if _ON_WINDOWS else words
    for name in _FALLBACKS:
        if shutil.which(name):
            return [name]
    raise UsageError("there is no editor", "set EDITOR to the name of your editor")


def _file_arguments(editor: str, path: Path, line: int) -> list[str]:
    name = _real_name(editor)
    if name == _NOTEPAD_PLUS:
        # In a window of its own: else it hands the file to one that is open, and does not wait.
        return ["-multiInst", "-nosession", f"-n{line}", str(path)]
    if name in _PLUS:
        return [f"+{line}", str(path)]
    if name in _COLON:
        return [*_COLON[name], f"{path}:{line}"]
    if name in _GOTO:
        # Without --wait they return at once, and the file would be checked before it was edited.
        return ["--wait", "--goto", f"{path}:{line}"]
    return [str(path)]


def _real_name(editor: str) -> str:
    """The name of the program behind a name such as `editor` or `vim.basic`, where it is known."""
    if _ON_WINDOWS:
        return _bare_name(editor)
    for name in (Path(editor).name, _resolved(editor).name):
        # Debian calls builds of one editor vim.basic and vim.tiny, emacs-gtk and emacs-nox.
        for short in (name, re.split(r"[.-]", name)[0]):
            if short in _PLUS or short in _COLON or short in _GOTO:
                return short
    return ""


def _bare_name(editor: str) -> str:
    """The name of a program without its folder and what Windows puts behind it."""
    name = PureWindowsPath(editor).name.lower()
    stem, dot, ending = name.rpartition(".")
    return stem if dot + ending in _WINDOWS_ENDINGS else name


def _split_command(command: str) -> list[str]:
    """The words of a command as its system reads them: for Windows a backslash is one."""
    if not _ON_WINDOWS:
        return shlex.split(command)
    return [word.strip('"') for word in shlex.split(command, posix=False)]


def _resolved(editor: str) -> Path:
    """The file that is started in the end, through links and Debian's `sensible-editor`."""
    if Path(editor).name == "sensible-editor":
        # It is a script that starts the editor that was selected, else the one of the system.
        selected = ""
        with suppress(OSError, UnicodeDecodeError):
            found = _SELECTED.search((Path.home() / ".selected_editor").read_text("utf-8"))
            selected = found[1].strip() if found else ""
        editor = selected or "editor"
    return Path(shutil.which(editor) or editor).resolve()
