"""A small disk of its own for a command: a file system in memory that nobody else sees."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

_MOUNT = 'mount -t tmpfs -o "size=$1,mode=700" none "$2" && shift 2 && exec "$@"'


def run_on_small_disk(
    folder: Path, size: str, command: list[str], environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run `command` where `folder` is an empty disk of `size`, which is gone afterwards."""
    folder.mkdir(exist_ok=True)
    return subprocess.run(
        [*_find_unshare(), "--mount", "sh", "-c", _MOUNT, "sh", size, str(folder), *command],
        env=environment or os.environ,
        capture_output=True,
        text=True,
        check=False,
    )


def _find_unshare() -> list[str]:
    """`unshare`, as root of a user namespace where this is not root already."""
    command = ["unshare"] if os.geteuid() == 0 else ["unshare", "--map-root-user"]
    allowed = (
        shutil.which("unshare")
        and not subprocess.run(
            [*command, "--mount", "true"], capture_output=True, check=False
        ).returncode
    )
    if allowed:
        return command
    reason = "this machine lets nobody mount a file system of his own (unshare --mount)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
