from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from practice.base.errors import UnreadableAudioError
from practice.speech.child.decoding import decode

WriteWav = Callable[[Path, NDArray[np.int16], int], None]
RATE = 22_050
TONE: NDArray[np.int16] = (8000 * np.sin(np.arange(2 * RATE) * 0.1)).astype(np.int16)


def read_samples(path: Path) -> NDArray[np.float32]:
    return np.concatenate([block for block, _ in decode(path)])


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
    samples = read_samples(tmp_path / name)
    assert len(samples) == pytest.approx(2 * 16_000, abs=2000)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.25 / np.sqrt(2), rel=0.1)


def test_the_part_done_grows_to_one(tmp_path: Path, write_wav_file: WriteWav) -> None:
    write_wav_file(tmp_path / "a.wav", TONE, RATE)
    parts = [part for _, part in decode(tmp_path / "a.wav")]
    known = [part for part in parts if part is not None]
    assert known == sorted(known)
    assert parts[-1] == 1.0


@pytest.mark.parametrize("content", [b"", b"no sound at all", bytes(5000)])
def test_a_file_without_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudioError, match=r"x\.wav"):
        read_samples(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudioError, match="No such file"):
        read_samples(tmp_path / "gone.wav")


def test_a_file_that_was_cut_off_gives_what_is_there(
    tmp_path: Path, write_wav_file: WriteWav
) -> None:
    write_wav_file(tmp_path / "a.wav", TONE, RATE)
    cut = (tmp_path / "a.wav").read_bytes()[: 44 + len(TONE)]
    (tmp_path / "a.wav").write_bytes(cut)
    assert len(read_samples(tmp_path / "a.wav")) == pytest.approx(16_000, abs=50)


@pytest.mark.parametrize(
    "name",
    ["concat:secret.wav|secret.wav", "file:secret.wav", "http://127.0.0.1:9/secret.wav"],
)
def test_a_name_that_libav_could_take_for_an_address_is_the_name_of_a_file(
    tmp_path: Path, write_wav_file: WriteWav, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_wav_file(Path("secret.wav"), TONE, RATE)
    with pytest.raises(UnreadableAudioError, match="No such file"):
        read_samples(Path(name))
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    write_wav_file(Path(name), TONE[:RATE], RATE)
    assert len(read_samples(Path(name))) == pytest.approx(16_000, abs=50)


def test_a_list_of_other_files_is_not_followed(tmp_path: Path, write_wav_file: WriteWav) -> None:
    write_wav_file(tmp_path / "secret.wav", TONE, RATE)
    (tmp_path / "take.flac").write_text("ffconcat version 1.0\nfile secret.wav\n")
    with pytest.raises(UnreadableAudioError, match=r"take\.flac"):
        read_samples(tmp_path / "take.flac")
