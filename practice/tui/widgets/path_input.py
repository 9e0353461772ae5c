"""A line to type the name of a file in, completed as a shell would."""

import os
from pathlib import Path

from textual.suggester import Suggester

from practice.base.text import first_unsafe
from practice.tui.widgets.plain_input import PlainInput


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

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line as it would be completed."""
        path = parse_path(value)
        if path is None:
            return None
        folder, begun = (path, "") if value.endswith("/") else (path.parent, path.name)
        name = _first_name(folder, begun)
        return value + name[len(begun) :] if name else None


class PathInput(PlainInput):
    """The right arrow key takes the completion.

    Args:
        value: What to begin with.
        name: The widget's id.
    """

    def __init__(self, value: str, name: str) -> None:
        super().__init__(value, "~/ … a file; right arrow completes")
        self.id = name
        self.suggester = PathSuggester()


def _first_name(folder: Path, begun: str) -> str | None:
    try:
        with os.scandir(folder) as entries:
            found = [
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in entries
                if entry.name.startswith(begun)
                and entry.name.startswith(".") == begun.startswith(".")
            ]
    except (OSError, ValueError):
        return None
    return min((name for name in found if first_unsafe(name) is None), default=None)
