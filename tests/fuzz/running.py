"""Running one input at a time, and noticing what must not happen."""

import random
import resource
import shutil
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from practice.base.errors import PracticeError
from tests.fuzz.targets import TARGETS

HANG_S = 1.0
"""Of processor time: other programs may be busy."""
GIVE_UP_S = 20
MOST_MEMORY_KB = 500_000


class HangError(Exception):
    """An input took too long."""


class Fuzzer:
    """One target with its seeds.

    Args:
        name: A key of `TARGETS`.
        folder: An empty folder of its own.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self._target = TARGETS[name]
        self._folder = folder
        self._input = folder / "input"
        seeds = folder / "seeds"
        seeds.mkdir()
        self.seeds = self._target.seeds(seeds)
        self.refused = 0
        """How many inputs were refused in words."""

    def draw(self, dice: random.Random) -> bytes:
        """An input."""
        return self._target.draw(self.seeds, dice)

    def read(self, data: bytes) -> None:
        """Have `data` read in an empty folder.

        Raises:
            Exception: Whatever the reader raises that is no refusal.
        """
        shutil.rmtree(self._input, ignore_errors=True)
        self._input.mkdir()
        try:
            self._target.read(data, self._input)
        except PracticeError:
            self.refused += 1

    def fault(self, data: bytes) -> str | None:
        """What is wrong with how `data` is read; None when nothing is."""
        began_s = time.process_time()
        try:
            with _limit_time():
                self.read(data)
        except Exception:  # noqa: BLE001 - anything at all is what is looked for
            return traceback.format_exc()
        took_s = time.process_time() - began_s
        if took_s > HANG_S:
            return f"took {took_s:.1f} s"
        used_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return f"used {used_kb} kB" if used_kb > MOST_MEMORY_KB else None


@contextmanager
def _limit_time() -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise HangError(f"still busy after {GIVE_UP_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(GIVE_UP_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
