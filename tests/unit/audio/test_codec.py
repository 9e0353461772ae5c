import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import pytest
import soundfile
from av.audio.stream import AudioStream
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from practice.audio.codec import decode, encode_spool, import_recording
from practice.audio.sound_track import open_sound_track
from practice.base.errors import StorageError, UnreadableAudioError

RATE_HZ = 44_100


def make_tone(seconds: float, frequency_hz: float = 1000.0) -> NDArray[np.int16]:
    times: NDArray[np.float64] = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave: NDArray[np.int16] = np.rint(12_000 * np.sin(2 * np.pi * frequency_hz * times)).astype(
        np.int16
    )
    return wave


def strongest_hz(samples: NDArray[np.float32], rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate_hz / len(samples))


def write_sound(path: Path, codec: str, samples: NDArray[np.int16], rate_hz: int = 48_000) -> Path:
    """`samples` (taken as `RATE_HZ`) in whatever container the name of `path` asks for."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="stereo")
        assert isinstance(stream, AudioStream)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_video(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25, width=64, height=64, pix_fmt="yuv420p")
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        for _ in range(5):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


SOUNDS = [
    ("answer.wav", "pcm_s16le"),
    ("answer.flac", "flac"),
    ("answer.mp3", "libmp3lame"),
    ("answer.m4a", "aac"),
    ("answer.mp4", "aac"),
    ("answer.ogg", "libopus"),
    ("answer.webm", "libopus"),
]


@pytest.mark.parametrize(("name", "codec"), SOUNDS)
def test_every_container_decodes_to_mono_16_khz(tmp_path: Path, name: str, codec: str) -> None:
    samples = decode(write_sound(tmp_path / name, codec, make_tone(2.0)))
    assert samples.dtype == np.float32
    assert len(samples) / 16_000 == pytest.approx(2.0, abs=0.1)
    assert strongest_hz(samples, 16_000) == pytest.approx(1000, abs=2)
    assert np.abs(samples).max() == pytest.approx(12_000 / 32_768, rel=0.15)


@pytest.mark.parametrize(("name", "codec"), SOUNDS)
def test_every_container_is_kept_as_flac_at_its_own_rate(
    tmp_path: Path, name: str, codec: str
) -> None:
    source = write_sound(tmp_path / name, codec, make_tone(2.0))
    recording = import_recording(source, tmp_path / "kept" / "take.flac")
    info = soundfile.info(recording.path)
    assert (info.samplerate, info.channels, info.subtype) == (48_000, 1, "PCM_16")
    assert info.frames / info.samplerate == recording.duration_s == pytest.approx(2.0, abs=0.1)
    assert recording.device == f"file {name}"
    assert recording.interrupted is None
    assert stat.S_IMODE(recording.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(("name", "codec"), SOUNDS)
def test_every_container_tells_its_facts(tmp_path: Path, name: str, codec: str) -> None:
    with open_sound_track(write_sound(tmp_path / name, codec, make_tone(2.0))) as track:
        assert track.stated_duration_s == pytest.approx(2.0, abs=0.1)
        assert (track.rate_hz, track.choice) == (48_000, None)


def test_the_length_of_a_stream_that_does_not_state_it_is_counted(tmp_path: Path) -> None:
    whole = write_sound(tmp_path / "a.wav", "pcm_s16le", make_tone(2.0))
    endless = bytearray(whole.read_bytes())
    start = endless.index(b"data") + 4
    endless[start : start + 4] = endless[4:8] = b"\xff\xff\xff\xff"
    whole.write_bytes(endless)
    assert len(decode(whole)) / 16_000 == pytest.approx(2.0, abs=0.1)


def test_an_imported_wav_keeps_its_samples(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", make_tone(1.0), RATE_HZ)
    recording = import_recording(tmp_path / "a.wav", tmp_path / "a.flac")
    heard, rate = soundfile.read(recording.path, dtype="int16")
    assert rate == RATE_HZ
    assert np.array_equal(heard, make_tone(1.0))


def absent_file(folder: Path) -> Path:
    return folder / "absent.wav"


def folder_itself(folder: Path) -> Path:
    return folder


def empty_file(folder: Path) -> Path:
    (folder / "empty.wav").touch()
    return folder / "empty.wav"


def text_file(folder: Path) -> Path:
    (folder / "notes.txt").write_text("Tell me about yourself.\n" * 100)
    return folder / "notes.txt"


def video_file(folder: Path) -> Path:
    return write_video(folder / "screen.mp4")


def header_alone(folder: Path) -> Path:
    soundfile.write(folder / "nothing.wav", np.zeros(0, np.int16), RATE_HZ)
    return folder / "nothing.wav"


def mp4_without_its_end(folder: Path) -> Path:
    whole = write_sound(folder / "cut.mp4", "aac", make_tone(5.0))
    whole.write_bytes(whole.read_bytes()[:2000])
    return whole


def file_of_senseless_rate(folder: Path) -> Path:
    soundfile.write(folder / "rate.wav", make_tone(1.0), 3)
    return folder / "rate.wav"


def playlist(folder: Path) -> Path:
    soundfile.write(folder / "other.wav", make_tone(1.0), RATE_HZ)
    (folder / "list.m3u8").write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{folder}/other.wav\n#EXT-X-ENDLIST\n"
    )
    return folder / "list.m3u8"


def concatenation(folder: Path) -> Path:
    soundfile.write(folder / "other.wav", make_tone(1.0), RATE_HZ)
    (folder / "list.ffconcat").write_text("ffconcat version 1.0\nfile other.wav\n")
    return folder / "list.ffconcat"


@pytest.mark.parametrize(
    "make",
    [
        absent_file,
        folder_itself,
        empty_file,
        text_file,
        video_file,
        header_alone,
        mp4_without_its_end,
        file_of_senseless_rate,
        playlist,
        concatenation,
    ],
    ids=lambda make: make.__name__,
)
def test_a_file_without_sound_of_its_own_is_refused_by_name(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    with pytest.raises(UnreadableAudioError) as caught:
        decode(path)
    assert path.name in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "codec"), [("cut.flac", "flac"), ("cut.mp3", "libmp3lame"), ("cut.ogg", "libopus")]
)
def test_of_a_file_that_breaks_off_the_beginning_is_decoded(
    tmp_path: Path, name: str, codec: str
) -> None:
    path = write_sound(tmp_path / name, codec, make_tone(10.0))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    assert 4.0 < len(decode(path)) / 16_000 < 8.0


def test_damage_in_the_middle_costs_only_its_own_place(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "hurt.flac", "flac", make_tone(10.0))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(3000)
    path.write_bytes(data)
    assert import_recording(path, tmp_path / "kept.flac").duration_s > 8.0


def test_an_import_that_breaks_off_says_so(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "cut.flac", "flac", make_tone(10.0))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 4 // 5])
    recording = import_recording(path, tmp_path / "kept.flac")
    assert 7.0 < recording.duration_s < 9.0
    assert recording.interrupted == "it breaks off at 0:08 of 0:10"


def test_a_failed_import_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudioError):
        import_recording(header_alone(tmp_path), tmp_path / "kept" / "take.flac")
    assert list((tmp_path / "kept").iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_gives_sound_or_a_plain_refusal(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        name, codec = data.draw(st.sampled_from(SOUNDS))
        path = write_sound(Path(folder, name), codec, make_tone(0.3))
        content = bytearray(path.read_bytes())
        places = st.integers(0, min(600, len(content) - 1))
        for place, value in data.draw(st.dictionaries(places, st.integers(0, 255))).items():
            content[place] = value
        path.write_bytes(content)
        for read in (decode, lambda path: import_recording(path, path.with_name("kept"))):
            with suppress(UnreadableAudioError):
                read(path)
        assert not list(Path(folder).glob("*.part"))


def test_half_a_sample_at_the_end_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "samples.s16").write_bytes(b"\x01\x00\x02\x00\x03")
    encode_spool(tmp_path / "samples.s16", RATE_HZ, tmp_path / "a.flac")
    heard, _ = soundfile.read(tmp_path / "a.flac", dtype="int16")
    assert heard.tolist() == [1, 2]


def test_samples_that_are_gone_are_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"samples\.s16"):
        encode_spool(tmp_path / "samples.s16", RATE_HZ, tmp_path / "a.flac")
    assert list(tmp_path.iterdir()) == []


def test_channels_that_cannot_be_mixed_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "nine.wav"
    soundfile.write(path, np.full((16_000, 9), 0.1), 16_000)
    with pytest.raises(UnreadableAudioError, match="it holds no sound"):
        decode(path)


def test_a_folder_whose_name_is_no_text_is_written_to_and_read(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    folder.mkdir()
    source = write_sound(tmp_path / "a.wav", "pcm_s16le", make_tone(1.0))
    kept = import_recording(source, folder / "take.flac")
    assert len(decode(kept.path)) / 16_000 == pytest.approx(1.0, abs=0.01)
