"""What reads aloud is a program of the system; here, scripts that note what they are given."""

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.system.reading_aloud import DRAIN_S, AloudReader, make_speakable

pytestmark = [pytest.mark.posix, pytest.mark.skipif(sys.platform != "linux", reason="its programs")]

HOSTILE = "--version; $(touch owned) `id` \"'\n-rf [[h@]] <break/> \x1b]0;owned\x07 \x00 end"
NOTE = """\
#!{python}
import json, sys, time
with open({notes!r}, "a", encoding="utf-8") as notes:
    said = sys.stdin.read() if {reads} else ""
    notes.write(json.dumps([sys.argv, said]) + "\\n")
if {lasts} and "--cancel" not in sys.argv:
    time.sleep(600)
sys.exit({code})
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a program of a name on the only folder where programs are looked for."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    notes = str(tmp_path / "notes")

    def write(name: str, code: int = 0, *, lasts: bool = False) -> None:
        script = programs / name
        reads = name == "espeak-ng"
        script.write_text(
            NOTE.format(python=sys.executable, notes=notes, reads=reads, lasts=lasts, code=code)
        )
        script.chmod(0o700)

    return write


def read_notes(tmp_path: Path) -> list[tuple[list[str], str]]:
    """The arguments and the input of every program that ran."""
    lines = (tmp_path / "notes").read_text("utf-8").splitlines()
    return [(argv[1:], said) for argv, said in map(json.loads, lines)]


def test_a_hostile_text_reaches_the_program_as_plain_text(install: Install, tmp_path: Path) -> None:
    install("espeak-ng")
    reader = AloudReader()
    reader.read(HOSTILE, "en")
    reader.wait_until_silent()
    ((arguments, said),) = read_notes(tmp_path)
    assert arguments == ["-b", "1", "-v", "en", "--stdin"]
    assert said == ("--version; $(touch owned) `id` \"' -rf [ [h@]] <break/> ]0;owned end")
    assert not (tmp_path / "owned").exists()


def test_behind_two_hyphens_a_text_is_no_option(install: Install, tmp_path: Path) -> None:
    install("spd-say")
    reader = AloudReader()
    reader.read("--help", "pt-BR", speaker=1)
    reader.wait_until_silent()
    ((arguments, _),) = read_notes(tmp_path)
    assert arguments[-2:] == ["--", "--help"]
    assert arguments[:-2] == ["--wait", "--language", "pt", "--voice-type", "female1"]


def test_each_asker_has_another_voice(install: Install, tmp_path: Path) -> None:
    install("espeak-ng")
    reader = AloudReader()
    for speaker in range(3):
        reader.read("Why?", "de", speaker)
        reader.wait_until_silent()
    assert len({arguments[3] for arguments, _ in read_notes(tmp_path)}) == 3


def test_where_one_program_fails_the_next_one_reads(install: Install, tmp_path: Path) -> None:
    install("spd-say", code=1)
    install("espeak-ng")
    reader = AloudReader()
    reader.read("Why?", "en")
    reader.wait_until_silent()
    assert [said for _, said in read_notes(tmp_path)] == ["", "Why?"]
    assert not reader.obstacle


def test_without_a_program_it_is_silent_and_says_what_to_install(install: Install) -> None:
    reader = AloudReader()
    reader.read("Why?", "en")
    reader.wait_until_silent()
    assert "espeak-ng" in reader.obstacle


def test_it_is_cut_off_with_the_server_behind_it(install: Install, tmp_path: Path) -> None:
    install("spd-say", lasts=True)
    reader = AloudReader()
    reader.read("A long question", "en")
    until = threading.Event()
    while not (tmp_path / "notes").exists() or not (tmp_path / "notes").read_text():
        until.wait(0.01)
    assert not reader.is_silent
    reader.stop()
    reader.wait_until_silent()
    assert read_notes(tmp_path)[-1][0] == ["--cancel"]
    assert not reader.obstacle


def test_it_is_not_silent_before_the_sound_has_drained(install: Install) -> None:
    install("espeak-ng")
    now = [100.0]
    reader = AloudReader(lambda: now[0])
    assert reader.is_silent
    reader.read("Why?", "en")
    reader._join()
    assert not reader.is_silent
    now[0] += DRAIN_S
    assert reader.is_silent


@given(st.text(st.sampled_from("[] a\x00\x1b\u202e-")))
def test_nothing_that_is_said_holds_orders_or_controls(text: str) -> None:
    said = make_speakable(text)
    assert "[[" not in said
    assert said.isprintable()
    assert said.count("a") == text.count("a")
