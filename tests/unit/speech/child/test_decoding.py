import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.base.errors import UnreadableAudioError
from practice.speech.child.decoding import SpoolTail, decoded

WriteWav = Callable[[Path, NDArray[np.int16], int], None]
RATE = 22_050
TONE: NDArray[np.int16] = (8000 * np.sin(np.arange(2 * RATE) * 0.1)).astype(np.int16)


def whole(path: Path) -> NDArray[np.float32]:
    return np.concatenate([block for block, _ in decoded(path)])


def blocks(tail: SpoolTail) -> Iterator[NDArray[np.float32]]:
    while (block := tail.read()) is not None:
        yield block


def encode(path: Path, codec: str, rate: int) -> None:
    """Two seconds of a stereo tone in any container."""
    tone = (0.25 * np.sin(np.arange(2 * rate) * 0.1)).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(np.stack([tone, tone]), format="fltp", layout="stereo")
    frame.sample_rate = rate
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "stereo"
        for part in (frame, None):
            container.mux(stream.encode(part))


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.mp3", "libmp3lame", 44_100), ("a.m4a", "aac", 48_000), ("a.webm", "libopus", 48_000)],
)
def test_compressed_stereo_becomes_mono_at_16_khz(
    tmp_path: Path, name: str, codec: str, rate: int
) -> None:
    encode(tmp_path / name, codec, rate)
    samples = whole(tmp_path / name)
    assert len(samples) == pytest.approx(2 * 16_000, abs=2000)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.25 / np.sqrt(2), rel=0.1)


def test_the_part_done_grows_to_one(tmp_path: Path, wav: WriteWav) -> None:
    wav(tmp_path / "a.wav", TONE, RATE)
    parts = [part for _, part in decoded(tmp_path / "a.wav")]
    known = [part for part in parts if part is not None]
    assert known == sorted(known)
    assert parts[-1] == 1.0


@pytest.mark.parametrize("content", [b"", b"no sound at all", bytes(5000)])
def test_a_file_without_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudioError, match=r"x\.wav"):
        whole(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudioError, match="No such file"):
        whole(tmp_path / "gone.wav")


def test_a_file_that_was_cut_off_gives_what_is_there(tmp_path: Path, wav: WriteWav) -> None:
    wav(tmp_path / "a.wav", TONE, RATE)
    cut = (tmp_path / "a.wav").read_bytes()[: 44 + len(TONE)]
    (tmp_path / "a.wav").write_bytes(cut)
    assert len(whole(tmp_path / "a.wav")) == pytest.approx(16_000, abs=50)


@given(st.lists(st.integers(1, len(TONE) * 2), max_size=8))
def test_a_growing_spool_gives_the_same_samples_as_the_finished_file(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    path = tmp_path_factory.mktemp("spool") / "samples.s16"
    data = TONE.astype("<i2").tobytes()
    heard: list[NDArray[np.float32]] = []
    with path.open("wb") as spool, path.open("rb") as reading:
        tail = SpoolTail(reading, RATE)
        for start, end in itertools.pairwise([0, *sorted(cuts), len(data)]):
            spool.write(data[start:end])
            spool.flush()
            heard += blocks(tail)
        heard.append(tail.flush())
    with path.open("rb") as reading:
        tail = SpoolTail(reading, RATE)
        finished = [*blocks(tail), tail.flush()]
    np.testing.assert_array_equal(np.concatenate(heard), np.concatenate(finished))
