"""The transcript of an interview in the forms that other programs write: text, subtitles, JSON."""

import json
import re
from pathlib import Path

from practice.base.errors import BankError, PracticeError
from practice.base.sentences import Piece, Sentence, is_closed, join_sentences, sentences_of
from practice.base.text import one_line
from practice.documents.external_words import UnreadableWordsError, read_words
from practice.questions.importers.encodings import decode

LARGEST_BYTES = 20_000_000
"""A day of speech has about 1 MB of words; subtitles and JSON say more beside them."""
TRANSCRIPT_ENDINGS = frozenset({".txt", ".md", ".markdown", ".srt", ".vtt", ".json"})
_FORMS = "give a transcript as .txt, .md, .srt, .vtt or .json"
_HEAR_FIRST = (
    "a recording is transcribed first, by a program that writes .srt, .vtt, .txt or .json;"
    " then give that file"
)
_LIKELIEST_TEXT = ("text", "transcript")
_LISTS = ("segments", "transcription", "chunks")
"""What faster-whisper, whisper.cpp and Transformers call the list of what they heard."""

_LABEL = r"(?:[^\W\d_a-z][\w.’'-]{0,30}(?:[ _](?:[^\W\d_a-z][\w.’'-]{0,30}|\d{1,3})){0,3})"
"""One to four words with capitals: `Anna Smith`, `Speaker 1`, `INTERVIEWER`, `面试官`."""
_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_LINE = re.compile(
    rf"^(?:(?P<label>{_LABEL})\s{{0,4}})?(?:[\[(<]?(?P<time>{_CLOCK})(?:\s*-+>\s*{_CLOCK})?[\])>]?)"
    rf"?\s*(?:(?P<later>{_LABEL})(?=\s*[:：]))?\s*(?P<colon>[:：–-])?\s*(?P<text>.*)$"
)
_MARKS = re.compile(r"^[\s>#*•–—-]+|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_CUE = re.compile(rf"^\s*(?P<time>{_CLOCK})\s*-->")
_VOICE = re.compile(r"^<v(?:\.[^ >]*)?\s+([^>]{0,200})>")
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}")


class UnreadableTranscriptError(PracticeError):
    """A file is no transcript that can be understood."""

    code = "transcript"


def read_transcript(path: Path) -> list[Sentence]:
    """The sentences in `path`, in order; who said what is not kept.

    Raises:
        UnreadableTranscriptError: It is missing, no file, too large, no text, or holds no words.
    """
    name = one_line(str(path))
    if path.suffix.casefold() not in TRANSCRIPT_ENDINGS:
        raise UnreadableTranscriptError(f"{name} is not a transcript", _HEAR_FIRST)
    if path.suffix.casefold() == ".json":
        sentences = _read_json(path, name)
    else:
        text = _read_text(path, name)
        is_subtitles = any(_CUE.match(line) for line in text.splitlines())
        pieces = _read_cues(text) if is_subtitles else _read_lines(text)
        sentences = join_sentences(pieces)
    if not any(any(sign.isalpha() for sign in each.text) for each in sentences):
        raise UnreadableTranscriptError(f"there are no words in {name}", _FORMS)
    return sentences


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise UnreadableTranscriptError(f"{name} is not a file", _FORMS)
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableTranscriptError(f"{name} is larger than 20 MB", _FORMS)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableTranscriptError(
            f"cannot read {name}: {one_line(reason)}", _FORMS
        ) from error


def _read_text(path: Path, name: str) -> str:
    data = _read_bytes(path, name)
    try:
        return decode(data).text
    except BankError as error:
        raise UnreadableTranscriptError(f"{name}: {error.message}", _FORMS) from error


