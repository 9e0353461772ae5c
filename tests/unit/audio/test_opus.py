import io
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.audio.opus import BLEEP_HZ, BLEEP_LEVEL, RATE_HZ, Clip, bleep, encode
from practice.base.errors import UnreadableAudioError
from practice.base.words import Span

VOICE_HZ = 1500.0


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of a tone, as a take is kept."""
    path = tmp_path_factory.mktemp("take") / "take.flac"
    times = np.arange(6 * 16_000) / 16_000
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * VOICE_HZ * times), 16_000, subtype="PCM_16")
    return path


def decode_clip(clip: Clip) -> NDArray[np.float32]:
    """What a player makes of it, at `RATE_HZ`."""
    with av.open(io.BytesIO(clip.data), "r") as container:
        assert container.format.name == "matroska,webm"
        assert container.streams.audio[0].codec_context.name == "opus"
        resampler = av.AudioResampler("flt", "mono", RATE_HZ)
        blocks = [
            block.to_ndarray()[0]
            for frame in container.decode(audio=0)
            for block in resampler.resample(frame)
        ]
    return np.concatenate(blocks)


def measure_strength(samples: NDArray[np.float32], frequency_hz: float) -> float:
    """How much of one frequency there is, 0 to 1."""
    times = np.arange(len(samples)) / RATE_HZ
    turned = samples * np.exp(-2j * np.pi * frequency_hz * times)
    return float(2 * np.abs(turned.mean()))


def test_a_take_is_heard_whole_from_the_file_and_takes_little_room(recording: Path) -> None:
    clip = encode(recording)
    samples = decode_clip(clip)
    assert clip.duration_s == pytest.approx(6.0, abs=0.01)
    assert len(samples) / RATE_HZ == pytest.approx(6.0, abs=0.05)
    assert measure_strength(samples[RATE_HZ : 2 * RATE_HZ], VOICE_HZ) == pytest.approx(
        0.5, abs=0.05
    )
    assert len(clip.data) < 6 * 6000
    assert clip.levels[len(clip.levels) // 2] == pytest.approx(0.5 / np.sqrt(2), abs=0.02)


def test_what_is_bleeped_is_gone_from_the_file_and_the_rest_is_not(recording: Path) -> None:
    clip = encode(recording, [Span(2.0, 3.0), Span(4.5, 99.0)])
    samples = decode_clip(clip)
    for from_s, to_s in ((2.02, 2.98), (4.55, 5.9)):
        inside = samples[round(from_s * RATE_HZ) : round(to_s * RATE_HZ)]
        assert measure_strength(inside, VOICE_HZ) < 0.002
        assert measure_strength(inside, BLEEP_HZ) == pytest.approx(BLEEP_LEVEL, rel=0.2)
    assert measure_strength(samples[round(3.1 * RATE_HZ) : round(4.4 * RATE_HZ)], VOICE_HZ) > 0.45
    assert clip.levels[50] < 0.06


def test_a_file_without_sound_is_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(0), 16_000)
    with pytest.raises(UnreadableAudioError):
        encode(tmp_path / "a.wav")


@settings(max_examples=50)
@given(
    from_s=st.floats(-1, 2), lasts_s=st.floats(0, 2), cuts=st.lists(st.integers(1, 47_999))
)  # fmt: skip
def test_the_bleep_is_the_same_in_blocks_of_any_size_and_leaves_no_sample(
    from_s: float, lasts_s: float, cuts: list[int]
) -> None:
    bleeps = [Span(from_s, from_s + lasts_s)]
    whole = np.ones(RATE_HZ, np.float32)
    blocks = np.split(whole.copy(), sorted(set(cuts)))
    position = 0
    for block in blocks:
        bleep(block, position, bleeps)
        position += len(block)
    bleep(whole, 0, bleeps)
    assert np.allclose(np.concatenate(blocks), whole, atol=1e-6)
    times = np.arange(RATE_HZ) / RATE_HZ
    inside = (times >= from_s) & (times < from_s + lasts_s)
    assert not (whole[inside] == 1).any()
    assert (whole[times < from_s - 1 / RATE_HZ] == 1).all()
