"""What a terminal can do to the app: shrink, vanish, suspend it, know nothing, paste anything."""

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.base.settings import Settings, change_setting
from practice.core.recovery import tidy_up
from practice.core.workspace import Workspace
from practice.library.takes import TakeState
from tests.support.cli import COMMAND, run
from tests.support.fake_microphone import RATE_HZ
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.takes import keep_take
from tests.support.virtual_microphone import VirtualMicrophone, wait_until

SCREENS = {
    "today": [("", "lately")],
    "review": [("l", "1 take"), ("\r", "⟨um⟩")],
    "banks": [("b", "Leadership")],
}
"""The keys that lead to a screen, each with what it shows."""


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """A home with one reviewed take, and a terminal that can show colours."""
    change_setting(places().settings_file, "model", "demo")
    with Workspace(places(), Settings(model="demo")) as workspace:
        keep_take(workspace)
    return {**os.environ, "TERM": "xterm-256color"}


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[PseudoTerminal]:
    with PseudoTerminal(list(COMMAND), environment) as opened:
        opened.read_until("lately")
        opened.settle()
        yield opened


def assert_nothing_is_broken() -> None:
    with Workspace(places(), Settings(model="demo")) as workspace:
        tidy_up(workspace)
        assert workspace.library.check() == []
        assert len(workspace.library.takes()) >= 1


@pytest.mark.fault("terminal of 20 by 5 and back")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_window_that_becomes_tiny_and_large_again_shows_the_same(
    terminal: PseudoTerminal, screen: str
) -> None:
    for key, shown in SCREENS[screen]:
        terminal.settle()
        if key:
            terminal.press(key)
            terminal.read_until(shown)
    terminal.resize(5, 20)
    terminal.settle()
    for key in ("\x1b[B", "\x1b[A", "\t"):
        terminal.press(key)
        terminal.settle()
    terminal.press("")
    terminal.resize(36, 120)
    terminal.read_until(shown)
    terminal.press("\x11")
    assert terminal.read_to_the_end() == 0


@pytest.mark.fault("terminal closed")
def test_a_window_that_is_closed_ends_the_app_and_breaks_nothing(terminal: PseudoTerminal) -> None:
    assert terminal.hang_up() >= 0, "a signal ended it"
    assert_nothing_is_broken()


@pytest.mark.fault("terminal closed while recording")
@pytest.mark.sound_server
def test_a_window_that_is_closed_while_recording_costs_no_sound(
    virtual_microphone: VirtualMicrophone, environment: dict[str, str]
) -> None:
    everything = {**virtual_microphone.environment, **environment, "HOME": environment["HOME"]}
    command = [*COMMAND, "record", "--device", "pulse", "--model", "demo"]
    with PseudoTerminal(command, everything) as terminal:
        terminal.read_until("recording")
        spools = places().recordings
        wait_until(
            lambda: sum(f.stat().st_size for f in spools.glob("*.spool/*.s16")) > 2 * RATE_HZ
        )
        terminal.hang_up()
    with Workspace(places(), Settings(model="demo")) as workspace:
        tidy_up(workspace)
        takes = workspace.library.takes()
    assert len(takes) == 2
    assert takes[0].state is not TakeState.RECORDING
    assert (takes[0].duration_s or 0.0) > 0.3


@pytest.mark.fault("app suspended and brought back")
def test_an_app_that_is_stopped_and_continued_shows_the_same(environment: dict[str, str]) -> None:
    with PseudoTerminal(["bash", "--norc", "--noprofile", "-i"], environment) as terminal:
        terminal.settle()
        terminal.press(" ".join(COMMAND) + "\n")
        terminal.read_until("lately")
        terminal.settle()
        terminal.press("\x1a")
        terminal.settle()
        if "Stopped" not in terminal.text:  # a key that means nothing to the app
            group = os.tcgetpgrp(terminal.master)
            os.killpg(group, signal.SIGTSTP)
            terminal.read_until("Stopped")
        terminal.press("fg\n")
        terminal.read_until("lately")
        terminal.press("\x11")
        terminal.settle()
        terminal.press("echo ended with $?\n")
        terminal.read_until("ended with 0")
        terminal.press("exit\n")
        terminal.read_to_the_end()


@pytest.mark.fault("dumb terminal")
def test_a_dumb_terminal_is_told_of_the_commands(environment: dict[str, str]) -> None:
    with PseudoTerminal(list(COMMAND), environment | {"TERM": "dumb"}) as terminal:
        terminal.read_until("practice demo")
        assert terminal.read_to_the_end() == 2
    assert b"\x1b" not in terminal.sent


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.fault("no UTF-8 locale")
@pytest.mark.parametrize(
    "command", ["takes show last", "takes list", "banks list", "keys", "--help"]
)
def test_a_command_without_utf_8_says_what_it_can(
    environment: dict[str, str], command: str
) -> None:
    done = run(*command.split(), environment=environment | ASCII)
    assert done.code == 0
    assert "Traceback" not in done.err
    assert done.out


@pytest.mark.fault("no UTF-8 locale")
def test_the_app_without_utf_8_opens_and_leaves(environment: dict[str, str]) -> None:
    with PseudoTerminal(list(COMMAND), environment | ASCII) as terminal:
        terminal.read_until("lately")
        terminal.press("\x11")
        assert terminal.read_to_the_end() == 0


@pytest.mark.fault("binary pasted")
@pytest.mark.parametrize(("bracketed", "size"), [(True, 20_000), (False, 500)])
def test_pasted_bytes_are_text_or_nothing(
    terminal: PseudoTerminal, bracketed: bool, size: int
) -> None:
    dice = random.Random(20261126)
    # Without the keys that leave: what a paste types is the user's own doing.
    rubbish = bytes(b for b in dice.randbytes(size) if b not in b"\x03\x11q")
    terminal.press("l")
    terminal.read_until("1 take")
    terminal.press("/")
    terminal.settle()
    for start in range(0, len(rubbish), 3_000):
        part = rubbish[start : start + 3_000].replace(b"\x1b", b"")
        terminal.send(b"\x1b[200~" + part + b"\x1b[201~" if bracketed else part)
        terminal.settle()
    assert terminal.process.poll() is None, terminal.text[-2_000:]
    for key in (
        "\x1b",
        "\x1b",
        "\x1b",
        "\x11",
        "\x11",
    ):  # what a paste typed may have opened a dialog
        terminal.press(key)
        terminal.settle()
    assert terminal.read_to_the_end() == 0
    assert_nothing_is_broken()
