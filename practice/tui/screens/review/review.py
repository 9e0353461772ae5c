"""One take as it was said: its words with every finding marked, its sound, its numbers.

The screen brings the parts together: the transcript has the cursor, the play bar the playhead. One
follows the other by their messages. What the user adds is in `OwnWords`, what they put right in
`Corrections`.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize

from practice.base.words import Word
from practice.core.feedback import TakeFeedback
from practice.delivery.findings import Finding
from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart, Take
from practice.reports import wording
from practice.tui.commands import BACK, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ReviewFinished, ReviewNews
from practice.tui.presentation.footer_keys import rename_key
from practice.tui.presentation.marked_text import MarkedText
from practice.tui.screens.review import notices
from practice.tui.screens.review.above_words import show_above_words
from practice.tui.screens.review.commands import COMMAND_TABLE
from practice.tui.screens.review.corrections import Corrections, OriginalRead
from practice.tui.screens.review.dialogs import MeaningDialog
from practice.tui.screens.review.feedback import count_readers, explain_place
from practice.tui.screens.review.listening import SEEK_S, Listening
from practice.tui.screens.review.messages import (
    QuestionFound,
    ReviewRead,
    SoundRead,
    TakesCounted,
)
from practice.tui.screens.review.own_words import OwnWords
from practice.tui.screens.review.reading import ReviewReader
from practice.tui.screens.verdicts import Standing, VerdictScreen
from practice.tui.services import Services
from practice.tui.textual_fixes import include_in_collections, skip_in_collections
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.measures_panel import MeasuresPanel
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.timeline import Timeline, levels_of
from practice.tui.widgets.transcript_view import TranscriptView

LOW = 18
"""Rows below which the words need every line."""
BROAD = 140
"""Columns from which on every panel has air around it."""


class ReviewScreen(VerdictScreen[None]):
    """Reads, plays and corrects one take.

    Args:
        services: What the screen works with.
        take_id: The take.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "TranscriptView"
    HELP = (
        "Your words with what was observed on them. Go from mark to mark with [ and ]: each plays "
        "three seconds around itself and says what it is. What you correct is kept beside what "
        "the machine found, never over it."
    )
    _ON_A_REVIEW = frozenset(
        command.action
        for command in COMMAND_TABLE
        if command.id not in {BACK.id, "review.retry", "review.cancel"}
    )

    def __init__(self, services: Services, take_id: str) -> None:
        super().__init__(services)
        self._take_id = self.judged_take = take_id
        self._take: Take | None = None
        self._others = 1
        self._duration_s = 0.0
        self._parts: dict[StarPart, float] = {}
        self._feedback = list[TakeFeedback]()
        self._listening = Listening(self)
        self._reader = ReviewReader(self, take_id)
        self._corrections: Corrections | None = None
        """None until there is a review."""
        self._own_words = OwnWords(self, take_id, self.show_take, self.show_parts)

    def compose(self) -> ComposeResult:
        """The question, the words beside the numbers, what the cursor is on, the take over time."""
        yield PlainText("", "question", classes="asked")
        yield PlainText("", "facts")
        yield PlainText("", "first")
        yield PlainText("", "plan")
        yield PlainText("", "open")
        with Horizontal(id="middle"):
            with Vertical(id="words") as words:
                words.border_title = "words"
                yield PlainText("", "no-words")
                yield TranscriptView()
            panel = MeasuresPanel()
            panel.border_title = "numbers"
            yield panel
        with Horizontal(id="here"):
            yield PlainText("", "explanation")
            yield PlayBar(self.services.devices)
        timeline = Timeline()
        timeline.border_title = "over time"
        yield timeline
        yield Footer()

    def on_mount(self) -> None:
        """Read the take beside the first frame."""
        self.host.review_news.subscribe(self, self.show_news)
        self._reader.read()

    def on_unmount(self) -> None:
        """Let everything that was shown be freed."""
        include_in_collections()

    def on_resize(self, event: Resize) -> None:
        """Let the style know where there is room for more."""
        self.set_class(event.size.width >= BROAD, "-broad")
        self.set_class(event.size.height < LOW, "-low")
        if self._transcript.text is not None:
            show_above_words(self, self._transcript)

    def on_screen_resume(self) -> None:
        """Count the takes of the question again: there may be another one by now."""
        if self._take is not None:
            self._reader.count_takes()

    def on_screen_suspend(self) -> None:
        """Fall silent under another screen."""
        self._bar.pause()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a review there is nothing to correct; without a question none to ask again."""
        if self._corrections is None and action in self._ON_A_REVIEW:
            return None
        if action == "cancel":
            return self.host.reviews.part(self._take_id) is not None
        if action in {"retake", "open"}:
            return True if self._take and self._take.question_id else None
        if action == "compare":
            return True if self._others > 1 else None
        return super().check_action(action, parameters)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """As they are; undo stands at the foot once something was corrected."""
        active = super().active_bindings
        if self._corrections is None or not self._corrections.made:
            active = rename_key(active, "review.undo", "")
        if self.has_class("-numbers"):
            active = rename_key(active, "review.numbers", "words")
        return active

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if self._corrections is None and action in self._ON_A_REVIEW:
            return notices.NO_REVIEW
        is_available = self.check_action(action, ()) is True
        return "" if is_available else notices.WHY_NOT.get(action, "")

    @on(TakesCounted)
    def show_count(self, message: TakesCounted) -> None:
        """Say which of how many takes it is."""
        self._others, self._feedback = message.takes, message.feedback
        self._show_heading()
        self.refresh_bindings()

    @on(ReviewRead)
    def show_read(self, message: ReviewRead) -> None:
        """Show the review, or what it waits for; then read the sound."""
        self._take, self._others = message.take, message.others
        self._feedback = message.feedback
        self.show_standing(message.standing)
        if message.review_editor is None:
            self._show_heading()
            self.refresh_bindings()
            self._show_instead(notices.describe_waiting(message.take, self.host.reviews))
            return
        self._corrections = Corrections(self, message.review_editor, self.show_review)
        self._parts = message.parts
        self._duration_s = message.take.duration_s or 0.0
        self.refresh_bindings()
        self._bar.load(message.take.audio, self._duration_s)
        self.show_review(message.review_editor.document)
        if message.hears_more_now:
            self.notify(notices.HEARS_MORE_NOW)
        skip_in_collections()
        review_editor = message.review_editor
        in_background(
            self, lambda: SoundRead(levels_of(review_editor.sound_features())), "reading sound"
        )

    @on(SoundRead)
    def show_sound(self, message: SoundRead) -> None:
        """Draw the waveform, then get ready for corrections."""
        self.query_one(Timeline).show_levels(message.levels)
        assert self._corrections is not None
        # After the waveform and not before: it is seen, and the first correction takes a while.
        in_background(self, self._corrections.review_editor.prepare, "preparing corrections")

    @on(OriginalRead)
    def show_original(self, message: OriginalRead) -> None:
        """Show what the machine found."""
        self._open_corrections.show_original(message.document)

    def show_news(self, news: ReviewNews) -> None:
        """Keep to what becomes of the take while it waits; show a review that is new."""
        is_new = isinstance(news, ReviewFinished)
        if news.take_id == self._take_id and (self._corrections is None or is_new):
            self._reader.read()
        elif is_new and self._take is not None:
            self._reader.count_takes()

    @on(PlayBar.PlayheadMoved)
    def follow_sound(self, message: PlayBar.PlayheadMoved) -> None:
        """Keep everything that moves in step with the sound."""
        self._listening.follow_sound(message.time_s)

    @on(PlayBar.PlayingEnded)
    def rest(self) -> None:
        """Take the pointer away."""
        self._listening.rest()

    @on(TranscriptView.PlaceReached)
    def explain(self, message: TranscriptView.PlaceReached) -> None:
        """Say what the cursor is on; a resting playhead goes along."""
        self._listening.go_along(message.place)
        self._explain()

    @on(TranscriptView.PlaceChosen)
    def play_chosen(self) -> None:
        """Play from the word that was clicked twice."""
        self.action_play_from()

    @on(Timeline.Sought)
    def seek(self, message: Timeline.Sought) -> None:
        """Go to the moment that was clicked."""
        self._listening.seek(message.time_s)

    def action_play(self) -> None:
        """Play or pause."""
        self._listening.play()

    def action_play_from(self) -> None:
        """Play the place worth hearing that the cursor is on, or from the cursor."""
        self._listening.play_from_cursor()

    def action_rewind(self) -> None:
        """Go back 5 seconds."""
        self._listening.seek(self._bar.playhead_s - SEEK_S)

    def action_forward(self) -> None:
        """Go on 5 seconds."""
        self._listening.seek(self._bar.playhead_s + SEEK_S)

    def action_next_finding(self) -> None:
        """Go to the next place or finding and play around it."""
        self._listening.play_next()

    def action_previous_finding(self) -> None:
        """Go to the place or finding before and play around it."""
        self._listening.play_previous()

    def action_slower(self) -> None:
        """Play slower."""
        self._bar.change_speed(-1)

    def action_faster(self) -> None:
        """Play faster."""
        self._bar.change_speed(1)

    def action_not_filler(self) -> None:
        """Say that the filler under the cursor is none."""
        self._open_corrections.rule_out(self._find_here({"filler", "hedge"}))

    def action_missed(self) -> None:
        """Mark a filler that was missed."""
        here, is_playing = self._find_here({"filler"}), self._bar.playing
        self._open_corrections.mark_missed(here, self._word, self._place_s, is_playing=is_playing)

    def action_edit(self) -> None:
        """Correct the word under the cursor."""
        self._open_corrections.edit_word(self._word)

    def action_undo(self) -> None:
        """Take back the last correction."""
        self._open_corrections.undo()

    def action_original(self) -> None:
        """Show what the machine found, or go back."""
        self._open_corrections.toggle_original()

    def action_numbers(self) -> None:
        """Turn to the numbers, or back to the words."""
        self._turn(to_numbers=not self._panel.has_focus)

    def action_meaning(self) -> None:
        """Say what the number under the cursor means."""
        self._turn(to_numbers=True)
        if (entry := self._panel.chosen) is not None and entry.explanation:
            heading = f"{entry.name}  {entry.value}"
            self.app.push_screen(MeaningDialog(heading, entry.explanation))

    def action_back(self) -> None:
        """Return to the screen below; from numbers that hide the words, to the words."""
        if self._panel.has_focus and not self.has_class("-wide"):
            self._turn(to_numbers=False)
        else:
            self.dismiss()

    def _turn(self, *, to_numbers: bool) -> None:
        """Give the focus to the numbers or the words; where there is room for one, show that."""
        self.set_class(to_numbers, "-numbers")
        self.set_focus(self._panel if to_numbers else self._transcript)

    def action_notes(self) -> None:
        """Write notes; they are kept when the box closes."""
        assert self._take is not None
        self._own_words.write_notes(self._take.notes)

    def action_star(self) -> None:
        """Mark as one of the best, or no longer."""
        self._own_words.toggle_star()

    def action_rate_1(self) -> None:
        """Rate it 1 of 4."""
        self._own_words.rate(1)

    def action_rate_2(self) -> None:
        """Rate it 2 of 4."""
        self._own_words.rate(2)

    def action_rate_3(self) -> None:
        """Rate it 3 of 4."""
        self._own_words.rate(3)

    def action_rate_4(self) -> None:
        """Rate it 4 of 4."""
        self._own_words.rate(4)

    def action_situation(self) -> None:
        """Let the situation begin here."""
        self._own_words.mark_part("situation", self._bar.playhead_s)

    def action_task(self) -> None:
        """Let the task begin here."""
        self._own_words.mark_part("task", self._bar.playhead_s)

    def action_action(self) -> None:
        """Let the action begin here."""
        self._own_words.mark_part("action", self._bar.playhead_s)

    def action_result(self) -> None:
        """Let the result begin here."""
        self._own_words.mark_part("result", self._bar.playhead_s)

    def action_compare(self) -> None:
        """Lay this take beside another one of its question."""
        self.host.navigator.open_comparison(self._take_id)

    def action_share(self) -> None:
        """Choose for whom, in which form and where to."""
        assert self._take is not None
        self.host.navigator.open_export(self._take, is_for_somebody=True)

    def action_feedback(self) -> None:
        """Show what readers answered."""
        assert self._take is not None
        self.host.navigator.open_feedback(self._take, self._listening.play_at)

    def action_delete(self) -> None:
        """Ask, then delete the take for good and leave."""
        assert self._take is not None
        self._bar.pause()
        self._own_words.delete_take(self._take, self.dismiss)

    def action_retake(self) -> None:
        """Answer the same question again."""
        assert self._take is not None
        self._reader.find_question(self._take)

    @on(QuestionFound)
    def begin_retake(self, message: QuestionFound) -> None:
        """Open a session on the question."""
        self.host.navigator.open_retake(message.candidate)

    def action_retry(self) -> None:
        """Transcribe the take again."""
        self.host.reviews.add(self._take_id)
        self.notify("The take is being transcribed again.")
        self.refresh_bindings()

    def action_cancel(self) -> None:
        """Stop transcribing the take."""
        self.cancel_transcription(self._take_id)

    def show_review(self, document: ReviewDocument) -> None:
        """Show a review in every part of the screen."""
        self._transcript.show(document)
        self._listening.show_places(document.highlights.places)
        show_above_words(self, self._transcript)
        self._show_instead(wording.explain_missing_words(document))
        self.query_one(Timeline).show(document, self._duration_s)
        self.show_parts(self._parts)
        self._show_heading()
        self._explain()

    def show_parts(self, parts: dict[StarPart, float]) -> None:
        """Show where the parts begin, and how they divide the answer."""
        self._parts = parts
        self._transcript.show_parts(parts)
        self.query_one(Timeline).show_parts(parts)
        self._show_numbers()

    def show_standing(self, standing: Standing | None) -> None:
        """Say where the question stands, and which story is told, also in the numbers."""
        super().show_standing(standing)
        if self._corrections is not None:
            self._show_numbers()

    def show_take(self, take: Take) -> None:
        """Show the take as it is now."""
        self._take = take
        self._show_heading()
        self._show_numbers()

    @property
    def _open_corrections(self) -> Corrections:
        """The corrections, for commands that `check_action` lets through with a review only."""
        assert self._corrections is not None
        return self._corrections

    @property
    def _transcript(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    @property
    def _panel(self) -> MeasuresPanel:
        return self.query_one(MeasuresPanel)

    @property
    def _bar(self) -> PlayBar:
        return self.query_one(PlayBar)

    @property
    def _text(self) -> MarkedText:
        assert self._transcript.text is not None, "commands wait until there is a review"
        return self._transcript.text

    @property
    def _word(self) -> Word | None:
        """The word under the cursor."""
        return self._text.word(self._transcript.cursor) if len(self._text) else None

    @property
    def _place_s(self) -> float:
        """Where a mark goes: to what is heard, or to the word under the cursor at rest."""
        if self._bar.playing or not len(self._text):
            return self._bar.playhead_s
        return self._text.span_s(self._transcript.cursor)[0]

    def _find_here(self, kinds: set[str]) -> Finding | None:
        """The finding of one of these kinds under the cursor."""
        findings = self._text.findings(self._transcript.cursor) if len(self._text) else []
        return next((finding for finding in findings if finding.kind in kinds), None)

    def _show_instead(self, text: str) -> None:
        """Say why there are no words."""
        instead = self.query_one("#no-words", PlainText)
        instead.show(text)
        instead.display = bool(text)

    def _show_numbers(self) -> None:
        assert self._take is not None
        shown = self.standing.shown if self.standing else ()
        self._panel.show(self._text.document, self._take, self._parts, *shown)

    def _show_heading(self) -> None:
        take = self._take
        assert take is not None
        self.query_one("#question", PlainText).show(take.question or "An answer without a question")
        is_original = self._corrections is not None and self._corrections.shows_original
        now, readers = self.services.now(), count_readers(self._feedback)
        facts = notices.describe_facts(take, self._others, now, readers, shows_original=is_original)
        self.query_one("#facts", PlainText).show(facts)

    def _explain(self) -> None:
        said = explain_place(self._text, self._transcript.cursor, self._feedback)
        self.query_one("#explanation", PlainText).show(said)
