"""A take is filed under another question, and its review follows."""

from dataclasses import replace

from practice.core.live import measure_sound
from practice.core.reviewing import compute_review
from practice.core.workspace import Workspace
from practice.delivery.transcript.coverage import Coverage
from practice.documents.review import ReviewDocument, kept_form, parse_review, take_facts
from practice.library.takes import QuestionSnapshot, Take
from practice.questions.model import AskedQuestion


def move_take(workspace: Workspace, take_id: str, asked: AskedQuestion) -> Take:
    """File a take under another question; its words are looked through for the new key points.

    Where that fails, nothing has changed.

    Raises:
        NotFoundError: There is no such take.
        StorageError: The library refused.
        UnreadableAudioError: Its sound cannot be decoded.
    """
    library, question = workspace.library, asked.question
    take = library.take(take_id)
    moved = replace(take, bank=asked.bank, question_id=question.id, question=question.text)
    review = _renew_review(workspace, moved)
    filed = library.move(take.id, QuestionSnapshot(question.id, asked.bank, question.text))
    if review is not None:
        # With the number that it got.
        library.save_review(take.id, kept_form(replace(review, take=take_facts(filed))))
    return library.take(take.id)


def rename_take(workspace: Workspace, take_id: str, title: str) -> Take:
    """Give a take without a question of a bank words of its own to be known by.

    Raises:
        NotFoundError: There is no such take.
        UsageError: It answers a question, or the title is empty.
        StorageError: The library refused.
    """
    library = workspace.library
    take = library.rename(library.take(take_id).id, title)
    kept = library.review(take.id)
    if kept is not None:
        review = replace(parse_review(kept), take=take_facts(take))
        library.save_review(take.id, kept_form(review))
    return take


def _renew_review(workspace: Workspace, take: Take) -> ReviewDocument | None:
    """The review of a take as it is filed now; None where it has none yet."""
    library = workspace.library
    kept = library.review(take.id)
    if kept is None:
        return None
    if take.audio is None or not take.audio.exists():
        # Nothing can be worked out again. What was found of another question's points is wrong.
        return replace(parse_review(kept), coverage=Coverage())
    transcription = workspace.transcript_of(take)
    sound = measure_sound(take.audio, transcription.speech_probability)
    corrections = library.annotations.corrections(take.id)
    return compute_review(workspace, take, take.audio, transcription, sound, corrections)
