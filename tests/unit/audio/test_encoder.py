from pathlib import Path

import numpy as np
import pytest
import soundfile

from practice.audio.encoder import SpoolEncoder

RATE_HZ = 48_000
SAMPLES = np.random.default_rng(5).integers(-9000, 9000, 3 * RATE_HZ, np.int16)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """An empty spool."""
    path = tmp_path / "samples.s16"
    path.touch()
    return path


def grow(spool: Path, step_bytes: int) -> None:
    data = SAMPLES.astype("<i2").tobytes()
    with spool.open("ab", buffering=0) as file:
        for start in range(0, len(data), step_bytes):
            file.write(data[start : start + step_bytes])


@pytest.mark.parametrize("step_bytes", [4097, 100_001, 1 << 22])
def test_a_spool_that_grows_is_encoded_sample_by_sample(
    spool: Path, tmp_path: Path, step_bytes: int
) -> None:
    target = tmp_path / "take.flac"
    encoder = SpoolEncoder(spool, RATE_HZ, target)
    grow(spool, step_bytes)
    assert not target.exists()
    tally = encoder.finish()
    assert tally is not None
    assert (tally.samples, tally.peak) == (len(SAMPLES), np.abs(SAMPLES).max())
    np.testing.assert_array_equal(soundfile.read(target, dtype="int16")[0], SAMPLES)


def test_an_encoder_that_cannot_write_says_so_and_leaves_nothing(
    spool: Path, tmp_path: Path
) -> None:
    target = tmp_path / "take.flac"
    target.mkdir()
    encoder = SpoolEncoder(spool, RATE_HZ, target)
    grow(spool, 1 << 20)
    assert encoder.finish() is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["samples.s16", "take.flac"]
