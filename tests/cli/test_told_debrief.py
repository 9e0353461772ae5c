"""A debrief from what was spoken: a recording of the interview, a take, or told just now."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cli import finish, read_until, run, start
from tests.support.virtual_microphone import VirtualMicrophone

INTERVIEW = (
    "Why did you leave your last job? I wanted to learn more."
    " Tell me about a time you disagreed with your manager. We had a plan for three months."
)
TELLING = "It went well. They asked me why I left my last job. I said that I wanted to learn more."


def speak_to(file: Path, text: str) -> Path:
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", str(file), text], check=True)
    return file


def test_the_questions_of_a_recording_are_offered_and_it_is_not_kept(
    home: Path, tmp_path: Path, tiny_en: Path
) -> None:
    run("interviews", "add", "Acme")
    file = speak_to(tmp_path / "talk.wav", INTERVIEW)
    heard = run(
        "interviews", "debrief", "acme", "--from", str(file), "--model", str(tiny_en), "--json"
    )
    assert heard.code == 0, heard.err
    # The smallest model may take the first word of this voice for another one.
    asked = heard.document["offered"][-1]
    assert asked["text"] == "Tell me about a time you disagreed with your manager."
    assert 4 < asked["start_s"] < 5
    assert run("takes", "list", "--json").document["takes"] == []
    assert not list(home.rglob("*.flac"))


@pytest.mark.sound_server
def test_what_is_told_aloud_is_kept_as_a_take_and_its_questions_are_offered(
    virtual_microphone: VirtualMicrophone, tmp_path: Path, tiny_en: Path
) -> None:
    environment = virtual_microphone.environment
    run("interviews", "add", "Acme", environment=environment)
    told = speak_to(tmp_path / "told.wav", TELLING)
    way = ("interviews", "debrief", "acme")
    process = start(
        *way, "--voice", "--device", "pulse", "--model", str(tiny_en), environment=environment
    )
    read_until(process, "Enter to stop")
    virtual_microphone.speak(told)
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    read_until(process, "Take those that you were asked")
    # What went well, how it felt; y, strong; no more, said, surprised.
    done = finish(process, "\n4\ny\ns\n\n\n\n")
    assert done.code == 0, done.err
    shown = run("interviews", "show", "acme", "--json", environment=environment).document
    (asked,) = shown["asked"]
    assert asked["rating"] == "strong"
    assert "left my last job" in asked["text"]
    # The take stays, and can be asked again; what was taken is not offered twice.
    again = run(*way, "--take", "last", "--json", environment=environment).document
    assert again["offered"] == []
