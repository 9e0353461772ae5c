"""What is pasted, and how to know it from what is typed where a terminal does not say so."""

from textual.events import Key

LINE_FEED = "ctrl+j"
"""The key that a bare line feed is."""
_SEPARATORS = {"\x85", "\u2028", "\u2029"}
"""Line ends that no key of a keyboard writes, and that arrive as characters."""
TYPED_APART_S = 0.001
"""Nobody presses two keys within this time; a terminal without bracketed paste sends all that is
pasted as keys, ten and more in a millisecond."""


class KeyPace:
    """How fast keys follow each other in one field."""

    def __init__(self) -> None:
        self._last_s = float("-inf")

    def is_pasted(self, key: Key) -> bool:
        """Whether `key` came too soon after the one before to be pressed; call it for every key."""
        gap_s, self._last_s = key.time - self._last_s, key.time
        return gap_s < TYPED_APART_S


def is_pasted_line_end(key: Key) -> bool:
    """Whether `key` is a line end that only a paste brings: any but Enter, which is a key too."""
    return key.key == LINE_FEED or key.character in _SEPARATORS
