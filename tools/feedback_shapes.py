"""The JSON documents of what readers of a shared page answered; listed in `json_shapes`."""

from dataclasses import dataclass

import msgspec

from practice.documents.review import ReviewDocument
from tools.json_document import Document
from tools.story_shapes import PartsRow


class ReplyRow(msgspec.Struct, kw_only=True):
    """What was answered to one question of the page."""

    question: str
    """The question."""
    text: str
    """The answer."""


class CommentRow(msgspec.Struct, kw_only=True):
    """What was said about a word."""

    at_s: float
    """Where the word begins, in seconds from the start of the take."""
    word: str
    """The word."""
    text: str
    """The comment."""


class FeedbackRow(msgspec.Struct, kw_only=True):
    """What one reader answered about one take."""

    id: int
    """Its number, for `practice feedback show` and `delete`."""
    take: str
    """The id of the take."""
    reader: str
    """Their name; empty where they gave none."""
    added_at: str
    """When it was put beside the take, in UTC."""
    replies: list[ReplyRow]
    """What they answered."""
    comments: list[CommentRow]
    """What they said at words, in the order of time."""


class FeedbackListDocument(Document, kw_only=True):
    """What readers answered."""

    feedback: list[FeedbackRow]
    """One for each reader and take."""


class FeedbackDocument(Document, kw_only=True):
    """What one reader answered."""

    feedback: FeedbackRow
    """About one take."""


class GuessRow(msgspec.Struct, kw_only=True):
    """One guess and what was found."""

    guessed: str
    """What was guessed."""
    found: str | None
    """What was found, in the words of the guess; null where nothing tells."""
    number: str
    """What was found as a review has it; empty where there is nothing."""


class GuessesRow(msgspec.Struct, kw_only=True):
    """What the user guessed before the review was shown; null for what was passed over."""

    fillers: GuessRow | None
    """None, few or many."""
    pace: GuessRow | None
    """Slow, right or fast."""
    meant: GuessRow | None
    """Whether it said what was meant: yes, partly or no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReviewDocument(ReviewDocument):
    """A review, and beside it what readers answered, what the user guessed, and its parts."""

    feedback: list[FeedbackRow]
    """One for each reader."""
    guess: GuessesRow | None
    """The guesses beside what was found; null where nothing was guessed."""
    parts: PartsRow | None
    """What was counted of its parts; null where none is marked."""
