"""Where there is speech: the Silero model that faster-whisper carries, fed as sound arrives."""

from typing import Any

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from practice.speech.transcription import HOP_SAMPLES

CONTEXT_SAMPLES = 64
"""What Silero v6 wants to see of the samples before each hop."""
OFFSET_HOPS = 32
"""The offset of a microphone's zero is the mean of about a second. It is taken off: with an offset
of a tenth of full scale Silero takes speech for none."""
STATE_SHAPE = (1, 1, 128)


class VoiceActivity:
    """Silero with its state kept between calls, so that a long recording needs no more memory."""

    def __init__(self) -> None:
        self._session: Any = get_vad_model().session
        self._h = np.zeros(STATE_SHAPE, np.float32)
        self._c = np.zeros(STATE_SHAPE, np.float32)
        self._context = np.zeros(CONTEXT_SAMPLES, np.float32)
        self._offset: float | None = None

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability of speech in each hop of the next samples, 0 to 1, one value per hop.

        Args:
            samples: Mono, 16 kHz, a whole number of hops of `HOP_SAMPLES`.
        """
        # All hops in one call: each is given the end of the one before it, the first of them that
        # of the last call. The model's memory (h, c) goes through the rows in order.
        hops = self._remove_offset(samples.reshape(-1, HOP_SAMPLES))
        tails = hops[:, -CONTEXT_SAMPLES:]
        before = np.vstack([self._context[None], tails[:-1]])
        self._context = tails[-1].copy()
        outputs = self._session.run(
            None, {"input": np.hstack([before, hops]), "h": self._h, "c": self._c}
        )
        probability, self._h, self._c = outputs
        return np.asarray(probability, np.float32).reshape(-1)

    def _remove_offset(self, hops: NDArray[np.float32]) -> NDArray[np.float32]:
        """`hops`, shape (hops, HOP_SAMPLES), without the mean of what was heard lately."""
        offsets = []
        for mean in hops.mean(axis=1).tolist():
            before = mean if self._offset is None else self._offset
            self._offset = before + (mean - before) / OFFSET_HOPS
            offsets.append(self._offset)
        return hops - np.asarray(offsets, np.float32)[:, None]
