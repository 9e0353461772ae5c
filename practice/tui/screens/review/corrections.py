"""What the user puts right on a review: fillers that are none, missed ones, misheard words."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from practice.base.text import exact_time
from practice.base.words import Word
from practice.core.correcting import ReviewEditor
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument
from practice.tui.jobs.background import in_background
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.review.dialogs import MissedDialog, NotFillerDialog, Reach, WordDialog

NO_FILLER = "There is no filler under the cursor; [ and ] go to the next one."
NO_WORD = "There is no word under the cursor to correct."
ALREADY = "This filler is marked already."
NOTHING_CORRECTED = "There is nothing to take back."


@dataclass
class OriginalRead(Message):
    """What the machine found was worked out; the screen hands it to `Corrections.show_original`."""

    document: ReviewDocument


class Corrections:
    """Asks what is right, corrects the review, and has it shown.

    The review editor works the whole review out again at each correction, so every call of it that
    does so runs beside the screen.

    Args:
        screen: Makes the changes, shows the boxes and notices, gets `OriginalRead`.
        review_editor: Holds the take.
        show_review: Shows a review.
    """

    def __init__(
        self,
        screen: PracticeScreen[None],
        review_editor: ReviewEditor,
        show_review: Callable[[ReviewDocument], object],
    ) -> None:
        self._screen = screen
        self.review_editor = review_editor
        self._show_review = show_review
        self.shows_original = False
        """Whether what the machine found is shown, without the corrections."""
        self.made = 0
        """How many corrections were made since the take was opened."""

    def rule_out(self, finding: Finding | None) -> None:
        """Ask whether the filler under the cursor is none only here or always."""
        if finding is None:
            self._screen.notify(NO_FILLER)
            return

        def correct(reach: Reach | None) -> None:
            if reach is Reach.HERE:
                self._correct(lambda review_editor: review_editor.reject_filler(finding))
            elif reach is Reach.ALWAYS:
                self._correct(lambda review_editor: review_editor.reject_filler_everywhere(finding))

        dialog = NotFillerDialog(finding.label, is_listed=finding.text is not None)
        self._screen.app.push_screen(dialog, correct)

    def mark_missed(
        self, finding: Finding | None, word: Word | None, at_s: float, *, is_playing: bool
    ) -> None:
        """Mark a filler that was missed.

        A possible one under the cursor is confirmed. While the take plays nobody can answer a
        question in time, so an um is marked where it is; otherwise it is asked which it was.

        Args:
            finding: The filler under the cursor.
            word: The word under the cursor.
            at_s: The place of the playhead.
            is_playing: Whether the take plays.
        """
        if finding is not None and finding.certainty == "certain":
            self._screen.notify(ALREADY)
        elif finding is not None:
            self._correct(lambda review_editor: review_editor.confirm_filler(finding))
        elif is_playing:
            self._correct(lambda review_editor: review_editor.add_filler(at_s, "um"))
        else:
            self._ask_which(word, at_s)

    def edit_word(self, word: Word | None) -> None:
        """Ask for the word that was said in the place of `word`."""
        if word is None:
            self._screen.notify(NO_WORD)
            return

        def correct(text: str | None) -> None:
            if text is not None:
                self._correct(lambda review_editor: review_editor.replace_word(word, text))

        dialog = WordDialog(word.text, exact_time(word.start_s))
        self._screen.app.push_screen(dialog, correct)

    def undo(self) -> None:
        """Take back the last correction."""
        review_editor = self.review_editor

        def undo() -> bool:
            can_undo = review_editor.can_undo
            review_editor.undo()
            return can_undo

        def show(was_undone: bool) -> None:
            if was_undone:
                self.made = max(self.made - 1, 0)
                self._show_corrected()
            else:
                self._screen.notify(NOTHING_CORRECTED)

        self._screen.change(undo, show)

    def toggle_original(self) -> None:
        """Show what the machine found, or go back."""
        if self.shows_original:
            self._show_corrected()
        else:
            review_editor = self.review_editor
            in_background(
                self._screen, lambda: OriginalRead(review_editor.compute_original()), "the original"
            )

    def show_original(self, document: ReviewDocument) -> None:
        """Show what the machine found."""
        self.shows_original = True
        self._show_review(document)

    def _show_corrected(self) -> None:
        self.shows_original = False
        self._show_review(self.review_editor.document)
        self._screen.refresh_bindings()

    def _correct(self, correct: Callable[[ReviewEditor], ReviewDocument]) -> None:
        review_editor = self.review_editor

        def show(_: ReviewDocument) -> None:
            self.made += 1
            self._show_corrected()

        self._screen.change(lambda: correct(review_editor), show)

    def _ask_which(self, word: Word | None, at_s: float) -> None:
        def mark(text: str | None) -> None:
            if text is None:
                return
            if word is not None and text == word.text:
                self._correct(lambda review_editor: review_editor.mark_word_as_filler(word))
            else:
                self._correct(lambda review_editor: review_editor.add_filler(at_s, text))

        dialog = MissedDialog(word.text if word else "", exact_time(at_s))
        self._screen.app.push_screen(dialog, mark)
