"""A source that ends by itself once enough was heard."""

from practice.audio.source import Sink, Source


class LimitedSource:
    """Hands on the blocks of a source up to the one in which a time is reached, and ends there.

    Args:
        source: Where the blocks come from.
        limit_s: How much is handed on; the block that reaches it is the last.
    """

    def __init__(self, source: Source, limit_s: float) -> None:
        self._source = source
        self._left_bytes = round(limit_s * source.sample_rate_hz) * 2
        self._sink: Sink | None = None

    @property
    def name(self) -> str:
        """The device's name."""
        return self._source.name

    @property
    def sample_rate_hz(self) -> int:
        """Samples a second."""
        return self._source.sample_rate_hz

    def start(self, sink: Sink) -> None:
        """Begin to hand on.

        Raises:
            AudioError: The source cannot be opened.
        """
        self._sink = sink
        self._source.start(self)

    def stop(self) -> None:
        """Close the source; safe to call twice."""
        self._source.stop()

    def deliver(self, block: bytes, overflowed: bool = False) -> None:
        """Hand a block on, and say that it was the last where the time is reached."""
        if self._sink is None or self._left_bytes <= 0:
            return
        self._sink.deliver(block, overflowed)
        self._left_bytes -= len(block)
        if self._left_bytes <= 0:
            self._sink.ended(None)

    def ended(self, reason: str | None) -> None:
        """Hand on that the source has ended, unless it was over already."""
        if self._sink is not None and self._left_bytes > 0:
            self._sink.ended(reason)

    def wait_for_room(self, timeout_s: float) -> bool:
        """As the sink has it."""
        return self._sink is not None and self._sink.wait_for_room(timeout_s)
