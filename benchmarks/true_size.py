"""A Whisper model of the true size of a published one that writes the same words in any segment.

Its weights are invented and its words mean nothing; it takes the time and the memory of a real one.
Processor time is what is compared: it is the same on a busy machine, but for its caches.

Run from the project's root: `python -m benchmarks.true_size [tiny base small]`.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models

from benchmarks.recording_memory import peak_mb
from benchmarks.results import keep, said, spread
from benchmarks.spoken_answers import spoken
from practice.speech.child.segment_cache import SegmentCache
from practice.speech.child.segments import CutRule, Segmenter
from practice.speech.child.synthetic_model import (
    SPECIAL,
    TEXT_TOKENS,
    build_model,
    token_names,
)
from practice.speech.child.transcriber import WINDOW_WITHOUT_MODEL_S, StreamingTranscriber
from practice.speech.child.whisper import Recogniser, count_threads
from practice.speech.model_shapes import SHAPES

RUNS = 5
SEGMENT_S = 12.0
TIMESTAMP_S = 0.02
WORDS = 30
"""What a person says in 12 s, which is a long segment."""
WINDOW_WORDS = 75
"""What a person says in a window of 30 s."""


def write(size: str, folder: Path, words: int = WORDS) -> None:
    """Write the folder that `faster_whisper.WhisperModel` loads: a model with `words` for all."""
    folder.mkdir(parents=True, exist_ok=True)
    # A model of one language is told neither language nor task: it writes from the first place on.
    end, first_time = TEXT_TOKENS, TEXT_TOKENS + len(SPECIAL)
    spoken = [1000 + 977 * number % 40_000 for number in range(words)]
    build_model(
        SHAPES[size],
        folder,
        [first_time, *spoken, first_time + round(SEGMENT_S / TIMESTAMP_S), end],
    )
    names = token_names()
    tokenizer = Tokenizer(
        models.WordLevel({name: i for i, name in enumerate(names)}, unk_token=names[0])
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    features = {"feature_size": SHAPES[size].mel_bands, "sampling_rate": 16_000, "hop_length": 160}
    features |= {"chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features), encoding="utf-8")


def seconds_per_segment(minutes: float) -> float:
    """How much of an answer there is to a segment, pauses included, with a window of 30 s."""
    recital = spoken(minutes)
    segmenter = Segmenter(CutRule(WINDOW_WITHOUT_MODEL_S))
    transcriber = StreamingTranscriber(None, SegmentCache(), segmenter)
    transcriber.feed(recital.samples)
    transcriber.finish()
    return transcriber.fed_s / transcriber.segments


def measure(size: str, folder: Path, runs: int) -> dict[str, object]:
    """Processor and wall seconds to recognise one segment, on the threads that practice uses."""
    write(size, folder)
    recogniser = Recogniser(folder)
    segment = np.random.default_rng(1).normal(0, 0.05, round(SEGMENT_S * 16_000)).astype(np.float32)
    assert len(recogniser.recognise(segment, "en").words) == WORDS
    cpu_s, wall_s = [], []
    for _ in range(runs):
        cpu, wall = time.process_time(), time.perf_counter()
        recogniser.recognise(segment, "en")
        cpu_s.append(time.process_time() - cpu)
        wall_s.append(time.perf_counter() - wall)
    return {"cpu_s": spread(cpu_s), "wall_s": spread(wall_s), "memory_mb": round(peak_mb())}


def main() -> None:
    """Print a row for each size; keep them."""
    sizes, per_segment_s = sys.argv[1:] or ["tiny", "base", "small"], seconds_per_segment(5)
    found: dict[str, object] = {
        "threads": count_threads(),
        "seconds_per_piece": round(per_segment_s, 1),
    }
    print(
        f"{per_segment_s:.1f} s of an answer to a segment; {count_threads()} threads; "
        f"{WORDS} tokens a segment"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            row = measure(size, Path(folder), RUNS)
        found[size] = row
        cpu = row["cpu_s"]
        assert isinstance(cpu, dict)
        factor = cpu["median"] / count_threads() / per_segment_s
        print(
            f"{size:<16} {said(cpu)} s of processor time a segment: {factor:.2f} of the time",
            flush=True,
        )
        keep("true_size", found)


if __name__ == "__main__":
    main()
