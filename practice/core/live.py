"""What is done for an answer while it is recorded: its words are heard, its sound is measured."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from practice.audio import codec
from practice.audio.growing_file import GrowingFile, Resampler
from practice.delivery.signal.growing_sound import GrowingSound
from practice.delivery.signal.sound import Sound
from practice.speech.transcription import Transcription
from practice.speech.worker import LiveTranscription, ProgressCallback

LOOK_AGAIN_S = 0.5


class Measuring:
    """The curves of a recording, computed on a thread of its own as its samples arrive.

    It is a help, not a promise: where it fails, the finished recording is measured.

    Args:
        samples: The growing spool.
        sample_rate_hz: Its rate.
    """

    def __init__(self, samples: Path, sample_rate_hz: int) -> None:
        self._sample_rate_hz = sample_rate_hz
        self._growing: GrowingSound | None = None
        self._thread: threading.Thread | None = None
        self._complete = threading.Event()
        try:
            file = samples.open("rb")
        except OSError:
            return
        self._thread = threading.Thread(
            target=self._measure, args=(file,), name="measuring", daemon=True
        )
        self._thread.start()

    def finish(self) -> GrowingSound | None:
        """Everything measured, once the spool is complete; None where it could not be read."""
        self._complete.set()
        if self._thread is not None:
            self._thread.join()
        return self._growing

    def _measure(self, file: BinaryIO) -> None:
        growing, is_complete = GrowingSound(), False
        with file, suppress(OSError):
            spool = GrowingFile(file, self._sample_rate_hz)
            resampler = Resampler(self._sample_rate_hz)
            while not is_complete:
                is_complete = self._complete.wait(LOOK_AGAIN_S)
                while (block := spool.read()) is not None:
                    growing.add(resampler.feed(block))
            growing.add(resampler.finish())
            self._growing = growing


class Underway:
    """An answer that is heard and measured while it is recorded."""

    def __init__(self, following: LiveTranscription, measuring: Measuring) -> None:
        self._following = following
        self._measuring = measuring

    def heard(self, recording: Path, progress: ProgressCallback | None = None) -> Transcription:
        """Its words; as `LiveTranscription.finish`. Its sound is measured to the end then."""
        try:
            return self._following.finish(recording, progress)
        finally:
            self._measuring.finish()

    def sound(self, speech_probability: NDArray[np.float32]) -> Sound | None:
        """Its curves; None where the finished recording is to be measured."""
        growing = self._measuring.finish()
        return None if growing is None else growing.sound(speech_probability)

    def cancel(self) -> None:
        """Do no more for it."""
        self._following.cancel()
        self._measuring.finish()


def measured_sound(audio: Path, speech_probability: NDArray[np.float32]) -> Sound:
    """What a review asks of a finished recording; its samples are not kept, so it may last hours.

    Raises:
        UnreadableAudioError: The recording cannot be decoded.
    """
    growing = GrowingSound()
    for block in codec.decode_blocks(audio):
        growing.add(block)
    return growing.sound(speech_probability)
