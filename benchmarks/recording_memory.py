"""Peak memory of a long recording against a short one, fed as fast as it is drained.

Run from the project's root: `python -m benchmarks.recording_memory [MINUTES]`
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from practice.audio.file_source import FileSource
from practice.audio.recorder import Recorder

SAMPLE_RATE_HZ = 48_000
TARGET_MB = 20
_PROCESS = Path("/proc/self/status")


def peak_mb() -> float:
    """The most memory this process has held so far.

    On Linux by the kernel's high-water mark of this program: `ru_maxrss` would keep that of the
    process it was started from.
    """
    if not _PROCESS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    lines = _PROCESS.read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) * 1024 / 1e6


def write_noise(path: Path, minutes: int) -> None:
    """`minutes` of noise, which FLAC cannot make much smaller."""
    minute = np.random.default_rng(1).integers(-9000, 9000, 60 * SAMPLE_RATE_HZ, np.int16)
    with soundfile.SoundFile(path, "w", SAMPLE_RATE_HZ, 1) as file:
        for _ in range(minutes):
            file.write(minute)


def record(sound: Path, recordings: Path) -> None:
    """Record `sound` in this process and print what it took."""
    before_mb = peak_mb()
    began = time.perf_counter()
    recorder = Recorder(FileSource(sound), recordings, "t1", None, "2026-01-01T00:00:00.000Z")
    recorder.start()
    recorder.wait(None)
    recording = recorder.stop()
    took_s = time.perf_counter() - began
    print(json.dumps([recording.duration_s, before_mb, peak_mb(), took_s]))


def measure(minutes: int) -> float:
    """Record `minutes` in a fresh process, print a row, and return its peak in MB."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder, "noise.wav")
        write_noise(sound, minutes)
        command = [sys.executable, "-m", "benchmarks.recording_memory", "--child", str(sound)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    duration_s, before, peak, took_s = json.loads(done.stdout)
    print(f"{duration_s / 60:8.1f} {before:12.1f} {peak:10.1f} {took_s:9.1f}")
    return float(peak)


def main(minutes: int) -> int:
    """Print the table; 1 when the target is missed."""
    print(f"{'minutes':>8} {'start MB':>12} {'peak MB':>10} {'took s':>9}")
    difference = -measure(1) + measure(minutes)
    print(f"difference {difference:.1f} MB (target: below {TARGET_MB} MB)")
    return int(difference >= TARGET_MB)


if __name__ == "__main__":
    if "--child" in sys.argv:
        path = Path(sys.argv[-1])
        record(path, path.parent / "recordings")
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
