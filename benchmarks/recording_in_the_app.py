"""What the app costs a recording: `python -m benchmarks.recording_in_the_app [SECONDS]`.

The real app records a counter from the tests' virtual microphone (`benchmarks.samples_lost` says
how losses show) while somebody plays with it as fast as a terminal can: palette, help, the
question before leaving, and a window that is dragged to another size twenty times a second. Then
how long quitting takes from the last key to the end of the process: in the middle of the
recording, and while a take is transcribed. Targets: no sample lost, each quit under 0.5 s.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

import soundfile

from benchmarks.samples_lost import count_lost, write_counter
from benchmarks.terminal_app import PRACTICE, Screen, shown, user_environment
from tests.support.virtual_microphone import VirtualMicrophone

SECONDS = 30
SESSION = (*PRACTICE, "session", "--count", "1")
PRESSES = ("\x10", "int", "\x1b", "?", "\x1b", "\x1b", "\x1b")
"""The palette and something typed into it, the help, the question before leaving, each left."""
SIZES = ((24, 80), (36, 120), (50, 160), (12, 40))
EVERY_S = 0.05
"""Between two sizes; a key comes with every fourth, as an escape waits 0.1 s for what follows."""
LONG_TIMES = 40
"""How many times the sample answer is in the recording that is being transcribed."""


def begin_to_record(screen: Screen) -> None:
    """Skip the time to think and wait for the first sample."""
    screen.wait_for(b"think")
    screen.press("\r")
    screen.wait_for(b"recording")


def play_with(screen: Screen, seconds: float) -> int:
    """Press keys and drag the window for so long; returns how often."""
    end = time.perf_counter() + seconds
    times = 0
    while time.perf_counter() < end:
        for keys in PRESSES:
            screen.press(keys)
            for rows, columns in SIZES:
                ioctl(screen.terminal, TIOCSWINSZ, pack("HHHH", rows, columns, 0, 0))
                screen.read_for(EVERY_S)
            times += 1 + len(SIZES)
    return times


def samples_lost(microphone: VirtualMicrophone, folder: Path, seconds: int) -> None:
    """Record the counter in the app that is played with; print what is missing in the take."""
    environment = user_environment(microphone, folder / "lost")
    write_counter(folder / "counter.wav", seconds + 60)
    with shown(SESSION, environment) as screen:
        begin_to_record(screen)
        microphone.play(folder / "counter.wav")
        times = play_with(screen, seconds)
        screen.settle()
        screen.press("\r")
        screen.wait_for(b"Kept")
    (take,) = (folder / "lost").rglob("*.flac")
    samples, _ = soundfile.read(take, dtype="int16")
    checked, jumps, lost = count_lost(samples)
    print(f"samples lost  {lost} of {checked}, {jumps} jumps, {times} keys and sizes (0)")


def seconds_to_quit(screen: Screen, *keys: str) -> float:
    """From the last of `keys` to the end of the process."""
    for key in keys[:-1]:
        screen.press(key)
        screen.settle()
    began = time.perf_counter()
    screen.press(keys[-1])
    screen.wait_for_the_end()
    return time.perf_counter() - began


def quit_while_recording(environment: Mapping[str, str]) -> float:
    """Leave in the middle of an answer."""
    with shown(SESSION, environment) as screen:
        begin_to_record(screen)
        screen.read_for(10.0)
        return seconds_to_quit(screen, "\x11", "\r")


def quit_while_transcribing(environment: Mapping[str, str], folder: Path) -> float:
    """Leave while a take of many minutes is heard."""
    sample, rate = soundfile.read("practice/demo/sample_answer.flac", dtype="int16")
    with soundfile.SoundFile(folder / "long.flac", "w", rate, 1, "PCM_16") as long:
        for _ in range(LONG_TIMES):
            long.write(sample)
    adding = subprocess.Popen(
        [sys.executable, *PRACTICE, "add", str(folder / "long.flac")],
        env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    while not any((Path(environment["PRACTICE_HOME"])).rglob("*.flac")):
        time.sleep(0.05)
    time.sleep(2.0)
    adding.kill()
    adding.wait()
    with shown(PRACTICE, environment) as screen:
        screen.wait_for(b"being transcribed")
        return seconds_to_quit(screen, "q")


def main(seconds: int) -> None:
    """Measure and print the table."""
    with (
        tempfile.TemporaryDirectory(prefix="mic") as place,
        tempfile.TemporaryDirectory() as other,
        VirtualMicrophone(Path(place)) as microphone,
    ):
        folder = Path(other)
        samples_lost(microphone, folder, seconds)
        recording = [
            quit_while_recording(user_environment(microphone, folder / f"quit{n}"))
            for n in range(3)
        ]
        print("quit while recording    ", ", ".join(f"{s:.2f} s" for s in recording), "(< 0.5)")
        transcribing = quit_while_transcribing(
            user_environment(microphone, folder / "busy"), folder
        )
        print(f"quit while transcribing  {transcribing:.2f} s (< 0.5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
