"""Nothing leaves the machine: the kernel is asked, not the libraries."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import COMMAND

INTERNET = re.compile(r"AF_INET6?\b")


@pytest.fixture
def strace() -> str:
    found = shutil.which("strace")
    reason = "strace not found: apt install strace"
    if not found and os.environ.get("CI"):
        pytest.fail(reason)
    if not found:
        pytest.skip(reason)
    return found


def internet_calls(strace: str, log: Path, *command: str) -> list[str]:
    """The system calls of `command` and its children that touch an internet socket."""
    traced = [strace, "-f", "-qq", "-e", "trace=network", "-o", str(log), *command]
    subprocess.run(traced, check=True, capture_output=True, timeout=180)
    return [line for line in log.read_text(errors="replace").splitlines() if INTERNET.search(line)]


def test_the_whole_demo_opens_no_internet_socket(strace: str, tmp_path: Path) -> None:
    """Native libraries too: some report home by default."""
    assert internet_calls(strace, tmp_path / "log", *COMMAND, "demo", "--json") == []


def test_the_trace_would_see_one(strace: str, tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    assert internet_calls(strace, tmp_path / "log", COMMAND[0], "-c", code)
