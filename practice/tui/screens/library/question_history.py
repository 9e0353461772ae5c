"""The takes of one question: a row of measures for each, and one measure over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from practice.library.takes import Take, TakeState
from practice.library.trends import TrendMeasure, choose_measures, describe_series, make_series
from practice.schedule.days import day_name
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.messages import ReviewNews, ReviewProgressed
from practice.tui.presentation.columns import RowContext
from practice.tui.presentation.take_columns import HISTORY, choose_columns
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.verdicts import open_it
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.plot import Plot, curve_of
from practice.tui.widgets.take_table import TakeTable

COMMAND_TABLE = (
    Command("question-history.measure", "right", "measure", "Draw the next measure.", footer=True),
    Command(
        "question-history.measure-before", "left", "measure before", "Draw the measure before."
    ),
    Command(
        "question-history.mark",
        "plus",
        "choose",
        "Choose a take to compare; two at most.",
        footer=True,
    ),
    Command(
        "question-history.compare",
        "c",
        "compare",
        "Lay two takes side by side: the marked ones, or this and the one before.",
        footer=True,
    ),
    Command(
        "question-history.open",
        "o",
        "open it",
        "Let this question come back until you have said it well on two days.",
    ),
    BACK,
)
COMPARED = 2
COMPARES_TWO = "Two takes with a review can be compared; here is only one."


@dataclass
class TakesRead(Message):
    """The takes of the question were read."""

    takes: Sequence[Take]
    has_model: bool


class QuestionHistoryScreen(PracticeScreen[None]):
    """Every take of one question, oldest first, and a measure of them over time.

    Args:
        services: What the screen works with.
        take: One of them.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "question_history.tcss"
    AUTO_FOCUS = "TakeTable"
    HELP = (
        "The takes of one question, oldest first. + chooses up to two of them, c lays them side by "
        "side; with one chosen it takes that one and the line you are on, with none that line "
        "and the take before it. Left and right draw another number."
    )

    def __init__(self, services: Services, take: Take) -> None:
        super().__init__(services)
        self._of = take
        self._measure = self._measures[0]
        self._has_model = True

    def compose(self) -> ComposeResult:
        """The question, a measure over time, the takes, keys."""
        yield PlainText(self._of.question or "", "question")
        yield PlainText(self._of.bank or "", "bank")
        yield Plot()
        yield PlainText("", "words")
        leaves_out = self.services.settings.stutter
        columns = choose_columns(HISTORY, leaves_out_stutter=leaves_out)
        yield TakeTable(columns, self._row_context)
        yield Footer()

    def on_mount(self) -> None:
        """Follow the reviews."""
        self.query_one(Plot).border_title = "over time"
        self._table.border_title = "takes"
        self.host.review_news.subscribe(self, self.show_news)

    def on_screen_resume(self) -> None:
        """Read what another screen may have changed."""
        in_background(self, self._read, "reading the takes")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Two different takes with a review can be compared."""
        if action == "compare" and (not self.is_mounted or len(self._pair) < COMPARED):
            return None
        return True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return COMPARES_TWO if action == "compare" and len(self._pair) < COMPARED else ""

    @on(TakesRead)
    def show_takes(self, message: TakesRead) -> None:
        """Show the takes as they are now, at first with the cursor on the one that led here."""
        table, self._has_model = self._table, message.has_model
        is_first = not table.takes
        table.show(message.takes)
        if is_first:
            ids = [take.id for take in message.takes]
            table.cursor = ids.index(self._of.id) if self._of.id in ids else 0
        self._show_measure()

    @on(TakeTable.CursorMoved)
    def offer_what_fits(self) -> None:
        """Let the footer follow the cursor."""
        self.refresh_bindings()

    def show_news(self, news: ReviewNews) -> None:
        """Keep the lines at what the review queue says."""
        if isinstance(news, ReviewProgressed):
            self._table.refresh()
        else:
            in_background(self, self._read, "reading the takes")

    def action_measure(self) -> None:
        """Draw the next measure."""
        self._step(1)

    def action_measure_before(self) -> None:
        """Draw the measure before."""
        self._step(-1)

    def action_mark(self) -> None:
        """Mark the take under the cursor, or take the mark away; a third mark ends the first."""
        take = self._table.chosen
        if take is None:
            return
        others = tuple(marked for marked in self._table.marked if marked != take.id)
        is_marked = take.id in self._table.marked
        self._table.mark(others if is_marked else (*others, take.id)[-COMPARED:])
        self.refresh_bindings()

    def action_compare(self) -> None:
        """Lay two takes side by side, the earlier one first."""
        first, second = self._pair
        self.host.navigator.open_comparison(first.id, second.id)

    def action_open(self) -> None:
        """Let the question come back until it is said well."""
        of = self._of
        open_it(self, of.bank, of.question_id or "", of.question or "")

    @property
    def _table(self) -> TakeTable:
        return self.query_one(TakeTable)

    @property
    def _pair(self) -> list[Take]:
        """The two takes that would be compared, the earlier one first; fewer when there are not."""
        takes, marked = self._table.takes, set(self._table.marked)
        chosen = self._table.chosen
        if chosen is not None and len(marked) < COMPARED:
            before = takes[max(0, self._table.cursor - 1)]
            marked |= {chosen.id} if marked else {chosen.id, before.id}
        reviewed = (take for take in takes if take.state is TakeState.REVIEWED)
        return [take for take in reviewed if take.id in marked]

    def _row_context(self) -> RowContext:
        return RowContext(self.services.now(), self.host.reviews.part, has_model=self._has_model)

    def _step(self, by: int) -> None:
        measures = self._measures
        at = measures.index(self._measure) if self._measure in measures else 0
        self._measure = measures[(at + by) % len(measures)]
        self._show_measure()

    @property
    def _measures(self) -> Sequence[TrendMeasure]:
        return choose_measures(leaves_out_stutter=self.services.settings.stutter)

    def _show_measure(self) -> None:
        found = make_series(self._table.takes, self._measure)
        plot = self.query_one(Plot)
        plot.curve = curve_of(found, self._day)
        plot.display = bool(plot.curve.values)
        self.query_one("#words", PlainText).show(describe_series(found, self._day))

    def _day(self, moment: datetime) -> str:
        return day_name(moment, self.services.now())

    def _read(self) -> TakesRead:
        workspace, of = self.services.workspace, self._of
        takes = workspace.library.takes(question_id=of.question_id, bank=of.bank)
        of_bank = [take for take in reversed(takes) if take.bank == of.bank]
        return TakesRead(of_bank, workspace.model().path is not None)
