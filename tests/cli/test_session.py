"""`practice session --plain`: a session as lines of text, spoken into a real microphone."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cli import finish, read_until, run, start
from tests.support.virtual_microphone import VirtualMicrophone

SESSION = ("session", "--plain", "--device", "pulse", "--model", "demo", "--bank", "leadership")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.wav"
    text = "um, so, I worked on a small team at the bank, and we had a problem."
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), text], check=True)
    return path


def type_line(process: "subprocess.Popen[str]", line: str = "") -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def test_two_questions_a_retake_and_a_review(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    process = start(*SESSION, "--count", "2", environment=environment)
    for choice in ("r", ""):
        read_until(process, "seconds to think")
        type_line(process)
        read_until(process, "recording; Enter")
        virtual_microphone.speak(answer)
        type_line(process)
        read_until(process, "k keep it")
        type_line(process, "k")
        read_until(process, "v review")
        type_line(process, choice)
    read_until(process, "question 2 of 2")
    type_line(process, "q")
    done = finish(process)
    assert done.code == 0, done.err
    assert done.out.count("⟨um⟩") >= 2
    takes = run("takes", "list", "--json", environment=environment).document["takes"]
    assert [take["number"] for take in takes] == [2, 1]
    assert len({take["question_id"] for take in takes}) == 1
    assert {take["state"] for take in takes} == {"reviewed"}


def test_leaving_in_mid_recording_keeps_the_answer(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    environment = virtual_microphone.environment
    process = start(*SESSION, "--count", "1", environment=environment)
    read_until(process, "seconds to think")
    type_line(process)
    read_until(process, "recording; Enter")
    virtual_microphone.speak(answer)
    type_line(process, "q")
    done = finish(process)
    assert done.code == 0, done.err
    (take,) = run("takes", "list", "--json", environment=environment).document["takes"]
    assert take["duration_s"] > 3


def test_a_bank_that_is_not_there_is_named() -> None:
    done = run("session", "--plain", "--bank", "leadersheep")
    assert done.code == 1
    assert "leadership" in done.err


def test_a_review_comes_in_parts_the_numbers_first_and_the_words_when_asked_for(
    virtual_microphone: VirtualMicrophone, answer: Path
) -> None:
    process = start(*SESSION, "--count", "1", environment=virtual_microphone.environment)
    read_until(process, "seconds to think")
    type_line(process)
    read_until(process, "recording; Enter")
    virtual_microphone.speak(answer)
    type_line(process)
    read_until(process, "k keep it")
    type_line(process, "k")
    for choice in ("v", "w"):
        read_until(process, "v review, w its words")
        type_line(process, choice)
    read_until(process, "v review, w its words")
    done = finish(process, "q\n")
    summary, marked, words = done.out.partition("⟨um⟩")
    assert marked, done.out
    assert "fillers" in summary
    assert "marks:" in words
    assert "words a minute" not in words
