"""`practice analyze` on a finished file against faster-whisper's own `transcribe` on it.

Both are whole programs that start, load the model, hear the file and end: `transcribe` with the
same model, threads and options, and with word times; `analyze` finds and measures as well.
openai-whisper and whisper-timestamped need weights of their own, which are no part of this project.

Run from the project's root: `python -m benchmarks.whole_file [MINUTES] [RUNS]`
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.results import keep, said, spread
from benchmarks.spoken_answers import spoken
from practice import demo

GOAL = 1.05


def taken(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall and processor seconds of a program and its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), os.times().elapsed
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return os.times().elapsed - began, cpu_s


def main(minutes: float, runs: int) -> None:
    """Measure in turn, print and keep."""
    analyze = [sys.executable, "-m", "practice", "analyze", "--model", "demo", "--json"]
    plain = [sys.executable, "-m", "benchmarks.after_stop", "--plain"]
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "answer.wav"
        spoken(minutes).write(sound)
        environment = os.environ | {"PRACTICE_HOME": folder}
        for _ in range(runs):
            ours.append(taken([*analyze, str(sound)], environment))
            theirs.append(taken([*plain, str(sound), str(demo.MODEL_FOLDER)], environment))
    found: dict[str, object] = {"minutes": minutes, "runs": runs}
    for place, name in enumerate(("wall", "processor")):
        ratio = spread([a[place] / b[place] for a, b in zip(ours, theirs, strict=True)])
        rows = [spread([run[place] for run in of]) for of in (ours, theirs)]
        found[name] = {"analyze_s": rows[0], "transcribe_s": rows[1], "ratio": ratio}
        print(f"{name:<10} analyze {said(rows[0], 1)} s, transcribe {said(rows[1], 1)} s")
        print(f"{'':<10} ratio {said(ratio)} (<= {GOAL})")
    keep("whole_file", found)


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 5.0,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
    )
