"""Files from elsewhere: several tracks, and files made to be opened by somebody careless."""

import os
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from av.audio.stream import AudioStream
from av.stream import Disposition
from numpy.typing import NDArray

from practice.audio import sound_track
from practice.audio.codec import import_recording
from practice.base.errors import UnreadableAudioError

RATE_HZ = 16_000
TEN_GB = 10 * 2**30


def write_tracks(folder: Path, *tracks: tuple[float, str, Disposition]) -> Path:
    """A Matroska file of tones, each with a frequency, a title and what the file calls it."""
    path = folder / "call.mkv"
    with av.open(str(path), "w") as container:
        streams = []
        for _, title, disposition in tracks:
            stream = container.add_stream("pcm_s16le", rate=RATE_HZ, layout="mono")
            assert isinstance(stream, AudioStream)
            stream.metadata["title"] = title
            stream.disposition = disposition
            streams.append(stream)
        for stream, (frequency_hz, _, _) in zip(streams, tracks, strict=True):
            frame = av.AudioFrame.from_ndarray(make_tone(frequency_hz), format="s16", layout="mono")
            frame.sample_rate = RATE_HZ
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def make_tone(frequency_hz: float) -> NDArray[np.int16]:
    times: NDArray[np.float64] = np.arange(RATE_HZ) / RATE_HZ
    wave: NDArray[np.int16] = (9000 * np.sin(2 * np.pi * frequency_hz * times)).astype(np.int16)
    return wave.reshape(1, -1)


def measure_kept_hz(source: Path, track: int | None = None) -> tuple[float, str | None]:
    """What was kept of `source`: the strongest frequency, and what is said of the choice."""
    kept = import_recording(source, source.parent / "kept.flac", track=track)
    samples, rate = soundfile.read(kept.path)
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * rate / len(samples)), kept.track


PLAIN = Disposition(0)
CALL = ((300.0, "all", PLAIN), (600.0, "mine", Disposition.default), (900.0, "hers", PLAIN))


def test_of_several_tracks_the_one_that_the_file_calls_its_default_is_kept(tmp_path: Path) -> None:
    frequency_hz, choice = measure_kept_hz(write_tracks(tmp_path, *CALL))
    assert frequency_hz == pytest.approx(600, abs=2)
    assert choice == "track 2 of 3 (pcm_s16le, mine)"


def test_a_track_that_is_asked_for_by_its_number_is_kept(tmp_path: Path) -> None:
    frequency_hz, choice = measure_kept_hz(write_tracks(tmp_path, *CALL), track=3)
    assert frequency_hz == pytest.approx(900, abs=2)
    assert choice == "track 3 of 3 (pcm_s16le, hers)"


def test_a_description_for_the_blind_is_kept_only_where_it_is_asked_for(tmp_path: Path) -> None:
    described = (300.0, "described", Disposition.visual_impaired | Disposition.default)
    assert measure_kept_hz(write_tracks(tmp_path, described, CALL[0]))[0] == pytest.approx(
        300, abs=2
    )
    path = write_tracks(tmp_path, described, (700.0, "spoken", PLAIN))
    assert measure_kept_hz(path)[0] == pytest.approx(700, abs=2)


def test_a_track_that_is_not_there_is_refused_with_how_many_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudioError, match="3 sound tracks and no track 4") as caught:
        measure_kept_hz(write_tracks(tmp_path, *CALL), track=4)
    assert caught.value.hint == "name a track from 1 to 3"


