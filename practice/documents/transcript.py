"""What the library keeps of a hearing: enough to review it again without hearing it again."""

import base64
from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np

from practice.base.errors import StorageError
from practice.base.text import one_line
from practice.base.words import Word
from practice.documents.review import Transcription
from practice.speech.transcription import Hearing

PROBABILITY_STEPS = 255
"""Speech probability is kept in a byte a hop: 31 bytes a second, steps of 0.4 %."""


class _Kept(msgspec.Struct):
    """The document, as it is read back."""

    status: Literal["ok", "no_model", "no_speech", "failed"]
    words: tuple[Word, ...]
    speech_probability: bytes
    model: str | None = None
    language: str | None = None
    elapsed_s: float | None = None
    reason: str | None = None


def to_document(hearing: Hearing) -> dict[str, object]:
    """`hearing` as the library keeps it: the keys of `transcription_of`, words and speech."""
    probabilities = np.round(hearing.speech_probability * PROBABILITY_STEPS).astype(np.uint8)
    return {
        **msgspec.to_builtins(transcription_of(hearing)),
        "words": msgspec.to_builtins(hearing.words),
        "speech_probability": base64.b64encode(probabilities.tobytes()).decode("ascii"),
    }


def from_document(document: Mapping[str, object]) -> Hearing:
    """The hearing that `to_document` wrote, its probabilities to the step they are kept in.

    Raises:
        StorageError: The document is damaged.
    """
    try:
        kept = msgspec.convert(document, _Kept)
    except msgspec.ValidationError as error:
        raise StorageError(
            f"the transcript cannot be read: {one_line(str(error))}",
            "make it again with practice takes retry",
        ) from error
    steps = np.frombuffer(kept.speech_probability, dtype=np.uint8)
    return Hearing(
        status=kept.status,
        model=kept.model,
        language=kept.language,
        words=kept.words,
        speech_probability=np.divide(steps, PROBABILITY_STEPS, dtype=np.float32),
        elapsed_s=kept.elapsed_s or 0.0,
        reason=kept.reason,
    )


def transcription_of(hearing: Hearing) -> Transcription:
    """How the words came about, as a review tells it."""
    return Transcription(
        status=hearing.status,
        model=hearing.model,
        language=hearing.language,
        text=hearing.text,
        elapsed_s=round(hearing.elapsed_s, 3),
        reason=hearing.reason,
    )
