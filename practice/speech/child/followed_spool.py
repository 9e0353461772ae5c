"""One recording that is transcribed while it is made."""

from collections.abc import Callable

from practice.audio.growing_file import GrowingFile, Resampler
from practice.base.errors import UnreadableAudioError
from practice.base.system.files import open_removable
from practice.base.text import one_line
from practice.speech.child.decoding import SAMPLE_FORMAT
from practice.speech.child.transcriber import StreamingTranscriber
from practice.speech.messages import Follow


class FollowedSpool:
    """One spool that is transcribed as it grows.

    Args:
        request: Which spool, and with what.
        make_transcriber: Called at the first block, not before: it loads the model.

    Raises:
        UnreadableAudioError: The spool is not there.
    """

    def __init__(
        self, request: Follow, make_transcriber: Callable[[], StreamingTranscriber]
    ) -> None:
        self.request = request
        # Opened at once: the program may remove it once the recording is finished.
        try:
            self._file = open_removable(request.samples)
        except OSError as error:
            raise UnreadableAudioError(
                f"cannot read {one_line(str(request.samples))}: {one_line(str(error.strerror))}"
            ) from error
        self._spool = GrowingFile(self._file, request.sample_rate_hz)
        self._resampler = Resampler(request.sample_rate_hz, SAMPLE_FORMAT)
        self._make_transcriber = make_transcriber
        self._transcriber: StreamingTranscriber | None = None

    @property
    def transcriber(self) -> StreamingTranscriber:
        """Raises ModelError at the first use where the model cannot be loaded."""
        if self._transcriber is None:
            self._transcriber = self._make_transcriber()
        return self._transcriber

    def step(self) -> bool:
        """Take one block, or else recognise in advance; whether there was either to do."""
        block = self._spool.read()
        if block is None:
            return self.transcriber.speculate()
        self.transcriber.feed(self._resampler.feed(block))
        return True

    def finish(
        self, progress: Callable[[StreamingTranscriber, float], None]
    ) -> StreamingTranscriber:
        """Transcribe the rest of the spool, which is complete.

        Args:
            progress: Called with how many seconds of it are not read yet.
        """
        while (block := self._spool.read()) is not None:
            progress(self.transcriber, self._spool.unread_s)
            self.transcriber.feed(self._resampler.feed(block))
        self.transcriber.feed(self._resampler.finish())
        self.transcriber.finish()
        return self.transcriber

    def close(self) -> None:
        """Let go of the spool and of what keeps its words."""
        self._file.close()
        if self._transcriber is not None:
            self._transcriber.close()
