"""Plays a stretch of a file as told on stdin, and says in JSON lines where it is.

Usage: play_script.py FILE START_S STOP_S
Lines on stdin: `wait` until the end, `stop` once more than a tenth of a second was heard.
"""

import json
import sys
import threading
from pathlib import Path

from practice.audio.player import Player
from practice.base.errors import PracticeError


def say(event: str, **facts: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


def play(path: Path, start_s: float, stop_s: float) -> None:
    player = Player()
    player.play(path, start_s, stop_s)
    say("playing", position_s=player.position_s)
    command = sys.stdin.readline().strip()
    if command == "stop":
        pause = threading.Event()
        while player.playing and player.position_s < start_s + 0.1:
            pause.wait(0.01)
        player.stop()
    ended = player.wait(20.0)
    failure = player.failure.message if player.failure else None
    say("ended", ended=ended, position_s=player.position_s, failure=failure)


if __name__ == "__main__":
    try:
        play(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
    except PracticeError as error:
        say("error", kind=type(error).__name__, message=error.message, hint=error.hint)
        sys.exit(error.exit_code)
