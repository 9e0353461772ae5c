from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from practice.audio.playback import BLOCK_FRAMES, Excerpt

RATE_HZ = 16_000
BLOCK = 1_600
Tone = Callable[..., Path]


@pytest.fixture
def tone(tmp_path: Path) -> Tone:
    """A FLAC file of a sine of 220 Hz."""

    def write(seconds: float, channels: int = 1) -> Path:
        times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        sine = 0.3 * np.sin(2 * np.pi * 220 * times)
        path = tmp_path / "tone.flac"
        soundfile.write(path, np.column_stack([sine] * channels), RATE_HZ, subtype="PCM_16")
        return path

    return write


def read_to_the_end(excerpt: Excerpt) -> NDArray[np.int16]:
    blocks = []
    while data := excerpt.read(BLOCK):
        blocks.append(data)
    return np.frombuffer(b"".join(blocks), dtype=np.int16)


def measure_pitch_hz(samples: NDArray[np.int16]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax() * RATE_HZ / len(samples))


@pytest.mark.parametrize("speed", [0.75, 1.25, 1.5, 1.75, 2.0])
def test_another_speed_changes_the_length_and_not_the_pitch(tone: Tone, speed: float) -> None:
    with soundfile.SoundFile(tone(6.0)) as file:
        samples = read_to_the_end(Excerpt(file, 0, file.frames, speed))
    assert len(samples) / RATE_HZ == pytest.approx(6.0 / speed, abs=0.05)
    assert measure_pitch_hz(samples) == pytest.approx(220, abs=1.0)


def test_its_own_speed_gives_the_samples_as_they_are(tone: Tone) -> None:
    path = tone(1.0)
    with soundfile.SoundFile(path) as file:
        samples = read_to_the_end(Excerpt(file, 1_000, 9_000))
    assert np.array_equal(samples, soundfile.read(path, dtype="int16")[0][1_000:9_000])


@pytest.mark.parametrize("speed", [0.75, 1.0, 2.0])
def test_the_position_runs_from_the_first_frame_to_the_last(tone: Tone, speed: float) -> None:
    with soundfile.SoundFile(tone(3.0)) as file:
        excerpt = Excerpt(file, RATE_HZ, 2 * RATE_HZ, speed)
        assert excerpt.position == RATE_HZ
        positions = []
        while excerpt.read(BLOCK):
            positions.append(excerpt.position)
    assert positions == sorted(positions)
    assert positions[-1] == pytest.approx(2 * RATE_HZ, abs=0.05 * RATE_HZ)
    assert excerpt.finished


def test_after_a_second_at_double_speed_two_seconds_were_heard(tone: Tone) -> None:
    with soundfile.SoundFile(tone(6.0)) as file:
        excerpt = Excerpt(file, 0, file.frames, 2.0)
        excerpt.read(RATE_HZ)
        assert excerpt.position == 2 * RATE_HZ


def test_two_channels_stay_apart(tone: Tone) -> None:
    path = tone(2.0, channels=2)
    with soundfile.SoundFile(path) as file:
        samples = read_to_the_end(Excerpt(file, 0, file.frames, 1.5)).reshape(-1, 2)
    assert len(samples) / RATE_HZ == pytest.approx(2.0 / 1.5, abs=0.05)
    assert np.array_equal(samples[:, 0], samples[:, 1])


def test_no_more_of_the_file_is_read_than_is_needed(tone: Tone) -> None:
    with soundfile.SoundFile(tone(60.0)) as file:
        excerpt = Excerpt(file, 0, file.frames, 1.5)
        excerpt.read(BLOCK)
        assert file.tell() <= 1.5 * BLOCK + 3 * BLOCK_FRAMES


def test_a_excerpt_of_nothing_is_finished_at_once(tone: Tone) -> None:
    with soundfile.SoundFile(tone(1.0)) as file:
        excerpt = Excerpt(file, 500, 500, 1.5)
        assert excerpt.finished
        assert excerpt.read(BLOCK) == b""


def test_a_file_that_breaks_off_ends(tone: Tone, tmp_path: Path) -> None:
    whole = tone(4.0).read_bytes()
    broken = tmp_path / "broken.flac"
    broken.write_bytes(whole[: len(whole) // 2])
    with soundfile.SoundFile(broken) as file:
        excerpt = Excerpt(file, 0, file.frames, 1.5)
        assert 0 < len(read_to_the_end(excerpt)) < 4.0 / 1.5 * RATE_HZ
        assert excerpt.finished
