"""Records from the default microphone as told on stdin, and says in JSON lines what happens.

PortAudio looks for devices once a process and keeps the environment it found, so each test
runs the recorder in a process of its own.

Usage: record_script.py RECORDINGS TAKE_ID [LARGEST_FILE]
Lines on stdin: `pause`, `resume`, `status`, `stop`. Writing more than LARGEST_FILE bytes to one
file fails as on a full disk.
"""

import dataclasses
import json
import resource
import sys
import threading
import time
from pathlib import Path

from practice.audio.microphone import choose_microphone
from practice.audio.recorder import Recorder
from practice.base.errors import PracticeError


def say(event: str, **facts: object) -> None:
    line = json.dumps({"event": event, "monotonic_s": time.monotonic(), **facts}, default=str)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def describe_status(recorder: Recorder) -> dict[str, object]:
    return {
        "phase": recorder.phase,
        "elapsed_s": recorder.elapsed_s,
        "silent": recorder.silent,
        "overflows": recorder.overflows,
        "failure": recorder.failure.message if recorder.failure else None,
        **dataclasses.asdict(recorder.level()),
    }


def report_end(recorder: Recorder) -> None:
    recorder.wait(None)
    say("ended", **describe_status(recorder))


def record(recordings: Path, take_id: str) -> None:
    microphone = choose_microphone(None)
    recorder = Recorder(microphone, recordings, take_id, "q1", "2026-01-01T00:00:00.000Z")
    recorder.start()
    say("opened", device=microphone.name, sample_rate_hz=microphone.sample_rate_hz)
    threading.Thread(target=report_end, args=(recorder,), daemon=True).start()
    if recorder.wait_for_sound(20.0):
        say("sound", **describe_status(recorder))
    for line in sys.stdin:
        match line.strip():
            case "pause":
                recorder.pause()
                say("paused", **describe_status(recorder))
            case "resume":
                recorder.resume()
                say("resumed", **describe_status(recorder))
            case "status":
                say("status", **describe_status(recorder))
            case "stop":
                say("recording", **dataclasses.asdict(recorder.stop()))
                return


if __name__ == "__main__":
    if len(sys.argv) > 3:
        largest = int(sys.argv[3])
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    try:
        record(Path(sys.argv[1]), sys.argv[2])
    except PracticeError as error:
        say("error", kind=type(error).__name__, message=error.message, hint=error.hint)
        sys.exit(error.exit_code)
