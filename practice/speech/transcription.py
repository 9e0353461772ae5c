"""What was heard in one recording."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from practice.base.words import Word

SAMPLE_RATE_HZ = 16_000
HOP_SAMPLES = 512
HOP_S = HOP_SAMPLES / SAMPLE_RATE_HZ
"""The step of `speech_probability`, 0.032 s: what the Silero model looks at once."""

Status = Literal["ok", "no_model", "no_speech", "failed"]


@dataclass(frozen=True, eq=False)
class Hearing:
    """The words of a recording and where its speech lies."""

    status: Status
    model: str | None
    language: str | None
    words: tuple[Word, ...]
    speech_probability: NDArray[np.float32]
    """Silero's probability of speech, 0 to 1, one per `HOP_S` from the start of the recording."""
    elapsed_s: float
    """How long the caller waited for it."""
    reason: str | None
    """Why there are no words; None when there are."""

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Headway:
    """How far the hearing of a recording is."""

    part: float
    """Heard so far, 0 to 1."""
    unheard_s: float | None
    """What has no settled words yet, in seconds of sound; None where its length is not known."""
    pace: float | None
    """Seconds of work for a second of sound, as it went lately; None before anything tells."""

    @property
    def left_s(self) -> float | None:
        """How long the rest will take."""
        if self.pace is None or self.unheard_s is None:
            return None
        return self.pace * self.unheard_s
