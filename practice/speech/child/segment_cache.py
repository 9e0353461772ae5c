"""What was recognised already, piece by piece, kept beside the recording.

A recogniser that is killed goes on from here: pieces are cut by what was heard, so the same
recording gives the same pieces, and those that are known need not be recognised again.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from practice import __version__
from practice.base.paths import PRIVATE_FILE
from practice.base.words import Word

Span = tuple[int, int]
"""The first hop and the one behind the last."""


class _Heading(msgspec.Struct):
    """The first line; where it is another one, nothing in the file holds."""

    heard_by: str
    version: str = __version__


class _Line(msgspec.Struct):
    """One stretch of the recording and the words in it, with times from its start."""

    span: Span
    words: list[Word]


class Settled:
    """Remembers words by the stretch they were recognised in; in a file where one is given.

    The file is a help, not a promise: without it, or with a part of it, only time is lost. It is
    written behind its end alone, and a line that a crash cut off is passed over. What is deleted
    meanwhile stays deleted.

    Args:
        file: None to remember for this hearing only.
        heard_by: Tells who recognises, as `recogniser` does.
    """

    def __init__(self, file: Path | None = None, heard_by: str = "") -> None:
        self._words: dict[Span, list[Word]] = {}
        self._handle: int | None = None
        if file is not None:
            try:
                self._open(file, _Heading(heard_by))
            except OSError as error:
                self._give_up(error)

    def words(self, span: Span, recognise: Callable[[], list[Word]]) -> list[Word]:
        """The words in `span`, recognised only where they are not known."""
        if span not in self._words:
            self._words[span] = recognise()
            self._write(_Line(span, self._words[span]))
        return self._words[span]

    def __contains__(self, span: Span) -> bool:
        return span in self._words

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self, file: Path, heading: _Heading) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        self._handle = os.open(file, flags, PRIVATE_FILE)
        first, *lines = file.read_bytes().split(b"\n")
        if first == msgspec.json.encode(heading):
            self._words = dict(filter(None, map(_known, lines)))
            os.write(self._handle, b"\n")  # whatever a crash cut off ends here
        else:
            os.ftruncate(self._handle, 0)
            self._write(heading)

    def _write(self, line: _Heading | _Line) -> None:
        if self._handle is None:
            return
        try:
            os.write(self._handle, msgspec.json.encode(line) + b"\n")
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        logging.getLogger(__name__).warning("cannot keep what is recognised: %s", error)
        self.close()


def _known(line: bytes) -> tuple[Span, list[Word]] | None:
    try:
        known = msgspec.json.decode(line, type=_Line)
    except msgspec.DecodeError:
        return None
    return known.span, known.words


def recogniser(model: Path, language: str) -> str:
    """What tells a model in a language from another one, even of the same name."""
    file = (model / "model.bin").stat()
    return f"{model}, {file.st_size} bytes of {file.st_mtime_ns}, {language}"
