"""Which speech models keep up with somebody who speaks, on this machine.

Nothing is downloaded for it: the time that a model takes depends on its shape, so it is measured
with invented weights (`practice.speech.child.benchmark`).
"""

import json
import subprocess
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from practice.base.errors import ModelError
from practice.speech.process import quiet_environment

SECONDS_PER_SEGMENT = 7.1
"""Of an answer, pauses included: five minutes of synthetic answers, cut for a window of 30 s."""
TOKENS_PER_SEGMENT = 30
"""2.5 words a second, and a third more tokens than words."""
LARGEST_FACTOR = 0.7
"""A model that takes no more than this part of the time keeps up: the rest is for the recording,
for segments recognised in advance, and for what the measurement leaves out."""
LARGEST_SEGMENT_WORK_S = LARGEST_FACTOR * SECONDS_PER_SEGMENT


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a size of model takes here."""

    size: str
    """As Whisper's sizes are named; `tiny` stands for `tiny.en` too."""
    real_time_factor: float
    """Seconds of work for a second of an answer."""

    @property
    def keeps_up(self) -> bool:
        """Whether its words are there when the answer ends."""
        return self.real_time_factor <= LARGEST_FACTOR


def measure_speeds() -> Generator[Speed, None, None]:
    """The speed of each size, the smallest first, up to the first that does not keep up.

    Takes some seconds on a laptop; each is given as soon as it is known.

    Raises:
        ModelError: It cannot be measured here.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "practice.speech.child.benchmark"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=quiet_environment(),
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            size, seconds = json.loads(line)
            yield Speed(size, seconds / SECONDS_PER_SEGMENT)
        failed = process.wait()
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
    if failed:
        raise ModelError(
            "this machine cannot be measured",
            "free some memory and try again, or choose a model yourself: practice models list",
        )


def advise_model(speeds: Sequence[Speed], language: str) -> str | None:
    """The largest model that keeps up, by the name that `practice models get` knows, or None.

    Args:
        speeds: As `measure_speeds` gives them, the smallest size first.
        language: What is spoken; a model for English alone hears English better.
    """
    fitting = [speed.size for speed in speeds if speed.keeps_up]
    if not fitting:
        return None
    size = fitting[-1]
    return f"{size}.en" if language == "en" and not size.startswith("large") else size


def extrapolate_s(layers: int, one_s: float, two_s: float) -> float:
    """How long so many layers take, where one takes `one_s` and two take `two_s`."""
    return one_s + (layers - 1) * max(0.0, two_s - one_s)
