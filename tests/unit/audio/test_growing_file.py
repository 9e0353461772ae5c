import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.audio import codec
from practice.audio.encoder import SpoolEncoder
from practice.audio.growing_file import READ_BYTES, GrowingFile, Resampler

RATE_HZ = 48_000
SAMPLES = np.random.default_rng(5).integers(-9000, 9000, 3 * RATE_HZ, np.int16)
DATA = SAMPLES.astype("<i2").tobytes()


def read_blocks(growing: GrowingFile) -> Iterator[NDArray[np.int16]]:
    while (block := growing.read()) is not None:
        yield block


@given(st.lists(st.integers(1, len(DATA)), max_size=8))
def test_every_sample_is_read_once_however_the_file_grows(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    path = tmp_path_factory.mktemp("spool") / "samples.s16"
    read: list[NDArray[np.int16]] = []
    with path.open("wb", buffering=0) as writer, path.open("rb") as file:
        growing = GrowingFile(file, RATE_HZ)
        for start, end in itertools.pairwise([0, *sorted(cuts), len(DATA)]):
            writer.write(DATA[start:end])
            read += read_blocks(growing)
            assert growing.unread_s == 0.0
    np.testing.assert_array_equal(np.concatenate(read), SAMPLES)


def test_what_lies_behind_the_place_that_was_read_is_told_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "samples.s16"
    path.write_bytes(DATA)
    with path.open("rb") as file:
        growing = GrowingFile(file, RATE_HZ)
        assert growing.unread_s == 3.0
        assert growing.read() is not None
        assert growing.unread_s == 3.0 - READ_BYTES / 2 / RATE_HZ


@pytest.mark.parametrize("step_bytes", [4097, 1 << 22])
def test_what_is_read_of_a_recording_under_way_is_what_its_file_holds(
    tmp_path: Path, step_bytes: int
) -> None:
    spool = tmp_path / "samples.s16"
    spool.touch()
    encoder = SpoolEncoder(spool, RATE_HZ, tmp_path / "take.flac")
    read: list[NDArray[np.float32]] = []
    with spool.open("rb") as file, spool.open("ab", buffering=0) as writer:
        growing, resampler = GrowingFile(file, RATE_HZ), Resampler(RATE_HZ)
        for start in range(0, len(DATA), step_bytes):
            writer.write(DATA[start : start + step_bytes])
            read += map(resampler.feed, read_blocks(growing))
        read.append(resampler.finish())
    encoder.finish()
    np.testing.assert_array_equal(np.concatenate(read), codec.decode(tmp_path / "take.flac"))
