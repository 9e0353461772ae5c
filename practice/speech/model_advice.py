"""Which speech models keep up with somebody who speaks, on this machine.

Nothing is downloaded for it. A real model that is here hears a sample of speech; where there is
none, models with invented weights are timed. How long the other sizes take follows from their
shapes (`practice.speech.model_shapes`).
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from practice.base.errors import ModelError
from practice.base.files import private_folder, write_atomic
from practice.speech.model_figures import FIGURES
from practice.speech.model_shapes import OTHER_SHAPES, SHAPES, size_of
from practice.speech.process import quiet_environment

SECONDS_PER_SEGMENT = 7.1
"""Of an answer, pauses included: five minutes of synthetic answers, cut for a window of 30 s."""
LARGEST_FACTOR = 0.7
"""A model that takes no more than this part of the time keeps up: the rest is for the recording,
for segments recognised in advance, and for what the measurement leaves out."""
RECOMMENDED = "base"
"""The model to begin with: of those that we measured with real people the one that hears more ums
and words, small enough for most machines, and it notices when another language is spoken."""


class Speed(msgspec.Struct, frozen=True):
    """How long a size of model takes here."""

    size: str
    """As Whisper's sizes are named; `tiny` stands for `tiny.en` too."""
    real_time_factor: float
    """Seconds of work for a second of an answer."""
    measured: bool = True
    """False where it was told from another size."""

    @property
    def keeps_up(self) -> bool:
        """Whether its words are there when the answer ends."""
        return self.real_time_factor <= LARGEST_FACTOR


class SpeedRecord(msgspec.Struct, frozen=True):
    """What was measured on this machine last, as it is kept."""

    model: str | None
    """The real model that was timed; None where it was invented weights."""
    speeds: tuple[Speed, ...]
    """Every size, those that are advised first."""

    def speed_of(self, name: str) -> Speed | None:
        """How long the model `name` takes here; None where nobody knows its size."""
        size = size_of(name)
        return next((speed for speed in self.speeds if speed.size == size), None)


@dataclass(frozen=True, slots=True)
class RealModel:
    """A model to be timed with its own weights, and what it is to hear."""

    name: str
    folder: Path
    sample: Path
    """English speech of about a minute."""
    prompt: str | None
    """As in `TranscriptionOptions`."""


def measure_speeds(show_part: Callable[[float], None], real: RealModel | None) -> SpeedRecord:
    """How long each size takes here; some ten seconds with a real model, else half a minute.

    Args:
        show_part: Called with how far it is, 0 to 1.
        real: A model whose size is known; None times invented weights.

    Raises:
        ModelError: It cannot be measured here.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "practice.speech.child.benchmark", *_arguments(real)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=quiet_environment(),
    )
    assert process.stdout is not None
    measured: list[Speed] = []
    try:
        for line in process.stdout:
            facts = json.loads(line)
            if "part" in facts:
                show_part(min(1.0, facts["part"]))
            else:
                size = facts["size"] or (size_of(real.name) if real else None)
                assert size is not None, "only a model of a known size is timed"
                measured.append(Speed(size, facts["factor"]))
        failed = process.wait()
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
    if failed or not measured:
        raise ModelError(
            "this machine cannot be measured",
            "free some memory and try again, or choose a model yourself: practice models list",
        )
    return SpeedRecord(real.name if real else None, derive_speeds(measured))


def derive_speeds(measured: Sequence[Speed]) -> tuple[Speed, ...]:
    """Every size in the order of the tables: as measured, or told from the last one measured."""
    shapes = SHAPES | OTHER_SHAPES
    known = {speed.size: speed for speed in measured}
    last = measured[-1]
    per_work = last.real_time_factor / shapes[last.size].work
    return tuple(
        known.get(size) or Speed(size, per_work * shape.work, measured=False)
        for size, shape in shapes.items()
    )


def advise_model(speeds: Sequence[Speed], language: str) -> str | None:
    """The largest model that keeps up, by the name that `practice models get` knows, or None.

    For English it is the sibling that we measured with real people (`FIGURES`); where neither was,
    the one of many languages, which notices when another one is spoken.

    Args:
        speeds: Of a `SpeedRecord`.
        language: What is spoken.
    """
    fitting = [speed.size for speed in speeds if speed.size in SHAPES and speed.keeps_up]
    if not fitting:
        return None
    size = fitting[-1]
    english = f"{size}.en"
    return english if language == "en" and english in FIGURES and size not in FIGURES else size


def say_speed(speed: Speed) -> str:
    """A speed in words: how long it takes, and what that means."""
    about = "" if speed.measured else "about "
    meaning = "keeps up" if speed.keeps_up else "slower than speech, its words come later"
    return f"{about}{speed.real_time_factor:.2f} s for a second of an answer: {meaning}"


def describe_speed(record: SpeedRecord | None, name: str) -> str:
    """How fast the model `name` is here, as far as it was measured."""
    speed = record.speed_of(name) if record else None
    return "not measured yet" if speed is None else say_speed(speed)


def extrapolate_s(layers: int, one_s: float, two_s: float) -> float:
    """How long so many layers take, where one takes `one_s` and two take `two_s`."""
    return one_s + (layers - 1) * max(0.0, two_s - one_s)


def save_speeds(path: Path, record: SpeedRecord) -> None:
    """Keep what was measured.

    Raises:
        StorageError: The disk refused.
    """
    private_folder(path.parent)
    write_atomic(path, msgspec.json.encode(record))


def load_speeds(path: Path) -> SpeedRecord | None:
    """What was measured here last; None where nothing was, or nobody can read it any more."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=SpeedRecord)
    except (OSError, msgspec.DecodeError):
        return None


def _arguments(real: RealModel | None) -> list[str]:
    if real is None:
        return []
    return [str(real.folder), str(real.sample), *([real.prompt] if real.prompt else [])]
