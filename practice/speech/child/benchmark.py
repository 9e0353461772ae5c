"""Times recognition here: `python -m practice.speech.child.benchmark [MODEL SAMPLE [PROMPT]]`.

With the folder of a real model it hears a sample of speech as a take is heard. Without one it times
models with invented weights, size by size, and stops behind the first that cannot keep up. Prints
lines of JSON: `{"part": 0.4}` for how far it is, `{"size": "base", "factor": 0.2}` for what it has
found (size null: that of the real model). It runs in a process of its own, as everything does that
loads a recogniser.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ctranslate2
import numpy as np
from numpy.typing import NDArray

from practice.speech.child.decoding import decode
from practice.speech.child.recognition import Recognition
from practice.speech.child.segment_cache import SegmentCache
from practice.speech.child.segments import CutRule, Segmenter
from practice.speech.child.synthetic_model import SPECIAL, TEXT_TOKENS, build_model
from practice.speech.child.transcriber import StreamingTranscriber
from practice.speech.child.whisper import Recogniser, count_threads, join_prompt
from practice.speech.model_advice import LARGEST_FACTOR, SECONDS_PER_SEGMENT, extrapolate_s
from practice.speech.model_shapes import (
    BEAM_SIZE,
    POSITIONS_HEARD,
    SHAPES,
    TOKENS_PER_SEGMENT,
    Shape,
)

RUNS = 2
"""The shorter one counts."""
ENOUGH_WORK_S = 15.0
"""A slow model is not made to hear the whole sample."""
WINDOW_FRAMES = 2 * POSITIONS_HEARD
START, ENGLISH, TRANSCRIBE = (
    TEXT_TOKENS + SPECIAL.index(name)
    for name in ("<|startoftranscript|>", "<|en|>", "<|transcribe|>")
)
PROMPT = [START, ENGLISH, TRANSCRIBE]


def measure_real(
    folder: Path, sample: Path, prompt: str | None, show_part: Callable[[float], None]
) -> float:
    """Seconds of work for a second of `sample`, an English one, heard by the model in `folder`."""
    recogniser = Recogniser(folder)

    def recognise(samples: NDArray[np.float32], detect_language: bool, said: str) -> Recognition:
        asked = join_prompt(prompt, said)
        return recogniser.recognise(samples, "en", asked, detect_language=detect_language)

    segmenter = Segmenter(CutRule(recogniser.window_s))
    transcriber = StreamingTranscriber(recognise, SegmentCache(), segmenter)
    began = time.process_time()
    for block, part in decode(sample):
        transcriber.feed(block)
        work_s = time.process_time() - began
        show_part(max(part or 0.0, work_s / ENOUGH_WORK_S))
        if work_s > ENOUGH_WORK_S and transcriber.final_s:
            # What is fed and not closed has cost nothing yet.
            return work_s / count_threads() / transcriber.final_s
    transcriber.finish()
    return (time.process_time() - began) / count_threads() / transcriber.fed_s


def measure_segment_s(shape: Shape, show_part: Callable[[float], None]) -> float:
    """How long one segment takes with a model of that shape.

    Layers are alike, so two models of its width, with one layer and with two, tell what a layer
    takes: a whole large model would take long to make, and much memory.
    """
    one = _measure_steps_s(shape.with_layers(1))
    show_part(0.5)
    two = _measure_steps_s(shape.with_layers(2))
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


def _say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 1:
        folder, sample, *prompts = sys.argv[1:]
        prompt = prompts[0] if prompts else None
        factor = measure_real(Path(folder), Path(sample), prompt, lambda part: _say(part=part))
        _say(size=None, factor=factor)
        return
    work = np.cumsum([0.0, *(shape.width**2 for shape in SHAPES.values())])
    for number, (size, shape) in enumerate(SHAPES.items()):
        begin, end = work[number : number + 2] / work[-1]

        def show_part(part: float, begin: float = begin, end: float = end) -> None:
            _say(part=begin + part * (end - begin))

        factor = measure_segment_s(shape, show_part) / SECONDS_PER_SEGMENT
        show_part(1.0)
        _say(size=size, factor=factor)
        if factor > LARGEST_FACTOR:
            return


if __name__ == "__main__":
    main()
