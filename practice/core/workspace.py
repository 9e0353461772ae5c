"""Everything that practice works with, opened together and closed together."""

import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from practice import demo
from practice.base.clock import Clock, SystemClock
from practice.base.closeable import Closeable
from practice.base.errors import (
    ModelError,
    NotFoundError,
    StorageError,
    TranscriptionError,
)
from practice.base.paths import WORDS_CACHE, Places
from practice.base.settings import Settings
from practice.core.occasions import place_in_session
from practice.delivery.transcript.lexicon import load_readable_lexicon
from practice.documents import transcript
from practice.documents.profiles import show_review
from practice.documents.review import ReviewDocument, TranscriptionFacts, parse_review
from practice.library.library import Library
from practice.library.takes import Take
from practice.library.tellings import STORY_BANK
from practice.questions.catalogue import Catalogue
from practice.questions.formats.store import FormatStore
from practice.questions.model import AskedQuestion, Question
from practice.questions.stories.file import StoryBook
from practice.questions.stories.model import StoriesError
from practice.speech.models import ModelStore
from practice.speech.transcription import Transcription, TranscriptionOptions
from practice.speech.worker import SpeechWorker


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


class Workspace(Closeable):
    """Settings, library, question banks, speech models and the speech process of one person.

    What is done with them are the use cases of this room: `answering`, `reviewing`, `analysing`,
    `correcting`, `reporting`, `calibration`, `recovery` and `session`.

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
        self.formats = FormatStore(places.formats)
        self.stories = StoryBook(places.stories)
        self._opening = threading.Lock()
        self._library: Library | None = None
        self.worker = SpeechWorker(places.log)
        self.is_closing = False
        """The program ends; what fails from now on is no failure of a take."""
        self._model_name = model
        self._language = language

    def close(self) -> None:
        """End the speech process and close the library; a review under way waits for a retry."""
        self.is_closing = True
        self.worker.close()
        with self._opening:
            if self._library is not None:
                self._library.close()

    @property
    def library(self) -> Library:
        """The library, opened at the first use: what only listens to a file needs none.

        Raises:
            StorageError: It cannot be opened.
        """
        with self._opening:
            if self._library is None:
                self._library = Library(self.places.database, self.places.recordings, self.clock)
                self._library.leaves_out_stutter = self.settings.stutter
            return self._library

    def use(self, settings: Settings) -> None:
        """Go on with changed settings; what was chosen for this run alone stays chosen."""
        self.settings = settings
        with self._opening:
            if self._library is not None:
                self._library.leaves_out_stutter = settings.stutter

    @property
    def language(self) -> str:
        """The language that is spoken."""
        return self._language or self.settings.language

    def model(self) -> ChosenModel:
        """The speech model to use; looked for on the disk, never downloaded."""
        name = self._model_name or self.settings.model
        try:
            return ChosenModel(name, self.models.find(name), None)
        except ModelError as error:
            return ChosenModel(name, None, error)

    def transcription_options(
        self,
        cache: Path | None = None,
        *,
        fill_window: bool = False,
        terms: Sequence[str] = (),
    ) -> TranscriptionOptions:
        """The chosen model and the language that is spoken, for a transcription.

        Args:
            cache: As in `TranscriptionOptions`.
            fill_window: Likewise.
            terms: What the speaker hopes to say, for the recogniser to spell it right.
        """
        model = self.model()
        lexicon = load_readable_lexicon(self.language, self.places.lexicon)
        return TranscriptionOptions(
            model.path,
            model.name,
            self.language,
            cache,
            # The demo model writes the fillers of its voice by itself, and knows no manners.
            None if model.is_demo else lexicon.prompt_with(terms),
            fill_window,
        )

    def hears_more_now(self, take: Take, transcription: TranscriptionFacts) -> bool:
        """Whether the take was heard without asking for fillers, and can be heard again."""
        return (
            take.audio is not None
            and transcription.status == "ok"
            and transcription.model is not None
            and not transcription.verbatim
            and self.transcription_options().prompt is not None
        )

    def warm(self) -> None:
        """Have the speech model loaded, without waiting for it."""
        # What is wrong with it is said when a transcription needs it.
        with suppress(StorageError, TranscriptionError):
            self.worker.warm(self.model().path)

    def question(self, name: str) -> AskedQuestion:
        """The question called `name`: its id, or `bank/id`; of a story, `stories/id`.

        Raises:
            NotFoundError: No bank has it; near names are in the hint.
            StoriesError: It is a story, and their file has problems.
        """
        bank, _, story_id = name.rpartition("/")
        if bank == STORY_BANK:
            return AskedQuestion(bank, self.stories.get(story_id).as_question())
        return AskedQuestion(*self.catalogue.question(name))

    def question_or_text(self, typed: str) -> AskedQuestion:
        """The question called `typed`, or `typed` itself where it can be no name.

        Raises:
            NotFoundError: It looks like a name, and no bank has it.
        """
        is_name = re.fullmatch(r"[\w/.-]*", typed, re.ASCII) is not None
        return self.question(typed) if is_name else AskedQuestion("", Question(text=typed))

    def question_of(self, take: Take) -> Question | None:
        """The question that `take` answers, as its bank has it now; None when it is gone."""
        if take.question_id is None:
            return None
        name = f"{take.bank}/{take.question_id}" if take.bank else take.question_id
        try:
            return self.question(name).question
        except (NotFoundError, StoriesError):
            return None

    def review_of(self, take: Take) -> ReviewDocument:
        """The review of a take as the user's profile shows it: what every face gets.

        Raises:
            NotFoundError: It has none yet.
            StorageError: It cannot be read.
        """
        return self.show(self.kept_review_of(take))

    def show(self, document: ReviewDocument) -> ReviewDocument:
        """A complete review as the user's profile shows it."""
        return show_review(document, self.settings)

    def kept_review_of(self, take: Take) -> ReviewDocument:
        """The review that is kept of a take, complete: to be worked with, and shown to nobody.

        Raises:
            NotFoundError: It has none yet.
            StorageError: It cannot be read.
        """
        kept = self.library.review(take.id)
        if kept is None:
            raise NotFoundError(
                f"the take {take.id} has no review yet: {take.failure or take.state.value}",
                f"practice takes retry {take.id}",
            )
        return place_in_session(self.library, self.formats, take, parse_review(kept))

    def transcript_of(self, take: Take) -> Transcription:
        """What was recognised in a take, as the machine found it.

        Raises:
            NotFoundError: Nothing was recognised in it yet.
            StorageError: It cannot be read.
        """
        kept = self.library.transcript(take.id)
        if kept is None:
            raise NotFoundError(
                f"the take {take.id} has no transcript yet", f"practice takes retry {take.id}"
            )
        return transcript.from_document(kept)

    def words_cache(self, take_id: str) -> Path:
        """The file that keeps the words of each segment of a take until there is a review."""
        return self.places.recordings / f"{take_id}{WORDS_CACHE}"
