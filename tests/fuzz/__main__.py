"""Fuzzing by hand: `python -m tests.fuzz COUNT [TARGET...]`, spread over the targets.

A target that fails prints its traceback; the input is kept in build/fuzz, and
`python -m tests.fuzz --again FILE TARGET` reads it once more.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.running import Fuzzer
from tests.fuzz.targets import TARGETS

KEPT = Path("build/fuzz")


def main(arguments: list[str]) -> int:
    """Run the targets that are named, or all; returns 1 where anything was found."""
    if arguments[0] == "--again":
        return _again(Path(arguments[1]), arguments[2])
    names = arguments[1:] or list(TARGETS)
    seed = time.time_ns()
    print(f"seed {seed}", flush=True)
    found = [_fuzz(name, int(arguments[0]) // len(names), seed) for name in names]
    print(f"{sum(tried for tried, _ in found)} inputs, {sum(bad for _, bad in found)} faults")
    return int(any(bad for _, bad in found))


def _again(file: Path, name: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        fault = Fuzzer(name, Path(folder)).fault(file.read_bytes())
    print(fault or "nothing is wrong with it")
    return int(fault is not None)


def _fuzz(name: str, count: int, seed: int) -> tuple[int, int]:
    faults: Counter[str] = Counter()
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        fuzzer = Fuzzer(name, Path(folder))
        for number in range(count):
            data = fuzzer.draw(random.Random(f"{seed} {name} {number}"))
            fault = fuzzer.fault(data)
            if fault is not None:
                kind = _kind(fault)
                if not faults[kind]:
                    _keep(f"{name} {len(faults)}", data, fault)
                faults[kind] += 1
    rate = count / (time.monotonic() - began_s)
    bad = faults.total()
    print(
        f"{name:<32}{count:>9} inputs{fuzzer.refused:>9} refused{bad:>5} faults{rate:>7.0f} a s",
        flush=True,
    )
    return count, bad


def _kind(fault: str) -> str:
    """Where it was raised, and what: two inputs with the same are shown once."""
    lines = fault.strip().splitlines()
    places = [line for line in lines if line.lstrip().startswith("File ")]
    return f"{places[-1:]} {lines[-1].split(':')[0]}"


def _keep(name: str, data: bytes, fault: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / name.replace(" ", "-")
    file.write_bytes(data)
    print(f"{name}: {file}\n{fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
