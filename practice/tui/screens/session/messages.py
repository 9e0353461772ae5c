"""What becomes of what a session does beside its screen."""

from dataclasses import dataclass

from textual.message import Message

from practice.core.answering import Answer
from practice.core.session_rules import SessionSummary
from practice.library.takes import Take
from practice.tui.screens.verdicts import Standing


@dataclass
class StepDone(Message):
    """What took time is done: the microphone is open, an answer is begun, kept or deleted."""

    kept: Answer | None = None
    should_rest: bool = False
    """The question has been answered often enough for today."""
    standing: Standing | None = None
    """Where the question stands among the open ones."""


@dataclass
class KeptTakeRead(Message):
    """The answer kept last was read again."""

    take: Take
    line: str
    """What its review says first; empty while there is none."""


@dataclass
class KeptTakeDeleted(Message):
    """The answer kept last was deleted elsewhere, in its review."""

    take_id: str


@dataclass
class SessionClosed(Message):
    """The session is closed."""

    reached: SessionSummary | None
    """What it came to; None when nothing was kept."""
