"""The transcript of an interview in the forms that other programs write."""

import json
from pathlib import Path

import pytest

from practice.base.sentences import Sentence
from practice.documents.interview_transcript import UnreadableTranscriptError, read_transcript

SRT = """1
00:00:01,500 --> 00:00:03,000
So why did you leave

2
00:00:03,000 --> 00:00:05,000
your last job? I wanted

3
01:00:05,000 --> 01:00:06,000
more to do.
"""
VTT = """WEBVTT

NOTE made by hand

00:01.000 --> 00:02.000
<v Anna Smith>Why us?

00:03.000 --> 00:04.000
<v Ben>Because of <i>the</i> people.
"""


def read(folder: Path, name: str, content: str | bytes) -> list[Sentence]:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_transcript(file)


def test_a_sentence_goes_over_several_subtitles_and_keeps_its_time(tmp_path: Path) -> None:
    assert read(tmp_path, "talk.srt", SRT) == [
        Sentence("So why did you leave your last job?", 1.5),
        Sentence("I wanted more to do.", 3.0),
    ]


def test_names_and_styles_of_subtitles_are_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "talk.vtt", VTT) == [
        Sentence("Why us?", 1.0),
        Sentence("Because of the people.", 3.0),
    ]


def test_lines_of_a_text_lose_their_names_and_give_their_times(tmp_path: Path) -> None:
    text = "[00:01:05] Anna: Tell me about it. And why?\n\nMe: Dr. No was there\nbut not long.\n"
    assert [each.text for each in read(tmp_path, "talk.txt", text)] == [
        "Tell me about it.",
        "And why?",
        "Dr. No was there but not long.",
    ]
    assert read(tmp_path, "talk.md", text)[0].start_s == 65.0


def test_words_of_a_recogniser_become_sentences(tmp_path: Path) -> None:
    words = [
        {"text": text, "start_s": float(at), "end_s": at + 0.5}
        for at, text in enumerate(["Why", "us?", "Well."])
    ]
    found = read(tmp_path, "words.json", json.dumps(words))
    assert found == [Sentence("Why us?", 0.0), Sentence("Well.", 2.0)]


def test_segments_without_words_are_read_too(tmp_path: Path) -> None:
    whisper_cpp = {"transcription": [{"text": " Why us?", "offsets": {"from": 2500, "to": 3000}}]}
    assert read(tmp_path, "cpp.json", json.dumps(whisper_cpp)) == [Sentence("Why us?", 2.5)]
    service = {"text": "Why us? Because."}
    assert [each.text for each in read(tmp_path, "one.json", json.dumps(service))] == [
        "Why us?",
        "Because.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "no words"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\n\n", "no words"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b'{"segments": [{"text": 3}]}', "no words"),
        ("a.txt", bytes(range(256)) * 9, "a.txt"),
        ("a.mp3", b"ID3", "is not a transcript"),
        ("a", b"Why us?", "is not a transcript"),
    ],
)
def test_an_odd_file_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableTranscriptError, match=said):
        read(tmp_path, name, content)


def test_what_is_no_file_is_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    with pytest.raises(UnreadableTranscriptError, match="is not a file"):
        read_transcript(folder)
    with pytest.raises(UnreadableTranscriptError, match="No such file"):
        read_transcript(tmp_path / "gone.srt")


def test_a_long_line_without_an_end_is_read_at_once(tmp_path: Path) -> None:
    assert len(read(tmp_path, "long.txt", "A_" * 200_000)) == 1
