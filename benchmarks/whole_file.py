"""`practice analyze` on a finished file against faster-whisper's own `transcribe` on it.

Both are whole programs that start, load the model, hear the file and end: `transcribe` with the
same model, threads and options, and with word times; `analyze` finds and measures as well.
Models of a true size have invented weights and write 75 words in every window.
openai-whisper and whisper-timestamped need weights of their own, which are no part of this project.

Run from the project's root:
`python -m benchmarks.whole_file [--minutes 5] [--runs 5] [--models demo base small]`
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.results import keep, said, spread
from benchmarks.spoken_answers import spoken
from benchmarks.true_size import WINDOW_WORDS, write
from practice import demo

GOAL = 1.05
DEMO = "demo"


def taken(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall and processor seconds of a program and its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), os.times().elapsed
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment)
    # A review of invented words is not judged, which is told by the exit code too.
    if not done.stdout or "error" in json.loads(done.stdout):
        done.check_returncode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return os.times().elapsed - began, cpu_s


def measure(sound: Path, model: Path, runs: int) -> dict[str, object]:
    """Both in turn; print and return what they took."""
    analyze = [sys.executable, "-m", "practice", "analyze", "--model", str(model), "--json"]
    plain = [sys.executable, "-m", "benchmarks.after_stop", "--plain"]
    environment = os.environ | {"PRACTICE_HOME": str(sound.parent)}
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    for _ in range(runs):
        ours.append(taken([*analyze, str(sound)], environment))
        theirs.append(taken([*plain, str(sound), str(model)], environment))
    found: dict[str, object] = {"runs": runs}
    for place, name in enumerate(("wall", "processor")):
        ratio = spread([a[place] / b[place] for a, b in zip(ours, theirs, strict=True)])
        rows = [spread([run[place] for run in of], 1) for of in (ours, theirs)]
        found[name] = {"analyze_s": rows[0], "transcribe_s": rows[1], "ratio": ratio}
        print(f"{name:<10} analyze {said(rows[0], 1)} s, transcribe {said(rows[1], 1)} s")
        print(f"{'':<10} ratio {said(ratio)} (<= {GOAL})", flush=True)
    return found


def main() -> None:
    """Measure with each model and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--models", nargs="+", default=[DEMO, "base", "small"])
    options = parser.parse_args()
    found: dict[str, object] = {"minutes": options.minutes}
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "answer.wav"
        spoken(options.minutes).write(sound)
        for name in options.models:
            model = demo.MODEL_FOLDER if name == DEMO else Path(folder) / name
            if name != DEMO:
                write(name, model, WINDOW_WORDS)
            print(name)
            found[name] = measure(sound, model, options.runs)
            keep("whole_file", found)


if __name__ == "__main__":
    main()
