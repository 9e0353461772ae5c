"""Draws the pictures of README and docs from the demo: `python -m tools.screenshots`."""

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from practice.base.paths import Places
from tools import report_pictures
from tools.app_pictures import Calendar, draw, fill

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
    with tempfile.TemporaryDirectory(prefix="practice-pictures-") as name:
        root = Path(name)
        places = Places(root / "config", root / "data", root / "state", root / "models")
        clock = Calendar()
        fill(places, clock)
        for path in draw(places, clock, FOLDER):
            print(path)
        for path in report_pictures.draw(places, FOLDER):
            print(path)


if __name__ == "__main__":
    main()
