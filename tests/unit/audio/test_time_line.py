"""Silence takes the place of what a track leaves out, and damaged times change nothing."""

from fractions import Fraction

import av
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from practice.audio.time_line import SMALLEST_GAP_S, find_gaps

RATE_HZ = 8_000
LENGTH_S = 0.1


def make_frame(at_s: float | None) -> av.AudioFrame:
    samples = np.zeros((1, round(LENGTH_S * RATE_HZ)), np.int16)
    frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
    frame.sample_rate = RATE_HZ
    if at_s is not None:
        frame.pts, frame.time_base = round(at_s * 1000), Fraction(1, 1000)
    return frame


def gaps(times: list[float | None], begins_s: float = 0.0, ends_s: float = 100.0) -> list[float]:
    frames = [make_frame(at_s) for at_s in times]
    return [round(gap_s, 3) for gap_s, _ in find_gaps(frames, begins_s, ends_s)]


def test_frames_that_follow_each_other_have_no_gaps() -> None:
    assert gaps([0.0, 0.1, 0.2, None, 0.4]) == [0, 0, 0, 0, 0]


def test_a_late_beginning_and_a_gap_are_told() -> None:
    assert gaps([12.0, 12.1, 27.2, 27.3]) == [12.0, 0, 15.0, 0]


def test_a_file_may_begin_at_any_time() -> None:
    assert gaps([3600.0, 3600.1], begins_s=3600.0, ends_s=3700.0) == [0, 0]


def test_silence_between_all_frames_is_kept_as_an_encoder_leaves_it_out() -> None:
    assert gaps([0.0, 0.4, 0.8]) == [0, 0.3, 0.3]


def test_a_single_wild_time_is_no_gap() -> None:
    assert gaps([0.0, 90.0, 0.2, 0.3]) == [0, 0, 0, 0]


def test_no_gap_leads_beyond_the_end_of_the_file() -> None:
    assert gaps([0.0, 0.1, 5000.0, 5000.1]) == [0, 0, 0, 0]


@given(st.lists(st.none() | st.floats(-10, 200), max_size=30))
def test_no_frame_is_lost_and_the_whole_ends_with_the_file(times: list[float | None]) -> None:
    found = gaps(times)
    assert len(found) == len(times)
    assert all(gap_s == 0 or gap_s >= SMALLEST_GAP_S for gap_s in found)
    assert all(gap_s <= 100 + 10 for gap_s in found)
