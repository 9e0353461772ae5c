"""A disk that is too small for the finished file, by a limit on the size of any file."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from practice.audio.spool import Spool, SpoolHeader, find_orphans, recover_orphan

SCRIPT = """
import resource, sys
from pathlib import Path
from practice.audio.spool import find_orphans, recover_orphan
from practice.base.errors import StorageError

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    recover_orphan(find_orphans(Path(sys.argv[1]))[0])
except StorageError as error:
    print(error.message, error.hint, sep="\\n")
"""


@pytest.mark.fault("disk full while encoding")
def test_without_room_for_the_finished_file_the_samples_stay_and_a_later_start_finishes(
    tmp_path: Path,
) -> None:
    noise = np.random.default_rng(1).integers(-20_000, 20_000, 200_000).astype("<i2")
    spool = Spool.create(tmp_path, SpoolHeader("t1", None, "2026-01-01T00:00:00.000Z", 16_000, "m"))
    spool.append(noise.tobytes())
    spool.close()
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    message, hint = subprocess.run(
        command, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert f"the recording is safe in {spool.path}" in message
    assert "start practice again" in hint
    assert [path.name for path in tmp_path.glob("*.flac*")] == []
    (orphan,) = find_orphans(tmp_path)
    assert recover_orphan(orphan).duration_s == 12.5
