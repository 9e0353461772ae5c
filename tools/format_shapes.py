"""The JSON documents of session formats, as types.

They stand beside `json_shapes` and are listed there.
"""

import msgspec

from practice.questions.formats.model import SessionFormat
from tools.json_document import Document


class FormatProblem(msgspec.Struct, kw_only=True):
    """One thing wrong in the file of a format."""

    path: str
    """The file."""
    line: int
    """From 1."""
    column: int
    """From 1."""
    message: str
    """What is wrong and what to do."""


class FormatRow(msgspec.Struct, kw_only=True):
    """A session format."""

    name: str
    """What `--format` takes it by."""
    title: str | None
    """Null where its problems hide it."""
    about: str | None
    """What it is, in a sentence or two; likewise."""
    path: str
    """Its file."""
    own: bool
    """It is yours, and does not come with the program."""
    rehearsal: bool
    """A session that is held to its end counts as a rehearsal."""
    problems: list[FormatProblem]
    """What is wrong with it."""


class FormatsDocument(Document, kw_only=True):
    """The session formats."""

    formats: list[FormatRow]
    """By name."""


class ShownFormat(msgspec.Struct, kw_only=True):
    """One format with its rules."""

    name: str
    """What `--format` takes it by."""
    path: str
    """Its file."""
    rules: SessionFormat
    """What the file says; what it leaves out has its default."""


class FormatDocument(Document, kw_only=True):
    """The rules of a session format."""

    format: ShownFormat
    """The format."""


class FormatProblemsDocument(Document, kw_only=True):
    """What is wrong with files of formats."""

    problems: list[FormatProblem]
    """In the order of the files and lines."""
