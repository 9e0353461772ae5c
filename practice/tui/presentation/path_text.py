"""Paths in notices and boxes: with `~` for the home, and broken between their parts only."""

from pathlib import Path

from rich.cells import cell_len

from practice.base.paths import show_path

WIDTH = 32
"""Cells of a line of a notice on 80 columns."""


def wrap_path(path: Path, width: int = WIDTH) -> str:
    """A path in lines of up to `width` cells; a part that is longer stays whole."""
    first, *parts = show_path(path).split("/")
    lines = [first]
    for part in parts:
        if lines[-1] and cell_len(f"{lines[-1]}/{part}") >= width:
            lines[-1] += "/"
            lines.append(part)
        else:
            lines[-1] += f"/{part}"
    return "\n".join(lines)
