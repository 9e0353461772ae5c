"""Words that another recogniser found, in the JSON that it writes."""

import json
import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practice.base.errors import PracticeError
from practice.base.spacing import join_pieces
from practice.base.text import one_line
from practice.base.words import Word

LARGEST_BYTES = 50_000_000
LATEST_S = 86_400.0
"""No answer lasts a day; a later time is damage, and would be measured window by window."""
EARLIEST_S = -1.0
"""A little below 0 is a rounding, or a window that began before the sound; further is damage."""
_FORMS = (
    "give a list of {text, start_s, end_s, probability}, or the JSON of faster-whisper,"
    " WhisperX, whisper-timestamped or OpenAI's service"
)
_TEXT = ("text", "word")
_START = ("start_s", "start")
_END = ("end_s", "end")
_PROBABILITY = ("probability", "score", "confidence")


class UnreadableWordsError(PracticeError):
    """A file of words cannot be understood."""

    code = "words"


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words that were recognised together."""

    entries: list[dict[str, Any]]
    start_s: float | None = None
    end_s: float | None = None


@dataclass(slots=True)
class _Entry:
    """A word whose times may be unknown still."""

    text: str
    start_s: float | None
    end_s: float | None
    probability: float | None


def read_words(path: Path) -> list[Word]:
    """The words in `path`, in order of time.

    WhisperX leaves words without times where it cannot place them (numbers, mostly): those share
    the time between their neighbours, or up to the edge of their segment. A score that is no share
    from 0 to 1 is an unknown one, and a time just below 0 is 0.

    Raises:
        UnreadableWordsError: It is missing, no file, too large, no JSON, or holds no words.
    """
    name = one_line(str(path))
    try:
        if path.exists() and not path.is_file():
            raise UnreadableWordsError(f"{name} is not a file", _FORMS)
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableWordsError(f"{name} is larger than 50 MB", _FORMS)
        # Python's own reader takes what recognisers and shells write: NaN, a mark at the beginning,
        # UTF-16.
        content = json.loads(path.read_bytes(), parse_constant=lambda _: None)
    except OSError as error:
        raise UnreadableWordsError(f"cannot read {name}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableWordsError(f"{name} is not JSON: {one_line(str(error))}", _FORMS) from error
    try:
        segments = _find_segments(content)
        words = _place_words(segments)
    except _EntryError as error:
        raise UnreadableWordsError(f"{name}: {error}", _FORMS) from error
    return sorted(words, key=lambda word: word.start_s)


class _EntryError(Exception):
    """An entry cannot be a word; the text says which and why."""


def _find_segments(content: object) -> list[_Segment]:
    """The entries of each segment; all in one where there are no segments."""
    found: list[_Segment] = []
    if isinstance(content, list):
        found = [_Segment(content)]
    elif isinstance(content, dict):
        beside = content.get("words") or content.get("word_segments")
        segments = _expect_list(content.get("segments") or [])
        # OpenAI's service writes the words beside its segments and not into them.
        if beside and not any(isinstance(each, dict) and each.get("words") for each in segments):
            found = [_Segment(_expect_list(beside))]
        else:
            found = [_read_segment(segment) for segment in segments]
    entries = [entry for segment in found for entry in segment.entries]
    if not entries:
        raise _EntryError("there are no words in it")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise _EntryError(f"word {number} is not an object")
    return found


def _read_segment(segment: object) -> _Segment:
    if not isinstance(segment, dict) or "words" not in segment:
        raise _EntryError("a segment has no words: transcribe with word times")
    edges = [segment.get(name) for name in ("start", "end")]
    start_s, end_s = (
        float(edge) if isinstance(edge, int | float) and 0 <= edge <= LATEST_S else None
        for edge in edges
    )
    return _Segment(_expect_list(segment["words"]), start_s, end_s)


def _expect_list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _EntryError("a list was expected")
    return value


def _place_words(segments: Sequence[_Segment]) -> list[Word]:
    """The words of all segments with their times, whole, and their texts in one line."""
    placed: list[list[Word]] = []
    number = 1
    end_s = 0.0
    for segment in segments:
        entries = [_read_entry(entry, at) for at, entry in enumerate(segment.entries, number)]
        number += len(entries)
        begin_s = end_s if segment.start_s is None else segment.start_s
        _give_times(entries, begin_s, segment.end_s)
        words = [
            Word(entry.text, entry.start_s or 0.0, entry.end_s or 0.0, entry.probability)
            for entry in entries
        ]
        end_s = max((word.end_s for word in words), default=end_s)
        placed.append(words)
    # Whisper's own JSON has the space before each word; most others have none anywhere.
    spaces_written = any(word.text[:1].isspace() for words in placed for word in words)
    return [word for words in placed for word in join_pieces(words, spaces_written=spaces_written)]


def _read_entry(entry: dict[str, Any], number: int) -> _Entry:
    """One word, its text as it stands there; a start without an end begins and ends there."""
    text = _get_field(entry, _TEXT)
    if not isinstance(text, str):
        raise _EntryError(f"word {number} has no text")
    start_s = _read_number(entry, _START, number)
    stop_s = _read_number(entry, _END, number)
    for value_s in (start_s, stop_s):
        if value_s is not None and value_s < EARLIEST_S:
            raise _EntryError(f"word {number}: {value_s:g} is negative")
    if max(start_s or 0.0, stop_s or 0.0) > LATEST_S:
        raise _EntryError(f"word {number} is said after more than a day")
    start_s, stop_s = (None if s is None else max(s, 0.0) for s in (start_s, stop_s))
    if start_s is not None:
        stop_s = max(start_s, start_s if stop_s is None else stop_s)
    probability = _read_number(entry, _PROBABILITY, number)
    # Below 0 it is a logarithm, above 1 a percentage: of no use beside the others.
    is_share = probability is not None and 0 <= probability <= 1
    return _Entry(text, start_s, stop_s, probability if is_share else None)


def _give_times(entries: Sequence[_Entry], begin_s: float, segment_end_s: float | None) -> None:
    """Give the words without times the time up to the next word that has some.

    Args:
        entries: Of one segment, in order.
        begin_s: Where the first of them can begin.
        segment_end_s: Where the last one can end; None where nothing tells.
    """
    first = 0
    while first < len(entries):
        if entries[first].start_s is not None:
            begin_s = entries[first].end_s or begin_s
            first += 1
            continue
        last = first
        while last < len(entries) and entries[last].start_s is None:
            last += 1
        next_s = entries[last].start_s if last < len(entries) else segment_end_s
        row = entries[first:last]
        known_s = row[-1].end_s if row[-1].end_s is not None else next_s
        free_s = max((begin_s if known_s is None else known_s) - begin_s, 0.0)
        # By their letters: a longer word takes longer to say.
        lengths = [len(entry.text.strip()) or 1 for entry in row]
        for entry, length in zip(row, lengths, strict=True):
            entry.start_s = begin_s
            begin_s += free_s * length / sum(lengths)
            entry.end_s = begin_s
        first = last


def _read_number(entry: dict[str, Any], names: Iterable[str], number: int) -> float | None:
    """A number of seconds, or a share; None where there is none, or it is not known."""
    value = _get_field(entry, names)
    number_s: object = value
    if isinstance(value, str):
        with suppress(ValueError):
            number_s = float(value)  # some services write "0.52"
    if number_s is None or (isinstance(number_s, float) and not math.isfinite(number_s)):
        return None
    if isinstance(number_s, bool) or not isinstance(number_s, int | float):
        raise _EntryError(f"word {number}: {one_line(str(value))!r} is not a number")
    # A whole number may be too large for a float.
    return float(min(max(number_s, -2 * LATEST_S), 2 * LATEST_S))


def _get_field(entry: dict[str, Any], names: Iterable[str]) -> object:
    return next((entry[name] for name in names if name in entry), None)
