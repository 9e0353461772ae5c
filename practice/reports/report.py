"""What a report is made of: the review, and what the user and the library add to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from practice.audio.opus import Clip
from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart, Take

LEFT_OUT = "The sound was left out."
READER_QUESTIONS = (
    "Where did you lose me?",
    "What will you remember of it?",
    "What would you ask next?",
)
"""What the form of a shared page asks; the user's own question comes in place of the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a report of one take may show."""

    review: ReviewDocument
    notes: str = ""
    rating: int | None = None
    """The user's own, 1 to 4."""
    starred: bool = False
    parts: Mapping[StarPart, float] = field(default_factory=dict)
    """Where the parts of the answer begin, in seconds."""
    takes: tuple[Take, ...] = ()
    """Those of the same question up to this one, oldest first; their numbers are shown."""
    clip: Clip | None = None
    no_clip: str = LEFT_OUT
    """Why there is no sound."""
    to_reader: str = ""
    """The question to whoever gets the report."""
    has_form: bool = False
    """Whether its reader can answer in the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReport:
    """One session and the reports of its takes, in the order in which they were recorded."""

    id: str
    mode: str
    began_at: datetime
    reports: tuple[Report, ...]
    to_reader: str = ""
