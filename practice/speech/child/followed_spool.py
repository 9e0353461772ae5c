"""One recording that is heard while it is made."""

from collections.abc import Callable
from typing import BinaryIO

from practice.audio.growing_file import GrowingFile, Resampler
from practice.speech.child.decoding import SAMPLE_FORMAT
from practice.speech.child.transcriber import Listener
from practice.speech.messages import Follow


class FollowedSpool:
    """One spool that is heard as it grows; listening begins with the first block."""

    def __init__(self, request: Follow, file: BinaryIO, listener: Callable[[], Listener]) -> None:
        self.request = request
        self._file = file
        self._spool = GrowingFile(file, request.sample_rate_hz)
        self._resampler = Resampler(request.sample_rate_hz, SAMPLE_FORMAT)
        self._make_listener = listener
        self._listener: Listener | None = None

    @property
    def listener(self) -> Listener:
        """Raises ModelError at the first use where the model cannot be loaded."""
        if self._listener is None:
            self._listener = self._make_listener()
        return self._listener

    @property
    def unheard_s(self) -> float:
        """How much of the spool as it is now was not read yet."""
        return self._spool.unread_s

    def step(self) -> bool:
        """Hear one block, or else what can be heard in advance; whether there was either."""
        block = self._spool.read()
        if block is None:
            return self.listener.look_ahead()
        self.listener.feed(self._resampler.feed(block))
        return True

    def finish(self, progress: Callable[[Listener, float], None]) -> Listener:
        """Hear the rest of the spool, which is complete."""
        while (block := self._spool.read()) is not None:
            progress(self.listener, self.unheard_s)
            self.listener.feed(self._resampler.feed(block))
        self.listener.feed(self._resampler.finish())
        self.listener.finish()
        return self.listener

    def close(self) -> None:
        """Let go of the spool and of what keeps its words."""
        self._file.close()
        if self._listener is not None:
            self._listener.close()
