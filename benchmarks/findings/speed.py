"""Processor time and memory of everything but transcription, on answers of growing length."""

import statistics
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np

from benchmarks.findings.clips import Clip, clips
from practice.base.words import Word
from practice.delivery.review import review
from practice.delivery.signal.sound import Sound
from practice.delivery.transcript.lexicon import load_lexicon

MINUTES = (5, 10, 20)
RUNS = 3
HOP_SAMPLES = 512


def answer(parts: Sequence[Clip], length_s: float) -> tuple[list[Word], Sound]:
    """The clips one after another until the answer is long enough."""
    words, samples, probability = list[Word](), [], []
    at_s = 0.0
    for part in cycle(parts):
        hops = len(part.sound.samples) // HOP_SAMPLES
        words += [replace(w, start_s=w.start_s + at_s, end_s=w.end_s + at_s) for w in part.words]
        samples.append(part.sound.samples[: hops * HOP_SAMPLES])
        probability.append(part.sound.speech_probability[:hops])
        at_s += hops * HOP_SAMPLES / part.sound.sample_rate_hz
        if at_s >= length_s:
            break
    return words, Sound(np.concatenate(samples), np.concatenate(probability))


def report(data: Path) -> None:
    """Print seconds of one core (median) and the peak of memory beyond the samples."""
    parts = [clip for clip in clips(data) if clip.words]
    lexicon = load_lexicon("en")
    print("everything but transcription, on one core")
    for minutes in MINUTES:
        words, sound = answer(parts, 60.0 * minutes)
        spent_s = []
        for _ in range(RUNS):
            started = time.process_time()
            review(words, replace(sound, curves={}), lexicon)
            spent_s.append(time.process_time() - started)
        tracemalloc.start()
        review(words, replace(sound, curves={}), lexicon)
        peak_mb = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(
            f"  {minutes:3d} minutes, {len(words)} words: {statistics.median(spent_s):.2f} s,"
            f" {peak_mb:.0f} MB at the most"
        )
