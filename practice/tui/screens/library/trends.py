"""Each measure over time, as a line and in words, with the user's own band."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from practice.base.text import one_line
from practice.core.guesses import GuessSeries, describe_guesses, follow_guesses
from practice.library.takes import Take
from practice.library.trends import (
    BAND_TAKES,
    Grouping,
    Series,
    choose_measures,
    describe_series,
    make_series,
)
from practice.schedule.days import day_name
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import LatestRead, in_background
from practice.tui.messages import ReviewNews, ReviewProgressed
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.plot import Plot, curve_of

ONE_BANK = "All takes are of one bank."
NAME_WIDTH = 20
VALUE_WIDTH = 7
EMPTY = (
    "After three takes each number has a chart here: your pace, your fillers, your pauses.\n\n"
    "Nothing is graded. You see what was measured, and your usual range."
)

COMMAND_TABLE = (
    Command(
        "trends.bank", "right", "bank", "Look at the next bank, or at all of them.", footer=True
    ),
    Command("trends.bank-before", "left", "bank before", "Look at the bank before."),
    Command(
        "trends.group",
        "G",
        "sessions or takes",
        "One point per session or per take.",
        footer=True,
    ),
    BACK,
)


@dataclass
class Followed(Message):
    """Every measure was followed over the takes."""

    number: int
    """Which of the questions this answers."""
    takes: Sequence[Take]
    """All there are."""
    found: Sequence[Series]
    """In the order of `MEASURES`."""


class TrendsScreen(PracticeScreen[None]):
    """The measures on the left, the chosen one over time on the right, the same in words below."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "trends.tcss"
    AUTO_FOCUS = "CursorList"
    HELP = (
        "Up and down choose a measure. A point is a session, its middle take (the median), or a "
        f"single take. Your usual range goes from the lowest to the highest of your first "
        f"{BAND_TAKES} takes; takes that were too noisy or too short are left out. There are no "
        "scores."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._takes: Sequence[Take] | None = None
        """What the library held when it was last read; None once that may have changed."""
        self._found: Sequence[Series] = ()
        self._reading = LatestRead(self, "following the measures")
        self._asked = 0
        self._awaited = 0
        """The oldest question to the library whose answer may still be shown."""
        self._banks: list[str] = [""]
        """What left and right go through; the first stands for all of them."""
        self._bank = ""
        self._grouping = Grouping.SESSIONS

    def compose(self) -> ComposeResult:
        """Title and scope, measures and plot, words, keys."""
        with Horizontal(id="head"):
            yield PlainText("Trends", "name")
            yield PlainText("", "scope")
        yield PlainText(EMPTY, "empty")
        with Horizontal(id="body"):
            yield CursorList()
            yield Plot()
        yield PlainText("", "words")
        yield Footer()

    def on_mount(self) -> None:
        """Follow the reviews."""
        self.query_one(CursorList).border_title = "numbers"
        self.query_one(Plot).border_title = "over time"
        self.host.review_news.subscribe(self, self.show_news)

    def on_screen_resume(self) -> None:
        """Read the takes beside the frame."""
        self._ask(again=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One bank needs no choice, and no key at the foot."""
        return not (action in {"bank", "bank_before"} and len(self._banks) <= 2)

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        is_choice = action in {"bank", "bank_before"}
        return ONE_BANK if is_choice and len(self._banks) <= 2 else ""

    @on(Followed)
    def show_followed(self, message: Followed) -> None:
        """Show an answer to what is asked for now, the cursor where it was."""
        if message.number < self._awaited:
            return
        # As in the library: news may come faster than answers, so every one of them shows.
        self._awaited = message.number
        if message.number == self._asked:
            self._takes = message.takes
        self._found = message.found
        self._banks = ["", *sorted({take.bank for take in message.takes if take.bank})]
        lines = self.query_one(CursorList)
        at = lines.highlighted or 0
        lines.clear_options()
        lines.add_options(Option(as_content(_line(found))) for found in message.found)
        lines.highlighted = at
        self._show_scope()
        self.show_measure()
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted)
    def show_measure(self) -> None:
        """Draw the chosen measure and say it in words."""
        at = self.query_one(CursorList).highlighted or 0
        chosen = self._found[at]
        days = {self._day(point.at) for point in chosen.points}
        self.query_one(Plot).curve = curve_of(chosen, self._day if len(days) > 1 else _time)
        if isinstance(chosen, GuessSeries):
            said = describe_guesses(chosen)
        else:
            said = describe_series(chosen, self._day)
        self.query_one("#words", PlainText).show(said)

    def show_news(self, news: ReviewNews) -> None:
        """Read again when a take has its numbers."""
        if not isinstance(news, ReviewProgressed):
            self._ask(again=True)

    def action_bank(self) -> None:
        """Look at the next bank."""
        self._move(1)

    def action_bank_before(self) -> None:
        """Look at the bank before."""
        self._move(-1)

    def action_group(self) -> None:
        """One point per session or per take."""
        groupings = list(Grouping)
        self._grouping = groupings[groupings.index(self._grouping) - 1]
        self._ask()

    def _move(self, by: int) -> None:
        at = self._banks.index(self._bank) if self._bank in self._banks else 0
        self._bank = self._banks[(at + by) % len(self._banks)]
        self._ask()

    def _ask(self, *, again: bool = False) -> None:
        """Follow every measure beside the screen; `again` reads the library again."""
        self._asked += 1
        number, bank, grouping = self._asked, self._bank, self._grouping
        if again:
            self._takes = None
        else:
            self._awaited = number
        known = self._takes

        def follow() -> Followed:
            takes = self.services.workspace.library.takes() if known is None else known
            chosen = [take for take in takes if bank in {"", take.bank}]
            measures = choose_measures(leaves_out_stutter=self.services.settings.stutter)
            found = [make_series(chosen, measure, grouping) for measure in measures]
            guesses = self.services.workspace.library.guesses.all()
            guessed = follow_guesses(guesses, chosen, takes, self.services.settings)
            return Followed(number, takes, [*found, *guessed])

        if again:
            self._reading.ask(follow)
        else:
            in_background(self, follow, "following the measures")

    def _show_scope(self) -> None:
        """Say what is shown; without takes, say what would be."""
        bank = one_line(self._bank) or "all banks"
        self.query_one("#scope", PlainText).show(f"{bank} · each point a {self._grouping[:-1]}")
        is_empty = not any(found.points for found in self._found)
        self.query_one("#empty").display = is_empty
        self.query_one("#body").display = not is_empty
        self.query_one("#words").display = not is_empty

    def _day(self, moment: datetime) -> str:
        return day_name(moment, self.services.now())


def _time(moment: datetime) -> str:
    """The time of day, for takes that are all of one day."""
    return f"{moment.astimezone():%H:%M}"


def _line(found: Series) -> str:
    """The measure and its newest value."""
    newest = found.measure.say(found.values[-1]) if found.points else "·"
    return fit(found.name, NAME_WIDTH) + fit(newest, VALUE_WIDTH, right=True)
