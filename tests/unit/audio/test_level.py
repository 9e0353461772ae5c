import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.audio.level import FLOOR_DBFS, Meter, Tally

samples = st.lists(
    st.integers(-32768, 32767) | st.sampled_from([-32768, -32767, 32767]), max_size=400
)


def make_tally(*blocks: NDArray[np.int16]) -> Tally:
    tally = Tally()
    for block in blocks:
        tally.add(block)
    return tally


def to_s16(values: list[int]) -> NDArray[np.int16]:
    return np.array(values, dtype=np.int16)


@given(samples)
def test_levels_lie_between_the_floor_and_full_scale_and_rms_never_exceeds_peak(
    values: list[int],
) -> None:
    level = make_tally(to_s16(values)).level
    assert FLOOR_DBFS <= level.rms_dbfs <= level.peak_dbfs + 1e-9
    assert level.peak_dbfs <= 0.0


@given(samples, st.integers(0, 400))
def test_the_sums_do_not_depend_on_where_a_block_was_cut(values: list[int], cut: int) -> None:
    whole, parts = (
        make_tally(to_s16(values)),
        make_tally(to_s16(values[:cut]), to_s16(values[cut:])),
    )
    assert (whole.samples, whole.peak, whole.clipped) == (
        parts.samples,
        parts.peak,
        parts.clipped,
    )
    assert whole.squares == pytest.approx(parts.squares)


def test_a_full_scale_sine_reads_minus_three_decibels() -> None:
    sine = np.rint(32767 * np.sin(np.arange(48_000) * 2 * np.pi * 997 / 48_000)).astype(np.int16)
    assert make_tally(sine).level.rms_dbfs == pytest.approx(-3.01, abs=0.01)


def test_half_the_amplitude_reads_six_decibels_less() -> None:
    assert make_tally(to_s16([16384])).level.peak_dbfs == pytest.approx(-6.02, abs=0.01)


@pytest.mark.parametrize("value", [-32768, -32767, 32767])
def test_a_row_of_samples_at_full_scale_is_clipped(value: int) -> None:
    assert make_tally(to_s16([0, value, value, value, 0])).level.clipped


@pytest.mark.parametrize("value", [-32768, -32767, 32767])
def test_the_top_of_a_sound_made_as_loud_as_can_be_is_not_clipped(value: int) -> None:
    assert not make_tally(to_s16([0, value, value, 0, value, 0])).level.clipped


def test_a_sample_just_below_full_scale_is_not_clipped() -> None:
    assert not make_tally(to_s16([32766, -32766])).level.clipped


def test_zeros_alone_are_noticed_and_no_samples_are_not_zeros() -> None:
    assert make_tally(to_s16([0, 0])).all_zero
    assert not make_tally(to_s16([0, 1])).all_zero
    assert not Tally().all_zero


def test_a_meter_forgets_what_was_read_from_it() -> None:
    meter = Meter()
    meter.add(to_s16([16384]))
    meter.add(to_s16([8]))
    assert meter.read_and_reset().peak_dbfs == pytest.approx(-6.02, abs=0.01)
    assert meter.read_and_reset().peak_dbfs == FLOOR_DBFS
