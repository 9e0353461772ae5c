"""The part of the review that takes the user's corrections."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from practice.base.text import exact_time
from practice.base.words import Word
from practice.core.correcting import ReviewEditor
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument
from practice.tui.jobs.background import in_background
from practice.tui.presentation.marked_text import MarkedText
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.review.correcting import MissedDialog, NotFillerDialog, Where, WordDialog
from practice.tui.services import Services
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.transcript import Transcript

NO_FILLER = "There is no filler under the cursor; [ and ] go to the next one."
NO_WORD = "There is no word under the cursor to correct."
ALREADY = "This filler is marked already."
NOTHING_CORRECTED = "There is nothing to take back."


@dataclass
class OriginalRead(Message):
    """What the machine found was worked out."""

    document: ReviewDocument


class CorrectingScreen(PracticeScreen[None]):
    """A screen with a transcript and a play bar, on which a take can be corrected.

    Args:
        services: What the screen works with.
    """

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._revision: ReviewEditor | None = None
        self._shows_original = False

    def show_review(self, document: ReviewDocument) -> None:
        """Show a review; the screen says how."""
        raise NotImplementedError

    def show_revised(self) -> None:
        """Let words, marks and numbers follow a correction."""
        assert self._revision is not None
        self._shows_original = False
        self.show_review(self._revision.document)

    @on(OriginalRead)
    def show_original(self, message: OriginalRead) -> None:
        """Show what the machine found."""
        self._shows_original = True
        self.show_review(message.document)

    def action_not_filler(self) -> None:
        """Rule that the filler under the cursor is none."""
        found = self._here({"filler", "hedge"})
        if found is None:
            self.notify(NO_FILLER)
            return

        def rule(where: Where | None) -> None:
            if where is Where.HERE:
                self._revise(lambda revision: revision.reject_filler(found))
            elif where is Where.ALWAYS:
                self._revise(lambda revision: revision.reject_filler_everywhere(found))

        self.app.push_screen(NotFillerDialog(found.label, listed=found.text is not None), rule)

    def action_missed(self) -> None:
        """Mark a filler: at the playhead, or by confirming the possible one under the cursor."""
        found = self._here({"filler"})
        if found is not None and found.certainty == "certain":
            self.notify(ALREADY)
        elif found is not None:
            self._revise(lambda revision: revision.confirm_filler(found))
        elif self._bar.playing:
            at_s = self._bar.playhead_s
            self._revise(lambda revision: revision.add_filler(at_s, "um"))
        else:
            self._ask_what_was_missed()

    def action_edit(self) -> None:
        """Correct the word under the cursor."""
        word = self._word
        if word is None:
            self.notify(NO_WORD)
            return

        def correct(text: str | None) -> None:
            if text is not None:
                self._revise(lambda revision: revision.replace_word(word, text))

        at = exact_time(word.start_s)
        self.app.push_screen(WordDialog(word.text, at), correct)

    def action_undo(self) -> None:
        """Take back the last correction."""
        revision = self._revision
        assert revision is not None

        def undo() -> bool:
            can_undo = revision.can_undo
            revision.undo()
            return can_undo

        def show(undone: bool) -> None:
            if undone:
                self.show_revised()
            else:
                self.notify(NOTHING_CORRECTED)

        self.change(undo, show)

    def action_original(self) -> None:
        """Show what the machine found, or go back."""
        if self._shows_original:
            self.show_revised()
        else:
            in_background(self, self._read_original, "the original")

    @property
    def _transcript(self) -> Transcript:
        return self.query_one(Transcript)

    @property
    def _bar(self) -> PlayBar:
        return self.query_one(PlayBar)

    @property
    def _text(self) -> MarkedText:
        assert self._transcript.text is not None, "commands wait until there is a review"
        return self._transcript.text

    @property
    def _word(self) -> Word | None:
        return self._text.word(self._transcript.cursor) if len(self._text) else None

    def _here(self, kinds: set[str]) -> Finding | None:
        """The finding of one of these kinds under the cursor."""
        findings = self._text.findings(self._transcript.cursor) if len(self._text) else []
        return next((finding for finding in findings if finding.kind in kinds), None)

    def _read_original(self) -> OriginalRead:
        assert self._revision is not None
        return OriginalRead(self._revision.compute_original())

    def _revise(self, change: Callable[[ReviewEditor], ReviewDocument]) -> None:
        revision = self._revision
        assert revision is not None
        self.change(lambda: change(revision), lambda _: self.show_revised())

    def _ask_what_was_missed(self) -> None:
        word, at_s = self._word, self._bar.playhead_s

        def mark(text: str | None) -> None:
            if text is None:
                return
            if word is not None and text == word.text:
                self._revise(lambda revision: revision.mark_word_as_filler(word))
            else:
                self._revise(lambda revision: revision.add_filler(at_s, text))

        at = exact_time(at_s)
        self.app.push_screen(MissedDialog(word.text if word else "", at), mark)
