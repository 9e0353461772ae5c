"""The check of a set-up: a script is read aloud, and its planned fillers are looked for.

The reading goes the way of an answer, through the same recorder, live processing and review, but
it never becomes a take: its sound lies in a scratch folder and goes with it. What is kept is how
many of the planned fillers were found.
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
from practice.core.live import (
    LiveProcessing,
    measure_recording,
    start_live_processing,
    transcribe_recording,
)
from practice.core.workspace import Workspace
from practice.delivery.calibration.script import Script, load_script, script_languages
from practice.delivery.calibration.script_alignment import CheckedFiller, Outcome, align_script
from practice.delivery.review import Circumstances, review
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import Calibration, Catch, to_builtins
from practice.library.calibrations import SpeechSetup
from practice.speech.worker import ProgressCallback

LIMIT_S = 180.0
"""A script takes some 45 s to read; what goes on for longer is no reading of it."""
FEWEST_READ = 6
"""Planned fillers that must have been read for a result: of five, even all found leaves
open whether every second one is missed (the 95 % interval of 5 of 5 begins at 57 %)."""


@dataclass(frozen=True, slots=True)
class CalibrationResult:
    """What came of a reading."""

    fillers: tuple[CheckedFiller, ...]
    """Every planned filler, in the order of the script."""
    calibration: Calibration | None
    """None where too little was read or recognised."""
    reasons: tuple[str, ...]
    """Why there is no result, or what to keep in mind about it."""


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
        self._live: LiveProcessing | None = None
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
                self._live = start_live_processing(self._workspace, self.recorder, rate_hz)

    def finish(self) -> CalibrationResult:
        """Stop, transcribe what was read, keep the result and return it; blocks meanwhile.

        Raises:
            AudioError: Not one sample had arrived.
            StorageError: The disk refused.
            ModelError, TranscriptionError: It cannot be transcribed.
        """
        with self._working:
            self._recording = False
            recording = self.recorder.stop()
            live, self._live = self._live, None
            result = _judge_reading(
                self._workspace, self.script, recording, live=live, device=recording.device
            )
            # Who closed it meanwhile wants nothing of it kept.
            if result.calibration and not self._closed:
                calibration = result.calibration
                setup = SpeechSetup(recording.device, calibration.model, calibration.language)
                self._workspace.library.calibrations.save(setup, to_builtins(calibration))
        return result

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
        progress: Called with how far the transcription is.

    Raises:
        NotFoundError: There is no script in the language.
        UnreadableAudioError: There is no sound in it that can be decoded.
        ModelError, TranscriptionError: It cannot be transcribed.
    """
    script = script_to_read(workspace)
    with ScratchFolder(workspace.places.scratch) as folder:
        recording = codec.import_recording(file, folder.path / "reading.flac")
        return _judge_reading(workspace, script, recording, progress=progress)


def _judge_reading(
    workspace: Workspace,
    script: Script,
    recording: Recording,
    *,
    live: LiveProcessing | None = None,
    device: str | None = None,
    progress: ProgressCallback | None = None,
) -> CalibrationResult:
    """Transcribe and review a reading, and look for the planned fillers in it.

    Args:
        workspace: What is worked in.
        script: What was to be read.
        recording: The reading.
        live: What was done while it was recorded.
        device: The microphone; None for a file from elsewhere.
        progress: Called with how far the transcription is.
    """
    transcription = transcribe_recording(workspace, recording.path, live, progress=progress)
    sound = measure_recording(recording.path, transcription.speech_probability, live)
    # The lists that ship, not the user's: what is checked is the set-up.
    lexicon = load_lexicon(script.language)
    given = Circumstances(
        sound,
        lexicon,
        clipped_s=recording.clipped_s,
        detected_language=transcription.detected_language,
    )
    found = review(transcription.words, given)
    fillers = align_script(script, found.words, found.findings)
    doubts = found.judgement.reasons if not found.judgement.ok else _find_doubts(fillers)
    if doubts:
        return CalibrationResult(fillers, None, doubts)
    assert transcription.model is not None, "nothing is read without a model"
    sounds = [filler for filler in fillers if filler.planned.kind == "sound"]
    phrases = [filler for filler in fillers if filler.planned.kind == "phrase"]
    calibration = Calibration(
        **_count_outcomes(fillers),
        sounds=Catch(**_count_outcomes(sounds)),
        phrases=Catch(**_count_outcomes(phrases)),
        checked_at=iso_utc(workspace.clock.now()),
        model=transcription.model,
        device=device,
        language=workspace.language,
    )
    return CalibrationResult(fillers, calibration, found.judgement.reasons)


def _find_doubts(fillers: Sequence[CheckedFiller]) -> tuple[str, ...]:
    """Why too little was read to tell anything; empty when it is enough."""
    read = [filler for filler in fillers if filler.outcome is not Outcome.UNREAD]
    if len(read) >= FEWEST_READ:
        return ()
    lines, recognised = ({filler.sentence for filler in some} for some in (fillers, read))
    count = len(recognised) or "none"
    return (
        f"{count} of the {len(lines)} lines were recognised: the script was read "
        "differently, or this model does not understand this voice",
    )


def _count_outcomes(fillers: Iterable[CheckedFiller]) -> dict[str, int]:
    """How many were read, caught, and found as possible only."""
    outcomes = Counter(filler.outcome for filler in fillers)
    return {
        "planned": outcomes.total() - outcomes[Outcome.UNREAD],
        "caught": outcomes[Outcome.CAUGHT],
        "possible": outcomes[Outcome.POSSIBLE],
    }
