"""From stop to the finished review, against faster-whisper on the finished file.

An espeak-ng voice answers for so many minutes. A microphone plays it faster than speech (`--pace`),
which leaves the recogniser less time than a person would; the last ten seconds come at the speed of
speech, and stop is pressed 0.7 s after the last word. Plain faster-whisper
hears the finished file with the same model, threads and options, in a process of its own that is
warm already. With `--size base` both use a model of that size with invented weights, which writes
30 words in every piece and in every window: the time is real, the words are not.

Run from the project's root:
`python -m benchmarks.after_stop [--minutes 1 2 5 10] [--runs 5] [--pace 4] [--size base]`;
`--add` adds to the runs that are kept.
"""

import argparse
import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import true_size
from benchmarks.results import FOLDER, keep, said, spread
from benchmarks.spoken_answers import PacedMicrophone, spoken, with_silence
from practice import demo
from practice.audio.recorder import Recorder
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.base.words import Word
from practice.core.answering import begin_answer
from practice.core.live import FeatureExtraction
from practice.core.reviewing import review_take
from practice.core.workspace import Workspace
from practice.library.library import Library
from practice.speech.model_shapes import SHAPES
from practice.speech.worker import LiveTranscription
from tools.demo_model.recital import Recital
from tools.demo_model.scoring import score

PACE = 4.0
"""Seconds of sound in a second; a machine that does other things meanwhile wants less."""
AT_SPEED_S = 10.0
SILENCE_S = 0.7
STEPS = {
    "recording finished (FLAC, fsync)": (Recorder, "stop"),
    "recording noted": (Library, "keep_recording"),
    "rest of the words": (LiveTranscription, "finish"),
    "transcript kept": (Library, "keep_transcript"),
    "rest of the sound measured": (FeatureExtraction, "finish"),
    "findings and measures": (Workspace, "judge"),
    "review kept": (Library, "keep_review"),
}
"""What happens after stop, in order, and the method that does it."""


def plainly(audio: Path, model: Path) -> None:
    """Transcribe as faster-whisper does; print the seconds and the words. Runs in a child."""
    from faster_whisper import WhisperModel

    from practice.speech.child.main import NICENESS
    from practice.speech.child.whisper import TEMPERATURES, count_threads
    from practice.speech.model_shapes import BEAM_SIZE

    os.nice(NICENESS)
    whisper = WhisperModel(
        str(model), device="cpu", compute_type="int8", cpu_threads=count_threads()
    )
    began = time.perf_counter()
    segments, _ = whisper.transcribe(
        str(audio),
        language="en",
        beam_size=BEAM_SIZE,
        temperature=TEMPERATURES,
        condition_on_previous_text=False,
        word_timestamps=True,
    )
    words = [(word.word.strip(), word.start, word.end) for s in segments for word in s.words or ()]
    print(json.dumps([time.perf_counter() - began, words], default=float))


