"""One take as it was said: its words with every finding marked, its sound, its numbers."""

import gc
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Footer

from practice.base.text import clock_time
from practice.core.correcting import ReviewEditor
from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart, Take, TakeState
from practice.reports import wording
from practice.schedule.proposal import Candidate
from practice.tui.commands import BACK, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ReviewFinished, ReviewNews
from practice.tui.presentation import explanations, formatting
from practice.tui.screens.review.correcting import (
    MeaningsDialog,
)
from practice.tui.screens.review.review_commands import COMMAND_TABLE
from practice.tui.screens.review.review_own_words import OwnWordsScreen
from practice.tui.services import Services
from practice.tui.widgets.measures import Measures
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.timeline import Levels, Timeline, levels_of
from practice.tui.widgets.transcript import Transcript

SEEK_S = 5.0
MARGIN = 2
"""Columns left free on both sides of the numbers where they stand below the words."""
WIDE = 100
"""Columns from which on the numbers stand beside the words, as in the style."""
ORIGINAL = "what the machine found; o goes back to your corrections"


@dataclass
class Opened(Message):
    """The take and its review were read; the review is None while it is still to be made."""

    take: Take
    revision: ReviewEditor | None
    others: int
    """Takes of the same question, this one included."""
    parts: dict[StarPart, float]
    """Where the parts of the answer begin, as the user marked them."""


@dataclass
class SoundRead(Message):
    """The recording was decoded."""

    levels: Levels


@dataclass
class QuestionFound(Message):
    """The question of the take, as its bank has it now."""

    candidate: Candidate


