import io
import os
from pathlib import Path

import pytest

from practice.base.languages import DetectedLanguage
from practice.base.words import Word
from practice.speech.messages import (
    Follow,
    Request,
    Transcribe,
    TranscriptionResult,
    Warm,
    receive_reply,
    receive_request,
    send,
)
from practice.speech.transcription import TranscriptionOptions

STRANGE = Path(os.fsdecode(b"/takes/caf\xe9 \xff/\n.flac"))
OPTIONS = TranscriptionOptions(STRANGE, "base.en", "en", Path("/takes/t1.heard"), fill_window=True)


def send_and_receive(message: Request) -> Request | None:
    stream = io.BytesIO()
    send(stream, message)
    stream.seek(0)
    return receive_request(stream)


@pytest.mark.parametrize(
    "message",
    [
        Warm(None),
        Warm(STRANGE),
        Transcribe(1, STRANGE, OPTIONS),
        Follow(2, STRANGE, 48_000, OPTIONS),
    ],
)
def test_a_request_arrives_as_it_was_sent_whatever_bytes_a_name_has(message: Request) -> None:
    assert send_and_receive(message) == message


def test_a_path_arrives_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert send_and_receive(Warm(Path("model"))) == Warm(tmp_path / "model")


def test_where_the_other_side_broke_off_there_is_no_request() -> None:
    stream = io.BytesIO()
    send(stream, Warm(STRANGE))
    assert receive_request(io.BytesIO(stream.getvalue()[:-1])) is None


def test_words_arrive_with_their_spaces() -> None:
    words = (Word("は", 0.1, 0.2, 0.5), Word("そ", 0.3, 0.4, None, space_before=True))
    stream = io.BytesIO()
    send(stream, TranscriptionResult(1, words, b"", 1))
    stream.seek(0)
    assert receive_reply(stream) == TranscriptionResult(1, words, b"", 1)


def test_the_language_that_is_heard_arrives() -> None:
    stream = io.BytesIO()
    result = TranscriptionResult(1, (), b"", 1, DetectedLanguage("de", 0.97))
    send(stream, result)
    stream.seek(0)
    assert receive_reply(stream) == result