def test_the_way_through_a_long_file_is_told_up_to_its_end(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(10 * RATE_HZ, np.int16), RATE_HZ)
    parts: list[float] = []
    import_recording(tmp_path / "a.wav", tmp_path / "a.flac", progress=parts.append)
    assert len(parts) > 10
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def write_as(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def link_to(to: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "link.wav").symlink_to(to)
        return folder / "link.wav"

    return make


def make_pipe(folder: Path) -> Path:
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
    os.mkfifo(folder / "pipe.wav")
    return folder / "pipe.wav"


WAV_HEADER = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
FTYP = struct.pack(">I", 24) + b"ftypisom\0\0\0\0isomiso2"
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n"
SDP = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"
DASH = (
    b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period>'
    b'<AdaptationSet><Representation id="a"><BaseURL>secret.wav</BaseURL></Representation>'
    b"</AdaptationSet></Period></MPD>"
)
HOSTILE: dict[str, Callable[[Path], Path]] = {
    "a link": link_to("secret.wav"),
    "a link to nothing": link_to("nowhere"),
    "a link to itself": link_to("link.wav"),
    "a link to a device": link_to("/dev/zero"),
    "a device": lambda _: Path("/dev/zero"),
    "a terminal": lambda _: Path("/dev/tty"),
    "a pipe": make_pipe,
    "a playlist of a file": write_as("a.m3u8", PLAYLIST.format("secret.wav").encode()),
    "a playlist of an address": write_as("b.m3u8", PLAYLIST.format("http://127.0.0.1:9/").encode()),
    "a list of files": write_as("c.ffconcat", b"ffconcat version 1.0\nfile secret.wav\n"),
    "a list of files named as sound": write_as("c.wav", b"ffconcat version 1.0\nfile secret.wav\n"),
    "a description of a stream": write_as("d.sdp", SDP),
    "a manifest": write_as("e.mpd", DASH),
    "nothing": write_as("zero.wav", b""),
    "a wav of 10 GB": write_as(
        "f.wav", b"RF64\xff\xff\xff\xffWAVEds64" + struct.pack("<IQQQI", 28, *3 * [TEN_GB], 0)
        + WAV_HEADER[4:] + b"data\xff\xff\xff\xff" + bytes(99)),
    "an index of 10 GB": write_as(
        "g.mp4", FTYP + struct.pack(">I", 1) + b"moov" + struct.pack(">Q", TEN_GB) + bytes(64)),
    "sound of 10 GB": write_as(
        "h.mp4", FTYP + struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", TEN_GB) + bytes(64)),
    "a tag of 256 MB": write_as("i.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(999)),
    "432 hours": write_as(
        "j.flac", b"fLaC\x80\0\0\x22" + struct.pack(">HH", 4096, 4096) + bytes(6)
        + ((44_100 << 44) | (15 << 36) | (2**36 - 1)).to_bytes(8, "big") + bytes(16)),
}  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_by_name_and_nothing_is_kept(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    (tmp_path / "secret.wav").write_bytes(b"not for the taking")
    path = make(tmp_path)
    with pytest.raises(UnreadableAudioError) as caught:
        import_recording(path, tmp_path / "kept" / "take.flac")
    assert path.name in caught.value.message
    assert caught.value.hint
    assert not list((tmp_path / "kept").glob("*"))


@pytest.fixture
def bound_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("talk.wav")
        yield tmp_path / "talk.wav"


def test_a_socket_is_refused(bound_socket: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudioError, match="it is a socket"):
        import_recording(bound_socket, tmp_path / "take.flac")


def test_a_file_that_could_be_searched_for_ever_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "endless.wav"
    path.write_bytes(b"RIFF\xff\xff\xff\xff" + WAV_HEADER + b"data\xf0\xff\xff\xff")
    os.truncate(path, TEN_GB)  # takes no room on the disk
    with pytest.raises(UnreadableAudioError, match=r"lasts 93\.2 hours"):
        import_recording(path, tmp_path / "take.flac")


def test_sound_that_never_ends_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_track, "LONGEST_S", 2.0)
    path = tmp_path / "endless.au"  # a header without a length
    sound = np.zeros(10 * RATE_HZ, ">i2").tobytes()
    path.write_bytes(b".snd" + struct.pack(">IIIII", 24, 0xFFFFFFFF, 3, RATE_HZ, 1) + sound)
    with pytest.raises(UnreadableAudioError, match="at most"):
        import_recording(path, tmp_path / "take.flac")
    assert not (tmp_path / "take.flac").exists()


IMPORT_EACH = """
import sys
from pathlib import Path
from practice.audio.codec import import_recording
from practice.base.errors import UnreadableAudioError
for name in sys.argv[1:]:
    try:
        import_recording(Path(name), Path(name).parent / "kept" / "take.flac")
    except UnreadableAudioError:
        pass
"""


def test_what_a_hostile_file_names_is_neither_opened_nor_called(tmp_path: Path) -> None:
    """As the system saw it: no call of the process names the other file, a device or a socket."""
    paths = []
    for number, make in enumerate(HOSTILE.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "secret.wav").write_bytes(b"not for the taking")
        paths.append(str(make(folder)))
    trace = tmp_path / "trace"
    watched = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=open,openat,socket,connect"]
    subprocess.run([*watched, sys.executable, "-c", IMPORT_EACH, *paths], check=True, timeout=120)
    calls = [line for line in trace.read_text().splitlines() if "ENOENT" not in line]
    assert any("c.ffconcat" in call for call in calls)
    touched = ("secret.wav", "/dev/zero", "/dev/tty", "pipe.wav", "link.wav", "AF_INET")
    assert [call for call in calls if any(name in call for name in touched)] == []


def write_timed(path: Path, codec: str, starts: Sequence[float]) -> Path:
    """Seconds of a tone at these times of the file, and a picture from its beginning to the end."""
    rate_hz = 48_000
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10, width=64, height=64, pix_fmt="yuv420p")
        sound = container.add_stream(codec, rate=rate_hz, layout="mono")
        assert isinstance(sound, AudioStream)
        for number in range(round(10 * (starts[-1] + 1))):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, 10)
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        wave = (9000 * np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz)).astype(np.int16)
        for start_s in starts:
            for part, samples in enumerate(wave.reshape(50, 1, -1)):
                frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
                frame.sample_rate, frame.time_base = rate_hz, Fraction(1, rate_hz)
                frame.pts = round(start_s * rate_hz) + part * samples.size
                container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mkv", "libopus"), ("a.mp4", "aac"), ("a.ts", "aac"), ("a.mov", "aac")]
)
def test_sound_keeps_the_times_of_its_file(tmp_path: Path, name: str, codec: str) -> None:
    kept = import_recording(write_timed(tmp_path / name, codec, [4.0, 9.0]), tmp_path / "a.flac")
    samples, rate_hz = soundfile.read(kept.path)
    second = [float(np.abs(part).max()) for part in np.array_split(samples, len(samples) / rate_hz)]
    heard = [at for at, peak in enumerate(second) if peak > 0.2]
    assert {4, 9} <= set(heard) <= {3, 4, 5, 8, 9, 10}  # an encoder begins a little early
    assert max(second[1:3] + second[6:8]) < 0.01
    assert kept.duration_s == pytest.approx(10.0, abs=0.2)
    assert kept.interrupted is None


