"""Speech made on the spot, and one warm speech process for the room."""

import os
import shutil
import subprocess
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import practice.demo
from practice.speech.transcription import TranscriptionOptions
from practice.speech.worker import SpeechWorker

DEMO_MODEL = Path(practice.demo.__file__).parent / "model"
ANSWER = (
    "So, um, in my last job I worked on a team of six people.",
    1.3,
    "We had a deadline, and, uh, nobody knew who was responsible for the release.",
    0.5,
    "In the end we delivered on time, and I learned a lot.",
)
Recording = tuple[NDArray[np.int16], int]


@pytest.fixture(scope="session")
def synthesize(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Recording]:
    """Synthesizes a sentence: samples without surrounding silence, and their rate."""
    if shutil.which("espeak-ng") is None:
        reason = "espeak-ng is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("espeak")

    def synthesize(text: str) -> Recording:
        path = folder / "said.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), text], check=True)
        with wave.open(str(path)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
            loud = np.flatnonzero(np.abs(samples) > 50)
            return samples[loud[0] : loud[-1] + 1], file.getframerate()

    return synthesize


@pytest.fixture(scope="session")
def answer(synthesize: Callable[[str], Recording]) -> Recording:
    """An answer of three sentences and 12 s, with fillers and silences."""
    parts, rate = [], 22_050
    for part in (0.4, *ANSWER, 0.6):
        if isinstance(part, str):
            samples, rate = synthesize(part)
            parts.append(samples)
        else:
            parts.append(np.zeros(int(part * rate), np.int16))
    return np.concatenate(parts), rate


@pytest.fixture(scope="session")
def answer_file(answer: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answer as a WAV file."""
    path = tmp_path_factory.mktemp("answer") / "answer.wav"
    write_wav(path, *answer)
    return path


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpeechWorker]:
    """One speech process for all the tests of the room that do not harm it."""
    with SpeechWorker(tmp_path_factory.mktemp("log") / "speech.log") as warm:
        warm.warm(DEMO_MODEL)
        yield warm


@pytest.fixture(scope="session")
def demo_model() -> Path:
    """The model that comes with the program."""
    return DEMO_MODEL


@pytest.fixture(scope="session")
def demo() -> TranscriptionOptions:
    """What transcribes with that model."""
    return TranscriptionOptions(DEMO_MODEL, "demo")


def write_wav(path: Path, samples: NDArray[np.int16], rate: int) -> None:
    """Write mono 16-bit samples."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())


@pytest.fixture(scope="session")
def write_wav_file() -> Callable[[Path, NDArray[np.int16], int], None]:
    """Writes mono 16-bit samples to a path."""
    return write_wav
