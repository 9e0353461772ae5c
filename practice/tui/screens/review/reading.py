"""What the review screen reads: the take with its review, its question, how many takes it has."""

from practice.core.correcting import ReviewEditor
from practice.core.feedback import list_feedback
from practice.library.takes import Take, TakeState
from practice.library.tellings import STORY_BANK
from practice.schedule.proposal import Candidate
from practice.tui.jobs.background import in_background
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.review.messages import QuestionFound, ReviewRead, TakesCounted
from practice.tui.screens.verdicts import read_standing


class ReviewReader:
    """Reads beside a screen; what was read comes to it as a message.

    Args:
        screen: Gets the messages.
        take_id: The take that it is about.
    """

    def __init__(self, screen: PracticeScreen[None], take_id: str) -> None:
        self._screen = screen
        self._take_id = take_id

    def read(self) -> None:
        """Read the take, and its review where there is one: `ReviewRead`."""
        in_background(self._screen, self._read_review, "reading the take")

    def count_takes(self) -> None:
        """Count the takes that the question has by now: `TakesCounted`."""
        in_background(self._screen, self._count_takes, "counting takes")

    def find_question(self, take: Take) -> None:
        """Find the question that `take` answers, as its bank has it now: `QuestionFound`."""
        in_background(self._screen, lambda: self._find_question(take), "finding the question")

    def _read_review(self) -> ReviewRead:
        workspace = self._screen.services.workspace
        take = workspace.library.take(self._take_id)
        is_reviewed = take.state is TakeState.REVIEWED
        review_editor = ReviewEditor(workspace, take.id) if is_reviewed else None
        parts = workspace.library.annotations.parts(take.id)
        hears_more_now = review_editor is not None and workspace.hears_more_now(
            take, review_editor.document.transcription
        )
        document = review_editor.document if review_editor is not None else None
        standing = read_standing(workspace, take, document)
        return ReviewRead(
            take,
            review_editor,
            self._count(take),
            parts,
            hears_more_now,
            list_feedback(workspace, take.id),
            standing,
        )

    def _count_takes(self) -> TakesCounted:
        workspace = self._screen.services.workspace
        take = workspace.library.take(self._take_id)
        return TakesCounted(self._count(take), list_feedback(workspace, take.id))

    def _count(self, take: Take) -> int:
        if take.question_id is None:
            return 1
        library = self._screen.services.workspace.library
        return len(library.takes(question_id=take.question_id, bank=take.bank))

    def _find_question(self, take: Take) -> QuestionFound:
        workspace = self._screen.services.workspace
        asked = workspace.question(f"{take.bank}/{take.question_id}")
        is_story = asked.bank == STORY_BANK
        title = "your stories" if is_story else workspace.catalogue.bank(asked.bank).title
        return QuestionFound(Candidate(asked.bank, title, asked.question))
