import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.base.settings import change_setting
from tests.support.app_harness import HOSTILE
from tests.support.pseudo_terminal import PseudoTerminal

MARKUP = "a [x] [RED] [$primary] \\"


@pytest.fixture
def hostile_list(tmp_path: Path) -> Path:
    """A list to import whose every line means harm."""
    path = tmp_path / f"{MARKUP}.md"
    path.write_text(f"# {HOSTILE}\n\n* {HOSTILE}?\n  * {HOSTILE}\n* Another?\n\n{HOSTILE}\n")
    return path


@pytest.fixture
def terminal(home: Path) -> Iterator[PseudoTerminal]:
    """The app on banks whose texts and file names mean harm."""
    where = places()
    change_setting(where.settings_file, "model", "demo")
    where.banks.mkdir(parents=True)
    (where.banks / "markup.yaml").write_text(
        f"title: '{MARKUP}'\nquestions:\n  - text: '{MARKUP}'\n    notes: '{MARKUP}'\n"
    )
    escaped = json.dumps(HOSTILE)
    name = HOSTILE.replace("/", "")
    (where.banks / f"{name}.yaml").write_text(
        f"title: {escaped}\nquestions:\n  - text: {escaped}\n    {escaped}: 1\n"
    )
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with PseudoTerminal([sys.executable, "-m", "practice"], environment) as opened:
        opened.read_until("[$primary]")
        yield opened


def test_no_control_byte_of_a_bank_or_a_list_reaches_the_terminal(
    terminal: PseudoTerminal, hostile_list: Path
) -> None:
    for keys, shown in [
        ("b", "1 question"),
        ("\r", "edit"),
        ("\x04", "duplicated"),
        ("M", "Move this question to"),
        ("\x1b", "edit"),
        ("p", "preview"),
        ("\x1b", "duplicated"),
        ("\r", "A question of"),
        ("\x1b", "duplicated"),
        ("/", "F1 help"),
        ("zz", "No question holds"),
        ("\x1b", "[$primary]"),
        ("\x1b", "new bank"),
        ("\x1b[B", "Enter opens the editor there"),
        ("I", "Import a list"),
        (str(hostile_list), ".md"),
        ("\r", "not understood, and left out"),
        ("\r", "Another?"),
    ]:
        terminal.settle()
        terminal.press(keys)
        terminal.read_until(shown)
    terminal.settle()
    terminal.press("\x11")

    assert terminal.read_to_the_end() == 0
    assert "\N{REPLACEMENT CHARACTER}" in terminal.text, "the hostile text was never shown"
    assert set(re.findall(r"[\x00-\x1f\x7f-\x9f]", terminal.text)) <= {"\r", "\n"}
    assert b"\x1b[31m" not in terminal.sequences
