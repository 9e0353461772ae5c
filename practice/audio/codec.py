"""Spools into FLAC, and any sound or video file into samples."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from practice.audio.flac import FlacWriter
from practice.audio.growing_file import GrowingFile
from practice.audio.level import Tally, dbfs
from practice.audio.recording import Recording
from practice.audio.sound_track import as_floats, open_sound_track
from practice.base.errors import storage_error
from practice.base.system.files import open_removable
from practice.base.text import one_line


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
        with (
            open_removable(samples) as file,
            FlacWriter(target, sample_rate_hz) as flac,
        ):
            spool = GrowingFile(file, sample_rate_hz)
            while (block := spool.read()) is not None:
                flac.write(block)
    except OSError as error:
        raise storage_error("read", samples, error) from error
    return flac.tally


def decode(path: Path, sample_rate_hz: int = 16_000) -> NDArray[np.float32]:
    """The first sound track of any file libav reads, mixed to mono: samples from -1 to 1.

    A file that breaks off gives what can be decoded.

    Raises:
        UnreadableAudioError: There is nothing to decode.
    """
    return np.concatenate(list(decode_blocks(path, sample_rate_hz)))


def decode_blocks(path: Path, sample_rate_hz: int = 16_000) -> Iterator[NDArray[np.float32]]:
    """As `decode`, one block after the other; memory does not grow with the file.

    Raises:
        UnreadableAudioError: There is nothing to decode.
    """
    is_empty = True
    with open_sound_track(path) as track:
        for frame in track.mono("flt", sample_rate_hz):
            is_empty = False
            yield as_floats(frame)
        if is_empty:
            raise track.no_sound_error


def import_recording(
    source: Path,
    target: Path,
    *,
    track: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Recording:
    """Keep a sound track of `source` as mono 16-bit FLAC at its own rate, block by block.

    Args:
        source: Any sound or video file; not a link to one.
        target: Where to keep it.
        track: Which of several tracks, from 1; see `open_sound_track`.
        progress: Called with the part done, 0 to 1, where the file states its length.

    Raises:
        UnreadableAudioError: There is nothing to decode.
        StorageError: The disk refused.
    """
    with open_sound_track(source, track, follow_link=False) as found:
        rate, lasts_s, choice = found.rate_hz, found.stated_duration_s, found.choice
        with FlacWriter(target, rate) as flac:
            for frame in found.mono("s16", rate):
                flac.write(frame.to_ndarray()[0].astype(np.int16, copy=False))
                if progress and lasts_s:
                    progress(min(flac.tally.samples / rate / lasts_s, 1.0))
            if flac.tally.samples == 0:
                raise found.no_sound_error
        trouble = found.trouble
        if progress:
            progress(1.0)
    return describe_recording(
        target,
        flac.tally,
        rate,
        device=", ".join(filter(None, (f"file {one_line(source.name)}", choice))),
        interrupted=trouble,
        track=choice,
    )


def describe_recording(
    path: Path,
    tally: Tally,
    sample_rate_hz: int,
    *,
    device: str,
    overflows: int = 0,
    interrupted: str | None = None,
    track: str | None = None,
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
        track=track,
    )
