"""Words of other recognisers come in by the forms that those write."""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("1999", 1.2, 1.9),
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
        ([{"text": "a", "start": -2}], "negative"),
        ([{"text": "a", "start": True}], "not a number"),
        ([{"text": "a", "start": 1, "end": 1e300}], "more than a day"),
        ([{"text": "a", "start": 1, "end": 10**400}], "more than a day"),
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


@pytest.mark.posix
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "words.json"
    if sys.platform == "win32":
        pytest.skip("Windows has nothing like it")
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


def test_words_without_times_stay_inside_their_segment(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {
            "segments": [
                {
                    "start": 5.0,
                    "end": 7.0,
                    "words": [
                        {"word": "2019"},
                        {"word": "was", "start": 5.6, "end": 5.8},
                        {"word": "42"},
                        {"word": "percent"},
                    ],
                },
                {
                    "start": 20.0,
                    "end": 22.0,
                    "words": [{"word": "100"}, {"word": "percent", "start": 20.7, "end": 21.2}],
                },
            ]
        },
    )
    assert [(w.text, round(w.start_s, 2), round(w.end_s, 2)) for w in read_words(path)] == [
        ("2019", 5.0, 5.6),
        ("was", 5.6, 5.8),
        ("42", 5.8, 6.07),
        ("percent", 6.07, 7.0),
        ("100", 20.0, 20.7),
        ("percent", 20.7, 21.2),
    ]


def test_words_that_stand_beside_the_segments_are_taken(tmp_path: Path) -> None:
    words = [{"word": "We", "start": 0.0, "end": 0.3}, {"word": "saved", "start": 0.3, "end": 0.7}]
    content = {"segments": [{"text": "We saved", "start": 0.0, "end": 0.7}], "words": words}
    assert [word.text for word in read_words(write(tmp_path, content))] == ["We", "saved"]


@pytest.mark.parametrize(
    ("written", "probability"),
    [("NaN", None), ("-Infinity", None), ('"0.5"', 0.5), ("-0.3", None), ("87", None), ("1", 1.0)],
)
def test_a_score_that_is_no_share_is_unknown(
    tmp_path: Path, written: str, probability: float | None
) -> None:
    path = tmp_path / "words.json"
    path.write_text(f'[{{"text": "We", "start": 0.1, "end": 0.3, "score": {written}}}]')
    assert read_words(path) == [Word("We", 0.1, 0.3, probability)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_with_a_mark_or_in_utf_16_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "words.json"
    path.write_bytes('[{"text": "Straße", "start_s": 0, "end_s": 1}]'.encode(encoding))
    assert read_words(path) == [Word("Straße", 0.0, 1.0)]


def test_a_time_just_below_zero_is_zero(tmp_path: Path) -> None:
    path = write(tmp_path, [{"text": "Um", "start": -0.02, "end": 0.3}])
    assert read_words(path) == [Word("Um", 0.0, 0.3)]


TIMES = st.none() | st.floats(0, 100)


@given(
    st.lists(
        st.tuples(TIMES, TIMES, st.lists(st.tuples(st.text(max_size=5), TIMES, TIMES), max_size=6)),
        min_size=1,
        max_size=4,
    )
)
def test_every_word_of_any_file_gets_a_place_and_keeps_its_letters(
    tmp_path_factory: pytest.TempPathFactory,
    segments: list[tuple[float | None, float | None, list[tuple[str, float | None, float | None]]]],
) -> None:
    content = {
        "segments": [
            {
                "start": start,
                "end": end,
                "words": [{"word": text, "start": at, "end": to} for text, at, to in words],
            }
            for start, end, words in segments
        ]
    }
    path = write(tmp_path_factory.mktemp("any"), content)
    try:
        words = read_words(path)
    except UnreadableWordsError:
        assert not any(words for _, _, words in segments)
        return
    assert all(0 <= word.start_s <= word.end_s <= 200 for word in words)
    read = Counter("".join(word.text for word in words))
    written = Counter(text_of for *_, each in segments for text, *_ in each for text_of in text)
    assert all(read[letter] == count for letter, count in written.items() if letter.isalnum())