def _read_json(path: Path, name: str) -> list[Sentence]:
    data = _read_bytes(path, name)
    try:
        return sentences_of(read_words(path))
    except UnreadableWordsError as error:
        # Without times for words there may still be segments, or a text alone.
        try:
            pieces = _find_pieces(json.loads(data, parse_constant=lambda _: None))
        except (ValueError, RecursionError):
            pieces = []
        if not pieces:
            raise UnreadableTranscriptError(error.message, _FORMS) from error
    return join_sentences(pieces)


def _find_pieces(content: object) -> list[Piece]:
    if isinstance(content, dict):
        for key in _LISTS:
            if isinstance(content.get(key), list):
                return _find_pieces(content[key])
        texts = [content[key] for key in _LIKELIEST_TEXT if isinstance(content.get(key), str)]
        return [Piece(text) for text in texts[:1]]
    if not isinstance(content, list):
        return []
    found: list[Piece] = []
    for entry in content:
        if isinstance(entry, dict) and isinstance(entry.get("text"), str):
            before = found[-1].text if found else "."
            found.append(Piece(entry["text"], _find_start_s(entry), is_closed(before)))
    return _begin_each_where_unmarked(found)


def _find_start_s(entry: dict[str, object]) -> float | None:
    start, offsets, stamp = entry.get("start"), entry.get("offsets"), entry.get("timestamp")
    if isinstance(stamp, list) and stamp:
        start = stamp[0]
    if isinstance(offsets, dict) and isinstance(offsets.get("from"), int):
        start = offsets["from"] / 1000  # whisper.cpp counts milliseconds
    if isinstance(start, bool) or not isinstance(start, int | float):
        return None
    return float(start) if 0 <= start < 1e6 else None


def _read_cues(text: str) -> list[Piece]:
    """The cues of SRT and WebVTT; headers, numbers, notes and styles are no cues."""
    found: list[Piece] = []
    start_s: float | None = None
    in_cue = False
    last_line = last_voice = ""
    for line in text.splitlines():
        if cue := _CUE.match(line):
            start_s, in_cue = _to_seconds(cue["time"]), True
            continue
        if not line.strip():
            in_cue = False
            continue
        # Captions that roll up repeat the line before.
        if not in_cue or line == last_line:
            continue
        last_line = line
        voice = _VOICE.match(line)
        spoken, label = _strip_label(_TAG.sub("", line))
        label = voice[1] if voice else label
        before = found[-1].text if found else "."
        begins = is_closed(before) or bool(label and label != last_voice)
        last_voice = label or last_voice
        if spoken:
            found.append(Piece(spoken, start_s, begins))
    return _begin_each_where_unmarked(found)


def _read_lines(text: str) -> list[Piece]:
    """The lines of a text; one that goes on in small letters goes on with its sentence."""
    found: list[Piece] = []
    start_s: float | None = None
    begins = True
    for line in text.splitlines():
        bare = _MARKS.sub("", line).strip()
        if not bare:
            begins = True
            continue
        match = _LINE.match(bare)
        assert match is not None  # every part of it may be missing
        spoken = match["text"]
        if match["time"] is not None:
            start_s, begins = _to_seconds(match["time"]), True
        elif not (match["label"] or match["later"]) or match["colon"] not in {":", "："}:
            spoken = bare
        else:
            begins = True
        if spoken:
            found.append(Piece(spoken, start_s, begins or not spoken[:1].islower()))
            begins = False
    return found


def _strip_label(line: str) -> tuple[str, str]:
    """What was said in a line, and who said it; nobody where it does not say so."""
    match = _LINE.match(line.strip())
    if match and match["label"] and not match["time"] and match["colon"] in {":", "："}:
        return match["text"], match["label"]
    return line.strip(), ""


def _begin_each_where_unmarked(pieces: list[Piece]) -> list[Piece]:
    """Where nothing ends a sentence, each piece stands for one."""
    if any(is_closed(piece.text) for piece in pieces):
        return pieces
    return [Piece(piece.text, piece.start_s) for piece in pieces]


def _to_seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part.replace(",", "."))
    return seconds
