"""A question that is read aloud, on a sound server whose microphone hears the loudspeaker."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.support.cli import finish, read_until, run, start
from tests.support.virtual_microphone import SAMPLE_RATE_HZ, VirtualMicrophone

QUESTION = "Tell me about a difficult decision that you had to make without your manager."
BANK = f"title: One\nquestions:\n  - id: decision\n    text: {QUESTION}\n"
FORMAT = """\
title: Short call
questions: 1
think_s: 0
answer_s: 30
hard_stop: yes
second_try: no
shown_before_end: no
read_aloud: yes
"""
HUM_HZ, HUM_WIDTH_HZ = 1_000.0, 60.0
LOUD, SILENT = 0.03, 0.001
"""Of full scale."""


@pytest.fixture
def environment(virtual_microphone: VirtualMicrophone, home: Path) -> dict[str, str]:
    """A home with one question and a format that reads it aloud, into the microphone."""
    if shutil.which("espeak-ng") is None:
        reason = "espeak-ng not found: apt install espeak-ng"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    for folder, name, text in (
        (home / "data" / "question_banks", "one", BANK),
        (home / "config" / "formats", "call", FORMAT),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(text)
    return virtual_microphone.environment | {"PRACTICE_HOME": str(home)}


def write_hum(path: Path) -> Path:
    """An answer of one pitch, which nothing of a voice is hidden in."""
    times = np.arange(6 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    edges = np.clip(np.minimum(times, times[::-1]) * 5, 0, 1)
    hum = np.sin(2 * np.pi * HUM_HZ * times) * edges
    soundfile.write(path, np.rint(12_000 * hum).astype(np.int16), SAMPLE_RATE_HZ)
    return path


def find_voice(heard: NDArray[np.float32], rate_hz: int) -> float:
    """How loud the loudest tenth of a second is without the hum."""
    window = rate_hz // 10
    if len(heard) < window:
        return 0.0
    spectrum = np.fft.rfft(heard)
    pitches_hz = np.fft.rfftfreq(len(heard), 1 / rate_hz)
    spectrum[abs(pitches_hz - HUM_HZ) < HUM_WIDTH_HZ] = 0
    rest = np.fft.irfft(spectrum, len(heard))
    parts = rest[: len(rest) // window * window].reshape(-1, window)
    return float(np.sqrt((parts**2).mean(axis=1)).max(initial=0))


@pytest.mark.sound_server
@pytest.mark.parametrize("begins_early", [False, True])
def test_nothing_of_a_question_that_is_read_aloud_is_in_the_take(
    virtual_microphone: VirtualMicrophone,
    environment: dict[str, str],
    home: Path,
    tmp_path: Path,
    begins_early: bool,
) -> None:
    # What the microphone hears while it is read, recorded beside the session.
    heard = tmp_path / "heard.raw"
    with heard.open("wb") as file:
        recorder = subprocess.Popen(
            ["parec", "--device=microphone", "--format=s16le", "--rate=44100", "--channels=1"],
            env=virtual_microphone.environment,
            stdout=file,
        )
        process = start(
            "session", "--plain", "--device", "pulse", "--model", "demo", "--format", "call",
            "--bank", "one", environment=environment,
        )  # fmt: skip
        try:
            read_until(process, "seconds to think")
            if begins_early:
                while find_voice(_read_raw(heard), SAMPLE_RATE_HZ) < LOUD:
                    assert process.poll() is None
                type_line(process)
            read_until(process, "recording; Enter")
            virtual_microphone.speak(write_hum(tmp_path / "hum.wav"))
            type_line(process)
            done = finish(process)
        finally:
            recorder.terminate()
            recorder.wait()
    assert done.code == 0, done.err
    (take,) = run("takes", "list", "--json", environment=environment).document["takes"]
    take_id = take["id"]
    recorded, rate_hz = soundfile.read(
        home / "data" / "recordings" / f"{take_id}.flac", dtype="float32"
    )
    assert find_voice(_read_raw(heard), SAMPLE_RATE_HZ) > LOUD  # the microphone heard it
    assert find_voice(recorded, rate_hz) < SILENT
    assert np.abs(recorded).max() > 0.3  # the answer itself is there


def _read_raw(path: Path) -> NDArray[np.float32]:
    data = path.read_bytes()
    samples: NDArray[np.float32] = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype("<f4")
    return samples / np.float32(32768)


def type_line(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
