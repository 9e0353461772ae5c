"""What the library keeps of a transcription: enough to review it again without making it again."""

import base64
from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np

from practice.base.errors import StorageError
from practice.base.languages import DetectedLanguage
from practice.base.text import one_line
from practice.base.words import Word
from practice.documents.review import TranscriptionFacts
from practice.speech.transcription import Transcription

PROBABILITY_STEPS = 255
"""Speech probability is kept in a byte a hop: 31 bytes a second, steps of 0.4 %."""


class _StoredTranscript(msgspec.Struct):
    """The fields of the document that are read back."""

    status: Literal["ok", "no_model", "no_speech", "failed"]
    words: tuple[Word, ...]
    speech_probability: bytes
    model: str | None = None
    language: str | None = None
    elapsed_s: float | None = None
    reason: str | None = None
    verbatim: bool = False
    detected_language: DetectedLanguage | None = None


def to_document(transcription: Transcription) -> dict[str, object]:
    """`transcription` as the library keeps it: its facts, its words and where there is speech."""
    probabilities = np.round(transcription.speech_probability * PROBABILITY_STEPS).astype(np.uint8)
    return {
        **msgspec.to_builtins(describe_transcription(transcription)),
        "words": msgspec.to_builtins(transcription.words),
        "speech_probability": base64.b64encode(probabilities.tobytes()).decode("ascii"),
    }


def from_document(document: Mapping[str, object]) -> Transcription:
    """The transcription that `to_document` wrote; its speech probability comes in steps of 1/255.

    Raises:
        StorageError: The document is damaged.
    """
    try:
        kept = msgspec.convert(document, _StoredTranscript)
    except msgspec.ValidationError as error:
        raise StorageError(
            f"the transcript cannot be read: {one_line(str(error))}",
            "make it again with practice takes retry",
        ) from error
    steps = np.frombuffer(kept.speech_probability, dtype=np.uint8)
    return Transcription(
        status=kept.status,
        model=kept.model,
        language=kept.language,
        words=kept.words,
        speech_probability=np.divide(steps, PROBABILITY_STEPS, dtype=np.float32),
        elapsed_s=kept.elapsed_s or 0.0,
        reason=kept.reason,
        verbatim=kept.verbatim,
        detected_language=kept.detected_language,
    )


def describe_transcription(transcription: Transcription) -> TranscriptionFacts:
    """How the words came about, as a review tells it."""
    return TranscriptionFacts(
        status=transcription.status,
        model=transcription.model,
        language=transcription.language,
        text=transcription.text,
        elapsed_s=round(transcription.elapsed_s, 3),
        reason=transcription.reason,
        verbatim=transcription.verbatim,
        detected_language=transcription.detected_language,
    )
