"""`practice record` when the sound system, the process or the disk fails in mid-recording."""

import subprocess
from pathlib import Path

import pytest

from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.workspace import Workspace
from tests.support.cli import finish, read_until, run, start
from tests.support.takes import keep_take
from tests.support.virtual_microphone import VirtualMicrophone

RECORD = ("record", "--device", "pulse", "--model", "demo", "--json")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.wav"
    text = "um, so, I worked on a small team at the bank."
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), text], check=True)
    return path


@pytest.mark.fault("sound server killed")
@pytest.mark.parametrize("fault", ["kill", "suspend"])
def test_a_microphone_that_dies_ends_the_recording_and_what_was_said_is_kept(
    virtual_microphone: VirtualMicrophone, answer: Path, fault: str
) -> None:
    process = start(*RECORD, environment=virtual_microphone.environment)
    read_until(process, "recording")
    virtual_microphone.speak(answer)
    getattr(virtual_microphone, fault)()
    done = finish(process)
    assert done.code == 3
    assert "what was said is kept" in done.err
    assert "team" in done.document["transcription"]["text"]


@pytest.mark.fault("kill -9: practice record")
def test_a_killed_recording_is_found_at_the_next_start(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    process = start(*RECORD, environment=environment)
    read_until(process, "recording")
    virtual_microphone.speak(answer)
    process.kill()
    finish(process)
    listed = run("takes", "list", "--json", environment=environment)
    assert "recovered a recording" in listed.err
    (take,) = listed.document["takes"]
    assert take["state"] == "recorded"
    review = run("takes", "retry", take["id"], "--model", "demo", "--json").document
    assert "team" in review["transcription"]["text"]
    assert "recovered" not in run("takes", "list", environment=environment).err


@pytest.mark.fault("no sound server")
def test_without_a_sound_server_nothing_is_begun(virtual_microphone: VirtualMicrophone) -> None:
    virtual_microphone.kill()
    done = run(*RECORD, environment=virtual_microphone.environment)
    assert done.code == 3
    assert "Traceback" not in done.err
    assert run("takes", "list", "--json").document["takes"] == []


@pytest.mark.fault("sound server restarted")
def test_a_sound_server_that_comes_back_is_used_again(
    virtual_microphone: VirtualMicrophone,
) -> None:
    environment = virtual_microphone.environment
    virtual_microphone.kill()
    assert run(*RECORD, environment=environment).code == 3
    virtual_microphone.start()
    assert run(*RECORD, "--seconds", "1", environment=environment).code in {0, 1}
    (take,) = run("takes", "list", "--json").document["takes"]
    assert take["duration_s"] >= 1


@pytest.mark.fault("microphone renamed")
def test_a_microphone_that_has_another_name_now_is_said_with_those_there_are(
    virtual_microphone: VirtualMicrophone,
) -> None:
    environment = virtual_microphone.environment
    run("settings", "microphone", "Old headset", environment=environment)
    done = run("record", "--model", "demo", environment=environment)
    assert done.code == 3
    assert "no microphone named 'Old headset'" in done.err
    assert "pulse" in done.err
    assert run("takes", "list", "--json").document["takes"] == []


@pytest.mark.fault("recording missing")
def test_a_take_whose_recording_is_missing_keeps_its_words_and_says_what_is_gone() -> None:
    with Workspace(places(), Settings(model="demo")) as workspace:
        audio = keep_take(workspace).audio
    assert audio
    audio.unlink()
    assert run("takes", "show", "last").code == 0
    for command in ("play", "retry"):
        done = run("takes", command, "last")
        assert done.code == 1
        assert "has no recording" in done.err
    assert "is missing" in run("doctor").out
