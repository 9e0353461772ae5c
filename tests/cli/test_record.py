"""`practice record` with a voice at a real sound server's microphone."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.workspace import Workspace
from tests.support.cli import COMMAND, finish, read_until, run, start
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.takes import keep_take
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
    assert shown.document == review | {"feedback": [], "guess": None, "parts": None}


def test_a_microphone_that_falls_silent_is_said_while_it_records(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    process = start(*RECORD, environment=virtual_microphone.environment)
    read_until(process, "recording")
    virtual_microphone.speak(answer)
    read_until(process, "no sound arrives: is the microphone muted, or gone?")
    done = finish(process, "\n")
    assert done.code == 0, done.err


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


def test_an_interrupt_ends_it_where_a_shell_had_interrupts_ignored(
    virtual_microphone: VirtualMicrophone,
) -> None:
    ignoring = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", *COMMAND, *RECORD]
    with subprocess.Popen(
        ignoring,
        env=virtual_microphone.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        read_until(process, "recording")
        process.send_signal(signal.SIGINT)
        done = finish(process)
    assert "kept as take" in done.err


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


def record_shortly(environment: Mapping[str, str], typed: str) -> tuple[str, list[str]]:
    """What a terminal shows when two seconds are recorded there, and the ids of the takes."""
    command = [sys.executable, "-m", "practice", *RECORD[:-1]]
    with PseudoTerminal(command, environment) as terminal:
        terminal.read_until("recording")
        terminal.read_until("0:02")
        terminal.press("\r")
        terminal.read_until("k and Enter keeps it")
        terminal.press(typed)
        terminal.read_to_the_end()
        text = terminal.text
    takes = run("takes", "list", "--json", environment=environment).document["takes"]
    return text, [take["id"] for take in takes]


def test_in_a_terminal_a_very_short_take_is_kept_only_if_asked_for(
    virtual_microphone: VirtualMicrophone,
) -> None:
    environment = virtual_microphone.environment
    text, kept = record_shortly(environment, "\r")
    assert ("deleted" in text, kept) == (True, [])
    text, kept = record_shortly(environment, "k\r")
    assert ("too short for an answer" in text, len(kept)) == (True, 1)


def test_without_a_terminal_a_very_short_take_is_kept_and_told(
    virtual_microphone: VirtualMicrophone,
) -> None:
    done = run(*RECORD, "--seconds", "1", environment=virtual_microphone.environment)
    assert "too short for an answer" in done.err
    assert done.document["take"]["id"] in done.err


def test_in_a_terminal_guesses_are_asked_for_while_it_is_transcribed(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    with Workspace(places(), Settings(model="demo")) as workspace:
        keep_take(workspace)  # of the first answer of all nobody is asked
    command = [*COMMAND, *RECORD[:-1]]
    with PseudoTerminal(command, environment) as terminal:
        terminal.read_until("recording")
        virtual_microphone.speak(answer)
        terminal.press("\r")
        terminal.read_until("Enter alone passes")
        terminal.press("many\r")
        terminal.read_until("is not 3 digits")
        terminal.press("3-2\r")
        terminal.read_until("Fillers: you guessed many; found")
        terminal.read_until("Said what I meant: you guessed partly")
        assert terminal.read_to_the_end() == 0
    shown = run("takes", "show", "last", "--json", environment=environment).document
    assert shown["guess"]["fillers"]["guessed"] == "many"
    assert shown["guess"]["pace"] is None
