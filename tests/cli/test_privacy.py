"""Nothing leaves the machine, and nothing is left on it: the kernel is asked, not the libraries."""

import os
import re
import shlex
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile

from practice import demo
from practice.audio import codec
from practice.base.paths import places
from practice.base.settings import Settings, change_setting
from practice.cli.main import COMMANDS
from practice.core.answering import add_recording
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from practice.library.takes import Correction, QuestionSnapshot
from tests.support.cli import COMMAND, run
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.takes import keep_take, words_of

INTERNET = re.compile(r"AF_INET6?\b")
MADE = re.compile(r"O_CREAT|mkdir")
LIMIT_S = 240
BEGINNING_S = 8
PRACTICE = shlex.join(COMMAND)
EVERY_COMMAND = """
session --plain --count 1 </dev/null
record --seconds 1 --device none
analyze answer.wav --model demo --json
add answer.wav --model demo --json
takes list --json
takes show last
takes retry last --model demo
takes play last
report last --format html -o report.html
report last --format txt
banks list
formats list
formats show panel
banks show leadership
banks new mine
banks check leadership
EDITOR=true banks edit mine
banks import questions.md -o imported
banks export leadership --format csv
stories new "The night shift" --competency teamwork
stories tell the-night-shift --plain --device none </dev/null
stories say last without --story the-night-shift
stories list --json
EDITOR=true stories edit the-night-shift
stories check
stories delete the-night-shift --yes
interviews add Acme --when 2026-12-03
interviews debrief acme --felt 3 --asked Why?
interviews outcome acme rejected --rest 2
interviews page acme --from questions.md
EDITOR=true interviews page acme --edit
interviews terms acme --add triage
EDITOR=true interviews letter acme feedback --edit
EDITOR=true interviews templates thanks --edit
interviews report
search Why
due --json
open list
feedback list
export everything --with-pages
import everything
interviews delete acme --yes
models list
models remove tiny.en
calibrate --file answer.wav --model demo
devices
doctor
paths
settings target_s 100
keys
completion bash
takes delete last --yes
TMPDIR=elsewhere demo --json
"""
"""Each command group once, `models get` alone; the demo's library is a folder to be thrown away."""


def find_program(program: str) -> str:
    """Where `program` is; a test that needs it fails in CI without it."""
    found = shutil.which(program)
    if not found and os.environ.get("CI"):
        pytest.fail(f"{program} not found: make system")
    if not found:
        pytest.skip(f"{program} not found: make system")
    return found


def offline_command() -> list[str]:
    """What runs a command in a network namespace of its own, where there is no network at all."""
    alone = [find_program("unshare"), *([] if os.geteuid() == 0 else ["--map-root-user"]), "--net"]
    refused = subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    if refused and os.environ.get("CI"):
        pytest.fail("this machine lets nobody make a network namespace")
    return [] if refused else alone


def trace_command(log: Path, calls: str, *command: str) -> list[str]:
    """Run `command`, offline and with strace beside it."""
    strace = [find_program("strace"), "-f", "-qq", "--seccomp-bpf", "-e", f"trace={calls}"]
    return [*offline_command(), *strace, "-o", str(log), *command]


def read_lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines()


@dataclass(frozen=True)
class Leftovers:
    """What was left by one run of every command, with the widest umask there is."""

    home: Path
    temporary: Path
    calls: list[str]
    """The system calls that make files or touch a socket."""
    said: str


def shell_line(command: str) -> str:
    """`command` as a shell runs it, what it says about errors among the rest."""
    setting, rest = re.fullmatch(r"(\w+=\S+ )?(.*)", command).groups("")  # type: ignore[union-attr]
    return f"{setting}{PRACTICE} {rest} 2>&1"


