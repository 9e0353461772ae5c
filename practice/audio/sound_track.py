"""A sound or video file from anywhere, opened so that nothing but its own bytes is read."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from practice.audio.file_ending import breaks_off, lacks_index
from practice.audio.mixing import Mixing, choose_mixing
from practice.audio.time_line import find_gaps
from practice.audio.wav_header import WavLength, read_wav_length
from practice.base.errors import UnreadableAudioError
from practice.base.system.files import open_to_read
from practice.base.text import clock_time, one_line

if TYPE_CHECKING:
    import av
    from av.audio.stream import AudioStream

LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 1_000, 655_350
"""Nobody records below the one, and FLAC holds nothing above the other; a damaged header may say
anything."""
LONGEST_S = 6 * 3600.0
"""No answer or interview is longer; a header may say anything, and a small file may hold days."""

SEARCHED_CALLS = 10_000
"""libav may search a damaged file for ever. After so many reads and seeks without a packet of sound
it is told that the file ends. At the 32 kB that it reads at a time this is more than a second of
uncompressed video."""

LEAST_LOST_S = 0.2
"""Where two MP3s were put together two or three packets of 26 ms cannot be decoded."""
_HEAD = 8192
_FRAME_COUNTS = (b"Xing", b"Info", b"VBRI")
_WITH_A_LENGTH = frozenset(
    {
        "aiff",
        "au",
        "avi",
        "flac",
        "flv",
        "matroska,webm",
        "mov,mp4,m4a,3gp,3g2,mj2",
        "mp3",
        "tta",
        "w64",
        "wv",
    }
)
"""Files that tell their length. Of others libav guesses it, or takes it from their last page."""
_PROTECTED = frozenset({"drms", "drmi", "enca", "aavd"})
"""How sound is marked that only the shop's own player can decode."""

DEMUXERS = (
    "aac", "ac3", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "eac3", "flac", "flv",
    "matroska", "mov", "mp3", "mpeg", "mpegts", "ogg", "tta", "wav", "w64", "wv",
)  # fmt: skip
"""What phones, recorders and calls write. Playlists, devices, pictures and scripts are not here."""

# A file may name others to be opened in turn: an address, a device, somebody's key. With no
# protocol allowed libav opens nothing; it is given the bytes of the one file instead.
_OPTIONS = {
    "protocol_whitelist": "none",
    "format_whitelist": ",".join(DEMUXERS),
    # A track that begins late is known only once it begins; what is there at once ends the search.
    "analyzeduration": "60000000",
    "probesize": "50000000",
}
_READABLE = "choose a sound or video file, such as wav, flac, mp3, m4a, ogg, webm or mp4"
_COPY_AGAIN = "copy or download it again; where a recorder crashed, a repair tool may help"
_NO_SOUND = "it holds no sound"
_KINDS = (
    (stat.S_ISLNK, "it is a link", "name the file that it leads to"),
    (stat.S_ISDIR, "it is a folder", "name a file in it"),
    (stat.S_ISFIFO, "it is a pipe, not a file", _READABLE),
    (stat.S_ISCHR, "it is a device, not a file", _READABLE),
    (stat.S_ISBLK, "it is a device, not a file", _READABLE),
    (stat.S_ISSOCK, "it is a socket, not a file", _READABLE),
)


