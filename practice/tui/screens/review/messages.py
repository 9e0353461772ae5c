"""What the threads beside the review screen tell it."""

from dataclasses import dataclass

from textual.message import Message

from practice.core.correcting import ReviewEditor
from practice.core.feedback import TakeFeedback
from practice.library.takes import StarPart, Take
from practice.schedule.proposal import Candidate
from practice.tui.screens.verdicts import Standing
from practice.tui.widgets.timeline import Levels


@dataclass
class ReviewRead(Message):
    """The take and its review were read."""

    take: Take
    review_editor: ReviewEditor | None
    """None while the review is still to be made."""
    others: int
    """Takes of the same question, this one included."""
    parts: dict[StarPart, float]
    """Where the parts of the answer begin, as the user marked them."""
    hears_more_now: bool
    """As `Workspace.hears_more_now`."""
    feedback: list[TakeFeedback]
    """What readers answered about it."""
    standing: Standing
    """Where its question stands among the open ones."""


@dataclass
class TakesCounted(Message):
    """The takes of the question were counted again."""

    takes: int
    feedback: list[TakeFeedback]
    """What readers answered about this one."""


@dataclass
class SoundRead(Message):
    """The recording was decoded."""

    levels: Levels


@dataclass
class QuestionFound(Message):
    """The question of the take, as its bank has it now."""

    candidate: Candidate
