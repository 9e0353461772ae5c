"""Words that another recogniser found, in the JSON that it writes."""

import math
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from practice.base.errors import PracticeError
from practice.base.spacing import join_pieces
from practice.base.text import one_line
from practice.base.words import Word

LARGEST_BYTES = 50_000_000
LATEST_S = 86_400.0
"""No answer lasts a day; a later time is damage, and would be measured window by window."""
_FORMS = (
    "give a list of {text, start_s, end_s, probability}, or the JSON of faster-whisper,"
    " WhisperX or whisper-timestamped"
)
_TEXT = ("text", "word")
_START = ("start_s", "start")
_END = ("end_s", "end")
_PROBABILITY = ("probability", "score", "confidence")


class UnreadableWordsError(PracticeError):
    """A file of words cannot be understood."""

    code = "words"


def read_words(path: Path) -> list[Word]:
    """The words in `path`, in order of time.

    WhisperX leaves words without times where it cannot place them (numbers, mostly): those take
    the place between their neighbours.

    Raises:
        UnreadableWordsError: It is missing, no file, too large, no JSON, or holds no words.
    """
    try:
        if path.exists() and not path.is_file():
            raise UnreadableWordsError(f"{one_line(str(path))} is not a file", _FORMS)
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableWordsError(f"{one_line(str(path))} is larger than 50 MB", _FORMS)
        content = msgspec.json.decode(path.read_bytes())
    except OSError as error:
        raise UnreadableWordsError(
            f"cannot read {one_line(str(path))}: {error.strerror}"
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableWordsError(
            f"{one_line(str(path))}: {one_line(str(error))}", _FORMS
        ) from error
    try:
        segments = _find_segments(content)
        placed = _place_words([entry for segment in segments for entry in segment])
    except _EntryError as error:
        raise UnreadableWordsError(f"{one_line(str(path))}: {error}", _FORMS) from error
    # Whisper's own JSON has the space before each word; most others have none anywhere.
    spaces_written = any(word.text[:1].isspace() for word in placed)
    pieces = iter(placed)
    words = [
        word
        for segment in segments
        for word in join_pieces(islice(pieces, len(segment)), spaces_written=spaces_written)
    ]
    return sorted(words, key=lambda word: word.start_s)


class _EntryError(Exception):
    """An entry cannot be a word; the text says which and why."""


def _find_segments(content: object) -> list[list[dict[str, Any]]]:
    """The entries of each segment; all in one where there are no segments."""
    if isinstance(content, list):
        found: list[list[Any]] = [content]
    elif isinstance(content, dict) and "segments" in content:
        found = [_words_of(segment) for segment in _expect_list(content["segments"])]
    elif isinstance(content, dict):
        found = [_expect_list(content.get("words") or content.get("word_segments") or [])]
    else:
        found = []
    entries = [entry for segment in found for entry in segment]
    if not entries:
        raise _EntryError("there are no words in it")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise _EntryError(f"word {number} is not an object")
    return found


def _words_of(segment: object) -> list[Any]:
    if not isinstance(segment, dict) or "words" not in segment:
        raise _EntryError("a segment has no words: transcribe with word times")
    return _expect_list(segment["words"])


def _expect_list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _EntryError("a list was expected")
    return value


def _place_words(entries: list[dict[str, Any]]) -> list[Word]:
    """A word for each entry, its text as it stands there."""
    words: list[Word] = []
    # A word without times takes the place at the end of the one before it.
    end_s = 0.0
    for number, entry in enumerate(entries, start=1):
        text = _get_field(entry, _TEXT)
        if not isinstance(text, str):
            raise _EntryError(f"word {number} has no text")
        start = _read_number(entry, _START, number)
        stop = _read_number(entry, _END, number)
        if max(start or 0.0, stop or 0.0) > LATEST_S:
            raise _EntryError(f"word {number} is said after more than a day")
        start_s = end_s if start is None else start
        end_s = max(start_s, start_s if stop is None else stop)
        probability = _read_number(entry, _PROBABILITY, number)
        words.append(Word(text, start_s, end_s, probability))
    return words


def _read_number(entry: dict[str, Any], names: Iterable[str], number: int) -> float | None:
    value = _get_field(entry, names)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _EntryError(f"word {number}: {one_line(str(value))!r} is not a number")
    if value < 0:
        raise _EntryError(f"word {number}: {value} is negative")
    return float(value)


def _get_field(entry: dict[str, Any], names: Iterable[str]) -> object:
    return next((entry[name] for name in names if name in entry), None)
