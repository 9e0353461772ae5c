"""Two takes of one question side by side."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message

from practice.base.errors import NotFoundError
from practice.base.text import clock_time
from practice.documents.review import ReviewDocument
from practice.library.takes import Take, TakeState
from practice.reports.comparison import compare_reviews
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import formatting
from practice.tui.screens.base import SLIM, PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.comparison import ComparisonTable, PaceLines
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.play_bar import PlayBar
from practice.tui.widgets.take_column import TakeColumn
from practice.tui.widgets.transcript_view import TranscriptView

COMMAND_TABLE = (
    Command("compare.play", "space", "play", "Play or pause the chosen take.",
            footer=True),
    Command("compare.play-from", "enter", "play from", "Play from the word under the cursor."),
    Command("compare.first", "left", "first take", "Choose the first take.", footer=True),
    Command("compare.second", "right", "second take", "Choose the second take.", footer=True),
    Command(
        "compare.next-finding", "right_square_bracket", "next mark",
        "Go to the next mark and play 3 s around it.",
    ),
    Command(
        "compare.previous-finding", "left_square_bracket", "mark before",
        "Go to the mark before and play 3 s around it.",
    ),
    Command("compare.slower", "less_than_sign", "slower", "Play slower, at the same pitch."),
    Command("compare.faster", "greater_than_sign", "faster", "Play faster, at the same pitch."),
    Command("compare.star", "asterisk", "star", "Mark the chosen take as one of your best.",
            footer=True),
    Command("compare.other", "c", "another", "Compare with another take of the question.",
            footer=True),
    BACK,
)  # fmt: skip


TALL = 30
"""Rows from which on there is room for every number."""
FEW = {
    *("wpm", "fillers.certain", "pauses.count", "pauses.longest_s"),
    *("coverage.key_points", "coverage.terms"),
}
"""The numbers for which there is always room."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A take with its review."""

    take: Take
    document: ReviewDocument


@dataclass
class PairRead(Message):
    """Two takes were read, the earlier one first."""

    first: Reviewed
    second: Reviewed
    others: list[str]
    """The ids of every take that this one may be compared with, the nearest before it first."""


