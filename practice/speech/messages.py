"""What the program and its speech process say to each other: length-prefixed MessagePack."""

import os
import struct
from pathlib import Path
from typing import IO

import msgspec

from practice.base.languages import DetectedLanguage
from practice.base.words import Word
from practice.speech.transcription import TranscriptionOptions

LARGEST_BYTES = 100_000_000
"""The words of a day take less; a length beyond it was never sent by us."""
_LENGTH = struct.Struct("<I")


class GarbledError(Exception):
    """What came is no message; nothing that follows can be understood."""


class Warm(msgspec.Struct, frozen=True, tag=True):
    """Load a model; nothing is answered."""

    model: Path | None


class Transcribe(msgspec.Struct, frozen=True, tag=True):
    """Transcribe a finished recording."""

    job: int
    recording: Path
    options: TranscriptionOptions


class Follow(msgspec.Struct, frozen=True, tag=True):
    """Transcribe a spool while it grows."""

    job: int
    samples: Path
    """Little-endian mono 16-bit."""
    sample_rate_hz: int
    options: TranscriptionOptions


class Finish(msgspec.Struct, frozen=True, tag=True):
    """The spool that is followed is complete: transcribe its end and answer."""

    job: int


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """Stop following a spool; nothing is answered."""

    job: int


class ProgressReport(msgspec.Struct, frozen=True, tag=True):
    """A sign of life, with what is known of how far a job is: as `Progress`."""

    job: int
    part: float | None = None
    untranscribed_s: float | None = None
    real_time_factor: float | None = None


class TranscriptionResult(msgspec.Struct, frozen=True, tag=True):
    """A recording was transcribed to its end."""

    job: int
    words: tuple[Word, ...]
    speech_probability: bytes
    """Little-endian 32-bit floats, one per hop."""
    segments: int
    """How many stretches of speech there were."""
    detected_language: DetectedLanguage | None = None


class Refusal(msgspec.Struct, frozen=True, tag=True):
    """A recording cannot be transcribed, and trying again would not help."""

    job: int
    code: str
    """The `code` of a `PracticeError`."""
    message: str
    hint: str


Request = Warm | Transcribe | Follow | Finish | Cancel
Reply = ProgressReport | TranscriptionResult | Refusal


def send(stream: IO[bytes], message: Request | Reply) -> None:
    """Write one message.

    Raises:
        OSError: The other side is gone.
    """
    data = msgspec.msgpack.encode(message, enc_hook=_encode_path)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive_request(stream: IO[bytes]) -> Request | None:
    """The next request; None when the other side is gone."""
    data = _receive(stream)
    return None if data is None else _REQUESTS.decode(data)


def receive_reply(stream: IO[bytes]) -> Reply | None:
    """The next reply; None when the other side is gone.

    Raises:
        GarbledError: Something else was written there.
    """
    data = _receive(stream)
    try:
        return None if data is None else _REPLIES.decode(data)
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


def _encode_path(path: object) -> bytes:
    """A path as bytes, for its name need not be Unicode, and whole: the child has its own folder.

    Raises:
        NotImplementedError: It is something else, which no message holds.
    """
    if isinstance(path, Path):
        return os.fsencode(path.absolute())
    raise NotImplementedError(f"no message holds {type(path)}")


def _decode_path(kind: type, data: bytes) -> Path:
    assert kind is Path
    return Path(os.fsdecode(data))


_REQUESTS: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(
    Request, dec_hook=_decode_path
)
_REPLIES: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)
