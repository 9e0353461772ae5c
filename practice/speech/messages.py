"""What the program and its speech process say to each other: length-prefixed MessagePack."""

import struct
from typing import IO

import msgspec

LARGEST_BYTES = 100_000_000
"""The hearing of a day takes less; a length beyond it was never sent by us."""
_LENGTH = struct.Struct("<I")


class GarbledError(Exception):
    """What came is no message; nothing that follows can be understood."""


class Warm(msgspec.Struct, frozen=True, tag=True):
    """Load a model; nothing is answered."""

    model: str | None


class Hear(msgspec.Struct, frozen=True, tag=True):
    """Hear a finished recording."""

    job: int
    recording: str
    model: str | None
    language: str
    settled: str | None
    """The file that keeps what is recognised piece by piece."""
    fills: bool = False
    """Cut into few pieces that fill what the model hears at once, not as while it is recorded."""


class Follow(msgspec.Struct, frozen=True, tag=True):
    """Hear a spool while it grows."""

    job: int
    samples: str
    sample_rate_hz: int
    model: str | None
    language: str
    settled: str | None
    """As of `Hear`."""


class Finish(msgspec.Struct, frozen=True, tag=True):
    """The spool that is followed is complete: hear its end and answer."""

    job: int


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """Stop following a spool; nothing is answered."""

    job: int


class Progress(msgspec.Struct, frozen=True, tag=True):
    """A sign of life, with what is known of how far a job is."""

    job: int
    part: float | None = None
    """Heard so far, 0 to 1."""
    unheard_s: float | None = None
    """What has no settled words yet, in seconds of sound."""
    pace: float | None = None
    """Seconds of work for a second of sound."""


class Heard(msgspec.Struct, frozen=True, tag=True):
    """A recording was heard to its end."""

    job: int
    words: list[tuple[str, float, float, float | None]]
    """Text, start and end in seconds, probability."""
    speech_probability: bytes
    """Little-endian 32-bit floats, one per hop."""
    pieces: int
    """How many stretches of speech there were."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """A recording cannot be heard, and trying again would not help."""

    job: int
    code: str
    """The `code` of a `PracticeError`."""
    message: str
    hint: str


Request = Warm | Hear | Follow | Finish | Cancel
Reply = Progress | Heard | Refused


def send(stream: IO[bytes], message: Request | Reply) -> None:
    """Write one message.

    Raises:
        OSError: The other side is gone.
    """
    data = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive_request(stream: IO[bytes]) -> Request | None:
    """The next request; None when the other side is gone."""
    data = _receive(stream)
    return None if data is None else msgspec.msgpack.decode(data, type=Request)


def receive_reply(stream: IO[bytes]) -> Reply | None:
    """The next reply; None when the other side is gone.

    Raises:
        GarbledError: Something else was written there.
    """
    data = _receive(stream)
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=Reply)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise GarbledError(str(error)) from error


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LARGEST_BYTES:
        raise GarbledError(f"a message of {length} bytes")
    data = stream.read(length)
    return data if len(data) == length else None
