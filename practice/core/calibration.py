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
from types import TracebackType
from typing import TYPE_CHECKING, Self

from practice.audio import codec
from practice.audio.recorder import Recorder
from practice.audio.recording import Recording
from practice.audio.source import Source
from practice.base.clock import iso_utc
from practice.base.errors import NotFoundError, PracticeError
from practice.base.scratch import ScratchFolder
from practice.base.text import one_line
from practice.core.workspace import HearingProgress, Interview
from practice.delivery.calibration.script import Script, load_script, script_languages
from practice.delivery.calibration.script_alignment import Fate, Place, planned_fates
from practice.delivery.quality import Judgement
from practice.delivery.review import review
from practice.delivery.signal.sound import Sound
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents.review import Calibration, Catch, to_builtins
from practice.speech.transcription import Transcription

if TYPE_CHECKING:
    from practice.speech.worker import LiveTranscription

LIMIT_S = 180.0
"""A script takes some 45 s to read; what goes on for longer is no reading of it."""
FEWEST_READ = 6
"""Planned fillers that must have been read before anything is said: of five, even all found leaves
open whether every second one is missed (the 95 % interval of 5 of 5 begins at 57 %)."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a reading."""

    places: tuple[Place, ...]
    """Every planned filler, in the order of the script."""
    calibration: Calibration | None
    """None where too little was read or understood to tell."""
    reasons: tuple[str, ...]
    """Why nothing can be told, or what to keep in mind."""


def script_to_read(interview: Interview) -> Script:
    """The script in the language that is spoken, where there is a model to be checked with it.

    Raises:
        NotFoundError: There is no script in the language yet.
        ModelError: There is no speech model.
    """
    script = load_script(interview.language)
    if script is None:
        raise NotFoundError(
            f"there is no script to read in the language {one_line(interview.language)!r} yet",
            f"there are scripts in {', '.join(script_languages())}",
        )
    if missing := interview.model().missing:
        raise missing
    return script


class Reading:
    """A script that is read aloud to a microphone; `close`, or leaving the context, forgets it.

    Its methods may be called from any thread; `close` waits for one that is at work.

    Args:
        interview: The core.
        source: The microphone.

    Raises:
        NotFoundError: There is no script in the language.
        ModelError: There is no speech model to be checked.
    """

    def __init__(self, interview: Interview, source: Source) -> None:
        self.script = script_to_read(interview)
        self._interview = interview
        self._source = source
        self._folder = ScratchFolder(interview.places.scratch)
        self._following: LiveTranscription | None = None
        self._recording = False
        self._closed = False
        self._working = threading.Lock()
        started_at = iso_utc(interview.clock.now())
        self.recorder = Recorder(source, self._folder.path, "reading", None, started_at)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

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
                self._following = self._interview.follow(self.recorder, rate_hz)

    def finish(self) -> Checked:
        """Stop, hear what was read, keep the result and return it; blocks while it is heard.

        Raises:
            AudioError: Not one sample had arrived.
            StorageError: The disk refused.
            ModelError, TranscriptionError: It cannot be heard.
        """
        with self._working:
            self._recording = False
            recording = self.recorder.stop()
            following, self._following = self._following, None
            audio = recording.path
            hearing = following.finish(audio) if following else self._interview.hear(audio)
            checked = _checked(self._interview, self.script, recording, hearing, recording.device)
            if (result := checked.calibration) and not self._closed:
                self._interview.library.calibrations.keep(
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
            if self._following is not None:
                self._following.cancel()
                self._following = None
            self._folder.close()


def check_file(
    interview: Interview, file: Path, progress: HearingProgress | None = None
) -> Checked:
    """What is caught in a reading of the script that was recorded elsewhere; nothing is kept.

    Args:
        interview: The core.
        file: Any sound or video file.
        progress: Called with the part heard, 0 to 1.

    Raises:
        NotFoundError: There is no script in the language.
        UnreadableAudioError: There is no sound in it that can be decoded.
        ModelError, TranscriptionError: It cannot be heard.
    """
    script = script_to_read(interview)
    with ScratchFolder(interview.places.scratch) as folder:
        recording = codec.import_recording(file, folder / "reading.flac")
        hearing = interview.hear(recording.path, progress)
        return _checked(interview, script, recording, hearing, None)


def _checked(
    interview: Interview,
    script: Script,
    recording: Recording,
    hearing: Transcription,
    device: str | None,
) -> Checked:
    # The lists that ship, not the user's: what is checked is the set-up.
    lexicon = load_lexicon(script.language)
    sound = Sound(codec.decode(recording.path), hearing.speech_probability)
    found = review(hearing.words, sound, lexicon, clipped_s=recording.clipped_s)
    places = planned_fates(script, found.words, found.findings, lexicon)
    doubts = _doubts(found.judgement, places)
    if doubts:
        return Checked(places, None, doubts)
    assert hearing.model is not None, "nothing is read without a model"
    calibration = Calibration(
        **_counts(places),
        sounds=Catch(**_counts(place for place in places if place.planned.kind == "sound")),
        phrases=Catch(**_counts(place for place in places if place.planned.kind == "phrase")),
        checked_at=iso_utc(interview.clock.now()),
        model=hearing.model,
        device=device,
        language=interview.language,
    )
    return Checked(places, calibration, found.judgement.reasons)


def _doubts(judgement: Judgement, places: Sequence[Place]) -> tuple[str, ...]:
    """Why nothing can be told from a reading; empty when something can."""
    if not judgement.ok:
        return judgement.reasons
    read = [place for place in places if place.fate is not Fate.UNREAD]
    if len(read) >= FEWEST_READ:
        return ()
    lines, heard = ({place.sentence for place in some} for some in (places, read))
    return (
        f"{len(heard) or 'none'} of the {len(lines)} lines were recognised: the script was read "
        "differently, or this model does not understand this voice",
    )


def _counts(places: Iterable[Place]) -> dict[str, int]:
    """How many were read, caught, and found as possible only."""
    fates = Counter(place.fate for place in places)
    return {
        "planned": fates.total() - fates[Fate.UNREAD],
        "caught": fates[Fate.CAUGHT],
        "possible": fates[Fate.POSSIBLE],
    }
