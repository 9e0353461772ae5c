"""What a screen hands back to the one that opened it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from practice.core.session import Mode
from practice.core.sitting import Sitting
from practice.questions.exporting import ExportFormat
from practice.schedule.proposal import Candidate

RELOAD, KEEP_BOTH = "reload", "keep"
"""What to do about a bank that another program has written."""


@dataclass(frozen=True, slots=True)
class SessionSetup:
    """A session as it was chosen."""

    candidates: Sequence[Candidate]
    mode: Mode
    sitting: Sitting | None = None
    """The format to hold it in."""


@dataclass(frozen=True, slots=True)
class Export:
    """A format and a file for a bank."""

    form: ExportFormat
    path: Path
