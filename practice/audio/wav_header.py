"""How much sound a WAV file names in its header, and how much it holds.

A recorder that crashes leaves a header that was written at the beginning; a copy that breaks off
leaves one that names more than is there. libav believes the one and passes over the other.
"""

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

LARGEST_HEADER = 1 << 20
"""Bytes before the sound; broadcasters write much there, nobody more than this."""
_UNKNOWN = {0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000}
"""What those write who do not know the length yet."""
LEAST_S = 0.5
"""Less may be padding, or what a trailing note takes."""


@dataclass(frozen=True, slots=True)
class WavLength:
    """In seconds."""

    stated_s: float
    held_s: float

    @property
    def breaks_off(self) -> bool:
        """The file ends before its sound does."""
        return self.held_s < self.stated_s - LEAST_S

    @property
    def holds_more(self) -> bool:
        """Sound goes on where the header says that it ends."""
        return self.held_s > self.stated_s + LEAST_S


def read_wav_length(file: BinaryIO) -> WavLength | None:
    """What the header of a WAV file says; `file` is left at its beginning.

    Returns:
        None where it is no WAV file, or does not say.
    """
    head = file.read(LARGEST_HEADER)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if head[:4] not in {b"RIFF", b"RF64"} or head[8:12] != b"WAVE":
        return None
    at, bytes_a_second, long_size = 12, 0, 0
    while at + 8 <= len(head):
        name, length = head[at : at + 4], struct.unpack_from("<I", head, at + 4)[0]
        begins = at + 8
        if name == b"fmt " and begins + 12 <= len(head):
            bytes_a_second = struct.unpack_from("<I", head, begins + 8)[0]
        elif name == b"ds64" and begins + 16 <= len(head):
            long_size = struct.unpack_from("<Q", head, begins + 8)[0]
        elif name == b"data":
            stated = long_size if head[:4] == b"RF64" and long_size else length
            if stated in _UNKNOWN or not bytes_a_second:
                return None
            held = size - begins
            if held > stated and _is_chunk(file, begins + stated + stated % 2, size):
                held = stated
            return WavLength(stated / bytes_a_second, held / bytes_a_second)
        at = begins + length + length % 2
    return None


def _is_chunk(file: BinaryIO, at: int, size: int) -> bool:
    """Whether a further part of the file begins at `at`, a note or a list of marks."""
    file.seek(at)
    head = file.read(8)
    file.seek(0)
    if len(head) < 8:
        return True  # nothing that could be sound
    name, length = head[:4], struct.unpack("<I", head[4:])[0]
    return name.isascii() and name.decode().isprintable() and at + 8 + length <= size + 1
