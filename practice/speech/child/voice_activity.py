"""Where there is speech: the Silero model that faster-whisper carries, fed as sound arrives."""

from typing import Any

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from practice.speech.transcription import HOP_SAMPLES

CONTEXT_SAMPLES = 64
"""What Silero v6 wants to see of the samples before each hop."""
STATE_SHAPE = (1, 1, 128)


class VoiceActivity:
    """Silero with its state kept between calls, so that a long recording needs no more memory."""

    def __init__(self) -> None:
        self._session: Any = get_vad_model().session
        self._h = np.zeros(STATE_SHAPE, np.float32)
        self._c = np.zeros(STATE_SHAPE, np.float32)
        self._context = np.zeros(CONTEXT_SAMPLES, np.float32)

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability of speech in each hop of the next `samples` (mono, 16 kHz).

        Args:
            samples: A whole number of hops of `HOP_SAMPLES`.
        """
        hops = samples.reshape(-1, HOP_SAMPLES)
        tails = hops[:, -CONTEXT_SAMPLES:]
        before = np.vstack([self._context[None], tails[:-1]])
        self._context = tails[-1].copy()
        outputs = self._session.run(
            None, {"input": np.hstack([before, hops]), "h": self._h, "c": self._c}
        )
        probability, self._h, self._c = outputs
        return np.asarray(probability, np.float32).reshape(-1)
