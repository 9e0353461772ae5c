"""How long banks take to load, beside other parsers, and how long hostile files are refused in.

Run: `python benchmarks/bank_loading.py [QUESTIONS]` (2,000 by default). Prints two tables.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from practice.questions.bank_file.nodes import compose
from practice.questions.bank_file.reading import MOST_BYTES, check_bank, read_bank

QUESTION = """\
  - id: question-{number}
    text: Tell me about the time number {number} when a plan of yours met a difficult stakeholder?
    kind: behavioural
    competency: teamwork
    tags: [conflict, communication]
    difficulty: 2
    target_s: 120
    prep_s: 30
    follow_ups:
      - What would you do differently today?
      - How did you know that it had worked?
    key_points:
      - the disagreement in one sentence
      - what you did yourself, not the team
      - how it ended, with a figure
      - what you learned from it
    terms: [trade-off, feedback]
    notes: mine to write
    source: made for this measurement
"""
HOSTILE = {
    "open brackets": "[" * (MOST_BYTES - 10),
    "a million items": "a:\n" + "- a\n" * 1_200_000,
    "400,000 keys": "".join(f"k{number}: 1\n" for number in range(400_000)),
    "unknown keys": "title: t\nquestions:\n" + "- a: b\n" * 600_000,
    "equal ids": "title: t\nquestions:\n" + "- {id: a, text: b}\n" * 200_000,
    "broken lines": "title: 'x\n'y: [\n" * 20_000,
    "NUL bytes": "a\x00\n" * 1_500_000,
    "too large": " " * (MOST_BYTES + 1),
}


def milliseconds(action: Callable[[], object], repeats: int = 5) -> float:
    """The shortest of some runs."""
    taken = []
    for _ in range(repeats):
        gc.collect()
        before = time.perf_counter()
        action()
        taken.append(time.perf_counter() - before)
    return min(taken) * 1000


def loading(folder: Path, count: int) -> None:
    """The first table."""
    path = folder / "large.yaml"
    head = "title: Large\nlanguage: en\nquestions:\n"
    path.write_text(head + "".join(QUESTION.format(number=n) for n in range(count)))
    text = path.read_text()
    print(f"{count:,} questions, {path.stat().st_size / 1e6:.2f} MB\n")
    print(f"{'read_bank: read, check, build':44}{milliseconds(lambda: read_bank(path)):8.0f} ms")
    nodes = milliseconds(lambda: compose(text, lambda line, column, message: None))
    print(f"{'of it: nodes with their places':44}{nodes:8.0f} ms")
    c_loader = getattr(yaml, "CSafeLoader", None)
    if c_loader is not None:
        loaded = milliseconds(lambda: yaml.load(text, Loader=c_loader), 2)
        print(f"{'PyYAML load on libyaml, no places':44}{loaded:8.0f} ms")
    pure = milliseconds(lambda: sum(1 for _ in yaml.parse(text, Loader=yaml.SafeLoader)), 1)
    print(f"{'PyYAML events in Python only':44}{pure:8.0f} ms")


def refusing(folder: Path) -> None:
    """The second table."""
    path = folder / "hostile.yaml"
    print(f"\n{'hostile file':20}{'MB':>6}{'ms':>8}  first problem")
    for name, text in HOSTILE.items():
        path.write_text(text)
        taken = milliseconds(lambda: check_bank(path), 1)
        problem = check_bank(path)[0].message
        print(f"{name:20}{len(text) / 1e6:6.1f}{taken:8.0f}  {problem[:70]}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        loading(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
        refusing(Path(name))
