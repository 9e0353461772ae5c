import json
from dataclasses import replace

import numpy as np
import pytest

from practice.base.errors import StorageError
from practice.base.languages import DetectedLanguage
from practice.base.words import Word
from practice.documents import transcript
from practice.speech.transcription import Transcription


def make_transcription() -> Transcription:
    probability = np.linspace(0, 1, 50, dtype=np.float32)
    words = (Word("So", 0.1, 0.4, 0.9), Word("um", 0.5, 0.7, None))
    return Transcription("ok", "base.en", "en", words, probability, 1.23456, None)


def test_what_is_kept_is_read_back_to_the_step_it_is_kept_in() -> None:
    kept = json.loads(json.dumps(transcript.to_document(make_transcription())))
    read = transcript.from_document(kept)
    assert read.words == make_transcription().words
    assert (read.status, read.model, read.language) == ("ok", "base.en", "en")
    assert (
        np.abs(read.speech_probability - make_transcription().speech_probability).max()
        <= 0.5 / 255 + 1e-6
    )
    assert read.speech_probability.dtype == np.float32


def test_a_second_round_changes_nothing() -> None:
    once = transcript.to_document(make_transcription())
    assert transcript.to_document(transcript.from_document(once)) == once


@pytest.mark.parametrize(
    "damage", [{"words": [{"text": 1}]}, {"speech_probability": "§"}, {"status": "good"}]
)
def test_a_damaged_transcript_is_named_as_such(damage: dict[str, object]) -> None:
    kept = transcript.to_document(make_transcription()) | damage
    with pytest.raises(StorageError, match="transcript cannot be read"):
        transcript.from_document(kept)


def test_the_language_that_was_heard_is_kept() -> None:
    made = replace(make_transcription(), detected_language=DetectedLanguage("de", 0.97))
    kept = json.loads(json.dumps(transcript.to_document(made)))
    assert kept["detected_language"] == {
        "language": "de",
        "probability": 0.97,
        "told_probability": 0.0,
    }
    assert transcript.from_document(kept).detected_language == made.detected_language


def test_a_transcript_kept_before_languages_were_told_is_read() -> None:
    kept = transcript.to_document(make_transcription())
    del kept["detected_language"]
    assert transcript.from_document(kept).detected_language is None


def test_spaces_are_kept_where_the_script_does_not_tell_them() -> None:
    words = (Word("は", 0.1, 0.2), Word("い", 0.2, 0.3), Word("そ", 0.3, 0.4, space_before=True))
    made = replace(make_transcription(), words=words)
    kept = json.loads(json.dumps(transcript.to_document(made)))
    assert [("space_before" in word) for word in kept["words"]] == [False, False, True]
    assert transcript.from_document(kept).words == words
    assert made.text == "はい そ"
