"""What happened: facts that pass between services, app and screens, named in the past tense.

A message that only one screen posts and handles lives in that screen's module.
"""

from dataclasses import dataclass

from textual.message import Message

from practice.base.errors import PracticeError


class ErrorRaised(Message):
    """Something that was asked for could not be done."""

    def __init__(self, error: PracticeError) -> None:
        super().__init__()
        self.error = error


class Crashed(Message):
    """A defect of this program showed itself on another thread."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


class ReadyToLeave(Message):
    """What leaving would have interrupted is safe now."""


@dataclass
class TakeOpened(Message):
    """Somebody asked for the review of a take that is listed."""

    take_id: str


@dataclass
class TakeCancelled(Message):
    """Somebody asked that a take that is listed is not transcribed any more."""

    take_id: str


@dataclass
class StartupFinished(Message):
    """What a crash or a quit had left is finished."""

    recovered_s: list[float]
    """The length of each recording that something had cut off."""
    left_s: list[float]
    """The length of each recording that the user had left by quitting."""
    waiting: list[str]
    """The takes that have no review yet."""
    expired: str
    """Which sound was deleted because it is older than the user keeps it; empty when none."""


@dataclass
class ReviewProgressed(Message):
    """A take is being heard."""

    take_id: str
    part: float
    """0 to 1."""
    left_s: float | None
    """How long it will still take; None while that is not known."""

    def can_replace(self, message: Message) -> bool:
        """Only the newest of one take counts."""
        return isinstance(message, ReviewProgressed) and message.take_id == self.take_id


@dataclass
class ReviewFinished(Message):
    """A take has its review."""

    take_id: str


@dataclass
class ReviewFailed(Message):
    """A take could not be reviewed; its sound is kept."""

    take_id: str
    error: PracticeError


@dataclass
class DownloadEnded(Message):
    """A speech model is here, or is not."""

    name: str
    error: PracticeError | None
    """Why it did not come."""
    cancelled: bool = False


ReviewNews = ReviewProgressed | ReviewFinished | ReviewFailed
"""What `PracticeApp.review_news` publishes."""
