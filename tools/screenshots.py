"""Draws the pictures of README and docs: `python -m tools.screenshots`.

With `--all FOLDER` it draws every screen of the app instead, at three sizes, dark, light and with
NO_COLOR, as PNG: `python -m tools.screenshots --all FOLDER [SCREEN...]`.
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from rich.console import Console
from rich.text import Text

from practice.base.paths import Places
from tools import app_pictures, picture_scenes, report_pictures
from tools.real_answer import MODEL, Calendar, fill
from tools.real_models import RealModelError, find_real_model

FOLDER = Path("docs/screenshots")
COLUMNS = 80


def find_missing() -> Iterator[str]:
    """What this machine lacks, each in words that say how to get it."""
    try:
        find_real_model(MODEL)
    except RealModelError as error:
        yield str(error)
    if shutil.which("script") is None:
        yield (
            "the command `script`, which prints a review as on a terminal, is missing: install"
            " util-linux (Debian: bsdutils)"
        )
    try:
        with report_pictures.open_browser():
            pass
    except BrowserError as error:
        reason = error.message.strip().splitlines()[0]
        yield (
            "Chromium, which draws the reports, does not start: run `make system`, or"
            f" `playwright install chromium` ({reason})"
        )


def print_review(home: Path, take_id: str) -> str:
    """What `practice takes show` prints on a terminal that shows colour."""
    done = subprocess.run(
        [
            "script",
            "-qec",
            f"stty cols {COLUMNS}; {sys.executable} -m practice takes show {take_id} 2>/dev/null",
            "/dev/null",
        ],
        env={
            **{name: value for name, value in os.environ.items() if name != "NO_COLOR"},
            "TERM": "xterm-256color",
            "PRACTICE_HOME": str(home),
        },
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


def draw_docs(places: Places, home: Path, folder: Path) -> Iterator[Path]:
    """Write every picture of README and docs."""
    clock = Calendar()
    original, *_ = fill(places, clock)
    review = folder / "review.svg"
    review.write_text(as_svg(print_review(home, original), "practice takes show"), encoding="utf-8")
    yield review
    yield from app_pictures.draw_docs(places, clock, folder)
    yield from report_pictures.draw(places, original, folder)


def draw_all(places: Places, screens: Iterable[str], folder: Path) -> Iterator[Path]:
    """Write the screens at every size, in every look."""
    clock = Calendar()
    fill(places, clock)
    for screen in screens:
        # Chromium's own event loop would be in the way of the app's: so it is opened after each.
        pictures = list(app_pictures.draw_all(places, clock, (screen,)))
        yield from report_pictures.rasterise(pictures, folder)


def main() -> None:
    """Write the pictures and print their paths; say what is missing where there is something."""
    parser = argparse.ArgumentParser(description="Draw the pictures of README and docs.")
    parser.add_argument(
        "--all", metavar="FOLDER", type=Path, help="draw every screen into this folder instead"
    )
    parser.add_argument(
        "screens",
        metavar="SCREEN",
        nargs="*",
        help="with --all, only these: " + ", ".join(picture_scenes.SCREENS),
    )
    wanted = parser.parse_args()
    if wanted.screens and not wanted.all:
        parser.error("to name screens, name a folder too: --all FOLDER SCREEN...")
    if unknown := sorted(set(wanted.screens) - set(picture_scenes.SCREENS)):
        parser.error("there is no screen " + ", ".join(unknown))
    if missing := list(find_missing()):
        sys.exit("\n".join(missing))
    folder = wanted.all or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="practice-pictures-") as name:
        home = Path(name)
        places = Places(home / "config", home / "data", home / "state", home / "models")
        pictures = (
            draw_all(places, wanted.screens or picture_scenes.SCREENS, folder)
            if wanted.all
            else draw_docs(places, home, folder)
        )
        for path in pictures:
            print(path, flush=True)


if __name__ == "__main__":
    main()
