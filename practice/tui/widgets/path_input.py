"""A line to type the name of a file in, completed as a shell would."""

import os
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Paste
from textual.message import Message
from textual.suggester import Suggester

from practice.base.text import first_unsafe
from practice.tui.commands import Command, bindings
from practice.tui.widgets.plain_input import PlainInput

COMMAND_TABLE = (
    Command(
        "path.complete", "tab", "complete", "Take the completion, or go on where there is none."
    ),
)


def parse_path(text: str) -> Path | None:
    """The file that was typed, `~` being the home folder; None when nothing was."""
    typed = text.strip()
    if not typed:
        return None
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that the disk cannot have names none."""
    try:
        return path.is_file()
    except OSError:
        return False


class PathSuggester(Suggester):
    """The first name in the folder that goes on like what was typed; harmless names only."""

    def __init__(self, *, folders_only: bool = False) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folders_only = folders_only

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line as it would be completed."""
        path = parse_path(value)
        if path is None:
            return None
        folder, begun = (path, "") if value.endswith("/") else (path.parent, path.name)
        name = _first_name(folder, begun, self._folders_only)
        return value + name[len(begun) :] if name else None


class PathInput(PlainInput):
    """The right arrow key takes the completion, and so does Tab, as in a shell.

    Args:
        value: What to begin with.
        name: The widget's id.
        folders_only: Whether folders alone are completed.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (*PlainInput.COMMAND_TABLE, *COMMAND_TABLE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)

    class LinesPasted(Message):
        """Several lines were pasted, which are no path."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, value: str, name: str, *, folders_only: bool = False) -> None:
        wanted = "folder" if folders_only else "file"
        super().__init__(value, f"~/ … a {wanted}; right arrow completes")
        self.id = name
        self.suggester = PathSuggester(folders_only=folders_only)

    def _on_paste(self, event: Paste) -> None:
        """Say that several lines were pasted; one line is a path, and goes on as ever."""
        if len([line for line in event.text.splitlines() if line.strip()]) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.LinesPasted(event.text))

    def action_complete(self) -> None:
        """Take the completion; go to the next line where there is none."""
        before = self.value
        self.cursor_position = len(before)
        self.action_cursor_right()
        if self.value == before:
            self.screen.focus_next()


def _first_name(folder: Path, begun: str, folders_only: bool) -> str | None:
    try:
        with os.scandir(folder) as entries:
            found = [
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in entries
                if entry.name.startswith(begun)
                and entry.name.startswith(".") == begun.startswith(".")
                and (entry.is_dir() or not folders_only)
            ]
    except (OSError, ValueError):
        return None
    return min((name for name in found if first_unsafe(name) is None), default=None)
