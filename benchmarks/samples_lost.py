"""Samples lost between a microphone and the finished file while every core transcribes.

A counter is played into the virtual microphone of the tests: each sample is one more than the
one before, modulo 65536, at the rate of the whole chain, so that nothing is resampled and every
missing or invented sample shows. The gaps of the player itself show too; they count as lost.

Run from the project's root: `python -m benchmarks.samples_lost [SECONDS]`; 1800 for the half hour.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.results import keep
from practice import demo
from practice.speech.transcription import TranscriptionOptions
from practice.speech.worker import SpeechWorker
from tests.support.script_process import RecordingProcess
from tests.support.virtual_microphone import SAMPLE_RATE_HZ, VirtualMicrophone, find_obstacle

_LEAD_S = 5
"""The counter runs on for this much longer than it is recorded."""


def write_counter(path: Path, seconds: int) -> None:
    """A counter from 0 on, in 16 bits."""
    counter = np.arange(seconds * SAMPLE_RATE_HZ, dtype=np.int64).astype(np.uint16).view(np.int16)
    soundfile.write(path, counter, SAMPLE_RATE_HZ)


def transcribe(log: Path) -> None:
    """Keep a core busy with speech processes for ever."""
    with SpeechWorker(log) as worker:
        while True:
            worker.transcribe(demo.SAMPLE_ANSWER, TranscriptionOptions(demo.MODEL_FOLDER))


def count_lost(samples: NDArray[np.int16]) -> tuple[int, int, int]:
    """Samples checked, places where the counter jumps, samples missing there.

    The silence before the counter is left out.
    """
    start = int(np.argmax(samples != 0))
    steps = np.diff(samples[start:].view(np.uint16))
    jumps = steps[steps != 1]
    return len(samples) - start, len(jumps), int((jumps.astype(np.int64) - 1).clip(0).sum())


def record(seconds: int, folder: Path) -> dict[str, object]:
    """Record the counter for `seconds` with every core busy; the facts of the recording."""
    write_counter(folder / "counter.wav", seconds + _LEAD_S)
    server = tempfile.TemporaryDirectory(prefix="mic")
    with server as place, VirtualMicrophone(Path(place)) as microphone:
        busy = [
            multiprocessing.Process(target=transcribe, args=(folder / f"{core}.log",), daemon=True)
            for core in range(os.cpu_count() or 1)
        ]
        with RecordingProcess(microphone.environment, folder / "recordings") as recording:
            recording.await_event("sound")
            for process in busy:
                process.start()
            try:
                player = microphone.play(folder / "counter.wav")
                player.wait(seconds)
            except subprocess.TimeoutExpired:
                return recording.stop()
            finally:
                for process in busy:
                    process.kill()
                    process.join()
    raise RuntimeError("the player ended before its time")


def main(seconds: int) -> int:
    """Print what was lost; 1 when anything was."""
    reason = find_obstacle()
    if reason:
        print(reason)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        facts = record(seconds, Path(folder))
        samples, _ = soundfile.read(str(facts["path"]), dtype="int16")
    checked, jumps, lost = count_lost(samples)
    print(f"{os.cpu_count()} speech processes for {seconds} s, {SAMPLE_RATE_HZ} samples a second")
    print(f"load average     {os.getloadavg()[1]:.1f}")
    print(f"samples checked  {checked}")
    print(f"jumps            {jumps}")
    print(f"samples lost     {lost}")
    print(f"overflows        {facts['overflows']}")
    found = {"seconds": seconds, "checked": checked, "jumps": jumps, "lost": lost}
    keep("samples_lost", found | {"overflows": facts["overflows"]})
    return int(jumps > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
