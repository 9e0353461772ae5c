"""Channels become one without losing the voice, and floats beyond full scale come down."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from practice.audio.codec import import_recording

RATE_HZ = 16_000
VOICE: NDArray[np.float64] = 0.2 * np.sin(2 * np.pi * 300 * np.arange(3 * RATE_HZ) / RATE_HZ)
PEAK_DB = 20 * np.log10(0.2)


def keep(folder: Path, samples: NDArray[np.float64], subtype: str = "PCM_16") -> Path:
    source = folder / "a.wav"
    soundfile.write(source, samples, RATE_HZ, subtype=subtype)
    return source


@pytest.mark.parametrize("other", [-1.0, -0.8, -1.2])
def test_of_channels_that_cancel_the_louder_one_is_kept(tmp_path: Path, other: float) -> None:
    source = keep(tmp_path, np.stack([VOICE, other * VOICE], axis=1))
    kept = import_recording(source, tmp_path / "a.flac")
    loudest_db = PEAK_DB + 20 * np.log10(max(1.0, abs(other)))
    assert kept.peak_dbfs == pytest.approx(loudest_db, abs=0.1)


@pytest.mark.parametrize(("other", "peak_db"), [(1.0, PEAK_DB), (0.0, PEAK_DB - 6.02)])
def test_other_channels_are_mixed(tmp_path: Path, other: float, peak_db: float) -> None:
    source = keep(tmp_path, np.stack([VOICE, other * VOICE], axis=1))
    kept = import_recording(source, tmp_path / "a.flac")
    assert kept.peak_dbfs == pytest.approx(peak_db, abs=0.1)


def test_silence_before_the_voice_decides_nothing(tmp_path: Path) -> None:
    both = np.stack([VOICE, -VOICE], axis=1)
    source = keep(tmp_path, np.concatenate([np.zeros((90 * RATE_HZ, 2)), both]))
    kept = import_recording(source, tmp_path / "a.flac")
    assert kept.peak_dbfs == pytest.approx(PEAK_DB, abs=0.1)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
def test_floats_beyond_full_scale_are_turned_down_and_not_clipped(
    tmp_path: Path, channels: int, subtype: str
) -> None:
    loud = 30 * np.stack([VOICE] * channels, axis=1)
    kept = import_recording(keep(tmp_path, loud, subtype), tmp_path / "a.flac")
    samples, _ = soundfile.read(kept.path)
    assert kept.clipped_s == 0
    assert samples / np.abs(samples).max() == pytest.approx(VOICE / np.abs(VOICE).max(), abs=0.01)


def test_floats_that_are_no_numbers_are_silence(tmp_path: Path) -> None:
    samples = VOICE.copy()
    samples[1000:1100] = np.nan
    kept = import_recording(keep(tmp_path, samples, "FLOAT"), tmp_path / "a.flac")
    read, _ = soundfile.read(kept.path)
    assert np.all(read[1000:1100] == 0)
    assert kept.peak_dbfs == pytest.approx(PEAK_DB, abs=0.1)
