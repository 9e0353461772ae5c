"""The check of a set-up: a script is read aloud, and its planned fillers are looked for.

The reading goes the way of an answer, through the same recorder, worker and review, and is
forgotten afterwards; what is kept is how many of the planned fillers were found.
"""

import contextlib
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from practice.audio import codec
from practice.audio.recorder import Recorder
from practice.audio.recording import Recording
from practice.audio.source import Source
from practice.base.clock import iso_utc
from practice.base.closeable import Closeable
from practice.base.errors import NotFoundError, PracticeError
from practice.base.scratch import ScratchFolder
from practice.base.text import one_line
from practice.core.live import measure_sound, start_transcription
from practice.core.workspace import Workspace
from practice.delivery.calibration.script import Script, load_script, script_languages
from practice.delivery.calibration.script_alignment import Outcome, PlannedFiller, align_script
from practice.delivery.quality import Judgement
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import Calibration, Catch, to_builtins
from practice.speech.transcription import Transcription
from practice.speech.worker import LiveTranscription, ProgressCallback

LIMIT_S = 180.0
"""A script takes some 45 s to read; what goes on for longer is no reading of it."""
FEWEST_READ = 6
"""Planned fillers that must have been read before anything is said: of five, even all found leaves
open whether every second one is missed (the 95 % interval of 5 of 5 begins at 57 %)."""


@dataclass(frozen=True, slots=True)
class CalibrationResult:
    """What came of a reading."""

    places: tuple[PlannedFiller, ...]
    """Every planned filler, in the order of the script."""
    calibration: Calibration | None
    """None where too little was read or understood to tell."""
    reasons: tuple[str, ...]
    """Why nothing can be told, or what to keep in mind."""


def script_to_read(workspace: Workspace) -> Script:
    """The script in the language that is spoken, where there is a model to be checked with it.

    Raises:
        NotFoundError: There is no script in the language yet.
        ModelError: There is no speech model.
    """
    script = load_script(workspace.language)
    if script is None:
        raise NotFoundError(
            f"there is no script to read in the language {one_line(workspace.language)!r} yet",
            f"there are scripts in {', '.join(script_languages())}",
        )
    if missing := workspace.model().missing:
        raise missing
    return script


class CalibrationRun(Closeable):
    """A script that is read aloud to a microphone; `close`, or leaving the context, forgets it.

    Its methods may be called from any thread; `close` waits for one that is at work.

    Args:
        workspace: What is worked in.
        source: The microphone.

    Raises:
        NotFoundError: There is no script in the language.
        ModelError: There is no speech model to be checked.
    """

    def __init__(self, workspace: Workspace, source: Source) -> None:
        self.script = script_to_read(workspace)
        self._workspace = workspace
        self._source = source
        self._folder = ScratchFolder(workspace.places.scratch)
        self._live: LiveTranscription | None = None
        self._recording = False
        self._closed = False
        self._working = threading.Lock()
        started_at = iso_utc(workspace.clock.now())
        self.recorder = Recorder(source, self._folder.path, "reading", None, started_at)

    def start(self) -> None:
        """Begin to record.

        Raises:
            AudioError: The microphone cannot be opened.
            StorageError: The disk refused.
        """
        with self._working:
            if not self._closed:
                self.recorder.start()
                self._recording = True
                rate_hz = self._source.sample_rate_hz
                self._live = start_transcription(self._workspace, self.recorder, rate_hz)

    def finish(self) -> CalibrationResult:
        """Stop, hear what was read, keep the result and return it; blocks while it is heard.

        Raises:
            AudioError: Not one sample had arrived.
            StorageError: The disk refused.
            ModelError, TranscriptionError: It cannot be heard.
        """
        with self._working:
            self._recording = False
            recording = self.recorder.stop()
            live, self._live = self._live, None
            if live:
                transcription = live.finish(recording.path)
            else:
                options = self._workspace.transcription_options()
                transcription = self._workspace.worker.transcribe(recording.path, options)
            checked = _checked(
                self._workspace, self.script, recording, transcription, recording.device
            )
            if (result := checked.calibration) and not self._closed:
                self._workspace.library.calibrations.save(
                    recording.device, result.model, result.language, to_builtins(result)
                )
        return checked

    def close(self) -> None:
        """Let go of microphone and sound; a reading under way is dropped. Safe to call twice."""
        self._closed = True
        with self._working:
            if self._recording:
                self._recording = False
                # What cannot be encoded is to be forgotten anyway.
                with contextlib.suppress(PracticeError):
                    self.recorder.stop()
            else:
                self._source.stop()
            if self._live is not None:
                self._live.cancel()
                self._live = None
            self._folder.close()


def check_recording(
    workspace: Workspace, file: Path, progress: ProgressCallback | None = None
) -> CalibrationResult:
    """What is caught in a reading of the script that was recorded elsewhere; nothing is kept.

    Args:
        workspace: What is worked in.
        file: Any sound or video file.
        progress: Called with the part heard, 0 to 1.

    Raises:
        NotFoundError: There is no script in the language.
        UnreadableAudioError: There is no sound in it that can be decoded.
        ModelError, TranscriptionError: It cannot be heard.
    """
    script = script_to_read(workspace)
    with ScratchFolder(workspace.places.scratch) as folder:
        recording = codec.import_recording(file, folder.path / "reading.flac")
        options = workspace.transcription_options()
        transcription = workspace.worker.transcribe(recording.path, options, progress)
        return _checked(workspace, script, recording, transcription, None)


def _checked(
    workspace: Workspace,
    script: Script,
    recording: Recording,
    transcription: Transcription,
    device: str | None,
) -> CalibrationResult:
    # The lists that ship, not the user's: what is checked is the set-up.
    lexicon = load_lexicon(script.language)
    sound = measure_sound(recording.path, transcription.speech_probability)
    given = Circumstances(sound, lexicon, clipped_s=recording.clipped_s)
    found = review(transcription.words, given)
    places = align_script(script, found.words, found.findings)
    doubts = _doubts(found.judgement, places)
    if doubts:
        return CalibrationResult(places, None, doubts)
    assert transcription.model is not None, "nothing is read without a model"
    calibration = Calibration(
        **_counts(places),
        sounds=Catch(**_counts(place for place in places if place.planned.kind == "sound")),
        phrases=Catch(**_counts(place for place in places if place.planned.kind == "phrase")),
        checked_at=iso_utc(workspace.clock.now()),
        model=transcription.model,
        device=device,
        language=workspace.language,
    )
    return CalibrationResult(places, calibration, found.judgement.reasons)


def _doubts(judgement: Judgement, places: Sequence[PlannedFiller]) -> tuple[str, ...]:
    """Why nothing can be told from a reading; empty when something can."""
    if not judgement.ok:
        return judgement.reasons
    read = [place for place in places if place.outcome is not Outcome.UNREAD]
    if len(read) >= FEWEST_READ:
        return ()
    lines, heard = ({place.sentence for place in some} for some in (places, read))
    return (
        f"{len(heard) or 'none'} of the {len(lines)} lines were recognised: the script was read "
        "differently, or this model does not understand this voice",
    )


def _counts(places: Iterable[PlannedFiller]) -> dict[str, int]:
    """How many were read, caught, and found as possible only."""
    fates = Counter(place.outcome for place in places)
    return {
        "planned": fates.total() - fates[Outcome.UNREAD],
        "caught": fates[Outcome.CAUGHT],
        "possible": fates[Outcome.POSSIBLE],
    }
