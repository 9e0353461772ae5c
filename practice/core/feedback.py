"""The reader's answer comes back: from the text that a shared page made, to beside its take."""

from dataclasses import dataclass
from datetime import datetime

from practice.base.errors import FeedbackError
from practice.core.workspace import Workspace
from practice.documents.feedback import Feedback, parse_feedback, read_document
from practice.library.feedback import KeptFeedback

LARGEST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class TakeFeedback:
    """What one reader answered about a take, as it is kept."""

    id: int
    added_at: datetime
    feedback: Feedback
    take_s: float | None
    """How long the take is; None where that is not known."""
    is_new: bool = False
    """It was not kept before."""


def decode_feedback(data: bytes) -> str:
    """The text of a file.

    Raises:
        FeedbackError: It is too large, or no text.
    """
    if len(data) > LARGEST_BYTES:
        raise FeedbackError("it is too large to be what a form made", "copy the answer alone")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FeedbackError(
            f"byte {error.start} is not UTF-8, so it is not plain text",
            "save it as plain text, UTF-8",
        ) from error


def add_feedback(workspace: Workspace, text: str) -> list[TakeFeedback]:
    """Put what readers answered beside its takes, all of it or nothing.

    Raises:
        FeedbackError: There is none in the text, or it makes no sense.
        NotFoundError: A take is not in this library.
        StorageError: The disk refused.
    """
    given = parse_feedback(text)
    for each in given:
        if not each.replies and not each.comments:
            raise FeedbackError(
                f"nothing is answered about the take {each.take_id}", "ask for it again"
            )
    kept = workspace.library.feedback.add(
        (each.take_id, each.reader, each.document) for each in given
    )
    return [_read_kept(workspace, each, is_new=is_new) for each, is_new in kept]


def list_feedback(workspace: Workspace, take_id: str | None = None) -> list[TakeFeedback]:
    """What readers answered: about a take, the first reader first; or about all, the newest first.

    Raises:
        StorageError: The library cannot be read.
    """
    store = workspace.library.feedback
    found = store.all() if take_id is None else store.of_take(take_id)
    return [_read_kept(workspace, each) for each in found]


def find_feedback(workspace: Workspace, number: int) -> TakeFeedback:
    """The feedback of that number.

    Raises:
        NotFoundError: There is none.
        StorageError: It cannot be read.
    """
    return _read_kept(workspace, workspace.library.feedback.get(number))


def _read_kept(workspace: Workspace, kept: KeptFeedback, *, is_new: bool = False) -> TakeFeedback:
    feedback = read_document(kept.take_id, kept.reader, kept.document)
    take_s = workspace.library.take(kept.take_id).duration_s
    return TakeFeedback(kept.id, kept.added_at, feedback, take_s, is_new)
