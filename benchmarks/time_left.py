"""How long the words still take, as the app tells it, against how long they take.

Two answers come faster than the recogniser keeps up with: an espeak-ng voice, played at `--pace`
times the speed of speech to a model of a true size with invented weights. After each stop the
answer goes to the queue of the app, which hears one after the other. Whatever the queue tells of
the time left is kept and compared with the clock when the review is there.

Run from the project's root: `python -m benchmarks.time_left [--size base] [--pace 10] [--runs 5]`
"""

import argparse
import tempfile
import threading
import time
from pathlib import Path

from textual.message import Message

from benchmarks import true_size
from benchmarks.results import keep, said, spread
from benchmarks.spoken_answers import PacedMicrophone, spoken
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.answering import begin_answer
from practice.core.workspace import Workspace
from practice.speech.model_shapes import SHAPES
from practice.tui.jobs.review_queue import ReviewQueue
from practice.tui.messages import ReviewFinished, ReviewProgressed

AIM = 0.3
FEWEST_S = 2.0
"""With less left nobody reads the figure."""
Told = dict[str, list[tuple[float, float]]]
"""For each take when something was told, and how long it should still take."""


class Notes:
    """What a queue of reviews tells, and when two takes are finished."""

    def __init__(self, workspace: Workspace) -> None:
        self.queue = ReviewQueue(lambda: workspace, self._note)
        self.told: Told = {}
        self.ended: dict[str, float] = {}
        self.failure: Message | None = None
        self._all = threading.Event()

    def wait(self) -> None:
        """Until both takes are finished.

        Raises:
            RuntimeError: One cannot be heard.
        """
        self._all.wait()
        if self.failure:
            raise RuntimeError(self.failure)

    def _note(self, message: Message) -> None:
        now = time.monotonic()
        match message:
            case ReviewProgressed():
                for take_id, told in self.told.items():
                    if take_id not in self.ended and (left_s := self.queue.left_s(take_id)):
                        told.append((now, left_s))
            case ReviewFinished(take_id=str(take_id)):
                self.ended[take_id] = now
                if len(self.ended) == 2:
                    self._all.set()
            case _:
                self.failure = message
                self._all.set()


def run(size: str, pace: float, minutes: float, folder: Path) -> list[list[float]]:
    """What was told as a part of what it took, in order, for the first and the second answer."""
    model, sound = folder / size, folder / "answer.wav"
    true_size.write(size, model)
    spoken(minutes).write(sound)
    places = Places(*(folder / name for name in ("config", "data", "state", "models")))
    with Workspace(places, Settings(model=str(model))) as workspace:
        workspace.warm()
        notes = Notes(workspace)
        for _ in range(2):
            answer = begin_answer(workspace, PacedMicrophone(sound, pace, 0.0))
            answer.recorder.wait()
            take = answer.finish()
            notes.told[take.id] = []
            notes.queue.add(take.id, answer.pop_live())
        notes.wait()
        notes.queue.close()
    return [parts(told, notes.ended[take]) for take, told in notes.told.items()]


def parts(told: list[tuple[float, float]], ended: float) -> list[float]:
    """What was told as a part of what it took."""
    return [left_s / (ended - now) for now, left_s in told if ended - now > FEWEST_S]


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SHAPES, default="base")
    parser.add_argument("--pace", type=float, default=10.0)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    runs = []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as folder:
            runs.append(run(options.size, options.pace, options.minutes, Path(folder)))
    found: dict[str, object] = vars(options) | {"told_as_a_part_of_what_it_took": runs}
    for number, name in enumerate(("the answer at hand", "the answer behind it")):
        every = [part for both in runs for part in both[number]]
        first = [both[number][0] for both in runs if both[number]]
        right = sum(abs(part - 1) <= AIM for part in every) / len(every)
        found[name] = {"all": spread(every), "first": spread(first), "right": round(right, 3)}
        print(f"{name}: told {said(spread(every))} of what it took, first {said(spread(first))}")
        print(f"  {100 * right:.0f} of 100 told within {100 * AIM:.0f} % ({len(every)} told)")
    keep("time_left", found)


if __name__ == "__main__":
    main()
