"""Print the tables: `python -m benchmarks.findings [PART ...] [--data FOLDER]`.

FOLDER holds labelled clips as `tests/data/speech` does; without parts all are printed. The part
"real" takes the clips in its folders too, and needs what `make dev` installs.
"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.findings import (
    asked_questions,
    coverage,
    evidence,
    habit_rule,
    hearing,
    pauses,
    real_speech,
    sensitivity,
    speed,
    syllable_rate,
    synthetic,
    unexplained,
)
from benchmarks.findings.clips import CLIPS

PARTS: Mapping[str, Callable[[Path], None]] = {
    "unexplained": unexplained.report,
    "sensitivity": sensitivity.report,
    "pauses": pauses.report,
    "syllables": syllable_rate.report,
    "discourse": habit_rule.report,
    "coverage": coverage.report,
    "asked": asked_questions.report,
    "real": real_speech.report,
    "hearing": hearing.report,
    "evidence": evidence.report,
    "synthetic": synthetic.report,
    "speed": speed.report,
}


def main() -> None:
    """Print each part that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.findings")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--data", type=Path, default=CLIPS, metavar="FOLDER")
    chosen = parser.parse_args()
    for number, part in enumerate(chosen.parts or PARTS):
        print("\n" * (number > 0), end="")
        PARTS[part](chosen.data)


if __name__ == "__main__":
    main()
