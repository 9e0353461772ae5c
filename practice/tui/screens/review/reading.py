"""What the review screen reads: the take with its review, its question, how many takes it has."""

from practice.core.correcting import ReviewEditor
from practice.library.takes import Take, TakeState
from practice.schedule.proposal import Candidate
from practice.tui.screens.review.messages import QuestionFound, ReviewRead, TakesCounted
from practice.tui.services import Services


def read_review(services: Services, take_id: str) -> ReviewRead:
    """The take, and its review where there is one."""
    workspace = services.workspace
    take = workspace.library.take(take_id)
    is_reviewed = take.state is TakeState.REVIEWED
    review_editor = ReviewEditor(workspace, take.id) if is_reviewed else None
    parts = workspace.library.annotations.parts(take.id)
    hears_more_now = review_editor is not None and workspace.hears_more_now(
        take, review_editor.document.transcription
    )
    return ReviewRead(take, review_editor, _count(services, take), parts, hears_more_now)


def count_takes(services: Services, take_id: str) -> TakesCounted:
    """How many takes the question of `take_id` has by now."""
    return TakesCounted(_count(services, services.workspace.library.take(take_id)))


def find_question(services: Services, take: Take) -> QuestionFound:
    """The question that `take` answers, as its bank has it now."""
    catalogue = services.workspace.catalogue
    bank, question = catalogue.question(f"{take.bank}/{take.question_id}")
    return QuestionFound(Candidate(bank, catalogue.bank(bank).title, question))


def _count(services: Services, take: Take) -> int:
    if take.question_id is None:
        return 1
    library = services.workspace.library
    return len(library.takes(question_id=take.question_id, bank=take.bank))
