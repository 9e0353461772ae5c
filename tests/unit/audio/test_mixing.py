"""Channels become one without losing the voice, and floats beyond full scale come down."""

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from av.audio.stream import AudioStream
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


@pytest.mark.parametrize(("name", "codec"), [("a.mkv", "libopus"), ("a.m4a", "aac")])
def test_sound_of_eight_channels_is_mixed(tmp_path: Path, name: str, codec: str) -> None:
    """Film sound. PyAV reads beyond the row of their planes, which ended the whole program."""
    rate_hz = 48_000
    with av.open(str(tmp_path / name), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="7.1")
        assert isinstance(stream, AudioStream)
        resampler = av.AudioResampler("fltp", "7.1", rate_hz, 960)
        voice = np.tile(VOICE.astype(np.float32), 3).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(voice, format="flt", layout="mono")
        frame.sample_rate = rate_hz
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    kept = import_recording(tmp_path / name, tmp_path / "kept.flac")
    assert kept.duration_s == pytest.approx(3, abs=0.1)
    assert -40 < kept.peak_dbfs < -6
    assert kept.interrupted is None
