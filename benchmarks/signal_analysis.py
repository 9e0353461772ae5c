"""Level and voicing of a minute of sound against Praat's intensity and pitch of the same minutes.

Both on one thread, in processor time. Needs `pip install -e '.[bench]'`: Praat is GPL and therefore
no dependency of anything else here.

Run from the project's root: `python -m benchmarks.signal_analysis [MINUTES] [RUNS]`
"""

import sys
import time
from collections.abc import Callable

import numpy as np
import parselmouth

from benchmarks.results import keep, said, spread
from benchmarks.spoken_answers import spoken
from practice.delivery.signal.features import FeatureExtractor
from practice.delivery.signal.level import FRAME_HOP_S

GOAL = 2.0
BLOCK_SAMPLES = 8_000
LOWEST_HZ, HIGHEST_HZ = 65.0, 400.0
"""As in `practice.delivery.signal.voicing`."""


def taken_s(work: Callable[[], object]) -> float:
    """Processor seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(minutes: float, runs: int) -> None:
    """Measure in turn, print and keep."""
    samples = spoken(minutes).samples

    def ours() -> None:
        extractor = FeatureExtractor()
        for start in range(0, len(samples), BLOCK_SAMPLES):
            extractor.add(samples[start : start + BLOCK_SAMPLES])
        extractor.finish(np.zeros(0, np.float32))

    def praat() -> None:
        sound = parselmouth.Sound(samples.astype(np.float64), 16_000)
        sound.to_intensity(minimum_pitch=LOWEST_HZ, time_step=FRAME_HOP_S)
        sound.to_pitch(time_step=FRAME_HOP_S, pitch_floor=LOWEST_HZ, pitch_ceiling=HIGHEST_HZ)

    pairs = [(taken_s(ours) / minutes, taken_s(praat) / minutes) for _ in range(runs)]
    mine, theirs = (spread([1000 * pair[place] for pair in pairs], 1) for place in (0, 1))
    ratio = spread([b / a for a, b in pairs])
    print(f"practice  {said(mine, 0)} ms of processor time a minute")
    print(f"Praat     {said(theirs, 0)} ms")
    print(f"          {said(ratio)} times as fast (>= {GOAL:g})")
    keep("signal_analysis", {"practice_ms": mine, "praat_ms": theirs, "times_as_fast": ratio})


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 5.0,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
    )
