"""The app in a real terminal, spoken to through a real sound server, by keys alone."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.virtual_microphone import VirtualMicrophone, wait_until

COLUMNS, ROWS = 100, 30
PATIENCE_S = 60.0
ENDS = {"CR": "\r", "LF": "\n", "CRLF": "\r\n", "LS": "\u2028"}
WRITTEN = [
    line for how in ("told", "typed") for name in ENDS for line in (f"{name} {how}", f"then {how}")
]


class TmuxTerminal:
    """A tmux server of the test's own with one window."""

    def __init__(self, folder: Path) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux.sock"), "-f", "/dev/null"]

    def open(self, command: str, environment: dict[str, str]) -> None:
        """Run `command` in the window."""
        size = ["-x", str(COLUMNS), "-y", str(ROWS)]
        start = [*self._tmux, "new-session", "-d", *size, command]
        subprocess.run(start, check=True, env=environment)

    def press(self, *keys: str) -> None:
        """Send keys by tmux's names for them."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def paste(self, text: str, *, is_bracketed: bool) -> None:
        """Paste `text` as it is, told to be a paste or typed at once."""
        subprocess.run([*self._tmux, "load-buffer", "-"], input=text.encode(), check=True)
        bracketed = ["-p"] if is_bracketed else []
        subprocess.run([*self._tmux, "paste-buffer", "-r", *bracketed], check=True)

    @property
    def screen(self) -> str:
        """What the window shows."""
        capture = [*self._tmux, "capture-pane", "-p"]
        return subprocess.run(capture, capture_output=True, text=True, check=False).stdout

    @property
    def pane_pid(self) -> str:
        """The process that the window began with."""
        ask = [*self._tmux, "display-message", "-p", "#{pane_pid}"]
        return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()

    @property
    def is_open(self) -> bool:
        """Whether the command still runs."""
        listing = [*self._tmux, "list-sessions"]
        return subprocess.run(listing, capture_output=True, check=False).returncode == 0

    def shows(self, text: str) -> None:
        """Wait until the window shows `text`."""
        try:
            wait_until(lambda: text in self.screen, PATIENCE_S)
        except AssertionError:
            pytest.fail(f"waited in vain for {text!r}:\n{self.screen}")

    def close(self) -> None:
        """End the server and what runs in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def terminal(virtual_microphone: VirtualMicrophone) -> Iterator[TmuxTerminal]:
    if shutil.which("tmux") is None:
        if os.environ.get("CI"):
            pytest.fail("tmux not found: apt install tmux")
        pytest.skip("tmux not found: apt install tmux")
    opened = TmuxTerminal(Path(virtual_microphone.environment["HOME"]))
    yield opened
    opened.close()


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.wav"
    text = (
        "um, so, I worked on a small team at the bank, and we had a problem with the system."
        " I talked to the manager, and we made a plan."
    )
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), text], check=True)
    return path


def paste_notes(terminal: TmuxTerminal) -> None:
    """Write the notes of the review by pasting lines with every kind of end."""
    terminal.press("w")
    terminal.shows("Notes on this take")
    for is_bracketed in (True, False):
        for name, end in ENDS.items():
            how = "told" if is_bracketed else "typed"
            terminal.paste(f"{name} {how}{end}then {how}{end}", is_bracketed=is_bracketed)
            terminal.shows(f"{name} {how}")
    terminal.press("Escape")
    wait_until(lambda: "Notes on this take" not in terminal.screen, PATIENCE_S)


def test_two_questions_review_compare_and_quit(
    virtual_microphone: VirtualMicrophone, terminal: TmuxTerminal, answer: Path, home: Path
) -> None:
    environment = {**virtual_microphone.environment, "TERM": "xterm-256color"}
    environment.pop("CI", None)
    for key, value in (("model", "demo"), ("microphone", "pulse"), ("guesses", "no")):
        run("settings", key, value, environment=environment)
    words = [sys.executable, "-m", "practice", "session", "--count", "2", "--bank", "leadership"]
    terminal.open(shlex.join(words), environment)
    for after in ("r", "n", "n"):
        terminal.shows("time to think")
        terminal.press("Enter")
        terminal.shows("● recording")
        virtual_microphone.speak(answer)
        terminal.press("Enter")
        terminal.shows("Saved")
        terminal.press(after)
    terminal.shows("3 takes of 2 questions")
    wait_until(lambda: terminal.screen.count("wpm") == 3, PATIENCE_S)
    terminal.press("Escape")
    terminal.shows("lately")
    terminal.press("l")
    terminal.shows("3 takes")
    terminal.press("Down", "Enter")
    terminal.shows("⟨um⟩")
    paste_notes(terminal)
    terminal.press("c")
    terminal.shows("take 1")
    terminal.press("Escape")
    terminal.press("Escape")
    terminal.shows("3 takes")
    terminal.press("C-q")
    wait_until(lambda: not terminal.is_open, PATIENCE_S)
    takes = run("takes", "list", "--json", environment=environment).document["takes"]
    assert {take["state"] for take in takes} == {"reviewed"}
    assert len({take["question_id"] for take in takes}) == 2
    reports = [
        run("report", take["id"], "--format", "txt", environment=environment).out for take in takes
    ]
    lines = [line.strip() for report in reports for line in report.splitlines()]
    assert [line for line in lines if line in WRITTEN] == WRITTEN
    said = run("takes", "show", "last", "--json", environment=environment).document
    assert {"team", "problem"} <= {word["text"].strip(".,") for word in said["words"]}


def test_a_terminated_app_gives_the_terminal_back(
    virtual_microphone: VirtualMicrophone, terminal: TmuxTerminal
) -> None:
    environment = {**virtual_microphone.environment, "TERM": "xterm-256color"}
    app = shlex.join([sys.executable, "-m", "practice"])
    terminal.open(f"sh -c '{app}; echo ended with $?; cat'", environment)
    terminal.shows("Esc")
    subprocess.run(["pkill", "-TERM", "-P", terminal.pane_pid], check=True)
    terminal.shows("ended with 143")
    assert "Traceback" not in terminal.screen
