"""`practice formats`, and a session in a format as lines of text."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cli import finish, read_until, run, start
from tests.support.virtual_microphone import VirtualMicrophone

TALK = """\
title: Little talk
questions: 1
think_s: 0
hard_stop: yes
second_try: no
shown_before_end: no
slides: 2
length_s: 60
rehearsal: yes
"""


@pytest.fixture
def formats(home: Path) -> Path:
    folder = home / "config" / "formats"
    folder.mkdir(parents=True)
    return folder


def type_line(process: "subprocess.Popen[str]", line: str = "") -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def test_formats_are_listed_shown_and_checked(formats: Path) -> None:
    (formats / "mine.yaml").write_text("title: Mine\x1b[31m\nhard_stop: perhaps\n")
    (formats / "good.yaml").write_text("title: 'Good [red] one'\n")
    listed = run("formats", "list")
    assert "2 problems" in listed.out
    assert "panel" in listed.out
    checked = run("formats", "check", "mine")
    assert checked.code == 1
    assert "mine.yaml:1:12: the control character U+001B; take it out" in checked.out
    assert "mine.yaml:2:12: hard_stop: expected yes or no, found 'perhaps'" in checked.out
    assert "\x1b" not in listed.out + checked.out
    assert run("formats", "check", "good", "panel").code == 0
    shown = run("formats", "show", "good", "--json").document["format"]
    assert shown["rules"] == {"title": "Good [red] one"}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--format", "panle"), 1, "did you mean 'panel'"),
        (("--interview", "next"), 2, "--format"),
        (("--format", "panel", "--count", "2"), 2, "a format says how many"),
        (("--format", "panel", "--interview", "nobody"), 1, "nobody"),
        (("--format", "mine"), 1, "mine.yaml:1:1"),
    ],
)
def test_what_makes_no_sense_is_refused(
    formats: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    (formats / "mine.yaml").write_text("about: nothing\n")
    done = run("session", "--plain", *options)
    assert (done.code, said in done.err) == (code, True), done.err


@pytest.mark.sound_server
def test_a_talk_for_an_interview_as_lines(
    virtual_microphone: VirtualMicrophone, formats: Path, tmp_path: Path
) -> None:
    (formats / "talk.yaml").write_text(TALK)
    environment = virtual_microphone.environment | {"PRACTICE_HOME": str(formats.parents[1])}
    run("interviews", "add", "Acme", environment=environment)
    speech = tmp_path / "speech.wav"
    said = "um, so, I worked on a small team at the bank, and we had a problem to solve."
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(speech), said], check=True)
    process = start(
        "session", "--plain", "--device", "pulse", "--model", "demo", "--format", "talk",
        "--interview", "acme", environment=environment,
    )  # fmt: skip
    read_until(process, "45 seconds to answer, 2 slides")
    read_until(process, "recording slide 1")
    virtual_microphone.speak(speech)
    type_line(process, "s")
    read_until(process, "slide 2 of 2")
    virtual_microphone.speak(speech)
    type_line(process)
    read_until(process, "question 2 of 2")
    read_until(process, "recording; Enter")
    virtual_microphone.speak(speech)
    type_line(process)
    done = finish(process)
    assert done.code == 0, done.err
    assert "Rehearsals for Acme: 1 of 9." in done.err
    assert "Slides shown: 2, each with its words a minute" in done.out
    shown = run("interviews", "show", "acme", environment=environment)
    assert "rehearsals     1 of 9" in shown.out
