"""A file, or the words of another recogniser, is reviewed and nothing is kept."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from practice.audio import codec
from practice.base.scratch import ScratchFolder
from practice.base.spacing import join_words
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
from practice.speech.transcription import TranscriptionOptions
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
        words: What another recogniser found in it; ours is not asked then.
        track: Which of several sound tracks, from 1; None chooses.

    Raises:
        UnreadableAudioError: There is no such track in it that can be decoded.
        ModelError, TranscriptionError: It cannot be transcribed.
    """
    with ScratchFolder(workspace.places.scratch) as folder:
        recording = codec.import_recording(file, folder.path / "sound.flac", track=track)
        if words is None:
            options = workspace.transcription_options(fill_window=True)
            transcription = workspace.worker.transcribe(recording.path, options, progress)
        else:
            # Our process finds where there is speech; the words and their language are given.
            speech = workspace.worker.transcribe(recording.path, TranscriptionOptions())
            transcription = replace(
                speech, status="ok", words=tuple(words), language=workspace.language, reason=None
            )
        given = Circumstances(
            measure_sound(recording.path, transcription.speech_probability),
            load_lexicon(workspace.language, workspace.places.lexicon),
            clipped_s=recording.clipped_s,
            detected_language=transcription.detected_language,
        )
    found = review(None if transcription.status == "no_model" else transcription.words, given)
    source = file_source(file, recording)
    facts = transcript.describe_transcription(transcription)
    return workspace.show(assemble_document(None, source, facts, found, recording.interrupted))


def analyze_words(workspace: Workspace, words: Sequence[Word]) -> ReviewDocument:
    """Everything that words alone can tell."""
    lexicon = load_lexicon(workspace.language, workspace.places.lexicon)
    facts = TranscriptionFacts(status="ok", language=workspace.language, text=join_words(words))
    found = review(words, Circumstances(None, lexicon))
    return workspace.show(assemble_document(None, SourceFacts(), facts, found))