class _WatchedFile:
    """A file as libav reads it; it ends early where libav has searched long and found no sound.

    It ends rather than raises: libav goes on searching after an error, but not past an end.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.raw = file
        self._left = SEARCHED_CALLS
        self.wav = read_wav_length(file)
        """What a WAV file says of its length; None of any other."""
        self.breaks_off = breaks_off(file)
        """It ends in the middle of one of its parts."""
        head = file.read(_HEAD)
        file.seek(0)
        self.counts_frames = any(mark in head for mark in _FRAME_COUNTS)
        """An MP3 that tells how many frames it has; without that libav guesses its length."""

    @property
    def gave_up(self) -> bool:
        """It was searched in vain."""
        return self._left <= 0

    def found_sound(self) -> None:
        """Allow `SEARCHED_CALLS` for the next."""
        self._left = SEARCHED_CALLS

    def read(self, size: int) -> bytes:
        self._left -= 1
        return b"" if self.gave_up else self.raw.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._left -= 1
        try:
            return self.raw.seek(offset, whence)
        except (OSError, ValueError):
            # Damage may name a place that no file has. libav takes this for a refusal; an error
            # it could not pass on, and it would be printed.
            return -errno.EINVAL

    def tell(self) -> int:
        return self.raw.tell()


class SoundTrack:
    """One sound track of an open container; errors inside it are counted, not fatal."""

    def __init__(
        self,
        path: Path,
        file: _WatchedFile,
        container: "av.container.InputContainer",
        stream: "AudioStream",
        wav: WavLength | None = None,
    ) -> None:
        self._path = path
        self._file = file
        self._container = container
        self.stream = stream
        self._wav = wav
        self._lost_s = 0.0
        """How much of it could not be decoded."""
        self._ended_early = False
        """The container could not be read to its end."""
        self._reached_s = 0.0
        """How far it was read, from its beginning."""

    @property
    def rate_hz(self) -> int:
        """Its sample rate."""
        return self.stream.rate

    @property
    def stated_duration_s(self) -> float | None:
        """How long the file says it is, from its beginning to the end of this track."""
        if self._wav is not None:
            return max(self._wav.stated_s, self._wav.held_s)
        if self.stream.duration and self.stream.time_base:
            start = self.stream.start_time or 0
            ends_s = float((start + self.stream.duration) * self.stream.time_base)
            return max(ends_s - self._begins_s, 0.0)
        return self._container_duration_s

    @property
    def trouble(self) -> str | None:
        """What is missing of it or was wrong with it, in words, once it was read; None if nothing.

        Where two files were put together a packet or two cannot be decoded, and nothing is missing.
        """
        told = []
        if self._wav is not None and self._wav.holds_more:
            told.append(f"its header names only {clock_time(self._wav.stated_s)}; all was read")
        states_s = self._reliable_duration_s
        # Some count the length from their own time 0, though they begin later.
        reached_s = self._reached_s + max(self._begins_s, 0.0)
        if states_s is not None and reached_s < states_s - max(1.0, states_s / 50):
            told.append(f"it breaks off at {clock_time(self._reached_s)} of {clock_time(states_s)}")
        elif self._file.breaks_off and self._wav is None:
            told.append(f"it breaks off at {clock_time(self._reached_s)}")
        elif self._ended_early:
            told.append(f"it cannot be read beyond {clock_time(self._reached_s)}")
        if self._lost_s >= LEAST_LOST_S:
            told.append(f"{self._lost_s:.1f} s of it could not be decoded")
        return "; ".join(told) or None

    @property
    def _begins_s(self) -> float:
        """The time that the file gives its beginning; some count from the start of a programme."""
        import av  # lazy: libav takes 80 ms

        return (self._container.start_time or 0) / av.time_base

    @property
    def _container_duration_s(self) -> float | None:
        import av  # lazy: libav takes 80 ms

        return self._container.duration / av.time_base if self._container.duration else None

    @property
    def _reliable_duration_s(self) -> float | None:
        """What the file says of its length, where that is no estimate from its size."""
        if self._wav is not None:
            return self._wav.stated_s if self._wav.breaks_off else None
        name = self._container.format.name
        if name == "mp3" and not self._file.counts_frames:
            return None
        if self.stream.duration and name in _WITH_A_LENGTH:
            return self.stated_duration_s
        # Of a whole container only where there is nothing else in it that could last longer.
        is_alone = len(self._container.streams) == 1
        return self._container_duration_s if is_alone and name in _WITH_A_LENGTH else None

    @property
    def no_sound_error(self) -> UnreadableAudioError:
        """What to tell where no sample came of it."""
        return _nothing_read_error(self._path, self._file.raw, _NO_SOUND)

    @property
    def choice(self) -> str | None:
        """Which of several tracks it is, in words; None where there is no other."""
        tracks = self._container.streams.audio
        if len(tracks) == 1:
            return None
        number = 1 + list(tracks).index(self.stream)
        facts = (
            self.stream.codec_context.name,
            self.stream.metadata.get("language", ""),
            self.stream.metadata.get("title") or self.stream.metadata.get("handler_name", ""),
        )
        known = ", ".join(filter(None, map(one_line, facts)))
        return f"track {number} of {len(tracks)} ({known})"

    def frames(self) -> "Iterator[av.AudioFrame]":
        """What can be decoded of it, in order.

        Raises:
            UnreadableAudioError: There is more than `LONGEST_S` of it.
        """
        import av  # lazy: libav takes 80 ms

        heard_s = self._lost_s = self._reached_s = 0.0
        packets = self._container.demux(self.stream)
        while True:
            # A container that cannot be read on ends here; a packet that cannot be decoded costs
            # only its own place.
            try:
                packet = next(packets)
            except StopIteration:
                self._ended_early |= self._file.gave_up
                return
            except (av.FFmpegError, OSError):
                self._ended_early = True
                return
            self._file.found_sound()
            try:
                for frame in packet.decode():
                    length_s = frame.samples / (frame.sample_rate or self.rate_hz)
                    heard_s += length_s
                    at_s = heard_s if frame.time is None else frame.time - self._begins_s + length_s
                    self._reached_s = max(self._reached_s, heard_s, min(at_s, LONGEST_S))
                    yield frame
            except av.FFmpegError:
                # A packet that does not know its length is one of some twenty milliseconds.
                length, step = packet.duration, packet.time_base
                self._lost_s += float(length * step) if length and step else 0.02
            if heard_s > LONGEST_S:
                raise _too_long_error(self._path, heard_s)

    def mono(self, sample_format: str, sample_rate_hz: int) -> "Iterator[av.AudioFrame]":
        """The frames as one channel, silence where the track has none.

        A track may change its format half-way.
        """
        import av  # lazy: libav takes 80 ms

        mixing = self._choose_mixing()
        resampler, its_format = None, None
        stated_s = self.stated_duration_s
        ends_s = self._begins_s + (LONGEST_S if stated_s is None else stated_s + 1.0)
        for gap_s, decoded in find_gaps(self.frames(), self._begins_s, ends_s):
            yield from _make_silence(gap_s, sample_format, sample_rate_hz)
            frame = mixing.prepare(decoded)
            frame_format = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or frame_format != its_format:
                if resampler is not None:
                    yield from resampler.resample(None)
                resampler = av.AudioResampler(sample_format, "mono", sample_rate_hz)
                its_format = frame_format
            length_s = frame.samples / (frame.sample_rate or self.rate_hz)
            frame.pts = None  # the gaps are filled, and the resampler is not to fill them again
            try:
                converted = resampler.resample(frame)
            except av.FFmpegError:
                # No way leads from these channels to one; damage can claim any number of them.
                self._lost_s, resampler = self._lost_s + max(length_s, LEAST_LOST_S), None
                continue
            yield from converted
        if resampler is not None:
            yield from resampler.resample(None)

    def _choose_mixing(self) -> Mixing:
        """What the channels hold, by a look of its own at the file."""
        codec = self.stream.codec_context
        is_exact = (
            codec.codec.lossless
            and (codec.format is not None)
            and (codec.format.name.startswith(("flt", "dbl")))
        )
        if len(codec.layout.channels) < 2 and not is_exact:
            return Mixing()
        number = self.stream.index
        with _open_container(self._path) as (watched, container):
            stream = next((s for s in container.streams.audio if s.index == number), None)
            if stream is None:
                return Mixing()
            look = SoundTrack(self._path, watched, container, stream)
            return choose_mixing(look.frames(), is_exact=is_exact)


def _make_silence(
    gap_s: float, sample_format: str, sample_rate_hz: int
) -> "Iterator[av.AudioFrame]":
    """Frames of zeros that last `gap_s`, at most a second each."""
    import av  # lazy: libav takes 80 ms

    left = round(gap_s * sample_rate_hz)
    dtype = np.int16 if sample_format == "s16" else np.float32
    while left > 0:
        zeros = np.zeros((1, min(left, sample_rate_hz)), dtype)
        frame = av.AudioFrame.from_ndarray(zeros, format=sample_format, layout="mono")
        frame.sample_rate = sample_rate_hz
        yield frame
        left -= zeros.shape[1]


@contextmanager
def open_sound_track(
    path: Path, track: int | None = None, *, follow_link: bool = True
) -> Iterator[SoundTrack]:
    """Open `path` and one of its sound tracks; nothing that the file names is opened in turn.

    Args:
        path: A regular file; whatever else it is, it is refused without being opened.
        track: Which of its sound tracks, from 1. None takes the one that the file itself calls
            its default, else the first; a commentary or a description for the blind only where
            there is no other.
        follow_link: Whether a link to a file will do.

    Raises:
        UnreadableAudioError: It is no such file, it has no such track, or the track cannot be
            decoded or is longer than `LONGEST_S`.
    """
    with _open_container(path, follow_link=follow_link) as (watched, container):
        stream = _choose_stream(path, container.streams.audio, track)
        found = SoundTrack(path, watched, container, stream, watched.wav)
        if (found.stated_duration_s or 0.0) > LONGEST_S:
            raise _too_long_error(path, found.stated_duration_s or 0.0)
        yield found


@contextmanager
def _open_container(
    path: Path, *, follow_link: bool = True
) -> "Iterator[tuple[_WatchedFile, av.container.InputContainer]]":
    import av  # lazy: libav takes 80 ms

    with _open_file(path, follow_link) as file:
        try:
            watched = _WatchedFile(file)
            options = dict(_OPTIONS)
            if watched.wav is not None and watched.wav.holds_more:
                options["ignore_length"] = "1"
            container = av.open(watched, "r", options=options, metadata_errors="replace")
        except (av.FFmpegError, OSError, ValueError) as error:
            reason = "it is not a sound or video file, or it is damaged"
            raise _nothing_read_error(path, file, reason) from error
        with container:
            if not container.streams.audio:
                raise _nothing_read_error(path, file, _NO_SOUND)
            yield watched, container


def as_floats(frame: "av.AudioFrame") -> NDArray[np.float32]:
    """The samples of a mono frame, from -1 to 1 as floats, whichever format it is in."""
    samples: NDArray[np.int16 | np.float32] = frame.to_ndarray()[0]
    scale = 32_768 if samples.dtype == np.int16 else 1
    return np.divide(samples, scale, dtype=np.float32)


def unreadable_error(path: Path, reason: str, hint: str = _READABLE) -> UnreadableAudioError:
    """What to tell where `path` cannot be read."""
    return UnreadableAudioError(f"cannot read {one_line(str(path))}: {reason}", hint)


def _nothing_read_error(path: Path, file: BinaryIO, reason: str) -> UnreadableAudioError:
    """What to tell where nothing of `path` could be read; `reason` unless it breaks off."""
    if lacks_index(file):
        reason = "it breaks off before its index, which such a file has at its end"
        return unreadable_error(path, reason, _COPY_AGAIN)
    if breaks_off(file):
        return unreadable_error(path, "it breaks off before its sound begins", _COPY_AGAIN)
    return unreadable_error(path, reason)


def _too_long_error(path: Path, lasts_s: float) -> UnreadableAudioError:
    """What to tell where `path` lasts longer than `LONGEST_S`."""
    most = f"{LONGEST_S / 3600:.0f} hours"
    reason = f"it lasts {lasts_s / 3600:,.1f} hours, and at most {most} can be taken"
    return unreadable_error(path, reason, "cut it, or check that it is not damaged")


def _open_file(path: Path, follow_link: bool) -> BinaryIO:
    """The file; what is not a regular one is never opened, for to open a device is to act."""
    try:
        _check_kind(path, path.stat(follow_symlinks=follow_link).st_mode)
        file = os.fdopen(open_to_read(path, follow_link=follow_link), "rb")
    except OSError as error:
        raise unreadable_error(path, one_line(error.strerror or str(error))) from error
    try:
        # Something else may have taken its place between the look and the opening.
        _check_kind(path, os.fstat(file.fileno()).st_mode)
    except UnreadableAudioError:
        file.close()
        raise
    return file


def _check_kind(path: Path, mode: int) -> None:
    for is_so, reason, hint in _KINDS:
        if is_so(mode):
            raise unreadable_error(path, reason, hint)


def _choose_stream(
    path: Path, tracks: "Sequence[AudioStream]", number: int | None
) -> "AudioStream":
    if number is None:
        stream = min(tracks, key=_rank)
    elif 1 <= number <= len(tracks):
        stream = tracks[number - 1]
    else:
        has = "one sound track" if len(tracks) == 1 else f"{len(tracks)} sound tracks"
        hint = f"name a track from 1 to {len(tracks)}" if len(tracks) > 1 else "leave the track out"
        raise unreadable_error(path, f"it has {has} and no track {number}", hint)
    if stream.codec_context is not None and stream.codec_context.codec_tag in _PROTECTED:
        hint = "only the app it was bought in can play it; record the sound again"
        raise unreadable_error(path, "it is protected against copying", hint)
    if stream.codec_context is None:
        raise unreadable_error(path, "its kind of sound cannot be read here")
    rate = stream.rate or 0
    if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
        raise unreadable_error(path, f"its sample rate of {rate} Hz makes no sense")
    return stream


def _rank(stream: "AudioStream") -> tuple[bool, bool, bool]:
    """Sorts first what a player would play; of two that are alike the first track wins."""
    from av.stream import Disposition  # lazy: libav takes 80 ms

    aside = Disposition.comment | Disposition.visual_impaired | Disposition.descriptions
    return (
        stream.codec_context is None,
        bool(stream.disposition & aside),
        not stream.disposition & Disposition.default,
    )
