"""The terminal app against a bare one, in a pseudo-terminal: `python -m benchmarks.terminal_app`.

Measures the first frame (ratio to a Textual app of one label), a key press to its frame while a
transcription keeps the processors busy, and the share of a core that the recording screen takes.
The recording needs the tests' virtual microphone (a Debian machine with PulseAudio).
"""

import contextlib
import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

from tests.support.virtual_microphone import VirtualMicrophone

RUNS = 7
PRESSES = 60
RECORDING_S = 10.0
QUIET_S = 0.3
BARE = (
    "from textual.app import App\n"
    "from textual.widgets import Label\n"
    "class Bare(App):\n"
    "    def compose(self):\n"
    "        yield Label('Tell me')\n"
    "Bare().run()\n"
)
PRACTICE = ("-m", "practice")


class Screen:
    """A program in a pseudo-terminal of 100 x 30."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, *arguments], dict(environment))
        ioctl(self.terminal, TIOCSWINSZ, pack("HHHH", 30, 100, 0, 0))

    def press(self, keys: str) -> None:
        """Send keys."""
        os.write(self.terminal, keys.encode())

    def read(self, limit_s: float) -> bytes:
        """What it writes next; empty when nothing comes in time."""
        ready, _, _ = select.select([self.terminal], [], [], limit_s)
        return os.read(self.terminal, 1 << 16) if ready else b""

    def read_for(self, seconds: float) -> None:
        """Read whatever comes, for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def settle(self) -> None:
        """Read until it is quiet."""
        while self.read(QUIET_S):
            pass

    def wait_for(self, text: bytes, limit_s: float = 60.0) -> float:
        """Seconds from its start until it has written `text`."""
        seen = b""
        end = time.perf_counter() + limit_s
        while text not in seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"{text!r} was not shown: {seen[-2000:]!r}")
            seen += self.read(1.0)
        return time.perf_counter() - self.started

    def wait_for_the_end(self, limit_s: float = 60.0) -> None:
        """Read until the program has ended."""
        end = time.perf_counter() + limit_s
        while time.perf_counter() < end:
            try:
                self.read(1.0)
            except OSError:  # nobody has the other side of the terminal any more
                return
        raise TimeoutError("it does not end")

    @property
    def cpu_s(self) -> float:
        """Processor time it has taken so far, its children not counted."""
        fields = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


@contextlib.contextmanager
def shown(arguments: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[Screen]:
    """A program on a screen of its own, ended afterwards."""
    screen = Screen(arguments, environment)
    try:
        yield screen
    finally:
        screen.close()


def user_environment(microphone: VirtualMicrophone, home: Path) -> dict[str, str]:
    """What the app runs in: a home of its own with the demo model and that microphone."""
    environment = {
        **microphone.environment,
        "PRACTICE_HOME": str(home),
        "TERM": "xterm-256color",
    }
    # As installed: pip compiles what it installs, so no start has to.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for setting in (("model", "demo"), ("microphone", "pulse")):
        subprocess.run(
            [sys.executable, *PRACTICE, "settings", *setting],
            env=environment,
            check=True,
            capture_output=True,
        )
    return environment


def first_frame_s(arguments: tuple[str, ...], text: bytes, environment: Mapping[str, str]) -> float:
    """From the start of the process until `text` is on the screen."""
    with shown(arguments, environment) as screen:
        return screen.wait_for(text)


def press_to_frame_ms(environment: Mapping[str, str]) -> list[float]:
    """From key presses in the list of banks to the first byte of the next frame."""
    with shown(PRACTICE, environment) as screen:
        screen.wait_for(b"begin")
        screen.settle()
        screen.press("b")
        screen.settle()
        taken = []
        for number in range(PRESSES):
            started = time.perf_counter()
            screen.press("j" if number % 20 < 10 else "k")
            screen.read(5.0)
            taken.append(1000 * (time.perf_counter() - started))
            screen.settle()
        return taken


def recording_share(environment: Mapping[str, str]) -> float:
    """The part of one core that the app takes while it records, without the speech process."""
    with shown((*PRACTICE, "session", "--count", "1"), environment) as screen:
        screen.wait_for(b"think")
        screen.press("\r")
        screen.wait_for(b"recording")
        cpu_s, started = screen.cpu_s, time.perf_counter()
        while time.perf_counter() - started < RECORDING_S:
            screen.read(0.1)
        return (screen.cpu_s - cpu_s) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print the table."""
    with (
        tempfile.TemporaryDirectory(prefix="mic") as folder,
        VirtualMicrophone(Path(folder)) as mic,
    ):
        environment = user_environment(mic, Path(folder) / "home")
        ours, asked, bare = [], [], []
        for _ in range(RUNS):
            ours.append(first_frame_s(PRACTICE, b"practice", environment))
            asked.append(first_frame_s(PRACTICE, b"begin", environment))
            bare.append(first_frame_s(("-c", BARE), b"Tell", environment))
        ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
        print(
            f"first frame   {min(ours):.2f} s, bare {min(bare):.2f} s, ratio {ratio:.2f} (<= 1.5)"
        )
        print(f"  question    {min(asked):.2f} s until it can be answered")
        sample = str(Path("practice/demo/sample_answer.flac").absolute())
        hear = [sys.executable, *PRACTICE, "analyze", "--model", "demo", *([sample] * 30)]
        busy = subprocess.Popen(
            hear, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            pressed = sorted(press_to_frame_ms(environment))
        finally:
            busy.kill()
            busy.wait()
        worst = pressed[int(0.95 * len(pressed))]
        print(
            f"key to frame  median {statistics.median(pressed):.0f} ms, 95 % {worst:.0f} ms (<= 60)"
        )
        print(f"recording     {100 * recording_share(environment):.1f} % of a core (<= 8)")


if __name__ == "__main__":
    main()
