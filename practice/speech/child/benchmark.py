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
    build_model,
)
from practice.speech.child.whisper import BEAM_SIZE, count_threads
from practice.speech.model_advice import LARGEST_SEGMENT_WORK_S, TOKENS_PER_SEGMENT, extrapolate_s

RUNS = 2
"""The shorter one counts."""
WINDOW_FRAMES = 2 * POSITIONS_HEARD
START, ENGLISH, TRANSCRIBE = (
    TEXT_TOKENS + SPECIAL.index(name)
    for name in ("<|startoftranscript|>", "<|en|>", "<|transcribe|>")
)
PROMPT = [START, ENGLISH, TRANSCRIBE]


def measure_segment_s(shape: Shape) -> float:
    """How long one segment takes with a model of that shape.

    Layers are alike, so two models of its width, with one layer and with two, tell what a layer
    takes: a whole large model would take long to make, and much memory.
    """
    one, two = _measure_steps_s(shape.with_layers(1)), _measure_steps_s(shape.with_layers(2))
    return extrapolate_s(shape.encoder_layers, one[0], two[0]) + sum(
        extrapolate_s(shape.decoder_layers, a, b) for a, b in zip(one[1:], two[1:], strict=True)
    )


def _measure_steps_s(shape: Shape) -> list[float]:
    """Seconds to encode a window, to write a segment, and to find the times of its words."""
    written = [1000 + number for number in range(TOKENS_PER_SEGMENT)]
    with tempfile.TemporaryDirectory(prefix="practice-") as folder:
        build_model(shape, Path(folder), [START] * (len(PROMPT) - 1) + written)
        model = ctranslate2.models.Whisper(
            folder, device="cpu", compute_type="int8", intra_threads=count_threads()
        )
    sound = np.zeros((1, shape.mel_bands, WINDOW_FRAMES), np.float32)
    features = ctranslate2.StorageView.from_array(sound)
    encoded = model.encode(features)
    return [
        _measure_s(lambda: model.encode(features)),
        _measure_s(lambda: model.generate(encoded, [PROMPT], beam_size=BEAM_SIZE)),
        _measure_s(lambda: model.align(encoded, PROMPT, [written], [WINDOW_FRAMES // 2])),
    ]


def _measure_s(work: Callable[[], object]) -> float:
    """Processor time over the threads at work: what it takes when nothing else runs."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken) / count_threads()


def main() -> None:
    """Measure and print."""
    for size, shape in SHAPES.items():
        seconds = measure_segment_s(shape)
        sys.stdout.write(json.dumps([size, seconds]) + "\n")
        sys.stdout.flush()
        if seconds > LARGEST_SEGMENT_WORK_S:
            return


if __name__ == "__main__":
    main()
