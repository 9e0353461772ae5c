"""Spools into FLAC, and any sound or video file into samples."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practice.audio.durable import storage_error
from practice.audio.flac import FlacWriter
from practice.audio.level import Tally, dbfs
from practice.audio.recording import Recording
from practice.errors import UnreadableAudioError
from practice.text import one_line

if TYPE_CHECKING:
    import av
    from av.audio.stream import AudioStream

BLOCK_SAMPLES = 1 << 18
"""Samples read from a spool at a time: half a megabyte."""

LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 1_000, 655_350
"""No sound is below the one, FLAC takes none above the other; a damaged header may say anything."""

_READABLE = "choose a sound or video file, such as wav, flac, mp3, m4a, ogg, webm or mp4"


@dataclass(frozen=True, slots=True)
class SoundFile:
    """What a file says of its first sound track."""

    duration_s: float
    sample_rate_hz: int
    channels: int
    codec: str


def encode_spool(samples: Path, sample_rate_hz: int, target: Path) -> Tally:
    """Encode a file of little-endian 16-bit mono samples to FLAC at `target`, block by block.

    The file is written beside its name, read back, put on the disk and renamed. Half a sample
    at the end is left out.

    Returns:
        The sums over the samples.

    Raises:
        StorageError: The disk refused; `target` is as it was.
    """
    try:
        file = samples.open("rb")
    except OSError as error:
        raise storage_error("read", samples, error) from error
    with file, FlacWriter(target, sample_rate_hz) as flac:
        while data := file.read(2 * BLOCK_SAMPLES):
            flac.write(np.frombuffer(data, dtype="<i2", count=len(data) // 2))
    return flac.tally


def decode(path: Path, sample_rate_hz: int = 16_000) -> NDArray[np.float32]:
    """The first sound track of any file libav reads, mixed to mono, from -1 to 1.

    A file that breaks off gives what can be decoded.

    Raises:
        UnreadableAudioError: There is nothing to decode.
    """
    with _sound_track(path) as track:
        blocks = [frame.to_ndarray()[0] for frame in track.mono("flt", sample_rate_hz)]
    if not blocks:
        raise _nothing_in(path)
    return np.concatenate(blocks).astype(np.float32, copy=False)


def probe(path: Path) -> SoundFile:
    """What `path` says of its first sound track; decoded when it does not tell its length.

    Raises:
        UnreadableAudioError: There is none.
    """
    with _sound_track(path) as track:
        stream = track.stream
        rate, channels, codec = stream.rate, stream.channels, stream.codec_context.name
        duration_s = track.stated_duration_s
        if duration_s is None:
            duration_s = sum(frame.samples for frame in track.frames()) / rate
    return SoundFile(duration_s, rate, channels, codec)


def import_recording(source: Path, target: Path) -> Recording:
    """Keep the first sound track of `source` as mono 16-bit FLAC at its own rate.

    Raises:
        UnreadableAudioError: There is nothing to decode.
        StorageError: The disk refused.
    """
    with _sound_track(source) as track:
        rate = track.stream.rate
        with FlacWriter(target, rate) as flac:
            for frame in track.mono("s16", rate):
                flac.write(frame.to_ndarray()[0].astype(np.int16, copy=False))
            if flac.tally.samples == 0:
                raise _nothing_in(source)
    return recording_of(
        target,
        flac.tally,
        rate,
        device=f"file {one_line(source.name)}",
        interrupted="parts of the file could not be decoded" if track.damaged else None,
    )


def recording_of(
    path: Path,
    tally: Tally,
    sample_rate_hz: int,
    *,
    device: str,
    overflows: int = 0,
    interrupted: str | None = None,
) -> Recording:
    """The facts of a FLAC file just written from the samples in `tally`."""
    return Recording(
        path=path,
        duration_s=tally.samples / sample_rate_hz,
        sample_rate_hz=sample_rate_hz,
        peak_dbfs=dbfs(tally.peak),
        clipped_s=tally.clipped / sample_rate_hz,
        overflows=overflows,
        device=device,
        all_zero=tally.all_zero,
        interrupted=interrupted,
    )


class _SoundTrack:
    """The first sound track of an open container; errors inside it are counted, not fatal."""

    def __init__(self, container: "av.container.InputContainer", stream: "AudioStream") -> None:
        self._container = container
        self.stream = stream
        self.damaged = False

    @property
    def stated_duration_s(self) -> float | None:
        import av

        if self.stream.duration and self.stream.time_base:
            return float(self.stream.duration * self.stream.time_base)
        if self._container.duration:
            return self._container.duration / av.time_base
        return None

    def frames(self) -> "Iterator[av.AudioFrame]":
        import av

        packets = self._container.demux(self.stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except av.FFmpegError:
                self.damaged = True
                return
            try:
                yield from packet.decode()
            except av.FFmpegError:
                self.damaged = True

    def mono(self, sample_format: str, sample_rate_hz: int) -> "Iterator[av.AudioFrame]":
        """The frames as one channel; a track may change its format half-way."""
        import av

        resampler, taken = None, None
        for frame in self.frames():
            given = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or given != taken:
                if resampler is not None:
                    yield from resampler.resample(None)
                resampler = av.AudioResampler(sample_format, "mono", sample_rate_hz)
                taken = given
            frame.pts = None  # gaps and jumps in a damaged file's times are not ours to fill
            yield from resampler.resample(frame)
        if resampler is not None:
            yield from resampler.resample(None)


@contextmanager
def _sound_track(path: Path) -> Iterator[_SoundTrack]:
    """Open `path` and its first sound track; nothing that the file names is opened in turn."""
    import av

    try:
        if path.is_fifo():
            raise _unreadable(path, "it is a pipe, not a file")
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(path, one_line(error.strerror or str(error))) from error
    with file:
        try:
            container = av.open(file, "r", options={"protocol_whitelist": "none"})
        except (av.FFmpegError, OSError, ValueError) as error:
            raise _unreadable(path, "it is not a sound or video file, or it is damaged") from error
        with container:
            yield _SoundTrack(container, _first_track(path, container))


def _first_track(path: Path, container: "av.container.InputContainer") -> "AudioStream":
    if not container.streams.audio:
        raise _nothing_in(path)
    stream = container.streams.audio[0]
    if stream.codec_context is None:
        raise _unreadable(path, "no decoder is known for its sound")
    rate = stream.rate or 0
    if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
        raise _unreadable(path, f"its sample rate of {rate} Hz makes no sense")
    return stream


def _nothing_in(path: Path) -> UnreadableAudioError:
    return _unreadable(path, "it holds no sound")


def _unreadable(path: Path, reason: str) -> UnreadableAudioError:
    return UnreadableAudioError(f"cannot read {one_line(str(path))}: {reason}", _READABLE)
