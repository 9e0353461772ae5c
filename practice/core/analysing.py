"""Any file, or words that another recogniser found, are reviewed; nothing is kept."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from practice.audio import codec
from practice.base.scratch import ScratchFolder
from practice.base.words import Word
from practice.core.live import measure_sound
from practice.core.workspace import Workspace
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents import transcript
from practice.documents.review import (
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    assemble_document,
    file_source,
)
from practice.speech.transcription import Transcription, TranscriptionOptions
from practice.speech.worker import ProgressCallback


def analyze_file(
    workspace: Workspace,
    file: Path,
    progress: ProgressCallback | None = None,
    words: Sequence[Word] | None = None,
    *,
    track: int | None = None,
) -> ReviewDocument:
    """The review of any audio or video file.

    Args:
        workspace: Its model, language and filler lists are used.
        file: What to review.
        progress: Called with how far the transcription is.
        words: What another recogniser heard in it; ours is not asked then.
        track: Which of several sound tracks, from 1; None chooses.

    Raises:
        UnreadableAudioError: There is no such track in it that can be decoded.
        ModelError, TranscriptionError: It cannot be heard.
    """
    with ScratchFolder(workspace.places.scratch) as folder:
        recording = codec.import_recording(file, folder.path / "sound.flac", track=track)
        if words is None:
            options = workspace.transcription_options(fill_window=True)
            transcription = workspace.worker.transcribe(recording.path, options, progress)
        else:
            transcription = _lay_under(workspace, recording.path, words)
        given = Circumstances(
            measure_sound(recording.path, transcription.speech_probability),
            load_lexicon(workspace.language, workspace.places.lexicon),
            clipped_s=recording.clipped_s,
        )
    found = review(None if transcription.status == "no_model" else transcription.words, given)
    source = file_source(file, recording)
    heard = transcript.describe_transcription(transcription)
    return assemble_document(None, source, heard, found, recording.interrupted)


def _lay_under(workspace: Workspace, audio: Path, words: Sequence[Word]) -> Transcription:
    """Speech as our process finds it in the sound, the words as another recogniser found them."""
    heard = workspace.worker.transcribe(audio, TranscriptionOptions())
    return replace(heard, status="ok", words=tuple(words), language=workspace.language, reason=None)


def analyze_words(workspace: Workspace, words: Sequence[Word]) -> ReviewDocument:
    """Everything that words alone can tell."""
    lexicon = load_lexicon(workspace.language, workspace.places.lexicon)
    text = " ".join(word.text for word in words)
    heard = TranscriptionFacts(status="ok", language=workspace.language, text=text)
    return assemble_document(
        None, SourceFacts(), heard, review(words, Circumstances(None, lexicon))
    )
