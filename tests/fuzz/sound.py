"""Sound files of every container that is read, with their headers changed.

Each is read to samples of the length that is said, or refused in words.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import soundfile
from av.audio.stream import AudioStream

from practice.audio import codec, sound_track
from practice.audio.codec import import_recording
from practice.base.errors import UnreadableAudioError
from tests.fuzz.mutation import mutate
from tests.fuzz.target import Target

RATE_HZ = 48_000
SEED_S = 0.15
"""Short: a mutated header matters, not what follows it."""
HEAD_BYTES = 400
"""Where the headers are."""
LONGEST_S = 60.0
"""In place of six hours, so that a file which claims that much takes a moment to write."""
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_LIBAV = (
    ("wav", "pcm_s16le"), ("wav", "pcm_f32le"), ("wav", "pcm_u8"), ("w64", "pcm_s16le"),
    ("flac", "flac"), ("mp3", "libmp3lame"), ("ogg", "libopus"), ("webm", "libopus"),
    ("matroska", "pcm_s16le"), ("ipod", "aac"), ("mov", "pcm_s16le"), ("adts", "aac"),
    ("ac3", "ac3"), ("aiff", "pcm_s16be"), ("au", "pcm_s16be"), ("caf", "pcm_s16le"),
    ("avi", "pcm_s16le"), ("flv", "aac"), ("mpegts", "aac"), ("mpeg", "mp2"), ("tta", "tta"),
    ("wv", "wavpack"),
)  # fmt: skip
"""Muxers, and what they hold; Vorbis is written by libsndfile."""


def _sound_seeds(folder: Path) -> list[bytes]:
    noise = np.random.default_rng(1).integers(-9000, 9000, round(SEED_S * RATE_HZ), np.int16)
    soundfile.write(folder / "vorbis.ogg", noise, RATE_HZ, format="OGG", subtype="VORBIS")
    seeds = [(folder / "vorbis.ogg").read_bytes()]
    for muxer, name in _LIBAV:
        path = folder / f"{muxer}-{name}"
        with av.open(str(path), "w", format=muxer) as container:
            stream = container.add_stream(name, rate=RATE_HZ, layout="mono")
            assert isinstance(stream, AudioStream)
            resampler = av.AudioResampler(
                stream.codec_context.format or "s16", "mono", RATE_HZ, 576
            )
            frame = av.AudioFrame.from_ndarray(noise.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = RATE_HZ
            for part in (*resampler.resample(frame), *resampler.resample(None)):
                container.mux(stream.encode(part))
            container.mux(stream.encode(None))
        seeds.append(path.read_bytes())
    return seeds


def _mutate_head(seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """One of `seeds` with changes where its headers are, and now and then anywhere."""
    data = dice.choice(seeds)
    if dice.random() < 0.2:
        return mutate([data], dice)
    head = data[:HEAD_BYTES]
    for _ in range(dice.choice((1, 1, 2, 4))):
        head = mutate([head], dice) if dice.random() < 0.3 else _put_number(head, dice)
    return head + data[HEAD_BYTES:]


def _put_number(data: bytes, dice: random.Random) -> bytes:
    """A number of one to eight bytes that a header rarely holds, put over what stands there."""
    at, width = dice.randrange(len(data) + 1), dice.choice((1, 2, 4, 8))
    number = dice.choice(_EXTREMES) if dice.random() < 0.7 else dice.randrange(1 << 8 * width)
    order = "little" if dice.random() < 0.5 else "big"
    packed = (number & ((1 << 8 * width) - 1)).to_bytes(width, order)  # type: ignore[arg-type]
    return data[:at] + packed + data[at + width :]


def _read_sound(data: bytes, folder: Path) -> None:
    path = folder / "sound"
    path.write_bytes(data)
    with _limit_length():
        try:
            kept = import_recording(path, folder / "kept.flac")
        except UnreadableAudioError as error:
            if not error.hint:
                raise ValueError("refused without a word of what to do") from error
            raise
        floats = codec.decode(path)
    samples, rate_hz = soundfile.read(kept.path, dtype="int16")
    assert rate_hz == kept.sample_rate_hz
    assert len(samples) == round(kept.duration_s * rate_hz), "samples were lost"
    assert 0 < kept.duration_s < LONGEST_S + 5
    assert np.isfinite(floats).all()
    assert abs(len(floats) / 16_000 - kept.duration_s) < 0.1, (len(floats), kept.duration_s)


@contextmanager
def _limit_length() -> Iterator[None]:
    before, sound_track.LONGEST_S = sound_track.LONGEST_S, LONGEST_S
    try:
        yield
    finally:
        sound_track.LONGEST_S = before


SOUND_TARGETS = {"sound files": Target(_sound_seeds, _read_sound, _mutate_head)}
