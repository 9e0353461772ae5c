"""`practice record` with a voice at a real sound server's microphone."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.support.cli import finish, read_until, run, start
from tests.support.virtual_microphone import VirtualMicrophone

TEXT = (
    "um, so, I work on a small team at the bank. we had a problem with, uh, the old program."
    " I talked to the manager, and we made a plan for three months."
)
RECORD = ("record", "--device", "pulse", "--model", "demo", "--json")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), TEXT], check=True)
    return path


def test_what_is_spoken_comes_back_as_words_and_fillers(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    process = start(*RECORD, environment=environment)
    read_until(process, "recording")
    virtual_microphone.speak(answer)
    done = finish(process, "\n")
    assert done.code == 0, done.err
    review = done.document
    assert {"small", "team", "bank", "problem", "plan"} <= {
        word["text"].strip(".,") for word in review["words"]
    }
    assert {"um", "uh"} <= {f["label"] for f in review["findings"] if f["certainty"] == "certain"}
    shown = run("takes", "show", "last", "--json", environment=environment)
    assert shown.document == review


def test_ctrl_c_ends_the_recording_and_keeps_it(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    process = start(*RECORD, environment=environment)
    read_until(process, "recording")
    virtual_microphone.speak(answer)
    process.send_signal(signal.SIGINT)
    done = finish(process)
    assert done.code == 0, done.err
    assert done.document["transcription"]["status"] == "ok"


def test_seconds_end_the_recording(virtual_microphone: VirtualMicrophone) -> None:
    done = run(*RECORD, "--seconds", "1", environment=virtual_microphone.environment)
    assert done.document["transcription"]["status"] == "no_speech"
    assert 1.0 <= done.document["source"]["duration_s"] < 3.0
    assert done.document["words"] == []
    assert done.code == 1


def test_a_microphone_that_is_not_there_is_named(virtual_microphone: VirtualMicrophone) -> None:
    done = run("record", "--device", "harp", environment=virtual_microphone.environment)
    assert done.code == 3
    assert "'harp'" in done.err
    assert "pulse" in done.err


def test_a_model_that_is_not_there_stops_before_anything_is_said() -> None:
    done = run("record", "--model", "small.en", "--json")
    assert done.code == 4
    assert done.document["error"]["code"] == "model"
    assert "practice models get small.en" in done.err


def test_without_a_model_the_take_is_kept_and_reviewed_from_the_sound(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    process = start("record", "--device", "pulse", "--json", environment=environment)
    read_until(process, "recording")
    virtual_microphone.speak(answer)
    done = finish(process, "\n")
    assert done.document["transcription"]["status"] == "no_model"
    assert done.document["measures"]["speaking_s"] > 2
    assert done.document["measures"]["wpm"] is None
    again = run("takes", "retry", "last", "--model", "demo", "--json", environment=environment)
    assert again.document["transcription"]["status"] == "ok"
