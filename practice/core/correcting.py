"""A take opened for its user's corrections: each is kept, and the review follows it at once."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from practice.base.files import write_atomic
from practice.base.text import one_line
from practice.base.words import Word
from practice.core.live import measure_sound
from practice.core.reviewing import compute_review
from practice.core.workspace import Workspace
from practice.delivery.findings import Finding
from practice.delivery.signal.features import SoundFeatures
from practice.delivery.transcript.lexicon_changes import stop_looking_for
from practice.documents.review import ReviewDocument, to_builtins
from practice.library.takes import Correction, sound_of
from practice.speech.transcription import Transcription

NEAR_S = 0.5
"""A filler that the user marks by ear is taken to be the possible one found so near."""


@dataclass(frozen=True, slots=True)
class _LexiconBefore:
    """The user's list of fillers as it was; None where there was no such file."""

    content: bytes | None


class ReviewEditor:
    """The review of one take, the user's corrections, and the machine's own beneath them.

    Every method that corrects works the review out again, keeps it and returns it; it blocks for
    as long as that takes and may run beside a screen. Where it fails, nothing has changed.

    Args:
        workspace: What is worked in.
        take_id: A take with a review.

    Raises:
        NotFoundError: There is no such take, or it has no review yet.
        StorageError: What is kept of it cannot be read.
    """

    def __init__(self, workspace: Workspace, take_id: str) -> None:
        self._workspace = workspace
        self._library = workspace.library
        self._working = threading.RLock()
        self._sound: SoundFeatures | None = None
        self._lists: list[_LexiconBefore | None] = []
        """What was done here, in order: a change of the user's list, or a correction (None)."""
        self.take = self._library.take(take_id)
        self.document: ReviewDocument = workspace.review_of(self.take)
        """The review as it is now."""

    def sound(self) -> SoundFeatures:
        """The recording, measured at the first call.

        Raises:
            NotFoundError: It was deleted, so nothing can be worked out from it again.
            UnreadableAudioError: It cannot be decoded.
        """
        with self._working:
            if self._sound is None:
                self._sound = measure_sound(self._audio(), self._heard().speech_probability)
            return self._sound

    def prepare(self) -> None:
        """Work out now what every correction needs from the sound, so that the first is quick."""
        with self._working:
            self._reviewed(self._corrections())

    def original(self) -> ReviewDocument:
        """The machine's own review, as if nothing had been corrected; nothing is kept."""
        return self._reviewed([])

    @property
    def can_undo(self) -> bool:
        """There is something to take back."""
        return bool(self._lists or self._library.annotations.corrections(self.take.id))

    def not_filler(self, finding: Finding) -> ReviewDocument:
        """Say that `finding` is no filler, in this place."""
        return self.correct(Correction("not_filler", finding.start_s, finding.end_s, finding.label))

    def never_filler(self, finding: Finding) -> ReviewDocument:
        """Say that what `finding` found is no filler, here and in every take from now on."""
        path = self._workspace.places.lexicon
        with self._working:
            before = _LexiconBefore(path.read_bytes() if path.exists() else None)
            language = self._heard().language or self._workspace.language
            if not stop_looking_for(path, language, finding.label):
                return self.not_filler(finding)
            self._lists.append(before)
            return self._keep(self._reviewed(self._corrections()))

    def filler(self, finding: Finding) -> ReviewDocument:
        """Say that a possible filler is one."""
        text = finding.label if finding.text else "um"
        return self.correct(Correction("filler", finding.start_s, finding.end_s, text))

    def filler_at(self, at_s: float, text: str) -> ReviewDocument:
        """Say that `text` was said at `at_s` as a filler and was missed."""
        near = [
            finding
            for finding in self.document.findings
            if finding.kind == "filler"
            and finding.text is None
            and finding.start_s - NEAR_S <= at_s <= finding.end_s + NEAR_S
        ]
        place = near[0] if near else None
        start_s, end_s = (place.start_s, place.end_s) if place else (at_s, at_s)
        return self.correct(Correction("filler", start_s, end_s, text))

    def word_is_filler(self, word: Word) -> ReviewDocument:
        """Say that `word` itself was a filler."""
        return self.correct(Correction("filler", word.start_s, word.end_s, word.text))

    def word(self, word: Word, text: str) -> ReviewDocument:
        """Say that `word` was another one, or several; an empty text removes it."""
        return self.correct(Correction("word", word.start_s, word.end_s, text))

    def correct(self, correction: Correction) -> ReviewDocument:
        """Add a correction after those that are there."""
        text = None if correction.text is None else one_line(correction.text)
        correction = replace(correction, text=text)
        with self._working:
            reviewed = self._reviewed([*self._corrections(), correction])
            self._library.annotations.correct(self.take.id, correction)
            self._lists.append(None)
            return self._keep(reviewed)

    def undo(self) -> ReviewDocument:
        """Take back what was corrected last; without any the review stays as it is."""
        with self._working:
            if not self.can_undo:
                return self.document
            list_before = self._lists.pop() if self._lists else None
            if list_before is None:
                reviewed = self._reviewed(self._corrections()[:-1])
                self._library.annotations.undo_correction(self.take.id)
            else:
                _restore(self._workspace.places.lexicon, list_before)
                reviewed = self._reviewed(self._corrections())
            return self._keep(reviewed)

    def _reviewed(self, corrections: list[Correction]) -> ReviewDocument:
        return compute_review(
            self._workspace, self.take, self._audio(), self._heard(), self.sound(), corrections
        )

    def _keep(self, reviewed: ReviewDocument) -> ReviewDocument:
        self._library.save_review(self.take.id, to_builtins(reviewed))
        self.document = reviewed
        return reviewed

    def _corrections(self) -> list[Correction]:
        return self._library.annotations.corrections(self.take.id)

    def _heard(self) -> Transcription:
        return self._workspace.transcript_of(self.take)

    def _audio(self) -> Path:
        return sound_of(self.take)


def _restore(path: Path, before: _LexiconBefore) -> None:
    if before.content is None:
        path.unlink(missing_ok=True)
    else:
        write_atomic(path, before.content)
