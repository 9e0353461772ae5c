"""One take as it was said: its words with every finding marked, its sound, its numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Footer

from practice.delivery.findings import Finding
from practice.interview import sound_of
from practice.library.library import Library
from practice.library.takes import StarPart, Take
from practice.reports import wording
from practice.reports.document import ReviewDocument
from practice.revising import Revision
from practice.tui import explanations, figures, screens
from practice.tui.background import in_background
from practice.tui.commands import BACK, Command, bindings
from practice.tui.messages import ReviewNews, Trouble
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.correcting import (
    MeaningsScreen,
    MissedScreen,
    NotesScreen,
    NotFillerScreen,
    Where,
    WordScreen,
)
from practice.tui.services import Services
from practice.tui.widgets.measures import Measures
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.timeline import Levels, Timeline, levels_of
from practice.tui.widgets.transcript import Transcript

SEEK_S = 5.0
SAME_PLACE_S = 1.0
"""A part marked again so near to where it begins is taken back."""

COMMAND_TABLE = (
    Command("review.play", "space", "play", "Play on from here, or fall silent.", footer=True),
    Command("review.play-from", "enter", "play from", "Play from the word under the cursor."),
    Command("review.back", "left", "5 s back", "Go back 5 seconds."),
    Command("review.forward", "right", "5 s on", "Go on 5 seconds."),
    Command(
        "review.next-finding", "right_square_bracket", "next finding",
        "Go to the next finding and play 3 s around it.", footer=True,
    ),
    Command(
        "review.previous-finding", "left_square_bracket", "finding before",
        "Go to the finding before and play 3 s around it.",
    ),
    Command("review.slower", "comma", "slower", "Play slower, at the same pitch."),
    Command("review.faster", "full_stop", "faster", "Play faster, at the same pitch."),
    Command("review.not-filler", "x", "not one", "This is not a filler: only here, or always.",
            footer=True),
    Command("review.missed", "m", "missed one", "A filler was said here and is not marked.",
            footer=True),
    Command("review.edit", "e", "edit", "Correct the word under the cursor.", footer=True),
    Command("review.undo", "u", "undo", "Take back the last correction."),
    Command("review.original", "o", "original", "Show what the machine found, or your version."),
    Command("review.meanings", "i", "meanings", "Say what every number means."),
    Command("review.notes", "n", "notes", "Write notes on this take."),
    Command("review.rate-1", "1", "rate 1", "Rate this take 1 of 4; again takes it back."),
    Command("review.rate-2", "2", "rate 2", "Rate this take 2 of 4."),
    Command("review.rate-3", "3", "rate 3", "Rate this take 3 of 4."),
    Command("review.rate-4", "4", "rate 4", "Rate this take 4 of 4."),
    Command("review.star", "asterisk", "star", "Mark this take as one of your best, or no longer."),
    Command("review.situation", "s", "situation", "The situation begins here."),
    Command("review.task", "t", "task", "The task begins here."),
    Command("review.action", "a", "action", "What you did begins here."),
    Command("review.result", "r", "result", "The result begins here."),
    Command("review.compare", "c", "compare", "Lay this take beside another of the question."),
    Command("review.retake", "R", "retake", "Answer this question again."),
    Command("review.retry", "f5", "transcribe", "Transcribe the take again."),
    BACK,
)  # fmt: skip

NOTHING_THERE = "There is no filler here; go to one with [ and ]."
ORIGINAL = "what the machine found, before your corrections; o goes back to them"


@dataclass
class Opened(Message):
    """The take and its review were read; the review is None while it is still to be made."""

    take: Take
    revision: Revision | None
    others: int
    """Takes of the same question, this one included."""


@dataclass
class SoundRead(Message):
    """The recording was decoded."""

    levels: Levels


@dataclass
class Revised(Message):
    """A correction was kept, or one was taken back."""


@dataclass
class OriginalRead(Message):
    """What the machine found was worked out."""

    document: ReviewDocument


class ReviewScreen(PracticeScreen[None]):
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
        command.action for command in COMMAND_TABLE if command.id not in {BACK.id, "review.retry"}
    )

    def __init__(self, services: Services, take_id: str) -> None:
        super().__init__(services)
        self._take_id = take_id
        self._revision: Revision | None = None
        self._take: Take | None = None
        self._others = 1
        self._parts: dict[StarPart, float] = {}
        self._follows = False
        self._shows_original = False

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
        self.practice.review_news.subscribe(self, self.show_news)
        self._open()

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
            waiting = figures.outcome(message.take, self.practice.reviews.part(message.take.id))
            self.query_one("#no-words", PlainText).show(waiting)
            return
        self._parts = self._library.marks.parts(message.take.id)
        self._bar.load(message.take.audio, message.take.duration_s or 0.0)
        self._show_review(message.revision.document)
        self._do(self._read_sound)

    @on(SoundRead)
    def show_sound(self, message: SoundRead) -> None:
        """Draw the waveform."""
        self.query_one(Timeline).show_levels(message.levels)

    @on(Revised)
    def show_revised(self) -> None:
        """Let words, marks and numbers follow a correction."""
        assert self._revision is not None
        self._shows_original = False
        self._show_review(self._revision.document)

    @on(OriginalRead)
    def show_original(self, message: OriginalRead) -> None:
        """Show what the machine found."""
        self._shows_original = True
        self._show_review(message.document)

    @on(PlayBar.Moved)
    def follow_sound(self, message: PlayBar.Moved) -> None:
        """Let pointer, playhead and, while the whole take plays, the cursor follow the sound."""
        self.query_one(Timeline).show_playhead(message.time_s)
        text = self._transcript.text
        if text is None or not len(text):
            return
        place = text.at(message.time_s)
        if self._bar.playing:
            self._transcript.follow(place)
            self._follows = self._follows and message.whole
        if self._follows or not self._bar.playing:
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
        if self._bar.playing:
            self._follows = self._follows and message.place == self._transcript.now
        else:
            self._rest_at(text.span_s(message.place)[0])
        self.query_one("#explanation", PlainText).show(explanations.at_place(text, message.place))

    @on(Transcript.Chosen)
    def play_chosen(self) -> None:
        """Play from the word that was clicked twice."""
        self.action_play_from()

    @on(Timeline.Sought)
    def seek(self, message: Timeline.Sought) -> None:
        """Go to the moment that was clicked."""
        self._bar.seek(message.time_s)

    def show_news(self, news: ReviewNews) -> None:
        """Open the review once it is made."""
        if news.take_id == self._take_id and self._revision is None:
            self._open()

    def action_play(self) -> None:
        """Play on, or fall silent."""
        self._follows = True
        self._bar.toggle()

    def action_play_from(self) -> None:
        """Play from the cursor."""
        if (text := self._transcript.text) is not None and len(text):
            self._follows = True
            self._bar.play_from(text.span_s(self._transcript.cursor)[0])

    def action_back(self) -> None:
        """Return to the screen below."""
        self.dismiss()
