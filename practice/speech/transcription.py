"""The words of one recording: what is asked for, how far it is, what comes of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from practice.base.languages import DetectedLanguage
from practice.base.spacing import join_words
from practice.base.words import Word

SAMPLE_RATE_HZ = 16_000
HOP_SAMPLES = 512
HOP_S = HOP_SAMPLES / SAMPLE_RATE_HZ
"""The step of `speech_probability`, 0.032 s: what the Silero model looks at once."""

Status = Literal["ok", "no_model", "no_speech", "failed"]


@dataclass(frozen=True, slots=True)
class TranscriptionOptions:
    """What a recording is transcribed with."""

    model: Path | None = None
    """The folder of a model; None finds speech without words."""
    model_name: str | None = None
    """What the transcription calls the model; None takes the name of its folder."""
    language: str = "en"
    """What is spoken, as Whisper names it."""
    cache: Path | None = None
    """A file that keeps what is recognised, segment by segment: whoever transcribes the same
    recording with it again goes on where the work was broken off."""
    prompt: str | None = None
    """Words in the manner in which the recogniser shall write, fillers and all; None leaves it to
    itself, and it leaves most fillers out."""
    fill_window: bool = False
    """Cut a finished recording into fewer segments than one that is followed, which costs less
    time; the words may differ a little."""


@dataclass(frozen=True, eq=False)
class Transcription:
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
    verbatim: bool = False
    """The model was asked for fillers (`TranscriptionOptions.prompt`)."""
    detected_language: DetectedLanguage | None = None
    """What the model hears, whatever `language` it was told; None where the model knows only one,
    or too little was said."""

    @property
    def text(self) -> str:
        """The words in a row, with spaces where they were written."""
        return join_words(self.words)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the transcription of a recording is."""

    part: float
    """Of the recording, 0 to 1."""
    untranscribed_s: float | None
    """What has no final words yet, in seconds of sound; None where its length is not known."""
    real_time_factor: float | None
    """Seconds of work for a second of sound, as it went lately; None before anything tells."""

    @property
    def left_s(self) -> float | None:
        """How long the rest will take."""
        if self.real_time_factor is None or self.untranscribed_s is None:
            return None
        return self.real_time_factor * self.untranscribed_s