class ReviewScreen(OwnWordsScreen):
    """Reads, plays and corrects one take.

    Args:
        services: What the screen works with.
        take_id: The take.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "Transcript"
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
        super().__init__(services, take_id)
        self._others = 1
        self._duration_s = 0.0
        self._follows = False

    def compose(self) -> ComposeResult:
        """The question, the words beside the numbers, what the cursor is on, the take over time."""
        yield PlainText("", "question")
        yield PlainText("", "facts")
        with Horizontal(id="middle"):
            with Vertical(id="words"):
                yield PlainText("", "no-words")
                yield Transcript()
            yield Measures()
        with Horizontal(id="here"):
            yield PlainText("", "explanation")
            yield PlayBar(self.services.devices)
        yield Timeline()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the take beside the first frame."""
        self.host.review_news.subscribe(self, self.show_news)
        self._open()

    def on_unmount(self) -> None:
        """Let everything that was shown be collected again."""
        gc.unfreeze()

    def on_resize(self) -> None:
        """Numbers as a column or as lines."""
        if self._revision is not None:
            self._show_numbers()

    def on_screen_suspend(self) -> None:
        """Fall silent under another screen."""
        self._bar.pause()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a review there is nothing to correct; without a question none to ask again."""
        if self._revision is None and action in self._ON_A_REVIEW:
            return None
        if action == "cancel":
            return self.host.reviews.part(self._take_id) is not None
        if action == "retake":
            return True if self._take and self._take.question_id else None
        if action == "compare":
            return True if self._others > 1 else None
        return True

    @on(Opened)
    def show_opened(self, message: Opened) -> None:
        """Show the review, or what it waits for; then read the sound."""
        self._take, self._revision, self._others = message.take, message.revision, message.others
        self._show_heading()
        self.refresh_bindings()
        if message.revision is None:
            self._show_waiting(message.take)
            return
        self._parts = message.parts
        self._duration_s = message.take.duration_s or 0.0
        self._bar.load(message.take.audio, self._duration_s)
        self.show_review(message.revision.document)
        # A pass of Python's collector over a long transcript takes longer than a frame may.
        gc.freeze()
        in_background(self, self._read_sound, "reading the sound")

    @on(SoundRead)
    def show_sound(self, message: SoundRead) -> None:
        """Draw the waveform."""
        self.query_one(Timeline).show_levels(message.levels)
        assert self._revision is not None
        in_background(self, self._revision.prepare, "preparing corrections")

    @on(PlayBar.Moved)
    def follow_sound(self, message: PlayBar.Moved) -> None:
        """Let playhead, pointer and, while the take is played on, the cursor follow the sound."""
        self.query_one(Timeline).show_playhead(message.time_s)
        text = self._transcript.text
        if text is None or not len(text) or not self._bar.playing:
            return
        place = text.at(message.time_s)
        self._transcript.follow(place)
        if self._follows:
            self._transcript.cursor = place

    @on(PlayBar.Ended)
    def rest(self) -> None:
        """Take the pointer away."""
        self._follows = False
        self._transcript.now = None

    @on(Transcript.CursorMoved)
    def explain(self, message: Transcript.CursorMoved) -> None:
        """Say what the cursor is on; a resting playhead goes along, a playing one lets it go."""
        text = self._transcript.text
        assert text is not None
        if not self._bar.playing:
            self._rest_at(text.span_s(message.place)[0])
        elif message.place != self._transcript.now:
            self._follows = False
        self._explain()

    @on(Transcript.Chosen)
    def play_chosen(self) -> None:
        """Play from the word that was clicked twice."""
        self.action_play_from()

    @on(Timeline.Sought)
    def seek(self, message: Timeline.Sought) -> None:
        """Go to the moment that was clicked."""
        self._seek(message.time_s)

    def show_news(self, news: ReviewNews) -> None:
        """Keep to what becomes of the take while it waits; show a review that is new."""
        if news.take_id == self._take_id and (
            self._revision is None or isinstance(news, ReviewFinished)
        ):
            self._open()

    def action_play(self) -> None:
        """Play on, or fall silent."""
        self._follows = True
        self._bar.toggle()

    def action_play_from(self) -> None:
        """Play from the cursor."""
        self._follows = True
        self._bar.play_from(self._text.span_s(self._transcript.cursor)[0])

    def action_rewind(self) -> None:
        """Go back 5 seconds."""
        self._seek(self._bar.playhead_s - SEEK_S)

    def action_forward(self) -> None:
        """Go on 5 seconds."""
        self._seek(self._bar.playhead_s + SEEK_S)

    def action_next_finding(self) -> None:
        """Go to the next finding and play around it."""
        self._play_mark(self._text.next_mark(self._transcript.cursor))

    def action_previous_finding(self) -> None:
        """Go to the finding before and play around it."""
        self._play_mark(self._text.previous_mark(self._transcript.cursor))

    def action_slower(self) -> None:
        """Play slower."""
        self._bar.change_speed(-1)

    def action_faster(self) -> None:
        """Play faster."""
        self._bar.change_speed(1)

    def action_meanings(self) -> None:
        """Say what every number means."""
        self.app.push_screen(MeaningsDialog(self._text.document))

    def action_compare(self) -> None:
        """Lay this take beside another one of its question."""
        self.host.navigator.open_comparison(self._take_id)

    def action_retake(self) -> None:
        """Answer the same question again."""
        in_background(self, self._find_question, "finding the question")

    @on(QuestionFound)
    def begin_retake(self, message: QuestionFound) -> None:
        """Open a sitting on the question."""
        from practice.core.session import Mode

        self.host.navigator.open_session([message.candidate], Mode.PRACTICE)

    def action_retry(self) -> None:
        """Transcribe the take again."""
        self.host.reviews.add(self._take_id)
        self.notify("The take is being transcribed again.")
        self.refresh_bindings()

    def action_cancel(self) -> None:
        """Transcribe the take no further."""
        self.cancel_hearing(self._take_id)

    def _open(self) -> None:
        in_background(self, self._read_take, "reading the take")

    def _read_take(self) -> Opened:
        workspace = self.services.workspace
        take = workspace.library.take(self._take_id)
        others = workspace.library.takes(question_id=take.question_id, bank=take.bank)
        count = len(others) if take.question_id else 1
        revision = ReviewEditor(workspace, take.id) if take.state is TakeState.REVIEWED else None
        return Opened(take, revision, count, workspace.library.annotations.parts(take.id))

    def _read_sound(self) -> Message:
        assert self._revision is not None
        return SoundRead(levels_of(self._revision.sound_features()))

    def _find_question(self) -> QuestionFound:
        assert self._take is not None
        catalogue, take = self.services.workspace.catalogue, self._take
        bank, question = catalogue.question(f"{take.bank}/{take.question_id}")
        return QuestionFound(Candidate(bank, catalogue.bank(bank).title, question))

    def show_review(self, document: ReviewDocument) -> None:
        """Show a review in every part of the screen."""
        self._transcript.show(document)
        self._show_instead(wording.explain_missing_words(document))
        self.query_one(Timeline).show(document, self._duration_s)
        self.show_parts(self._parts)
        self._show_heading()
        self._explain()

    def _show_waiting(self, take: Take) -> None:
        """Say what a take without a review waits for."""
        reviews = self.host.reviews
        if (part := reviews.part(take.id)) is None:
            self._show_instead(formatting.outcome(take))
        else:
            self._show_instead(formatting.hearing(part, reviews.left_s(take.id)))

    def _show_instead(self, text: str) -> None:
        """Say why there are no words."""
        instead = self.query_one("#no-words", PlainText)
        instead.show(text)
        instead.display = bool(text)

    def show_parts(self, parts: dict[StarPart, float]) -> None:
        """Show where the parts begin, and how they divide the answer."""
        self._parts = parts
        self._transcript.show_parts(self._parts)
        self.query_one(Timeline).show_parts(self._parts)
        self._show_numbers()

    def _show_numbers(self) -> None:
        assert self._take is not None
        width = self.app.size.width
        columns = None if width >= WIDE else width - 2 * MARGIN
        self.query_one(Measures).show(self._text.document, self._take, self._parts, columns)

    def show_take(self, take: Take) -> None:
        """Show the take as it is now."""
        self._take = take
        self._show_heading()
        self._show_numbers()

    def _show_heading(self) -> None:
        take = self._take
        assert take is not None
        self.query_one("#question", PlainText).show(take.question or "An answer without a question")
        parts = [
            f"take {take.number} of {max(self._others, take.number)}",
            formatting.when(take, self.services.now()),
            clock_time(take.duration_s or 0.0),
            f"rated {take.rating} of 4" if take.rating else "",
            "★" if take.starred else "",
            ORIGINAL if self._shows_original else "",
        ]
        self.query_one("#facts", PlainText).show(" · ".join(part for part in parts if part))

    def _explain(self) -> None:
        text = self._text
        said = explanations.at_place(text, self._transcript.cursor) if len(text) else ""
        self.query_one("#explanation", PlainText).show(said)

    def _play_mark(self, place: int | None) -> None:
        if place is None:
            self.notify("There is no further finding that way.")
            return
        self._follows = False
        self._transcript.cursor = place
        finding = self._text.findings(place)[0]
        self._bar.play_around(finding.start_s, finding.end_s)

    def _seek(self, time_s: float) -> None:
        self._follows = self._bar.playing
        self._bar.seek(time_s)
        if not self._bar.playing and len(self._text):
            self._transcript.cursor = self._text.at(self._bar.playhead_s)

    def _rest_at(self, time_s: float) -> None:
        self._bar.place(time_s)
        self.query_one(Timeline).show_playhead(time_s)