def plain(audio: Path, model: Path) -> tuple[float, list[Word]]:
    """Seconds and words of plain faster-whisper."""
    command = [sys.executable, "-m", "benchmarks.after_stop", "--plain", str(audio), str(model)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, words = json.loads(done.stdout)
    return seconds, [Word(*word) for word in words]


@contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    """Milliseconds of each step of `STEPS`."""
    taken: dict[str, float] = {}

    def timed(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def wrapper(*args: object, **kwargs: object) -> object:
            began = time.perf_counter()
            try:
                return method(*args, **kwargs)
            finally:
                taken[name] = taken.get(name, 0.0) + 1000 * (time.perf_counter() - began)

        return wrapper

    patches = [
        mock.patch.object(owner, name, timed(step, getattr(owner, name)))
        for step, (owner, name) in STEPS.items()
    ]
    for patch in patches:
        patch.start()
    try:
        yield taken
    finally:
        mock.patch.stopall()


def run(
    recital: Recital, model: Path, pace: float, folder: Path, *, compare: bool
) -> dict[str, Any]:
    """One answer, from its first sample to its review, and the same file heard plainly.

    With `compare` our own pipeline hears the file too, to compare the words.
    """
    sound = folder / "answer.wav"
    Recital(with_silence(recital.samples, SILENCE_S), recital.words).write(sound)
    places = Places(*(folder / name for name in ("config", "data", "state", "models")))
    with Workspace(places, Settings(model=str(model))) as workspace, stopwatch() as steps:
        workspace.warm()
        answer = begin_answer(workspace, PacedMicrophone(sound, pace, AT_SPEED_S))
        answer.recorder.wait()
        began = time.perf_counter()
        take = answer.finish()
        review = review_take(workspace, take.id, live=answer.pop_live())
        ours_s = time.perf_counter() - began
        assert take.audio is not None
        heard = [Word(word.text, word.start_s, word.end_s) for word in review.words]
        whole = heard
        if compare:
            options = workspace.transcription_options()
            whole = list(workspace.worker.transcribe(take.audio, options).words)
        plain_s, plain_words = plain(take.audio, model)
    steps = dict(steps)
    steps["everything else"] = 1000 * ours_s - sum(steps.values())
    return {
        "minutes": round(recital.duration_s / 60),
        "pace": pace,
        "load": os.getloadavg()[0],
        "ours_s": ours_s,
        "plain_s": plain_s,
        "steps_ms": {name: round(taken, 1) for name, taken in steps.items()},
        "words": len(recital.words),
        "error_rate": score(recital.words, heard).error_rate,
        "plain_error_rate": score(recital.words, plain_words).error_rate,
        "against_whole": score(whole, heard).error_rate,
    }


def table(runs: list[dict[str, Any]]) -> list[str]:
    """The runs of each length as lines."""
    lines = [
        f"{'minutes':>7} {'runs':>4}  {'stop to review, s':<22} {'plain, s':<24} {'ratio':<22} "
        "errors: ours, plain, ours against its own whole file"
    ]
    for minutes in sorted({run["minutes"] for run in runs}):
        of = [run for run in runs if run["minutes"] == minutes]
        ours, plainly_s = (spread([run[key] for run in of]) for key in ("ours_s", "plain_s"))
        ratio = spread([run["ours_s"] / run["plain_s"] for run in of], 3)
        errors = ", ".join(
            f"{100 * sum(run[key] for run in of) / len(of):.1f} %"
            for key in ("error_rate", "plain_error_rate", "against_whole")
        )
        lines.append(
            f"{minutes:>7} {len(of):>4}  {said(ours):<22} {said(plainly_s, 1):<24} "
            f"{said(ratio, 3):<22} {errors}"
        )
    return lines


def main() -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, nargs="+", default=[1, 2, 5, 10])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pace", type=float, default=PACE)
    parser.add_argument("--size", choices=SHAPES, help="of a model with invented weights")
    parser.add_argument("--add", action="store_true", help="to the runs that are kept")
    parser.add_argument("--plain", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.plain:
        plainly(*options.plain)
        return 0
    name = f"after_stop_{options.size}" if options.size else "after_stop"
    kept = FOLDER / f"{name}.json"
    runs = json.loads(kept.read_text())["runs"] if options.add and kept.exists() else []
    for minutes in options.minutes:
        recital = spoken(minutes)
        for _ in range(options.runs):
            with tempfile.TemporaryDirectory() as folder:
                model = demo.MODEL_FOLDER
                if options.size:
                    model = Path(folder) / options.size
                    true_size.write(options.size, model)
                compare = options.size is None
                runs.append(run(recital, model, options.pace, Path(folder), compare=compare))
            keep(name, {"runs": runs})
    print("\n".join(table(runs)))
    longest = max(options.minutes)
    of = [run for run in runs if run["minutes"] == round(longest)]
    print(f"\nafter stop, an answer of {longest:g} minutes, ms")
    for step in of[0]["steps_ms"]:
        print(f"  {step:<34} {said(spread([r['steps_ms'][step] for r in of], 1), 1)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
