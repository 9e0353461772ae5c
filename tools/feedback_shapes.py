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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReviewDocument(ReviewDocument):
    """A review, and beside it what readers of the shared page answered, and its parts."""

    feedback: list[FeedbackRow]
    """One for each reader."""
    parts: PartsRow | None
    """What was counted of its parts; null where none is marked."""
