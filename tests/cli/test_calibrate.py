"""`practice calibrate` with a voice at a real sound server's microphone."""

from pathlib import Path

from practice.delivery.calibration.script import load_script
from tests.support.cli import finish, read_until, run, start
from tests.support.read_script import read_aloud
from tests.support.virtual_microphone import VirtualMicrophone

CALIBRATE = ("calibrate", "--device", "pulse", "--model", "demo")


def test_a_reading_is_counted_and_said_beside_the_next_take(
    virtual_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    environment = virtual_microphone.environment
    process = start(*CALIBRATE, "--json", environment=environment)
    told = read_until(process, "recording")
    assert "⟨Um⟩ I started in a small company" in told
    script = load_script("en")
    assert script is not None
    virtual_microphone.speak(read_aloud(tmp_path / "reading.wav", script.sentences[:6]))
    done = finish(process, "\n")
    assert done.code == 0, done.err
    check = done.document["calibration"]
    assert (check["planned"], check["device"], check["model"]) == (6, "pulse", "demo")
    assert check["caught"] >= 4
    assert [place["line"] for place in done.document["planned"]] == list(range(1, 11))
    record = start(
        "record", "--device", "pulse", "--model", "demo", "--json", environment=environment
    )
    read_until(record, "recording")
    virtual_microphone.speak(read_aloud(tmp_path / "answer.wav", ("um, I work in a small team",)))
    assert finish(record, "\n").document["calibration"] == check
    shown = run("takes", "show", "last", environment=environment)
    assert f"ten-line test     {check['caught']} of 6 caught" in shown.out


def test_silence_tells_nothing_and_keeps_nothing(virtual_microphone: VirtualMicrophone) -> None:
    process = start(*CALIBRATE, environment=virtual_microphone.environment)
    read_until(process, "recording")
    done = finish(process, "\n")
    assert done.code == 1
    assert "I cannot tell: no speech was heard. Nothing was kept." in done.out


def test_without_a_model_nobody_reads_in_vain() -> None:
    done = run("calibrate", "--json")
    assert done.code == 4
    assert done.document["error"]["code"] == "model"
    assert "recording" not in done.err


def test_a_language_without_a_script_says_so(tmp_path: Path) -> None:
    done = run("calibrate", "--language", "it", "--model", "demo", "--file", "reading.wav")
    assert done.code == 1
    assert "there is no script to read in the language 'it' yet" in done.err
    assert "en" in done.err


def test_a_file_and_a_microphone_exclude_each_other() -> None:
    done = run("calibrate", "--file", "reading.wav", "--device", "USB", "--json")
    assert done.code == 2
    assert done.document["error"]["code"] == "usage"
