"""`practice` in a process of its own, as a person or a script runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LIMIT_S = 120.0
COMMAND = (sys.executable, "-m", "practice")


@dataclass(frozen=True)
class CommandResult:
    """What a command left: exit code, data and narration."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as the one JSON document it must be."""
        content = json.loads(self.out)
        assert isinstance(content, dict)
        assert content["schema"] == 1
        return content


def start(*arguments: str, environment: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
    """Begin `practice ARGUMENTS` with its standard input open."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        env=environment or os.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]", typed: str | None = None) -> CommandResult:
    """Type `typed`, close the input, and wait for the end."""
    out, err = process.communicate(typed, timeout=LIMIT_S)
    return CommandResult(process.returncode, out, err)


def run(*arguments: str, environment: Mapping[str, str] | None = None) -> CommandResult:
    """`practice ARGUMENTS` with nothing on its standard input."""
    return finish(start(*arguments, environment=environment))


def read_until(process: "subprocess.Popen[str]", text: str) -> str:
    """Read its narration up to the line that holds `text`; everything read so far."""
    assert process.stderr is not None
    seen = ""
    for line in process.stderr:
        seen += line
        if text in line:
            return seen
    raise AssertionError(f"it ended without saying {text!r}: {seen}")
