"""Questions found in the transcript or recording of an interview, offered for its debrief."""

from dataclasses import dataclass, replace
from pathlib import Path

from practice.audio import codec
from practice.audio.sound_track import open_sound_track
from practice.base.errors import TranscriptionError, UnreadableAudioError
from practice.base.languages import language_name
from practice.base.scratch import ScratchFolder
from practice.base.sentences import Sentence, sentences_of
from practice.base.text import one_line
from practice.core.workspace import Workspace
from practice.delivery.quality import is_another_language
from practice.documents.interview_transcript import is_transcript, read_transcript
from practice.library.interviews import Interview
from practice.library.takes import Take
from practice.questions.spoken_questions import pick_questions
from practice.speech.worker import ProgressCallback


@dataclass(frozen=True, slots=True)
class Offer:
    """The questions in a file that are not noted yet, in their order."""

    source: str
    """What the file or take is called, in one line."""
    questions: list[Sentence]
    others_spoke: bool = True
    """Whether others may be heard in it, who are not told apart."""
    trouble: str | None = None
    """Why some may be missing; None where nothing is known to be wrong."""


def find_offered(
    workspace: Workspace,
    interview: Interview,
    source: Path,
    progress: ProgressCallback | None = None,
) -> Offer:
    """The questions in a transcript, or in a recording, which is transcribed and not kept.

    Args:
        workspace: Its model and language are used.
        interview: Whose debrief they are offered for.
        source: The file.
        progress: Called with how far the transcription of a recording is.

    Raises:
        UnreadableTranscriptError: It is named as a transcript and cannot be read as one.
        UnreadableAudioError: It is anything else, and has no sound.
        ModelError, TranscriptionError: It cannot be transcribed.
    """
    if is_transcript(source):
        sentences, trouble = read_transcript(source), None
    else:
        sentences, trouble = _hear_sentences(workspace, source, progress)
    return Offer(one_line(source.name), _pick_new(workspace, interview, sentences), trouble=trouble)


def find_offered_in_take(workspace: Workspace, interview: Interview, take: Take) -> Offer:
    """The questions that are told of in a take, as its words were corrected.

    Raises:
        NotFoundError: Nothing was recognised in it yet.
    """
    review = workspace.review_of(take)
    reason = None if review.words else f"no words were heard in it ({review.transcription.reason})"
    found = _pick_new(workspace, interview, sentences_of(review.words))
    return Offer(f"take {take.id}", found, others_spoke=False, trouble=reason)


def _pick_new(
    workspace: Workspace, interview: Interview, sentences: list[Sentence]
) -> list[Sentence]:
    noted = workspace.library.interviews.asked(interview.id)
    known = {one_line(each.text).casefold() for each in noted}
    return [each for each in pick_questions(sentences) if each.text.casefold() not in known]


def _hear_sentences(
    workspace: Workspace, source: Path, progress: ProgressCallback | None
) -> tuple[list[Sentence], str | None]:
    """The sentences of a recording, and why some may be missing."""
    _check_sound(source)
    if missing := workspace.model().missing:
        raise missing
    with ScratchFolder(workspace.places.scratch) as folder:
        recording = codec.import_recording(source, folder.path / "sound.flac")
        # Not asked for fillers: a question is wanted as it would be written down.
        options = replace(workspace.transcription_options(fill_window=True), prompt=None)
        heard = workspace.worker.transcribe(recording.path, options, progress)
    name = one_line(source.name)
    if heard.status == "failed":
        raise TranscriptionError(
            f"{name} could not be transcribed: {heard.reason}", "run practice doctor"
        )
    if is_another_language(heard.detected_language, workspace.language):
        raise TranscriptionError(
            f"{name} sounds like {language_name(heard.detected_language.language)}",
            f"say so with --language {heard.detected_language.language}",
        )
    return sentences_of(heard.words), recording.interrupted


def _check_sound(source: Path) -> None:
    """Make sure that there is sound to listen to, before a model is asked for."""
    try:
        with open_sound_track(source, follow_link=False):
            pass
    except UnreadableAudioError as error:
        if not source.is_file():
            raise
        raise UnreadableAudioError(
            error.message, "give a recording, or a transcript as .txt, .md, .srt, .vtt or .json"
        ) from error


def describe_offer(offer: Offer) -> str:
    """How many there are, and what to know before one takes any."""
    trouble = f"{offer.source}: {offer.trouble}.\n" if offer.trouble else ""
    if not offer.questions:
        return f"{trouble}No new question was found in {offer.source}."
    count = f"{len(offer.questions)} question{'s' if len(offer.questions) > 1 else ''}"
    return f"{trouble}{count} found in {offer.source}." + (
        " Speakers are not told apart: take those that you were asked.\n"
        "Record an interview only if everybody agreed."
        if offer.others_spoke
        else " Take those that you were asked."
    )
