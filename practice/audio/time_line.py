"""Where the sound of a track lies in its file: it may begin late, and have gaps.

A camera starts before its microphone, a call drops packets, an encoder sends nothing while nobody
speaks. A player is silent there; to close the gap would move every later time and lose a pause.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import av

SMALLEST_GAP_S = 0.1
"""Times in files are rounded to milliseconds or to packets; less is no gap."""


def find_gaps(
    frames: "Iterable[av.AudioFrame]", begins_s: float, ends_s: float
) -> "Iterator[tuple[float, av.AudioFrame]]":
    """Each frame, and how many seconds of silence lie before it.

    A damaged file may give any time. So a gap counts only where the next frame goes on behind it,
    and where it does not lead beyond the end of the file.

    Args:
        frames: Decoded, in order.
        begins_s: Where the file begins, in its own time.
        ends_s: Where it ends.
    """
    expected_s = begins_s
    held: tuple[float, av.AudioFrame] | None = None
    """A frame behind a gap, until the next one tells whether it is one."""
    for frame in frames:
        at_s = frame.time
        if held is not None:
            goes_on = at_s is None or at_s >= expected_s - SMALLEST_GAP_S
            yield (held[0] if goes_on else 0.0), held[1]
            held = None
        length_s = frame.samples / (frame.sample_rate or 1)
        gap_s = 0.0 if at_s is None else at_s - expected_s
        expected_s = (expected_s if at_s is None else at_s) + length_s
        if gap_s >= SMALLEST_GAP_S and expected_s <= ends_s:
            held = (gap_s, frame)
        else:
            yield 0.0, frame
    if held is not None:
        yield held
