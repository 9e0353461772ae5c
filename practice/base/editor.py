"""The user's own editor, at the right line."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from practice.base.errors import UsageError
from practice.base.text import one_line

_PLUS = {"vi", "vim", "nvim", "view", "nano", "emacs", "kak", "micro", "joe", "ne", "jed", "mg"}
"""Editors that take the line as `+7`."""
_GOTO = {"code", "codium", "code-insiders", "cursor"}
"""Editors that take it as `--goto FILE:7`."""
_FALLBACKS = ("sensible-editor", "nano", "vi")


def open_editor(path: Path, line: int = 1) -> None:
    """Open `path` in `$VISUAL`, `$EDITOR` or what the system has, and wait until it is closed.

    The line is passed to editors that are known to take one.

    Raises:
        UsageError: There is no editor, it cannot be started, or it failed.
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
        raise UsageError(
            f"the editor {one_line(command[0])} ended with code {done.returncode}",
            f"the file is as the editor left it: {one_line(str(path))}",
        )


def _find_editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError as error:
            raise UsageError(f"cannot read {name}: {error}", "close its quotation marks") from error
        if words:
            return words
    for name in _FALLBACKS:
        if shutil.which(name):
            return [name]
    raise UsageError("there is no editor", "set EDITOR to the name of your editor")


def _file_arguments(editor: str, path: Path, line: int) -> list[str]:
    name = Path(editor).name
    if name in _PLUS:
        return [f"+{line}", str(path)]
    if name in _GOTO:
        # Without --wait they return at once, and the file would be checked before it was edited.
        return ["--wait", "--goto", f"{path}:{line}"]
    return [str(path)]
