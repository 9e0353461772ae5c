"""A sound or video file from anywhere, opened so that nothing but its own bytes is read."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from practice.base.errors import UnreadableAudioError
from practice.base.text import one_line

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

DEMUXERS = (
    "aac", "ac3", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "eac3", "flac", "flv",
    "matroska", "mov", "mp3", "mpeg", "mpegts", "ogg", "tta", "wav", "w64", "wv",
)  # fmt: skip
"""What phones, recorders and calls write. Playlists, devices, pictures and scripts are not here."""

# A file may name others to be opened in turn: an address, a device, somebody's key. With no
# protocol allowed libav opens nothing; it is given the bytes of the one file instead.
_ONLY_ITSELF = {"protocol_whitelist": "none", "format_whitelist": ",".join(DEMUXERS)}
_READABLE = "choose a sound or video file, such as wav, flac, mp3, m4a, ogg, webm or mp4"
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
        self._file = file
        self._left = SEARCHED_CALLS

    @property
    def gave_up(self) -> bool:
        """It was searched in vain."""
        return self._left <= 0

    def found_sound(self) -> None:
        """Allow `SEARCHED_CALLS` for the next."""
        self._left = SEARCHED_CALLS

    def read(self, size: int) -> bytes:
        self._left -= 1
        return b"" if self.gave_up else self._file.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._left -= 1
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


class SoundTrack:
    """One sound track of an open container; errors inside it are counted, not fatal."""

    def __init__(
        self,
        path: Path,
        file: _WatchedFile,
        container: "av.container.InputContainer",
        stream: "AudioStream",
    ) -> None:
        self._path = path
        self._file = file
        self._container = container
        self.stream = stream
        self.damaged = False
        """Something in it could not be decoded."""

    @property
    def rate_hz(self) -> int:
        """Its sample rate."""
        return self.stream.rate

    @property
    def stated_duration_s(self) -> float | None:
        """How long the file says it is."""
        import av  # lazy: libav takes 80 ms

        if self.stream.duration and self.stream.time_base:
            return float(self.stream.duration * self.stream.time_base)
        if self._container.duration:
            return self._container.duration / av.time_base
        return None

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

        heard_s = 0.0
        packets = self._container.demux(self.stream)
        while True:
            # A container that cannot be read on ends here; a packet that cannot be decoded costs
            # only its own place.
            try:
                packet = next(packets)
            except StopIteration:
                self.damaged |= self._file.gave_up
                return
            except (av.FFmpegError, OSError):
                self.damaged = True
                return
            self._file.found_sound()
            try:
                for frame in packet.decode():
                    heard_s += frame.samples / (frame.sample_rate or self.rate_hz)
                    yield frame
            except av.FFmpegError:
                self.damaged = True
            if heard_s > LONGEST_S:
                raise _too_long_error(self._path, heard_s)

    def mono(self, sample_format: str, sample_rate_hz: int) -> "Iterator[av.AudioFrame]":
        """The frames as one channel; a track may change its format half-way."""
        import av  # lazy: libav takes 80 ms

        resampler, its_format = None, None
        for frame in self.frames():
            frame_format = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or frame_format != its_format:
                if resampler is not None:
                    yield from resampler.resample(None)
                resampler = av.AudioResampler(sample_format, "mono", sample_rate_hz)
                its_format = frame_format
            frame.pts = None  # gaps and jumps in a damaged file's times are not ours to fill
            try:
                converted = resampler.resample(frame)
            except av.FFmpegError:
                # No way leads from these channels to one; damage can claim any number of them.
                self.damaged, resampler = True, None
                continue
            yield from converted
        if resampler is not None:
            yield from resampler.resample(None)


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
    import av  # lazy: libav takes 80 ms

    with _open_file(path, follow_link) as file:
        try:
            watched = _WatchedFile(file)
            container = av.open(watched, "r", options=_ONLY_ITSELF, metadata_errors="replace")
        except (av.FFmpegError, OSError, ValueError) as error:
            raise unreadable_error(
                path, "it is not a sound or video file, or it is damaged"
            ) from error
        with container:
            stream = _choose_stream(path, container.streams.audio, track)
            found = SoundTrack(path, watched, container, stream)
            if (found.stated_duration_s or 0.0) > LONGEST_S:
                raise _too_long_error(path, found.stated_duration_s or 0.0)
            yield found


def as_floats(frame: "av.AudioFrame") -> NDArray[np.float32]:
    """The samples of a mono frame, from -1 to 1 as floats, whichever format it is in."""
    samples: NDArray[np.int16 | np.float32] = frame.to_ndarray()[0]
    scale = 32_768 if samples.dtype == np.int16 else 1
    return np.divide(samples, scale, dtype=np.float32)


def unreadable_error(path: Path, reason: str, hint: str = _READABLE) -> UnreadableAudioError:
    """What to tell where `path` cannot be read."""
    return UnreadableAudioError(f"cannot read {one_line(str(path))}: {reason}", hint)


def no_sound_error(path: Path) -> UnreadableAudioError:
    """What to tell where there is no sound in `path`."""
    return unreadable_error(path, "it holds no sound")


def _too_long_error(path: Path, lasts_s: float) -> UnreadableAudioError:
    """What to tell where `path` lasts longer than `LONGEST_S`."""
    most = f"{LONGEST_S / 3600:.0f} hours"
    reason = f"it lasts {lasts_s / 3600:,.1f} hours, and at most {most} can be taken"
    return unreadable_error(path, reason, "cut it, or check that it is not damaged")


def _open_file(path: Path, follow_link: bool) -> BinaryIO:
    """The file; what is not a regular one is never opened, for to open a device is to act."""
    # Not to wait for the other end of a pipe, not to be given a terminal: should one lie there.
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        _check_kind(path, path.stat(follow_symlinks=follow_link).st_mode)
        file = os.fdopen(os.open(path, flags | (0 if follow_link else os.O_NOFOLLOW)), "rb")
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
    if not tracks:
        raise no_sound_error(path)
    if number is None:
        stream = min(tracks, key=_rank)
    elif 1 <= number <= len(tracks):
        stream = tracks[number - 1]
    else:
        has = "one sound track" if len(tracks) == 1 else f"{len(tracks)} sound tracks"
        hint = f"name a track from 1 to {len(tracks)}" if len(tracks) > 1 else "leave the track out"
        raise unreadable_error(path, f"it has {has} and no track {number}", hint)
    if stream.codec_context is None:
        raise unreadable_error(path, "no decoder is known for its sound")
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
