"""One take from question to review: the place where sound, words, findings and library meet."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from practice import demo
from practice.audio import codec
from practice.audio.recorder import Recorder
from practice.audio.source import Source
from practice.base.clock import Clock, SystemClock, iso_utc
from practice.base.errors import (
    AudioError,
    ModelError,
    NotFoundError,
    PracticeError,
    StorageError,
    TranscriptionError,
)
from practice.base.paths import WORDS_CACHE, Places
from practice.base.scratch import ScratchFolder, sweep
from practice.base.settings import Settings
from practice.base.words import Word
from practice.core.corrections import review_corrected
from practice.core.live import Measuring, Underway, measured_sound
from practice.core.recovery import Recovered, Trouble, keep_recording, recover
from practice.delivery.review import review
from practice.delivery.signal.sound import Sound
from practice.delivery.transcript.lexicon import load_lexicon
from practice.documents import transcript
from practice.documents.review import (
    Calibration,
    ReviewDocument,
    SourceFacts,
    TranscriptionFacts,
    Usual,
    assemble,
    file_source,
    parse_calibration,
    take_facts,
    take_source,
    to_builtins,
)
from practice.library.library import Library
from practice.library.retention import outlived
from practice.library.takes import Asked, Correction, Take, TakeState, sound_of
from practice.library.trends import BAND_TAKES, BY_KEY, usual_band
from practice.questions.catalogue import Catalogue
from practice.questions.model import Question
from practice.speech.models import ModelStore
from practice.speech.transcription import Transcription, TranscriptionOptions
from practice.speech.worker import LiveTranscription, ProgressCallback, SpeechWorker

Progress = Callable[[float], None]
HearingProgress = ProgressCallback


@dataclass(frozen=True, slots=True)
class Served:
    """A question as it is asked."""

    bank: str
    question: Question


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """The speech model to use, or why there is none."""

    name: str
    path: Path | None
    missing: ModelError | None

    @property
    def is_demo(self) -> bool:
        """It understands the demo voice and nobody else."""
        return self.path == demo.MODEL_FOLDER


class Answer:
    """One answer being recorded; `finish` keeps it, whatever happened to the microphone."""

    def __init__(
        self, library: Library, take: Take, recorder: Recorder, following: Underway | None
    ) -> None:
        self.take = take
        self.recorder = recorder
        self.following = following
        self._library = library

    def finish(self) -> Take:
        """Stop, keep the recording in the library and return its take.

        Raises:
            AudioError: Not one sample had arrived; no take is left.
            StorageError: The disk refused; the samples stay in their spool for the next start.
        """
        try:
            self.take = keep_recording(self._library, self.take.id, self.recorder.stop())
        except PracticeError as error:
            if self.following:
                self.following.cancel()
            if isinstance(error, AudioError):
                self._library.discard(self.take.id)
            raise
        return self.take

    def leave(self) -> None:
        """Stop at once, in the middle; the next start makes a take of it, as after a crash."""
        self.recorder.abandon()


class Interview:
    """Everything that one answer needs, opened together and closed together.

    Args:
        places: Where things live.
        settings: What the user has chosen.
        clock: Tells the time.
        model: Overrides the setting.
        language: Overrides the setting.
    """

    def __init__(
        self,
        places: Places,
        settings: Settings,
        clock: Clock | None = None,
        *,
        model: str | None = None,
        language: str | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.places = places
        self.settings = settings
        self.models = ModelStore(places.models, demo.MODEL_FOLDER)
        self.catalogue = Catalogue(places.banks)
        self.library = Library(places.database, places.recordings, self.clock)
        self.worker = SpeechWorker(places.log)
        self._model_name = model
        self._language = language
        self._closing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the speech worker and close the library; a review under way waits for a retry."""
        self._closing = True
        self.worker.close()
        self.library.close()

    def use(self, settings: Settings) -> None:
        """Go on with changed settings; what was chosen for this run alone stays chosen."""
        self.settings = settings

    @property
    def language(self) -> str:
        """The language that is spoken."""
        return self._language or self.settings.language

    def model(self) -> ChosenModel:
        """The speech model to use; never a download."""
        name = self._model_name or self.settings.model
        try:
            return ChosenModel(name, self.models.find(name), None)
        except ModelError as error:
            return ChosenModel(name, None, error)

    def serve(self, name: str) -> Served:
        """The question called `name`: its id, or `bank/id`.

        Raises:
            NotFoundError: No bank has it; near names are in the hint.
        """
        bank, question = self.catalogue.question(name)
        return Served(bank, question)

    def begin(
        self, source: Source, served: Served | None = None, session_id: str | None = None
    ) -> Answer:
        """Start to record an answer; the take and its spool exist before the first sample.

        Raises:
            AudioError: The source cannot be opened; no take is left behind.
            StorageError: The disk refused.
        """
        take = self.library.begin_take(_asked(served), session_id)
        recorder = Recorder(
            source, self.places.recordings, take.id, take.question_id, iso_utc(take.recorded_at)
        )
        try:
            recorder.start()
        except PracticeError:
            self.library.discard(take.id)
            raise
        following = self.follow(recorder, source.sample_rate_hz, self._heard_file(take.id))
        if following is None:
            return Answer(self.library, take, recorder, None)
        measuring = Measuring(recorder.spool_samples, source.sample_rate_hz)
        return Answer(self.library, take, recorder, Underway(following, measuring))

    def warm(self) -> None:
        """Have the speech model loaded, without waiting for it."""
        # Whoever needs it is told what is wrong with it.
        with suppress(StorageError, TranscriptionError):
            self.worker.warm(self.model().path)

    def review(
        self,
        take_id: str,
        *,
        following: Underway | None = None,
        progress: HearingProgress | None = None,
    ) -> ReviewDocument:
        """Hear a recorded take, review it, keep both, and return the review.

        Args:
            take_id: A take whose sound is there.
            following: What was done for it while it was recorded.
            progress: Called with how far the hearing is.

        Raises:
            ModelError: The model cannot be loaded or does not know the language; the take
                is `failed`, its sound kept.
            TranscriptionError: The worker failed twice; likewise.
            UnreadableAudioError: The sound cannot be decoded.
            NotFoundError: The take has no sound.
        """
        try:
            take = self.library.take(take_id)
            audio = sound_of(take)
        except NotFoundError:
            if following:
                following.cancel()
            raise
        try:
            hearing = (
                following.heard(audio, progress)
                if following
                else self.hear(audio, progress, self._heard_file(take.id))
            )
        except (ModelError, TranscriptionError) as error:
            if not self._closing:
                self.library.fail(take.id, error.message)
            raise
        kept = transcript.to_document(hearing)
        take = self.library.keep_transcript(take.id, kept)
        # What can be read back is judged, so that the same review can be made from it again.
        hearing = transcript.from_document(kept)
        corrections = self.library.marks.corrections(take.id)
        sound = following.sound(hearing.speech_probability) if following else None
        sound = sound or measured_sound(audio, hearing.speech_probability)
        reviewed = self.judge(take, audio, hearing, sound, corrections)
        self.library.keep_review(take.id, to_builtins(reviewed))
        with suppress(OSError):  # it goes with its take at the latest
            self._heard_file(take.id).unlink()
        return reviewed

    def judge(
        self,
        take: Take,
        audio: Path,
        hearing: Transcription,
        sound: Sound,
        corrections: Sequence[Correction],
    ) -> ReviewDocument:
        """The review of `take` as the user has corrected it; nothing is kept.

        Args:
            take: Its question is looked up as its bank has it now.
            audio: Its recording.
            hearing: What was recognised, untouched.
            sound: The recording, decoded.
            corrections: In the order in which they were made.
        """
        question = self._question_of(take)
        found = review_corrected(
            None if hearing.status == "no_model" else hearing.words,
            sound,
            load_lexicon(hearing.language or self.language, self.places.lexicon),
            corrections,
            key_points=question.key_points if question else (),
            terms=question.terms if question else (),
            clipped_s=take.clipped_s or 0.0,
        )
        document = assemble(
            take_facts(take),
            take_source(take, audio),
            transcript.describe_transcription(hearing),
            found,
            take.interrupted,
            self.calibration(take.device, hearing.model, hearing.language),
        )
        return replace(document, usual=tuple(self._usual(take, document)))

    def _usual(self, take: Take, document: ReviewDocument) -> Iterator[Usual]:
        """The bands of pace that the user's first takes drew, where this take has a number."""
        if not document.judgement.ok:
            return
        first = self.library.first_judged(take.recorded_at, BAND_TAKES)
        paces: tuple[Literal["wpm"], Literal["speaking_wpm"]] = ("wpm", "speaking_wpm")
        for key in paces:
            value = getattr(document.measures, key)
            known = [told for one in first if (told := BY_KEY[key].of(one)) is not None]
            if value is not None and (band := usual_band(known)):
                yield Usual(key=key, low=band.low, high=band.high, place=band.place(value))

    def calibration(
        self, device: str | None, model: str | None, language: str | None
    ) -> Calibration | None:
        """What a check found that this set-up catches; None where it was never checked.

        Raises:
            StorageError: What is kept of the check cannot be read.
        """
        if device is None or model is None or language is None:
            return None
        kept = self.library.calibrations.last(device, model, language)
        return parse_calibration(kept) if kept else None

    def analyze(
        self,
        file: Path,
        progress: HearingProgress | None = None,
        words: Sequence[Word] | None = None,
        *,
        track: int | None = None,
    ) -> ReviewDocument:
        """The review of any audio or video file; nothing is kept.

        Args:
            file: What to review.
            progress: Called with how far the hearing is.
            words: What another recogniser heard in it; ours is not asked then.
            track: Which of several sound tracks, from 1; None chooses.

        Raises:
            UnreadableAudioError: There is no such track in it that can be decoded.
            ModelError, TranscriptionError: It cannot be heard.
        """
        with ScratchFolder(self.places.scratch) as folder:
            recording = codec.import_recording(file, folder / "sound.flac", track=track)
            if words is None:
                hearing = self.hear(recording.path, progress, fills=True)
            else:
                hearing = self._with_words(recording.path, words)
            found = review(
                None if hearing.status == "no_model" else hearing.words,
                measured_sound(recording.path, hearing.speech_probability),
                load_lexicon(self.language, self.places.lexicon),
                clipped_s=recording.clipped_s,
            )
        transcription = transcript.describe_transcription(hearing)
        source = file_source(file, recording)
        return assemble(None, source, transcription, found, recording.interrupted)

    def analyze_words(self, words: Sequence[Word]) -> ReviewDocument:
        """Everything that words alone can tell."""
        found = review(words, None, load_lexicon(self.language, self.places.lexicon))
        text = " ".join(word.text for word in words)
        transcription = TranscriptionFacts(status="ok", language=self.language, text=text)
        return assemble(None, SourceFacts(), transcription, found)

    def add(
        self,
        file: Path,
        served: Served | None = None,
        *,
        track: int | None = None,
        progress: Progress | None = None,
    ) -> Take:
        """Keep a copy of an existing recording as a take.

        Args:
            file: Any sound or video file.
            served: The question that it answers.
            track: Which of several sound tracks, from 1; None chooses.
            progress: Called with the part copied, 0 to 1.

        Raises:
            UnreadableAudioError: There is no such track in it that can be decoded; no take is left.
            StorageError: The disk refused; likewise.
        """
        take = self.library.begin_take(_asked(served))
        try:
            recording = codec.import_recording(
                file,
                self.places.recordings / f"{take.id}.flac",
                track=track,
                progress=progress,
            )
        except BaseException:
            self.library.discard(take.id)
            raise
        return keep_recording(self.library, take.id, recording)

    def follow(
        self, recorder: Recorder, sample_rate_hz: int, settled: Path | None = None
    ) -> LiveTranscription | None:
        """Begin to hear what is being recorded; None where it is to be heard afterwards.

        `settled` is the `cache` of `TranscriptionOptions`.
        """
        model = self.model()
        options = TranscriptionOptions(model.path, model.name, self.language, settled)
        try:
            return self.worker.follow(recorder.spool_samples, sample_rate_hz, options)
        except (StorageError, TranscriptionError):
            # Audio first: the finished recording is heard from its file instead.
            return None

    def hear(
        self,
        audio: Path,
        progress: HearingProgress | None = None,
        settled: Path | None = None,
        *,
        fills: bool = False,
    ) -> Transcription:
        """What the chosen model hears in a recording; speech without words where there is none.

        `settled` and `fills` are `cache` and `fill_window` of `TranscriptionOptions`.

        Raises:
            ModelError, TranscriptionError, UnreadableAudioError: As `review`.
        """
        model = self.model()
        options = TranscriptionOptions(model.path, model.name, self.language, settled, fills)
        return self.worker.transcribe(audio, options, progress)

    def recover(self, trouble: Trouble | None = None) -> list[Recovered]:
        """Make takes of the recordings that a crash interrupted; as `recovery.recover`."""
        sweep(self.places.scratch)
        return recover(self.library, self.places.recordings, self.clock, trouble)

    def waiting(self) -> list[Take]:
        """Takes whose sound is kept and whose review is not made yet."""
        return [take for take in self.library.unfinished() if take.state != TakeState.RECORDING]

    def expire(self) -> list[Take]:
        """Delete the sound of takes that are older than the setting `keep_audio_days` allows."""
        if not self.settings.keep_audio_days:
            return []
        old = outlived(self.library.takes(), self.settings.keep_audio_days, self.clock.now())
        for take in old:
            self.library.delete_audio(take.id)
        return old

    def _with_words(self, audio: Path, words: Sequence[Word]) -> Transcription:
        """The signal as our worker finds it, the words as another recogniser found them."""
        heard = self.worker.transcribe(audio, TranscriptionOptions())
        return replace(heard, status="ok", words=tuple(words), language=self.language, reason=None)

    def _heard_file(self, take_id: str) -> Path:
        """Keeps the words of a take piece by piece until it has its review."""
        return self.places.recordings / f"{take_id}{WORDS_CACHE}"

    def _question_of(self, take: Take) -> Question | None:
        """The question as its bank has it now; None when it is gone."""
        if take.question_id is None:
            return None
        name = f"{take.bank}/{take.question_id}" if take.bank else take.question_id
        try:
            return self.catalogue.question(name)[1]
        except NotFoundError:
            return None


def _asked(served: Served | None) -> Asked | None:
    if served is None:
        return None
    assert served.question.id is not None
    return Asked(served.question.id, served.bank, served.question.text)
