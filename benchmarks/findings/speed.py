"""Processor time and memory of everything but transcription, on answers of growing length."""

import statistics
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.findings.clips import Clip, clips
from practice.base.words import Word
from practice.delivery.review import Circumstances, review
from practice.delivery.signal.features import extract_features
from practice.delivery.transcript.lexicon import load_lexicon

MINUTES = (5, 10, 20)
RUNS = 3
HOP_SAMPLES = 512
RATE_HZ = 16_000


def answer(
    parts: Sequence[Clip], length_s: float
) -> tuple[list[Word], NDArray[np.float32], NDArray[np.float32]]:
    """Words, samples and speech probability of the clips one after another, as many as needed."""
    words, samples, probability = list[Word](), [], []
    at_s = 0.0
    for part in cycle(parts):
        hops = len(part.samples) // HOP_SAMPLES
        words += [replace(w, start_s=w.start_s + at_s, end_s=w.end_s + at_s) for w in part.words]
        samples.append(part.samples[: hops * HOP_SAMPLES])
        probability.append(part.sound.speech_probability[:hops])
        at_s += hops * HOP_SAMPLES / RATE_HZ
        if at_s >= length_s:
            break
    return words, np.concatenate(samples), np.concatenate(probability)


def report(data: Path) -> None:
    """Print seconds of one core (median) and the peak of memory beyond the samples."""
    parts = [clip for clip in clips(data) if clip.words]
    lexicon = load_lexicon("en")
    print("everything but transcription, on one core")
    for minutes in MINUTES:
        words, samples, probability = answer(parts, 60.0 * minutes)
        spent_s = []
        for _ in range(RUNS):
            started = time.process_time()
            review(words, Circumstances(extract_features(samples, probability), lexicon))
            spent_s.append(time.process_time() - started)
        tracemalloc.start()
        review(words, Circumstances(extract_features(samples, probability), lexicon))
        peak_mb = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(
            f"  {minutes:3d} minutes, {len(words)} words: {statistics.median(spent_s):.2f} s,"
            f" {peak_mb:.0f} MB at the most"
        )
