"""The elements of a Matroska or WebM file, as far as it takes to see that it breaks off."""

from typing import BinaryIO

SEARCHED_BYTES = 16 << 20
"""How much of the end of a file is searched for its last cluster: more than the few seconds of
video that one holds."""
CLUSTER = b"\x1f\x43\xb6\x75"
_BEGIN_INSIDE = frozenset({0x1F43B675, 0xA0})
"""Elements that hold others: a cluster, and a group of blocks."""


def ends_inside_cluster(file: BinaryIO, size: int) -> bool:
    """Whether the file ends in the middle of an element.

    A browser writes clusters of unknown length; so it is the elements inside that tell.

    Args:
        file: A Matroska or WebM file.
        size: How many bytes it has.
    """
    file.seek(max(size - SEARCHED_BYTES, 0))
    tail = file.read(SEARCHED_BYTES)
    at = tail.rfind(CLUSTER)
    if at < 0:
        return False
    while at < len(tail):
        number, at = _read_number(tail, at, is_length=False)
        length, at = _read_number(tail, at, is_length=True)
        if number is None:
            return True
        if number in _BEGIN_INSIDE:
            continue
        if length is None:
            return at > len(tail)  # none but clusters may leave it open; nothing can be said
        at += length
    return at > len(tail)


def _read_number(data: bytes, at: int, *, is_length: bool) -> tuple[int | None, int]:
    """The number at `at` and where it ends; None for an open length, and for half a number."""
    if at >= len(data) or not data[at]:
        return None, len(data) + 1
    width = 9 - data[at].bit_length()
    end = at + width
    if end > len(data):
        return None, end
    number = int.from_bytes(data[at:end], "big")
    if not is_length:
        return number, end
    most = (1 << 7 * width) - 1
    return (None if number & most == most else number & most), end