def write_tone(
    path: Path, codec: str, form: str | None = None, options: dict[str, str] | None = None
) -> Path:
    """Twenty seconds of a tone in noise, so that no codec puts many seconds into a page."""
    noise = np.random.default_rng(1).integers(-2000, 2000, 20 * RATE_HZ, np.int16)
    samples = np.tile(make_tone(440.0), 20) + noise
    if codec == "vorbis":
        soundfile.write(path, samples[0], RATE_HZ, format="OGG", subtype="VORBIS")
        return path
    with av.open(str(path), "w", format=form, options=options or {}) as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout="mono")
        assert isinstance(stream, AudioStream)
        resampler = av.AudioResampler(stream.codec_context.format or "s16", "mono", RATE_HZ, 640)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


TONES = {
    "a.wav": ("pcm_s16le",),
    "a.w64": ("pcm_s16le",),
    "a.aiff": ("pcm_s16be",),
    "a.au": ("pcm_s16be",),
    "a.caf": ("pcm_s16le",),
    "a.flac": ("flac",),
    "a.mp3": ("libmp3lame",),
    "opus.ogg": ("libopus",),
    "vorbis.ogg": ("vorbis",),
    "a.webm": ("libopus",),
    "recorded by a browser.webm": ("libopus", None, {"live": "1"}),
    "a.mka": ("pcm_s16le",),
    "index first.m4a": ("aac", None, {"movflags": "+faststart"}),
    "in pieces.mp4": ("aac", None, {"movflags": "+frag_keyframe+empty_moov"}),
    "a.avi": ("pcm_s16le",),
    "a.flv": ("aac",),
    "a.ts": ("aac",),
}


