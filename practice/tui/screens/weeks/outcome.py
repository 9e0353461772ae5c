"""How an interview ended, and days of rest. Every change is kept at once; nothing is asked for."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import TextArea

from practice.core.weeks import first_look, now_in_zone
from practice.library.interviews import OUTCOMES, Interview, Outcome, OutcomeState
from practice.schedule.days import name_day
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.form import FORM_TABLE, FormLines, FormScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.link_row import LinkRow
from practice.tui.widgets.option_row import LABEL_WIDTH, Option, OptionRow
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.text_box import TextBox

COMMAND_TABLE: tuple[Command, ...] = (BACK, *FORM_TABLE)
KEYS = "← and → change a line, Enter opens one with “…”. What you type is kept."
SAID: dict[OutcomeState, str] = {
    "waiting": "No answer yet.",
    "next round": "There is a next round. Add it to your interviews when you know the day.",
    "rejected": "A no. There is nothing you have to do today. Every line may stay empty.",
    "offer": "An offer.",
    "withdrew": "You withdrew.",
    "no answer": "They have not written. There is nothing you have to do today.",
}
"""What stands above the lines."""
FIELDS = {
    "stage": "which stage",
    "reason": "their reason",
    "feedback": "their words",
    "guess": "my guess",
}
REST_DAYS = (0, 1, 2, 3)
OFFERS = {"page": "a page", "letter": "a letter", "look": "look at it"}
PAGE = "to write on; nobody else reads it"
LETTER = "thanks, a question to them, or for a reader"
LOOK = "what was asked, and how it went"


@dataclass
class OutcomeRead(Message):
    """What was noted before was read."""

    outcome: Outcome
    rest_until: date | None
    look_day: date | None
    """From when on it is offered to look at what was asked."""
    now: datetime


class OutcomeScreen(FormScreen[None]):
    """A few lines to change with the arrow keys; more of them after a rejection.

    Args:
        services: What the screen works with.
        interview: The interview.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "outcome.tcss"
    AUTO_FOCUS = "#state"
    HELP = (
        "How it ended. What they said and what you guess are kept apart. While you rest, nothing "
        "is due."
    )

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview
        self._outcome = Outcome(interview.outcome or "waiting")
        self._is_read = False
        self._look_day: date | None = None

    def compose(self) -> ComposeResult:
        """How it ended, what they said, rest."""
        yield PlainText(self._interview.name, classes="title")
        yield PlainText("", "said")
        with FormLines(classes="form"):
            states = [Option(state, state) for state in OUTCOMES]
            yield OptionRow("how it ended", states, self._outcome.state, "state")
            yield OptionRow("rest", [Option("0", "no")], "0", "rest")
            for name, label in OFFERS.items():
                yield LinkRow(label, name)
            for key, label in FIELDS.items():
                with Horizontal(classes="after-a-no"):
                    yield PlainText(label.ljust(LABEL_WIDTH), classes="label")
                    yield TextBox("", key)
        yield PlainText(KEYS, "keys")
        yield Footer()

    def on_mount(self) -> None:
        """Read what was noted before."""
        self.query_one("#page", LinkRow).show(PAGE)
        self.query_one("#letter", LinkRow).show(LETTER)
        self._show_state()
        in_background(self, self._read_outcome, "reading the outcome")

    @on(OutcomeRead)
    def show_outcome(self, message: OutcomeRead) -> None:
        """Show what was noted before."""
        self._outcome = message.outcome
        self.query_one("#state", OptionRow).choose(self._outcome.state)
        for key in FIELDS:
            self.query_one(f"#{key}", TextBox).text = getattr(self._outcome, key)
        today = message.now.date()
        days = (message.rest_until - today).days if message.rest_until else 0
        offered = sorted({*REST_DAYS, max(days, 0)})
        self.query_one("#rest", OptionRow).offer(
            [Option(f"{count}", _describe_rest(count, today)) for count in offered],
            f"{max(days, 0)}",
        )
        self._today, self._look_day = today, message.look_day
        self._is_read = True
        self._show_state()

    @on(OptionRow.Changed, "#state")
    def keep_state(self, message: OptionRow.Changed) -> None:
        """Keep how it ended."""
        state = next(known for known in OUTCOMES if known == message.value)
        self._keep(replace(self._outcome, state=state))
        self._show_state()

    @on(TextArea.Changed)
    def keep_text(self, message: TextArea.Changed) -> None:
        """Keep what was typed, at every key."""
        area = message.text_area
        if not self._is_read or area.id is None:
            return
        texts = {key: self.query_one(f"#{key}", TextBox).text for key in FIELDS}
        self._keep(Outcome(self._outcome.state, **texts))

    @on(LinkRow.Opened, "#page")
    def open_page(self) -> None:
        """Open the page for oneself."""
        self.host.navigator.open_own_page(self._interview)

    @on(LinkRow.Opened, "#letter")
    def open_letter(self) -> None:
        """Make a letter."""
        interview = replace(self._interview, outcome=self._outcome.state)
        self.host.navigator.open_letter(interview)

    @on(LinkRow.Opened, "#look")
    def look_at_it(self) -> None:
        """Show what was asked, from its day on."""
        if self._is_read and self._can_look:
            self.host.navigator.open_debrief(self._interview)
        elif self._is_read and self._look_day is not None:
            self.notify(f"This is here {self._describe_look(self._look_day)}.")

    @on(OptionRow.Changed, "#rest")
    def rest(self, message: OptionRow.Changed) -> None:
        """Let nothing be due for some days, or end the rest."""
        if not self._is_read:
            return
        days = int(message.value)
        until = self._today + timedelta(days=days) if days else None
        self.change(lambda: self.services.workspace.library.interviews.rest(until))

    def _keep(self, outcome: Outcome) -> None:
        if outcome == self._outcome:
            return
        self._outcome = outcome

        def note() -> date | None:
            workspace = self.services.workspace
            workspace.library.interviews.note_outcome(self._interview.id, outcome)
            return first_look(workspace, self._interview.id)

        self.change(note, self._show_look)

    def _show_state(self) -> None:
        state = self._outcome.state
        self.query_one("#said", PlainText).show(SAID[state])
        self.set_class(state == "rejected", "-rejected")
        self._show_look(self._look_day)

    def _show_look(self, day: date | None) -> None:
        self._look_day = day
        if not self._is_read or day is None:
            return
        shown = LOOK if self._can_look else self._describe_look(day)
        self.query_one("#look", LinkRow).show(shown)

    def _describe_look(self, day: date) -> str:
        return f"from {name_day(day, self._today)} on"

    @property
    def _can_look(self) -> bool:
        return self._look_day is not None and self._look_day <= self._today

    def _read_outcome(self) -> OutcomeRead:
        workspace = self.services.workspace
        interviews = workspace.library.interviews
        noted = interviews.outcome(self._interview.id) or Outcome("waiting")
        look_day = first_look(workspace, self._interview.id)
        return OutcomeRead(noted, interviews.rest_until(), look_day, now_in_zone(workspace))


def _describe_rest(days: int, today: date) -> str:
    if not days:
        return "no"
    until = name_day(today + timedelta(days=days), today)
    return f"{days} day{'s' * (days > 1)}: nothing is due until {until}"