@pytest.fixture(scope="module")
def leftovers(tmp_path_factory: pytest.TempPathFactory) -> Leftovers:
    folder = tmp_path_factory.mktemp("trail")
    temporary = folder / "temporary"
    temporary.mkdir()
    (folder / "elsewhere").mkdir()
    rate = soundfile.info(demo.SAMPLE_ANSWER).samplerate
    samples = codec.decode(demo.SAMPLE_ANSWER, rate)
    soundfile.write(folder / "answer.wav", samples[: rate * BEGINNING_S], rate)
    (folder / "questions.md").write_text("- Why us?\n- Why now?\n")
    script = "\n".join(map(shell_line, EVERY_COMMAND.strip().splitlines()))
    environment = os.environ | {"PRACTICE_HOME": str(folder / "home"), "TMPDIR": str(temporary)}
    log = folder / "log"
    done = subprocess.run(
        trace_command(log, "network,openat,mkdir,mkdirat", "sh", "-c", f"umask 0\n{script}"),
        env=environment | {"PYTHONPATH": f"{Path.cwd()}:{environment.get('PYTHONPATH', '')}"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    return Leftovers(folder / "home", temporary, read_lines(log), done.stdout + done.stderr)


def test_the_commands_that_are_run_are_all_there_are() -> None:
    run_here = {word for line in EVERY_COMMAND.splitlines() for word in line.split()[:2]}
    assert set(COMMANDS) <= run_here


@pytest.mark.fault("every command without a network")
def test_no_command_opens_an_internet_socket(leftovers: Leftovers) -> None:
    """Native libraries too: some report home by default."""
    assert [line for line in leftovers.calls if INTERNET.search(line)] == []
    assert "Traceback" not in leftovers.said
    assert "deleted take" in leftovers.said


def test_nothing_is_made_in_the_folder_for_temporary_files(leftovers: Leftovers) -> None:
    made = [line for line in leftovers.calls if MADE.search(line)]
    assert any(str(leftovers.home) in line for line in made)
    assert [line for line in made if str(leftovers.temporary) in line] == []


def test_everything_is_private_whatever_the_umask(leftovers: Leftovers) -> None:
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in leftovers.home.rglob("*")}
    assert any(path.name == "library.db" for path in modes)
    assert [
        path for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)
    ] == []


def test_the_trace_would_see_a_connection(tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    command = trace_command(tmp_path / "log", "network", COMMAND[0], "-c", code)
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT_S)
    assert any(INTERNET.search(line) for line in read_lines(tmp_path / "log"))


def test_a_download_that_was_asked_for_is_the_one_thing_that_looks_for_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH")  # the guard would answer before the kernel is asked
    command = trace_command(tmp_path / "log", "network", *COMMAND, "models", "get", "tiny")
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert any(INTERNET.search(line) for line in read_lines(tmp_path / "log"))


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    change_setting(places().settings_file, "model", "demo")
    with Workspace(places(), Settings(model="demo")) as opened:
        yield opened


@pytest.mark.fault("the app's screens without a network")
def test_the_app_opens_no_internet_socket(workspace: Workspace, tmp_path: Path) -> None:
    keep_take(workspace)
    log = tmp_path / "log"
    environment = {**os.environ, "TERM": "xterm-256color"}
    with PseudoTerminal(trace_command(log, "network", *COMMAND), environment) as terminal:
        terminal.read_until("lately")
        for key, shows in (("l", "1 take"), ("\r", "⟨um⟩"), ("\x1b", "1 take"), ("\x1b", "lately")):
            terminal.press(key)
            terminal.read_until(shows)
        terminal.press("\x11")
        assert terminal.read_to_the_end() == 0
    assert [line for line in read_lines(log) if INTERNET.search(line)] == []


SECRETS = ("rhinoceros", "unicorn", "walrus", "pangolin", "quagga")


@pytest.mark.fault("what was said, after its take was deleted")
def test_a_deleted_take_leaves_no_word_and_no_sound_on_the_disk(
    workspace: Workspace, home: Path
) -> None:
    """The app has the library open meanwhile, as on most days."""
    asked = QuestionSnapshot("q", "b", "What do you know about the unicorn?")
    said = words_of("|0.5 The rhinoceros um I I mean it " + "and the quagga " * 400)
    take = keep_take(workspace, asked=asked, words=said)
    keep_take(workspace)
    workspace.library.annotations.note(take.id, "say walrus next time")
    workspace.library.annotations.correct(take.id, Correction("word", 1.0, 1.3, "pangolin"))
    assert take.audio is not None
    voice = take.audio.read_bytes()[-4_096:-4_032]
    assert not {word for word in SECRETS if word not in read_everything_below(home)}
    assert run("takes", "delete", take.id, "--yes").code == 0
    left = read_everything_below(home)
    assert [word for word in SECRETS if word in left] == []
    assert voice.decode("latin-1") not in left


@pytest.mark.fault("logs that could tell what was said")
def test_the_log_holds_no_word_that_was_said(workspace: Workspace, tmp_path: Path) -> None:
    take = add_recording(workspace, demo.SAMPLE_ANSWER)
    text = review_take(workspace, take.id).transcription.text
    assert run("takes", "show", take.id).code == 0
    words = set(re.findall(r"[a-z]{5,}", text.casefold()))
    log = places().log.read_text(errors="replace").casefold()
    assert len(words) > 20
    assert {word for word in words if re.search(rf"\b{word}\b", log)} == set()


def read_everything_below(folder: Path) -> str:
    """Every byte of every file, as text that keeps them apart; the words in 16 bits too."""
    content = b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
    return (content + content.replace(b"\0", b"")).decode("latin-1")
