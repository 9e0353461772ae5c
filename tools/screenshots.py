"""Draws the pictures of README and docs from the demo: `python -m tools.screenshots`."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

FOLDER = Path("docs/screenshots")
COLUMNS = 80


def plain_review() -> str:
    """What `practice demo` prints on a terminal that shows colour."""
    done = subprocess.run(
        [
            "script",
            "-qec",
            f"stty cols {COLUMNS}; {sys.executable} -m practice demo 2>/dev/null",
            "/dev/null",
        ],
        env={**os.environ, "TERM": "xterm-256color"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.replace("\r\n", "\n")


def as_svg(ansi: str, title: str) -> str:
    """Terminal output as a picture that loads nothing from elsewhere."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(ansi))
    return re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title=title), flags=re.DOTALL)


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "review.svg").write_text(as_svg(plain_review(), "practice demo"), encoding="utf-8")
    print(FOLDER / "review.svg")


if __name__ == "__main__":
    main()
