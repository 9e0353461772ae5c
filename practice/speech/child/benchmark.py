"""Times recognition here, size by size: `python -m practice.speech.child.benchmark`.

Prints a line of JSON for each size, the smallest first, and stops behind the first that cannot
keep up. It runs in a process of its own, as everything does that loads a recogniser.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ctranslate2
import numpy as np

from practice.speech.child.synthetic_model import (
    POSITIONS_HEARD,
    SHAPES,
    SPECIAL,
    TEXT_TOKENS,
    Shape,
    build,
)
from practice.speech.child.whisper import BEAM_SIZE, threads
from practice.speech.model_advice import KEEPS_UP, TOKENS_PER_PIECE, seconds_for

RUNS = 2
"""The shorter one counts."""
WINDOW_FRAMES = 2 * POSITIONS_HEARD
START, ENGLISH, TRANSCRIBE = (
    TEXT_TOKENS + SPECIAL.index(name)
    for name in ("<|startoftranscript|>", "<|en|>", "<|transcribe|>")
)
PROMPT = [START, ENGLISH, TRANSCRIBE]


def piece_s(shape: Shape) -> float:
    """How long one piece takes with a model of that shape.

    Two models of its width with one layer and two tell what a layer takes.
    """
    one, two = _steps_s(shape.with_layers(1)), _steps_s(shape.with_layers(2))
    return seconds_for(shape.encoder_layers, one[0], two[0]) + sum(
        seconds_for(shape.decoder_layers, a, b) for a, b in zip(one[1:], two[1:], strict=True)
    )


def _steps_s(shape: Shape) -> list[float]:
    """Seconds to hear a window, to write a piece, and to find the times of its words."""
    written = [1000 + number for number in range(TOKENS_PER_PIECE)]
    with tempfile.TemporaryDirectory(prefix="practice-") as folder:
        build(shape, Path(folder), [START] * (len(PROMPT) - 1) + written)
        model = ctranslate2.models.Whisper(
            folder, device="cpu", compute_type="int8", intra_threads=threads()
        )
    sound = np.zeros((1, shape.mel_bands, WINDOW_FRAMES), np.float32)
    features = ctranslate2.StorageView.from_array(sound)
    heard = model.encode(features)
    return [
        _seconds(lambda: model.encode(features)),
        _seconds(lambda: model.generate(heard, [PROMPT], beam_size=BEAM_SIZE)),
        _seconds(lambda: model.align(heard, PROMPT, [written], [WINDOW_FRAMES // 2])),
    ]


def _seconds(work: Callable[[], object]) -> float:
    """Processor time over the threads at work: what it takes when nothing else runs."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken) / threads()


def main() -> None:
    """Measure and print."""
    for size, shape in SHAPES.items():
        seconds = piece_s(shape)
        sys.stdout.write(json.dumps([size, seconds]) + "\n")
        sys.stdout.flush()
        if seconds > KEEPS_UP:
            return


if __name__ == "__main__":
    main()