@pytest.mark.parametrize(("name", "how"), TONES.items(), ids=TONES)
def test_a_file_that_breaks_off_says_where_and_what_is_there_is_kept(
    tmp_path: Path, name: str, how: tuple[Any, ...]
) -> None:
    path = write_tone(tmp_path / name, *how)
    whole = import_recording(path, tmp_path / "whole.flac")
    assert whole.duration_s == pytest.approx(20, abs=0.2)
    assert whole.interrupted is None
    content = path.read_bytes()
    for part in (0.25, 0.5, 0.9):
        path.write_bytes(content[: round(len(content) * part) + 1])
        kept = import_recording(path, tmp_path / "kept.flac")
        assert kept.duration_s == pytest.approx(20 * part, abs=1.5)
        assert kept.interrupted is not None
        said = re.match(r"it breaks off at 0:(\d\d)", kept.interrupted)
        assert said
        assert int(said[1]) == pytest.approx(kept.duration_s, abs=1)


def test_an_ogg_file_without_the_mark_of_its_last_page_raises_no_alarm(tmp_path: Path) -> None:
    """As Android writes them."""
    path = write_tone(tmp_path / "a.ogg", "vorbis")
    content = path.read_bytes()
    path.write_bytes(content[: content.rfind(b"OggS")])
    assert import_recording(path, tmp_path / "kept.flac").interrupted is None


def test_ogg_files_put_together_raise_no_alarm(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "a.ogg", "libopus")
    path.write_bytes(2 * path.read_bytes())
    kept = import_recording(path, tmp_path / "kept.flac")
    assert kept.duration_s == pytest.approx(40, abs=0.2)
    assert kept.interrupted is None


def test_a_file_that_breaks_off_before_its_sound_is_refused_with_that_reason(
    tmp_path: Path,
) -> None:
    path = write_tone(tmp_path / "a.ogg", "vorbis")
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableAudioError, match="breaks off before its sound begins"):
        import_recording(path, tmp_path / "kept.flac")


@pytest.mark.parametrize("part", [0.3, 0.99])
def test_a_file_that_breaks_off_before_its_index_is_refused_with_that_reason(
    tmp_path: Path, part: float
) -> None:
    path = write_tone(tmp_path / "a.m4a", "aac")
    content = path.read_bytes()
    path.write_bytes(content[: round(len(content) * part)])
    with pytest.raises(UnreadableAudioError, match="breaks off before its index") as caught:
        import_recording(path, tmp_path / "kept.flac")
    assert "copy or download it again" in str(caught.value.hint)


def test_what_follows_a_header_that_names_too_little_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, np.tile(make_tone(440.0)[0], 20), RATE_HZ)
    content = bytearray(path.read_bytes())
    content[40:44] = struct.pack("<I", 5 * 2 * RATE_HZ)
    path.write_bytes(content)
    kept = import_recording(path, tmp_path / "a.flac")
    assert kept.duration_s == pytest.approx(20, abs=0.01)
    assert kept.interrupted == "its header names only 0:05; all was read"


def test_notes_behind_the_sound_are_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, make_tone(440.0)[0], RATE_HZ)
    note = b"LIST" + struct.pack("<I", 60_000) + bytes(60_000)
    content = bytearray(path.read_bytes() + note)
    content[4:8] = struct.pack("<I", len(content) - 8)
    path.write_bytes(content)
    kept = import_recording(path, tmp_path / "a.flac")
    assert (kept.duration_s, kept.interrupted) == (1.0, None)


def test_files_put_together_raise_no_alarm(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        assert isinstance(stream, AudioStream)
        wave = np.tile(make_tone(440.0), 5)
        frame = av.AudioFrame.from_ndarray(wave, format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    path.write_bytes(2 * path.read_bytes())
    kept = import_recording(path, tmp_path / "a.flac")
    assert kept.duration_s == pytest.approx(10, abs=0.2)
    assert kept.interrupted is None


def test_a_part_that_claims_to_end_beyond_any_disk_is_passed_over_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_tone(tmp_path / "a.caf", "pcm_s16le")
    content = bytearray(path.read_bytes())
    content[content.index(b"data") + 5] = content[content.index(b"info") + 5] = 0xFF
    path.write_bytes(content)
    assert import_recording(path, tmp_path / "a.flac").duration_s == pytest.approx(20, abs=0.1)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("mark", [b"drms", b"enca", b"aavd"])
def test_a_protected_file_is_called_so(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "a.m4a"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        assert isinstance(stream, AudioStream)
        frame = av.AudioFrame.from_ndarray(make_tone(440.0), format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    path.write_bytes(path.read_bytes().replace(b"mp4a", mark, 1))
    with pytest.raises(UnreadableAudioError, match="protected against copying"):
        import_recording(path, tmp_path / "a.flac")
