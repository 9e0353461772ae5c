"""The JSON documents of the report over interviews, of search, and of export and import.

They stand beside `json_shapes` and are listed there.
"""

import msgspec

from practice.library.in_common import InCommon
from practice.library.interviews import Round
from tools.json_document import Document


class InCommonDocument(Document, kw_only=True):
    """What interviews have in common; every number is defined in [measures.md](measures.md)."""

    debriefs: int
    """Interviews whose debrief was finished."""
    missing_debriefs: int
    """How many more it takes; 0 where there are enough."""
    in_common: InCommon | None
    """Null while there are too few."""


class FoundTakeRow(msgspec.Struct, kw_only=True):
    """A take that has the words."""

    id: str
    """Its name for other commands."""
    question_id: str | None
    question: str | None
    """The text as it was asked."""
    recorded_at: str
    """When the recording began, in UTC."""


class FoundLineRow(msgspec.Struct, kw_only=True):
    """A line in which a word was found."""

    field: str
    """What was written there: `asked`, `notes`, `said about me`."""
    text: str
    """The line."""


class FoundInterviewRow(msgspec.Struct, kw_only=True):
    """An interview that has the words."""

    id: str
    """Its name for other commands."""
    company: str
    """Where it is."""
    round: Round
    """Empty where it is not known."""
    lines: list[FoundLineRow]
    """Where they are."""


class SearchDocument(Document, kw_only=True):
    """What has the words."""

    takes: list[FoundTakeRow]
    """Newest first."""
    interviews: list[FoundInterviewRow]
    """The one that comes first at the top."""


class ExportCounts(msgspec.Struct, kw_only=True):
    """How many of each there are."""

    takes: int
    """Takes, with their sound where it was not deleted."""
    interviews: int
    """Interviews."""
    sessions: int
    """Sessions."""
    open_questions: int
    """Open questions, closed ones too."""
    calibrations: int
    """Checks of what is caught."""
    rest: int
    """1 where a rest was asked for."""
    banks: int
    """Your own question banks."""
    stories: int
    """Your stories."""


class ExportDocument(Document, kw_only=True):
    """What an export holds."""

    folder: str
    """Where it is."""
    counts: ExportCounts
    """How many of each there are."""
    files: int
    """How many files it has, its manifest not counted."""
    bytes: int
    """How large they are together."""
    left_out: list[str]
    """What is not in it, and why."""


class FateCounts(msgspec.Struct, kw_only=True):
    """What became of the things of one sort."""

    taken: int
    """Added here."""
    here_already: int
    """The same is here."""
    kept_yours: int
    """Another one of that name is here, and stays."""


class ImportCounts(msgspec.Struct, kw_only=True):
    """What became of everything, by its sort."""

    takes: FateCounts
    """Takes."""
    interviews: FateCounts
    """Interviews, each with its debrief and outcome."""
    sessions: FateCounts
    """Sessions."""
    open_questions: FateCounts
    """Open questions, closed ones too."""
    calibrations: FateCounts
    """Checks of what is caught."""
    rest: FateCounts
    """A rest."""
    banks: FateCounts
    """Question banks."""
    stories: FateCounts
    """Stories."""
    settings: FateCounts
    """Settings, one by one, and the filler lists."""


class ImportEverythingDocument(Document, kw_only=True):
    """What was taken of an export."""

    counts: ImportCounts
    """What became of everything."""
    damaged: list[str]
    """What was left out because it is damaged, with its place."""
