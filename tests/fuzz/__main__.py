"""Fuzzing by hand: `python -m tests.fuzz COUNT [TARGET...]`, as much time for each target.

What fails is printed once for each place; its input is kept in build/fuzz, and
`python -m tests.fuzz --again FILE TARGET` reads it once more. Where a library in C brings the whole
process down, the input is the newest of build/fuzz/last-*, which is named after its target.
"""

import contextlib
import faulthandler
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.running import Fuzzer
from tests.fuzz.targets import TARGETS

KEPT = Path("build/fuzz")
SLICE_S = 2.0
"""Processor time for one target before it is the next one's turn."""


class Campaign:
    """One target over many slices.

    Args:
        name: A key of `TARGETS`.
        folder: An empty folder of its own.
        seed: Every input follows from it and from its number.
    """

    def __init__(self, name: str, folder: Path, seed: int) -> None:
        folder.mkdir()
        self.name = name
        self.tried = 0
        self.faults: Counter[str] = Counter()
        self._fuzzer = Fuzzer(name, folder)
        self._seed = seed
        self._last = KEPT / f"last {name}".replace(" ", "-")
        """Holds the input that is being read."""

    def slice(self) -> None:
        """Read inputs for `SLICE_S`."""
        end_s = time.process_time() + SLICE_S
        while time.process_time() < end_s:
            data = self._fuzzer.draw(random.Random(f"{self._seed} {self.name} {self.tried}"))
            self._last.write_bytes(data)
            fault = self._fuzzer.fault(data)
            if fault is not None:
                self._note(data, fault)
            self.tried += 1

    def _note(self, data: bytes, fault: str) -> None:
        kind = _describe(fault)
        if not self.faults[kind]:
            file = KEPT / f"{self.name} {len(self.faults)}".replace(" ", "-")
            file.write_bytes(data)
            print(f"{self.name}: {file}\n{fault}", flush=True)
        self.faults[kind] += 1

    def __str__(self) -> str:
        refused, bad = self._fuzzer.refused, self.faults.total()
        return f"{self.name:<32}{self.tried:>9} inputs{refused:>9} refused{bad:>5} faults"


def main(arguments: list[str]) -> int:
    """Run the targets that are named, or all; returns 1 where anything was found."""
    if arguments[0] == "--again":
        return _run_again(Path(arguments[1]), arguments[2])
    wanted, seed = int(arguments[0]), time.time_ns()
    print(f"seed {seed}", flush=True)
    faulthandler.enable()
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        names = arguments[1:] or list(TARGETS)
        campaigns = [Campaign(name, Path(folder) / name, seed) for name in names]
        with contextlib.suppress(KeyboardInterrupt):  # what was done until then is told
            while sum(one.tried for one in campaigns) < wanted:
                for one in campaigns:
                    one.slice()
    print("\n".join(map(str, campaigns)))
    faults = sum(one.faults.total() for one in campaigns)
    print(f"{sum(one.tried for one in campaigns)} inputs, {faults} faults")
    return int(faults > 0)


def _run_again(file: Path, name: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        fault = Fuzzer(name, Path(folder)).fault(file.read_bytes())
    print(fault or "nothing is wrong with it")
    return int(fault is not None)


def _describe(fault: str) -> str:
    """Where it was raised, and what: two inputs with the same are shown once."""
    lines = fault.strip().splitlines()
    places = [line for line in lines if line.lstrip().startswith("File ")]
    return f"{places[-1:]} {lines[-1].split(':')[0]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
