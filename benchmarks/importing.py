"""How long reading a hostile list takes: `python -m benchmarks.importing [BYTES]`.

Each input repeats one piece, which is where a reader that looks back or ahead takes time by the
square of the length. Every input is read in a process of its own, at a quarter of the size and at
the whole: where the time is in step with the length, the ratio is about 4.
"""

import subprocess
import sys
import time
from contextlib import suppress

from practice.base.errors import BankError
from practice.questions.importers.recognition import MOST_LINES, recognise

BYTES = 5_000_000
MOST_S = 60
PIECES = (
    *("What is it?\n", "- What is it?\n", "## Why?\n", "Q: a\nA: b\n", "a::b\n"),
    *("| a | b |\n", "a;b\n", "**a**\n"),
    *("<li>a", "<ul>", "<details><summary>Q?</summary>", "<p>a", "<!-- ", "<pre>", "<", "&"),
    *("[", "[a](", "[[a|", "![a](", "`", "**a ", "_a", "==a ", "%%a"),
    *("> ", "- ", "1. ", "\\", " ", "x", "word "),
    *('{"a":', "[1,", '"a', "#a ", "```\n", "---\n", "a: b ", "\u200d", "1) a "),
)  # fmt: skip


def text_of(piece: str, size: int) -> str:
    """`piece` again and again, in lines as many as may be."""
    text = (piece * (size // len(piece) + 1))[:size]
    lines = text.split("\n")
    # More lines are refused at once; the same bytes in fewer lines are not.
    return text if len(lines) <= MOST_LINES else "\n".join(lines[: MOST_LINES - 1])


def read_s(piece: str, size: int) -> float:
    """Seconds until the text is read or refused."""
    text = text_of(piece, size)
    started = time.perf_counter()
    with suppress(BankError):
        recognise(text, ".md")
    return time.perf_counter() - started


def main(arguments: list[str]) -> None:
    """Print a row for each piece."""
    if arguments[:1] == ["--one"]:
        print(read_s(PIECES[int(arguments[1])], int(arguments[2])))
        return
    size = int(arguments[0]) if arguments else BYTES
    print(f"{'piece':<34}{size // 4:>12,}{size:>12,} bytes  ratio")
    for number, piece in enumerate(PIECES):
        times = [measured_s(number, part) for part in (size // 4, size)]
        cells = "".join(
            f"{'> ' + str(MOST_S) if one is None else f'{one:.1f} s':>12}" for one in times
        )
        small, large = times
        ratio = f"{large / small:.1f}" if small and large else ""
        print(f"{piece!r:<34}{cells}        {ratio:>5}", flush=True)


def measured_s(number: int, size: int) -> float | None:
    """The time in a process of its own; None where it takes too long."""
    command = [sys.executable, "-m", "benchmarks.importing", "--one", str(number), str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=MOST_S)
    except subprocess.TimeoutExpired:
        return None
    return float(done.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
