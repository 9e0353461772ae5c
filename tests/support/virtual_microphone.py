"""A sound server of the tests' own, whose microphone hears what a test plays.

Loaded as a pytest plugin, it gives every test the fixture `virtual_microphone`.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

DEBIAN_PACKAGES = ("pulseaudio", "pulseaudio-utils", "libasound2-plugins", "libportaudio2")
SAMPLE_RATE_HZ = 44_100
"""The rate of the whole chain, so that nothing is resampled on the way."""

_START_LIMIT_S = 20.0
_COMMAND_LIMIT_S = 60.0


def wait_until(condition: Callable[[], bool], limit_s: float = 20.0) -> None:
    """Return as soon as `condition` holds; an AssertionError when it does not in `limit_s`."""
    pause = threading.Event()
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, f"not so after {limit_s:g} s"
        pause.wait(0.02)


class VirtualMicrophone:
    """A PulseAudio with a loudspeaker `talker` and a microphone that hears it."""

    def __init__(self, folder: Path) -> None:
        # A socket's path is limited to 107 bytes: pytest's folders are longer.
        self._folder = folder
        self._socket = folder / "pulse.sock"
        self._server: subprocess.Popen[bytes] | None = None
        self._players: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "PULSE_RUNTIME_PATH": str(folder / "pulse"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_LATENCY_MSEC": "30",
        }
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)

    def __enter__(self) -> Self:
        for name in ("run", "pulse", "state"):
            (self._folder / name).mkdir(mode=0o700)
        self.start()
        return self

    def start(self) -> None:
        """Begin to serve, at first or again after `kill`."""
        with (self._folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                [
                    "pulseaudio",
                    "-n",
                    "--daemonize=no",
                    "--use-pid-file=no",
                    "--exit-idle-time=-1",
                    f"--load=module-native-protocol-unix socket={self._socket} auth-anonymous=1",
                    f"--load=module-null-sink sink_name=talker rate={SAMPLE_RATE_HZ} channels=1",
                    "--load=module-remap-source master=talker.monitor source_name=microphone",
                ],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            wait_until(self._answers, _START_LIMIT_S)
            self._control("set-default-source", "microphone")
        except BaseException:
            self.kill()
            raise

    def __exit__(self, *_: object) -> None:
        self.resume()
        self.kill()
        for player in self._players:
            player.kill()
            player.wait()

    @property
    def log(self) -> str:
        """What the server said."""
        return (self._folder / "server.log").read_text(errors="replace")

    def speak(self, wav: Path) -> None:
        """Play `wav` to the microphone; returns when it has been heard."""
        self.play(wav).wait(_COMMAND_LIMIT_S)

    def play(self, wav: Path) -> "subprocess.Popen[bytes]":
        """Begin to play `wav` to the microphone; the end of the test ends it."""
        player = subprocess.Popen(
            ["paplay", "--device=talker", str(wav)],
            # A deep buffer, so that a busy machine does not make gaps in what is played.
            env=self.environment | {"PULSE_LATENCY_MSEC": "2000"},
            stderr=subprocess.DEVNULL,
        )
        self._players.append(player)
        return player

    def suspend(self) -> None:
        """Let the microphone stop in silence, as a powered-down device does."""
        self._control("suspend-source", "microphone", "1")

    def freeze(self) -> None:
        """Let the server hang."""
        self._running.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen server go on."""
        if self._running.poll() is None:
            self._running.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the server as a crash does."""
        self._running.kill()
        self._running.wait()

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._server is not None, "the virtual microphone was not started"
        return self._server

    def _answers(self) -> bool:
        assert self._running.poll() is None, f"PulseAudio ended:\n{self.log}"
        return self._socket.exists() and "microphone" in self._control("list", "short", "sources")

    def _control(self, *words: str) -> str:
        command = ["pactl", *words]
        done = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=_COMMAND_LIMIT_S,
            check=False,
        )
        return done.stdout


def find_obstacle() -> str | None:
    """Why there can be no virtual microphone here, or None."""
    absent = [name for name in ("pulseaudio", "pactl", "paplay") if shutil.which(name) is None]
    libraries = Path("/usr/lib")
    if not any(libraries.glob("**/alsa-lib/libasound_module_pcm_pulse.so")):
        absent.append("the ALSA plug-in for PulseAudio")
    if not any(libraries.glob("**/libportaudio.so.2")):
        absent.append("libportaudio.so.2")
    if not absent:
        return None
    return f"{', '.join(absent)} not found: apt install {' '.join(DEBIAN_PACKAGES)}"


@pytest.fixture
def virtual_microphone() -> Iterator[VirtualMicrophone]:
    """A running virtual microphone; without its packages the test skips, and fails in CI."""
    reason = find_obstacle()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="mic") as folder, VirtualMicrophone(Path(folder)) as it:
        yield it
