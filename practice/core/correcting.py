"""A take opened for corrections: each is kept at once, and the review is worked out again."""

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
from practice.documents.review import ReviewDocument, kept_form
from practice.library.takes import Correction, sound_of

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
        self._steps: list[_LexiconBefore | None] = []
        """What was done here, in order: for a change of the user's list of fillers what it was
        before, for a correction None. Corrections are in the library and need nothing here."""
        self.take = self._library.take(take_id)
        self.document: ReviewDocument = workspace.review_of(self.take)
        """The review as it is now."""

    def sound_features(self) -> SoundFeatures:
        """The recording, measured at the first call.

        Raises:
            NotFoundError: It was deleted, so nothing can be worked out from it again.
            UnreadableAudioError: It cannot be decoded.
        """
        with self._working:
            if self._sound is None:
                transcription = self._workspace.transcript_of(self.take)
                self._sound = measure_sound(sound_of(self.take), transcription.speech_probability)
            return self._sound

    def prepare(self) -> None:
        """Work out now what every correction needs from the sound, so that the first is quick."""
        with self._working:
            self._compute(self._corrections())

    def compute_original(self) -> ReviewDocument:
        """The machine's own review, as if nothing had been corrected; nothing is kept."""
        return self._workspace.show(self._compute([]))

    @property
    def can_undo(self) -> bool:
        """There is something to take back."""
        return bool(self._steps or self._corrections())

    def reject_filler(self, finding: Finding) -> ReviewDocument:
        """Say that `finding` is no filler, in this place."""
        return self.correct(Correction("not_filler", finding.start_s, finding.end_s, finding.label))

    def reject_filler_everywhere(self, finding: Finding) -> ReviewDocument:
        """Say that what `finding` found is no filler, here and in every take from now on."""
        path = self._workspace.places.lexicon
        with self._working:
            before = _LexiconBefore(path.read_bytes() if path.exists() else None)
            language = self._workspace.transcript_of(self.take).language
            if not stop_looking_for(path, language or self._workspace.language, finding.label):
                # It is in no list: it was found in the sound, or marked by the user.
                return self.reject_filler(finding)
            self._steps.append(before)
            return self._save(self._compute(self._corrections()))

    def confirm_filler(self, finding: Finding) -> ReviewDocument:
        """Say that a possible filler is one."""
        text = finding.label if finding.text else "um"
        return self.correct(Correction("filler", finding.start_s, finding.end_s, text))

    def add_filler(self, at_s: float, text: str) -> ReviewDocument:
        """Say that `text` was said at `at_s` as a filler and was missed."""
        # Who marks by ear is late or early: a filled pause found so near is what is meant.
        near = [
            finding
            for finding in self.document.findings
            if finding.kind == "filler"
            and finding.text is None
            and finding.start_s - NEAR_S <= at_s <= finding.end_s + NEAR_S
        ]
        start_s, end_s = (near[0].start_s, near[0].end_s) if near else (at_s, at_s)
        return self.correct(Correction("filler", start_s, end_s, text))

    def mark_word_as_filler(self, word: Word) -> ReviewDocument:
        """Say that `word` itself was a filler."""
        return self.correct(Correction("filler", word.start_s, word.end_s, word.text))

    def replace_word(self, word: Word, text: str) -> ReviewDocument:
        """Say that `word` was another one, or several; an empty text removes it."""
        return self.correct(Correction("word", word.start_s, word.end_s, text))

    def correct(self, correction: Correction) -> ReviewDocument:
        """Add a correction after those that are there."""
        text = None if correction.text is None else one_line(correction.text)
        correction = replace(correction, text=text)
        with self._working:
            # The review first: where it cannot be worked out, nothing is to be kept.
            review = self._compute([*self._corrections(), correction])
            self._library.annotations.correct(self.take.id, correction)
            self._steps.append(None)
            return self._save(review)

    def undo(self) -> ReviewDocument:
        """Take back what was corrected last; without any the review stays as it is."""
        with self._working:
            if not self.can_undo:
                return self.document
            # Without a step of this opening it is a correction of an earlier one.
            lexicon_before = self._steps[-1] if self._steps else None
            if lexicon_before is None:
                review = self._compute(self._corrections()[:-1])
                self._library.annotations.undo_correction(self.take.id)
            else:
                _restore_lexicon(self._workspace.places.lexicon, lexicon_before)
                review = self._compute(self._corrections())
            # Only now: where something failed, the same step can be tried again.
            del self._steps[-1:]
            return self._save(review)

    def _compute(self, corrections: list[Correction]) -> ReviewDocument:
        return compute_review(
            self._workspace,
            self.take,
            sound_of(self.take),
            self._workspace.transcript_of(self.take),
            self.sound_features(),
            corrections,
        )

    def _save(self, review: ReviewDocument) -> ReviewDocument:
        self._library.save_review(self.take.id, kept_form(review))
        self.document = self._workspace.show(review)
        return self.document

    def _corrections(self) -> list[Correction]:
        return self._library.annotations.corrections(self.take.id)


def _restore_lexicon(path: Path, before: _LexiconBefore) -> None:
    if before.content is None:
        path.unlink(missing_ok=True)
    else:
        write_atomic(path, before.content)
