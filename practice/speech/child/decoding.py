"""A finished recording as mono blocks at 16 kHz, in constant memory."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from practice.audio.sound_track import as_floats, open_sound_track
from practice.speech.transcription import SAMPLE_RATE_HZ

SAMPLE_FORMAT = "s16"
"""Not in floats: there libav mixes stereo to mono without keeping the level."""


def decode(path: Path) -> Iterator[tuple[NDArray[np.float32], float | None]]:
    """The sound of a recording, block by block; nothing but the file itself is opened.

    Yields:
        Mono samples at 16 kHz, from -1 to 1, and the part of the file done, 0 to 1, where its
        length is known.

    Raises:
        UnreadableAudioError: There is no sound in it that can be decoded.
    """
    done = 0
    with open_sound_track(path) as track:
        lasts_s = track.stated_duration_s
        for frame in track.mono(SAMPLE_FORMAT, SAMPLE_RATE_HZ):
            block = as_floats(frame)
            done += len(block)
            yield block, min(1.0, done / SAMPLE_RATE_HZ / lasts_s) if lasts_s else None
        if not done:
            raise track.no_sound_error
    yield np.empty(0, np.float32), 1.0
