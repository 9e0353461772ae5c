import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.paths import places
from tests.support.pseudo_terminal import PseudoTerminal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def terminal(home: Path) -> Iterator[PseudoTerminal]:
    """The hostile app in a terminal that can show every colour."""
    hostile_model = places().models / "b [RED] [$primary] \x1b]0;owned\x07"
    hostile_model.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (hostile_model / name).write_text("{}")
    (hostile_model / "model.bin").write_bytes(b"WhisperSpec")
    environment = {
        **os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.tui.hostile_app"]
    with PseudoTerminal(command, environment) as opened:
        opened.read_until("[$primary]")
        yield opened


def assert_nothing_got_through(terminal: PseudoTerminal) -> None:
    left = terminal.text
    assert "\N{REPLACEMENT CHARACTER}" in left, "the hostile text was never shown"
    assert set(re.findall(r"[\x00-\x1f\x7f-\x9f]", left)) <= {"\r", "\n"}
    assert b"\x1b[31m" not in terminal.sequences


def test_no_control_byte_of_any_text_reaches_the_terminal(terminal: PseudoTerminal) -> None:
    for keys, shown in [
        ("?", "Propose another question."),
        ("\x1b", "new to you"),
        (",", "Settings"),
        ("\r", "Microphone"),
        ("\x1b", "speech model"),
        ("\x1b[B\r", "Speech model"),
        ("\x1b[F", "[RED]"),
        ("\x1b\x1b", "new to you"),
        ("s", "every question"),
        ("\x1b", "new to you"),
        ("\r", "time to think"),
        ("\r", "recording"),
        ("\r", "Press k to keep"),
        ("k", "Saved"),
        ("n", "time to think"),
        ("\x1b", "in all."),
        ("\r", "Key points"),
        ("\x1b", "in all."),
        ("\x1b", "lately"),
    ]:
        terminal.settle()
        terminal.press(keys)
        terminal.read_until(shown)
    terminal.settle()
    terminal.press("q")

    assert terminal.read_to_the_end() == 0
    assert_nothing_got_through(terminal)


def test_quitting_gives_the_terminal_back(terminal: PseudoTerminal) -> None:
    terminal.settle()
    terminal.press("q")
    assert terminal.read_to_the_end() == 0
    assert bytes(terminal.sent).rindex(b"\x1b[?1049l") > bytes(terminal.sent).rindex(b"\x1b[?1049h")
    assert b"\x1b[?25h" in terminal.sent
