"""The most memory that app and speech process take while an answer is recorded and reviewed.

A microphone plays an answer at ten times the speed of speech; what grows with its length would
show between a short and a long one. Reading the peak of each process needs Linux.

Run from the project's root: `python -m benchmarks.memory [MINUTES]`
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.recording_memory import peak_mb
from benchmarks.results import keep
from benchmarks.spoken_answers import PacedMicrophone, spoken
from practice import demo
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.answering import begin_answer
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace

PACE = 10.0


def record(sound: Path, folder: Path) -> None:
    """Record and review `sound` in this process, the app's screens loaded; print the peaks."""
    import practice.tui.app  # noqa: F401 - what the app holds beside the answer

    places = Places(*(folder / name for name in ("config", "data", "state", "models")))
    with Workspace(places, Settings(model=str(demo.MODEL_FOLDER))) as workspace:
        microphone = PacedMicrophone(sound, PACE, 0.0)
        answer = begin_answer(workspace, microphone)
        answer.recorder.wait()
        recorded_mb = peak_mb()
        review_take(workspace, answer.finish().id, live=answer.pop_live())
        status = (
            Path(f"/proc/{workspace.worker.pid}/status").read_text(encoding="utf-8").splitlines()
        )
        worker_kb = next(line for line in status if line.startswith("VmHWM:")).split()[1]
    print(json.dumps([recorded_mb, peak_mb(), int(worker_kb) * 1024 / 1e6]))


def peaks(minutes: float) -> list[float]:
    """Peaks in MB: the app while recording, the app with the review, the speech process."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "answer.wav"
        spoken(minutes).write(sound)
        command = [sys.executable, "-m", "benchmarks.memory", "--child", str(sound), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def main(minutes: float) -> None:
    """Print a row for one minute and one for the long answer; keep them."""
    short, long = peaks(1), peaks(minutes)
    print(f"{'minutes':>8} {'recording':>10} {'reviewed':>10} {'speech process':>15}  MB")
    for length, row in ((1.0, short), (minutes, long)):
        print(f"{length:>8.0f} {row[0]:>10.1f} {row[1]:>10.1f} {row[2]:>15.1f}")
    names = ("app_recording", "app_reviewed", "speech_process")
    per_minute = [(b - a) / (minutes - 1) for a, b in zip(short, long, strict=True)]
    print(
        f"{'a minute':>8} "
        + f"{per_minute[0]:>10.2f} {per_minute[1]:>10.2f} {per_minute[2]:>15.2f}"
    )
    rows = {
        str(length): dict(zip(names, row, strict=True))
        for length, row in (("1", short), (str(minutes), long))
    }
    keep("memory", {"peak_mb": rows, "mb_per_minute": dict(zip(names, per_minute, strict=True))})


if __name__ == "__main__":
    if "--child" in sys.argv:
        record(Path(sys.argv[-2]), Path(sys.argv[-1]))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
