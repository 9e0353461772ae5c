"""Whether a file ends in the middle of one of its parts, by what the part says of its own length.

A copy that broke off, a recorder that crashed, a full disk. libav reads what is there and says
nothing where the file as a whole tells no length: Ogg, what browsers record, transport streams.
Plain rows of frames (AAC, AMR, AC-3, an MP3 without a count of frames) may end at any frame; of
them nothing can be said.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from practice.audio.ebml import ends_inside_cluster

LARGEST_PAGE = 27 + 255 + 255 * 255
"""Bytes of an Ogg page: its header, the lengths of its segments, the segments."""
MOST_PARTS = 100_000
"""Parts of a file that are looked at, one for each second or so; damage may name any number."""
_UNKNOWN = {0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
"""What those write who do not know the length yet."""
_CONTAINERS = {b"ftyp", b"moov", b"mdat", b"moof", b"styp", b"free", b"wide", b"skip"}
"""What a file of the MP4 family begins with."""


def breaks_off(file: BinaryIO) -> bool:
    """Whether the file ends before one of its parts does; `file` is left at its beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(32)
    try:
        return _is_short(file, head, size)
    finally:
        file.seek(0)


def lacks_index(file: BinaryIO) -> bool:
    """Whether it is a file of the MP4 family that ends before its index, which is written last.

    `file` is left at its beginning.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    try:
        boxes = list(_walk_boxes(file, size))
    finally:
        file.seek(0)
    whole = {name for name, end in boxes if end <= size}
    return bool(boxes) and boxes[0][0] in _CONTAINERS and not {b"moov", b"moof"} & whole


def _is_short(file: BinaryIO, head: bytes, size: int) -> bool:
    if head[:4] == b"OggS":
        return _ends_inside_page(file, size)
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return ends_inside_cluster(file, size)
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return _ends_inside_riff(file, size)
    if head[:4] == b"riff" and len(head) >= 24:  # Sony Wave64
        return int.from_bytes(head[16:24], "little") > size
    if head[:4] == b"caff":
        return _ends_inside_caf(file, size)
    if head[:3] == b"FLV":
        return _ends_inside_tag(file, size)
    if head[4:8] in _CONTAINERS:
        return any(end > size for _, end in _walk_boxes(file, size))
    return _ends_inside_packet(file, size)


def _ends_inside_page(file: BinaryIO, size: int) -> bool:
    """An Ogg file. The mark of the last page tells nothing: Android never sets it."""
    begins = max(size - LARGEST_PAGE, 0)
    file.seek(begins)
    tail = file.read(LARGEST_PAGE)
    at = tail.rfind(b"OggS")
    while at >= 0:
        end = _find_page_end(tail, at)
        if end is None or end >= len(tail):
            return end is None or end > len(tail)
        rest = tail[end:]
        if len(rest) < 4 and b"OggS".startswith(rest):
            return True
        # Sound may hold these four letters: then they are no page, and the one before is the last.
        at = tail.rfind(b"OggS", 0, at)
    return False


def _find_page_end(tail: bytes, at: int) -> int | None:
    """Where the page at `at` ends; None where not even its header is whole."""
    if at + 27 > len(tail):
        return None
    segments = tail[at + 27 : at + 27 + tail[at + 26]]
    return at + 27 + tail[at + 26] + sum(segments) if len(segments) == tail[at + 26] else None


def _ends_inside_riff(file: BinaryIO, size: int) -> bool:
    """An AVI file; a large one has several parts."""
    at = 0
    for _ in range(MOST_PARTS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8 or head[:4] != b"RIFF":
            return False
        length = struct.unpack_from("<I", head, 4)[0]
        if length in _UNKNOWN:
            return False
        at += 8 + length
        if at > size:
            return True
        at += length % 2
    return False


def _ends_inside_caf(file: BinaryIO, size: int) -> bool:
    at = 8
    for _ in range(MOST_PARTS):
        file.seek(at)
        head = file.read(12)
        if not head:
            return False
        if len(head) < 12:
            return True
        length = struct.unpack_from(">Q", head, 4)[0]
        if length in _UNKNOWN:
            return False
        at += 12 + length
        if at > size:
            return True
    return False


def _ends_inside_tag(file: BinaryIO, size: int) -> bool:
    """A Flash video: behind each of its tags stands how long it was."""
    if size < 13 + 4 + 11:
        return True
    file.seek(size - 4)
    length = struct.unpack(">I", file.read(4))[0]
    begins = size - 4 - length
    if begins < 13:
        return True
    file.seek(begins)
    head = file.read(4)
    return head[0] & 0x1F not in {8, 9, 18} or int.from_bytes(head[1:4], "big") + 11 != length


def _walk_boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """The outermost boxes of an MP4 file: name, and where each ends."""
    at = 0
    for _ in range(MOST_PARTS):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        length, name = struct.unpack_from(">I", head)[0], head[4:8]
        if length == 1 and len(head) == 16:
            length = struct.unpack_from(">Q", head, 8)[0]
        elif length == 0:
            length = size - at  # it goes on to the end of the file
        if length < 8:
            return
        at += length
        yield name, at


def _ends_inside_packet(file: BinaryIO, size: int) -> bool:
    """A transport stream, of packets that all have one length."""
    for length, mark in ((188, 0), (192, 4)):
        file.seek(0)
        head = file.read(4 * length)
        if len(head) == 4 * length and set(head[mark::length]) == {0x47}:
            return size % length > 0
    return False