class CompareScreen(PracticeScreen[None]):
    """Shows two takes: their numbers with the difference, their pace, their words.

    Args:
        services: What the screen works with.
        take_id: One of them.
        other_id: The other one; where it is not named, the take before the first, or else after it.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "compare.tcss"
    AUTO_FOCUS = ""
    HELP = (
        "The second take is the later one; the difference says how far it is from the first. "
        "Neither direction is better by itself: listen, and star the one you like."
    )

    def __init__(self, services: Services, take_id: str, other_id: str | None = None) -> None:
        super().__init__(services)
        self._take_id = take_id
        self._other_id = other_id
        self._others: list[str] = []
        self._with = 0
        self._active = ""
        self._pair: PairRead | None = None

    def compose(self) -> ComposeResult:
        """Question, numbers, pace, and the two takes."""
        yield PlainText("", "question")
        yield ComparisonTable("", "numbers")
        yield PaceLines()
        with Horizontal(id="takes"):
            yield TakeColumn(self.services.devices, "first")
            yield TakeColumn(self.services.devices, "second")
        yield Footer()

    def on_mount(self) -> None:
        """Read the takes beside the first frame."""
        self._read()

    def on_resize(self) -> None:
        """Show as many numbers as there is room for."""
        self._show_numbers()

    def on_screen_suspend(self) -> None:
        """Fall silent under another screen."""
        for column in self.query(TakeColumn):
            column.bar.pause()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Until the takes are read there is nothing to do."""
        if action == "other":
            return True if len(self._others) > 1 else None
        return True if self._others or action == "back" else None

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if not self._others:
            return "The takes are still being read."
        is_only_pair = action == "other" and len(self._others) == 1
        return "There are two takes of this question, and both are here." if is_only_pair else ""

    @on(PairRead)
    def show_pair(self, message: PairRead) -> None:
        """Show both takes; the later one is chosen first."""
        self._pair = message
        first, second = message.first, message.second
        self._others = message.others
        self.query_one("#question", PlainText).show(first.take.question or "Two takes")
        for name, one in (("first", first), ("second", second)):
            self._column(name).show(one.take, one.document, self._heading(one.take))
        self._show_numbers()
        self._choose(self._active or "second")
        self.refresh_bindings()

    @on(PlayBar.PlayheadMoved)
    def silence_the_other(self, message: PlayBar.PlayheadMoved) -> None:
        """One take is heard at a time: the chosen one, whatever the other said a moment ago."""
        if message.bar is not self._chosen.bar or not message.bar.playing:
            return
        for bar in self.query(PlayBar):
            if bar is not message.bar:
                bar.pause()

    def on_descendant_focus(self) -> None:
        """A click into a transcript chooses its take."""
        for column in self.query(TakeColumn):
            if column.transcript.has_focus and column.id != self._active:
                self._choose(column.id or "")

    def action_play(self) -> None:
        """Play or pause the chosen take."""
        self._chosen.play()

    def action_play_from(self) -> None:
        """Play from the word under the cursor."""
        self._chosen.play_from_cursor()

    def action_first(self) -> None:
        """Choose the first take."""
        self._choose("first")

    def action_second(self) -> None:
        """Choose the second take."""
        self._choose("second")

    def action_next_finding(self) -> None:
        """Go to the next finding and play around it."""
        self._chosen.play_mark(forward=True)

    def action_previous_finding(self) -> None:
        """Go to the finding before and play around it."""
        self._chosen.play_mark(forward=False)

    def action_slower(self) -> None:
        """Play slower."""
        self._chosen.bar.change_speed(-1)

    def action_faster(self) -> None:
        """Play faster."""
        self._chosen.bar.change_speed(1)

    def action_star(self) -> None:
        """Mark the chosen take as one of the best, or no longer."""
        take = self._chosen.take
        assert take is not None
        library, take_id = self.services.workspace.library, take.id

        def star() -> None:
            library.annotations.star(take_id, starred=not library.take(take_id).starred)

        self.change(star, lambda _: self._read())

    def action_other(self) -> None:
        """Compare with the next of the other takes."""
        self._with = (self._with + 1) % len(self._others)
        self._read()

    @property
    def _chosen(self) -> TakeColumn:
        return self._column(self._active)

    def _column(self, name: str) -> TakeColumn:
        return self.query_one(f"#{name}", TakeColumn)

    def _choose(self, name: str) -> None:
        self._active = name
        for column in self.query(TakeColumn):
            column.set_class(column.id == name, "-active")
        self.set_focus(self._chosen.query_one(TranscriptView))

    def _heading(self, take: Take) -> str:
        day = formatting.when(take, self.services.now())
        length = clock_time(take.duration_s or 0.0)
        parts = [f"take {take.number}", day, length, "★" if take.starred else ""]
        return " · ".join(part for part in parts if part)

    def _show_numbers(self) -> None:
        if self._pair is None:
            return
        first, second = self._pair.first, self._pair.second
        headings = f"take {first.take.number}", f"take {second.take.number}"
        rows = compare_reviews(first.document, second.document)
        few = [row for row in rows if row.key in FEW] if self.app.size.height < TALL else rows
        is_slim = self.app.size.width < SLIM
        note = "" if is_slim or len(few) == len(rows) else f"{TALL} rows show more"
        self.query_one(ComparisonTable).show_rows(headings, few, note, is_slim=is_slim)
        pace = [(f"pace of take {one.take.number}", one.document) for one in (first, second)]
        self.query_one(PaceLines).show(pace)

    def _read(self) -> None:
        in_background(self, self._read_pair, "reading two takes")

    def _read_pair(self) -> PairRead:
        library = self.services.workspace.library
        this = library.take(self._take_id)
        takes = library.takes(
            question_id=this.question_id, bank=this.bank, state=TakeState.REVIEWED
        )
        others = sorted(
            (take for take in takes if take.id != this.id),
            key=lambda take: (
                take.id != self._other_id,
                take.number > this.number,
                abs(take.number - this.number),
            ),
        )
        if not others:
            raise NotFoundError("this question has no other take with a review", "retake it")
        pair = sorted([this, others[self._with]], key=lambda take: take.number)
        workspace = self.services.workspace
        first, second = (Reviewed(take, workspace.review_of(take)) for take in pair)
        return PairRead(first, second, [take.id for take in others])
