"""A recording as a small file that browsers play: Opus in WebM, with spans of it bleeped out."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from practice.audio.sound_track import open_sound_track
from practice.base.words import Span

RATE_HZ = 48_000
"""Opus works at this rate whatever it is given."""
BIT_RATE = 32_000
"""Full-band speech in one channel needs no more (RFC 7587, 3.1.1: 28 to 40 kbit/s)."""
KIND = "audio/webm"
LEVEL_STEP_S = 0.05
BLEEP_HZ = 440.0
BLEEP_LEVEL = 0.06
"""Of full scale: heard, and no fright."""
_EDGE_S = 0.01
"""The bleep rises and falls over this time, so that it does not click."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording ready to be put into a page."""

    data: bytes
    """A whole file of the media type `KIND`."""
    levels: tuple[float, ...]
    """The root mean square of each `LEVEL_STEP_S`, 0 to 1, as it is heard in `data`."""
    duration_s: float


def encode(path: Path, bleeps: Sequence[Span] = ()) -> Clip:
    """The first sound track of `path`, mono; nothing of what lies in `bleeps` is left in it.

    Raises:
        UnreadableAudioError: There is nothing to decode.
    """
    import av  # lazy: libav takes 80 ms

    file, levels, done = io.BytesIO(), _Levels(), 0
    with open_sound_track(path) as track, av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=RATE_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        stream.codec_context.options = {"application": "voip", "vbr": "constrained"}
        for frame in track.mono("flt", RATE_HZ):
            samples = frame.to_ndarray()[0].astype(np.float32)
            bleep(samples, done, bleeps)
            done += len(samples)
            levels.feed(samples)
            clean = av.AudioFrame.from_ndarray(samples[None, :], format="flt", layout="mono")
            clean.sample_rate = RATE_HZ
            container.mux(stream.encode(clean))
        if not done:
            raise track.no_sound_error
        container.mux(stream.encode(None))
    return Clip(file.getvalue(), levels.finish(), done / RATE_HZ)


def bleep(samples: NDArray[np.float32], position: int, bleeps: Sequence[Span]) -> None:
    """Put a tone in the place of what lies in `bleeps`.

    Args:
        samples: Mono, at `RATE_HZ`; changed in place.
        position: How many samples came before.
        bleeps: Spans of the whole recording.
    """
    for span in bleeps:
        first = max(int(np.floor(span.start_s * RATE_HZ)) - position, 0)
        last = min(int(np.ceil(span.end_s * RATE_HZ)) - position, len(samples))
        if first < last:
            # By the time in the whole recording, so that a bleep goes on over the edge of a block.
            time_s = (position + np.arange(first, last)) / RATE_HZ
            to_edge_s = np.minimum(time_s - span.start_s, span.end_s - time_s)
            edge = np.clip(to_edge_s / _EDGE_S, 0, 1)
            tone = BLEEP_LEVEL * edge * np.sin(2 * np.pi * BLEEP_HZ * time_s)
            samples[first:last] = tone.astype(np.float32)


class _Levels:
    """How loud each step is, from blocks of any size."""

    _STEP = round(LEVEL_STEP_S * RATE_HZ)

    def __init__(self) -> None:
        self._rest = np.empty(0, np.float32)
        self._levels: list[float] = []

    def feed(self, samples: NDArray[np.float32]) -> None:
        waiting = np.concatenate([self._rest, samples])
        whole = len(waiting) // self._STEP * self._STEP
        steps = waiting[:whole].reshape(-1, self._STEP)
        self._levels += np.sqrt(np.mean(np.square(steps), axis=1)).tolist()
        self._rest = waiting[whole:]

    def finish(self) -> tuple[float, ...]:
        if len(self._rest):
            self._levels.append(float(np.sqrt(np.mean(np.square(self._rest)))))
        return tuple(self._levels)
