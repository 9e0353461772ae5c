"""What was recognised already, segment by segment, kept beside the recording.

A recogniser that is killed goes on from here: segments are cut by what was heard, so the same
recording gives the same segments, and those that are known need not be recognised again.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from practice import __version__
from practice.base.paths import PRIVATE_FILE
from practice.base.system.files import open_file
from practice.base.words import Word
from practice.speech.child.recognition import Recognition

HopRange = tuple[int, int]
"""The first hop and the one behind the last: what was heard of a segment, its overlap included."""


class _Heading(msgspec.Struct):
    """The first line; where it is another one, nothing in the file holds."""

    recogniser: str = msgspec.field(name="heard_by")
    version: str = __version__


class _Line(msgspec.Struct):
    """One stretch of the recording and what was recognised in it."""

    hops: HopRange = msgspec.field(name="span")
    words: list[Word]
    languages: dict[str, float] = {}


class SegmentCache:
    """Remembers recognitions by the hops they were recognised in; in a file where one is given.

    The file is a help, not a promise: without it, or with a part of it, only time is lost. It is
    appended to only; a torn last line is ignored. What is deleted meanwhile stays deleted.

    Args:
        file: None to remember for this transcription only.
        recogniser: Tells who recognises, as `identify_recogniser` does.
    """

    def __init__(self, file: Path | None = None, recogniser: str = "") -> None:
        self._known: dict[HopRange, Recognition] = {}
        self._handle: int | None = None
        if file is not None:
            try:
                self._open(file, _Heading(recogniser))
            except OSError as error:
                self._give_up(error)

    def recognition(self, hops: HopRange, recognise: Callable[[], Recognition]) -> Recognition:
        """What is in `hops`, recognised only where it is not known."""
        if hops not in self._known:
            self._known[hops] = made = recognise()
            self._append(_Line(hops, made.words, made.languages))
        return self._known[hops]

    def __contains__(self, hops: HopRange) -> bool:
        return hops in self._known

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self, file: Path, heading: _Heading) -> None:
        # Written through this handle alone, so a file that is deleted meanwhile is not made again;
        # and never through a link, which somebody else may have laid there.
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        self._handle = open_file(file, flags, PRIVATE_FILE, follow_link=False)
        first, *lines = file.read_bytes().split(b"\n")
        if first != msgspec.json.encode(heading):
            # Another model or another version would have recognised other words.
            os.ftruncate(self._handle, 0)
            self._append(heading)
            return
        for line in lines:
            try:
                known = msgspec.json.decode(line, type=_Line)
            except msgspec.DecodeError:
                continue
            self._known[known.hops] = Recognition(known.words, known.languages)
        os.write(self._handle, b"\n")  # ends a line that a crash cut off

    def _append(self, line: _Heading | _Line) -> None:
        if self._handle is None:
            return
        try:
            os.write(self._handle, msgspec.json.encode(line) + b"\n")
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        logging.getLogger(__name__).warning("cannot keep what is recognised: %s", error)
        self.close()


def identify_recogniser(model: Path, language: str, prompt: str | None) -> str:
    """What tells a model in a language and manner from another one, even of the same name."""
    file = (model / "model.bin").stat()
    return f"{model}, {file.st_size} bytes of {file.st_mtime_ns}, {language}, {prompt}, carried"
