"""Start-up time of the command line against an empty Python: `python -m benchmarks.start_up`.

Prints the best of several runs in turn, the ratio to `python -c pass`, and how many modules each
entry point loads. The target for `practice --help` is a ratio of at most 6.
"""

import subprocess
import sys
import time

RUNS = 11
COUNT = (
    "import sys; sys.argv = ['practice', *{arguments!r}]\n"
    "from practice.cli.main import main\n"
    "try: main()\n"
    "except SystemExit: pass\n"
    "print('MODULES', len(sys.modules))"
)
COMMANDS = (("--help",), ("--version",), ("paths",), ("settings",))


def best_ms(commands: list[list[str]]) -> list[float]:
    """The shortest wall time of each command in milliseconds, the commands run in turn."""
    best = [float("inf")] * len(commands)
    for _ in range(RUNS):
        for number, command in enumerate(commands):
            started = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            best[number] = min(best[number], 1000 * (time.perf_counter() - started))
    return best


def modules(arguments: tuple[str, ...]) -> int:
    """How many modules are loaded when the command has run."""
    code = COUNT.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout.rpartition("MODULES ")[2])


def main() -> None:
    """Measure and print the table."""
    entry = [sys.executable, "-c", "from practice.cli.main import main; main()"]
    empty, *rest = best_ms([[sys.executable, "-c", "pass"], *([*entry, *c] for c in COMMANDS)])
    print(f"{'command':<24}{'ms':>8}{'ratio':>8}{'modules':>9}")
    print(f"{'python -c pass':<24}{empty:>8.0f}{1:>8.1f}")
    for command, taken in zip(COMMANDS, rest, strict=True):
        name = "practice " + " ".join(command)
        print(f"{name:<24}{taken:>8.0f}{taken / empty:>8.1f}{modules(command):>9}")


if __name__ == "__main__":
    main()
