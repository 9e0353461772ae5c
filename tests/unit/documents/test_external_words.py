"""Words of other recognisers come in by the forms that those write."""

import json
import os
from pathlib import Path

import pytest

from practice.base.words import Word
from practice.documents.external_words import UnreadableWordsError, read_words


def write(folder: Path, content: object) -> Path:
    path = folder / "words.json"
    path.write_text(json.dumps(content))
    return path


def test_plain_list(tmp_path: Path) -> None:
    path = write(tmp_path, [{"text": "um,", "start_s": 0.5, "end_s": 0.9, "probability": 0.7}])
    assert read_words(path) == [Word("um,", 0.5, 0.9, 0.7)]


def test_faster_whisper_segments(tmp_path: Path) -> None:
    words = [{"start": 1.0, "end": 1.2, "word": " So", "probability": 0.9}]
    path = write(
        tmp_path, {"segments": [{"id": 1, "text": " So", "words": words}], "language": "en"}
    )
    assert read_words(path) == [Word("So", 1.0, 1.2, 0.9)]


def test_whisperx_word_without_times_takes_the_place_between_its_neighbours(tmp_path: Path) -> None:
    words = [
        {"word": "in", "start": 1.0, "end": 1.2, "score": 0.9},
        {"word": "1999"},
        {"word": "we", "start": 1.9, "end": 2.0, "score": 0.8},
    ]
    path = write(tmp_path, {"segments": [{"words": words}], "word_segments": words})
    assert [(word.text, word.start_s, word.end_s) for word in read_words(path)] == [
        ("in", 1.0, 1.2),
        ("1999", 1.2, 1.2),
        ("we", 1.9, 2.0),
    ]


def test_whisper_timestamped_segments(tmp_path: Path) -> None:
    words = [{"text": "Hello", "start": 0.1, "end": 0.4, "confidence": 0.5}]
    path = write(tmp_path, {"text": "Hello", "segments": [{"words": words}]})
    assert read_words(path) == [Word("Hello", 0.1, 0.4, 0.5)]


def test_control_characters_do_not_come_in(tmp_path: Path) -> None:
    path = write(tmp_path, [{"text": "\x1b]0;x\x07hi", "start_s": 0, "end_s": 1}])
    assert read_words(path)[0].text == "�]0;x�hi"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "no words"),
        ({}, "no words"),
        ("text", "no words"),
        ([1], "word 1 is not an object"),
        ([{"start": 1}], "word 1 has no text"),
        ([{"text": "a", "start": "soon"}], "word 1: 'soon' is not a number"),
        ([{"text": "a", "start": -1}], "negative"),
        ([{"text": "a", "start": True}], "not a number"),
        ([{"text": "a", "start": 1, "end": 1e300}], "more than a day"),
        ({"segments": [{"text": "no words"}]}, "transcribe with word times"),
        ({"segments": 3}, "a list was expected"),
    ],
)
def test_what_is_no_list_of_words_is_refused_with_the_place(
    tmp_path: Path, content: object, said: str
) -> None:
    with pytest.raises(UnreadableWordsError, match=said):
        read_words(write(tmp_path, content))


@pytest.mark.parametrize("content", [b'[{"text": ', b'[{"text": "\xff"}]', b"[" * 100_000])
def test_broken_json_and_missing_files_are_named(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(content)
    with pytest.raises(UnreadableWordsError, match=r"broken\.json"):
        read_words(broken)
    with pytest.raises(UnreadableWordsError, match=r"none\.json"):
        read_words(tmp_path / "none.json")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "words.json"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableWordsError, match="not a file"):
        read_words(pipe)


def test_pieces_that_whisper_cut_at_a_hyphen_or_an_apostrophe_are_whole_words(
    tmp_path: Path,
) -> None:
    texts = [" C", "'est", " l", "'équipe", " ?", " 1", ".5"]
    words = [{"word": text, "start": n, "end": n + 1} for n, text in enumerate(texts)]
    path = write(tmp_path, {"segments": [{"words": words[:5]}, {"words": words[5:]}]})
    assert [(word.text, word.start_s, word.end_s) for word in read_words(path)] == [
        ("C'est", 0, 2),
        ("l'équipe ?", 2, 4),
        ("1.5", 5, 7),
    ]


def test_no_word_reaches_into_another_segment(tmp_path: Path) -> None:
    words = [{"word": text, "start": n, "end": n + 1} for n, text in enumerate([" back", "-end"])]
    path = write(tmp_path, {"segments": [{"words": words[:1]}, {"words": words[1:]}]})
    assert [word.text for word in read_words(path)] == ["back", "-end"]


def test_without_a_space_in_the_whole_file_each_word_stands_by_itself(tmp_path: Path) -> None:
    words = [{"word": text, "start": n, "end": n + 1} for n, text in enumerate(["I", "'m", "in"])]
    assert [word.text for word in read_words(write(tmp_path, words))] == ["I", "'m", "in"]
