"""A recorded take is transcribed and reviewed, and both are kept."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from practice.base.errors import ModelError, NotFoundError, TranscriptionError
from practice.base.spacing import counted_unit
from practice.core.corrections import review_corrected
from practice.core.live import LiveProcessing, measure_recording, transcribe_recording
from practice.core.occasions import place_in_session
from practice.core.workspace import Workspace
from practice.delivery.measures import Measures
from practice.delivery.review import Circumstances
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents import transcript
from practice.documents.review import (
    Calibration,
    ReviewDocument,
    UsualRange,
    assemble_document,
    kept_form,
    parse_calibration,
    take_facts,
    take_source,
)
from practice.library.calibrations import SpeechSetup
from practice.library.takes import Correction, Take, sound_of
from practice.library.trends import BAND_TAKES, TREND_MEASURE_BY_KEY, usual_band
from practice.speech.transcription import Transcription
from practice.speech.worker import ProgressCallback


def review_take(
    workspace: Workspace,
    take_id: str,
    *,
    live: LiveProcessing | None = None,
    progress: ProgressCallback | None = None,
) -> ReviewDocument:
    """Transcribe a recorded take, review it, keep both; the review as the user's profile shows it.

    Args:
        workspace: Where the take is.
        take_id: A take whose sound is there.
        live: What was done for it while it was recorded.
        progress: Called with how far the transcription is.

    Raises:
        ModelError: The model cannot be loaded or does not know the language; the take
            is `failed`, its sound kept.
        TranscriptionError: The speech process failed twice; likewise.
        UnreadableAudioError: The sound cannot be decoded.
        NotFoundError: The take has no sound.
    """
    library = workspace.library
    try:
        take = library.take(take_id)
        audio = sound_of(take)
    except NotFoundError:
        if live:
            live.cancel()
        raise
    cache, question = workspace.words_cache(take.id), workspace.question_of(take)
    terms = question.terms if question else ()
    try:
        # A file gets the words that `analyze` gives it. What was recorded here is cut as it was
        # while it was followed, so that it reads the same whenever it is heard again.
        is_file = take.is_imported
        transcription = transcribe_recording(
            workspace, audio, live, cache, progress, fill_window=is_file, terms=terms
        )
    except (ModelError, TranscriptionError) as error:
        # Who ends the program while it works makes no failure: the next start goes on.
        if not workspace.is_closing:
            library.fail(take.id, error.message)
        raise
    kept = transcript.to_document(transcription)
    take = library.save_transcript(take.id, kept)
    # Probabilities are rounded when they are kept. The review is made of what can be read back, so
    # that the same one can be made from it again.
    transcription = transcript.from_document(kept)
    sound = measure_recording(audio, transcription.speech_probability, live)
    corrections = library.annotations.corrections(take.id)
    document = compute_review(workspace, take, audio, transcription, sound, corrections)
    library.save_review(take.id, kept_form(document))
    with suppress(OSError):  # it goes with its take at the latest
        cache.unlink()
    return workspace.show(document)


def compute_review(
    workspace: Workspace,
    take: Take,
    audio: Path,
    transcription: Transcription,
    sound: SoundFeatures,
    corrections: Sequence[Correction],
) -> ReviewDocument:
    """The complete review of `take` as the user has corrected it; nothing is kept.

    It is to be kept; `Workspace.show` makes of it what is shown.

    Args:
        workspace: Its banks are asked for the question as it is now, its library for the user's
            own bands.
        take: What is reviewed.
        audio: Its recording.
        transcription: What was recognised, untouched.
        sound: The recording, measured.
        corrections: In the order in which they were made.
    """
    question = workspace.question_of(take)
    given = Circumstances(
        sound,
        load_lexicon(transcription.language or workspace.language, workspace.places.lexicon),
        key_points=question.key_points if question else (),
        terms=question.terms if question else (),
        clipped_s=take.clipped_s or 0.0,
        detected_language=transcription.detected_language,
    )
    words = None if transcription.status == "no_model" else transcription.words
    found = review_corrected(words, given, corrections)
    counted = counted_unit(transcription.language)
    usual = (
        tuple(_usual_bands(workspace, take, found.measures, counted)) if found.judgement.ok else ()
    )
    document = assemble_document(
        take_facts(take),
        take_source(take, audio),
        transcript.describe_transcription(transcription),
        found,
        take.interrupted,
        find_calibration(workspace, _setup_of(take, transcription)),
        usual,
    )
    return place_in_session(workspace.library, workspace.formats, take, document)


def _setup_of(take: Take, transcription: Transcription) -> SpeechSetup | None:
    device, model, language = take.device, transcription.model, transcription.language
    if device is None or model is None or language is None:
        return None
    return SpeechSetup(device, model, language)


def _usual_bands(
    workspace: Workspace, take: Take, measures: Measures, counted: str
) -> Iterator[UsualRange]:
    """The bands of pace that the user's first takes drew, where this take has a number."""
    first = workspace.library.first_judged(take.recorded_at, BAND_TAKES, counted)
    paces: tuple[Literal["wpm", "speaking_wpm"], ...] = ("wpm", "speaking_wpm")
    for key in paces:
        value = getattr(measures, key)
        known = [
            number for one in first if (number := TREND_MEASURE_BY_KEY[key].of(one)) is not None
        ]
        if value is not None and (band := usual_band(known)):
            # Rounded as the values of the band are: this take may be one of its ends.
            yield UsualRange(
                key=key, low=band.low, high=band.high, place=band.place(round(value, 3))
            )


def find_calibration(workspace: Workspace, setup: SpeechSetup | None) -> Calibration | None:
    """What a check found that a set-up catches; None where it was never checked, or is unknown.

    Raises:
        StorageError: What is kept of the check cannot be read.
    """
    kept = workspace.library.calibrations.last(setup) if setup else None
    return parse_calibration(kept) if kept else None
