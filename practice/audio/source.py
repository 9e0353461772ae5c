"""Where samples come from, and where they go."""

from typing import Protocol


class Sink(Protocol):
    """What a source hands its samples to."""

    def deliver(self, block: bytes, overflowed: bool = False) -> None:
        """Take little-endian 16-bit mono samples; returns at once and never raises.

        Args:
            block: The samples.
            overflowed: Samples were lost just before this block.
        """

    def ended(self, reason: str | None) -> None:
        """There will be no more: `reason` in words when something broke, None at a proper end."""

    def wait_for_room(self, timeout_s: float) -> bool:
        """Wait until little is queued; for a source that can wait, as a microphone cannot."""


class Source(Protocol):
    """What the recorder drains."""

    @property
    def name(self) -> str:
        """The device or file, fit for one line of a message."""

    @property
    def sample_rate_hz(self) -> int:
        """Samples a second."""

    def start(self, sink: Sink) -> None:
        """Begin to deliver.

        Raises:
            AudioError: It cannot be opened.
        """

    def stop(self) -> None:
        """Deliver no more; returns within seconds whatever state the device is in; repeatable."""
