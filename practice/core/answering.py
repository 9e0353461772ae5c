"""An answer is recorded, or brought from elsewhere, and becomes a take."""

from collections.abc import Callable
from pathlib import Path

from practice.audio import codec
from practice.audio.recorder import Recorder
from practice.audio.recording import Recording
from practice.audio.source import Source
from practice.base.clock import iso_utc
from practice.base.errors import AudioError, PracticeError
from practice.core.live import LiveProcessing, start_live_processing
from practice.core.workspace import Workspace
from practice.library.library import Library
from practice.library.takes import QuestionSnapshot, RecordingFacts, Take
from practice.questions.model import AskedQuestion


class Answer:
    """One answer being recorded; `finish` keeps it, whatever happened to the microphone.

    Args:
        library: Where its take is.
        take: Its row, made before the first sample.
        recorder: Records it.
        live: What is done for it meanwhile; None where it is transcribed once it is finished.
    """

    def __init__(
        self, library: Library, take: Take, recorder: Recorder, live: LiveProcessing | None
    ) -> None:
        self.take = take
        self.recorder = recorder
        self._live = live
        self._library = library

    def finish(self) -> Take:
        """Stop, keep the recording in the library and return its take.

        Raises:
            AudioError: Not one sample had arrived; no take is left.
            StorageError: The disk refused; the samples stay in their spool for the next start.
        """
        try:
            self.take = save_recording(self._library, self.take.id, self.recorder.stop())
        except PracticeError as error:
            if self._live:
                self._live.cancel()
            # No sample came, so there is nothing to keep; of any other error the spool is left.
            if isinstance(error, AudioError):
                self._library.discard(self.take.id)
            raise
        return self.take

    def pop_live(self) -> LiveProcessing | None:
        """What was done for it meanwhile, for the one who reviews it; None from then on."""
        live, self._live = self._live, None
        return live

    def abandon(self) -> None:
        """Stop at once, in the middle; the next start makes a take of it, as after a crash."""
        try:
            self.recorder.abandon()
        finally:
            if self._live:
                self._live.cancel()


def begin_answer(
    workspace: Workspace,
    source: Source,
    asked: AskedQuestion | None = None,
    session_id: str | None = None,
) -> Answer:
    """Start to record an answer; the take and its spool exist before the first sample.

    Raises:
        AudioError: The source cannot be opened; no take is left behind.
        StorageError: The disk refused.
    """
    library = workspace.library
    take = library.begin_take(_take_snapshot(asked), session_id)
    recorder = Recorder(
        source, library.recordings, take.id, take.question_id, iso_utc(take.recorded_at)
    )
    try:
        recorder.start()
    except PracticeError:
        library.discard(take.id)
        raise
    cache = workspace.words_cache(take.id)
    terms = asked.question.terms if asked else ()
    live = start_live_processing(workspace, recorder, source.sample_rate_hz, cache, terms)
    return Answer(library, take, recorder, live)


def add_recording(
    workspace: Workspace,
    file: Path,
    asked: AskedQuestion | None = None,
    *,
    track: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Take:
    """Keep a copy of an existing recording as a take.

    Args:
        workspace: Where it is kept.
        file: Any sound or video file.
        asked: The question that it answers.
        track: Which of several sound tracks, from 1; None chooses.
        progress: Called with the part copied, 0 to 1.

    Raises:
        UnreadableAudioError: There is no such track in it that can be decoded; no take is left.
        StorageError: The disk refused; likewise.
    """
    library = workspace.library
    take = library.begin_take(_take_snapshot(asked))
    try:
        recording = codec.import_recording(
            file, library.recordings / f"{take.id}.flac", track=track, progress=progress
        )
    except BaseException:
        library.discard(take.id)
        raise
    return save_recording(library, take.id, recording)


def save_recording(library: Library, take_id: str, recording: Recording) -> Take:
    """Note a finished recording in its take.

    Raises:
        StorageError: The library refused.
    """
    facts = RecordingFacts(
        audio=recording.path,
        duration_s=recording.duration_s,
        sample_rate_hz=recording.sample_rate_hz,
        peak_dbfs=recording.peak_dbfs,
        clipped_s=recording.clipped_s,
        overflows=recording.overflows,
        device=recording.device,
        interrupted=recording.interrupted,
    )
    return library.save_recording(take_id, facts)


def _take_snapshot(asked: AskedQuestion | None) -> QuestionSnapshot | None:
    """The question as its take keeps it, whatever becomes of its bank."""
    if asked is None:
        return None
    question = asked.question
    return QuestionSnapshot(question.id or None, asked.bank or None, question.text, asked.asker)
