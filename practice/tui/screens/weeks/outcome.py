"""How an interview ended, and days of rest. Every change is kept at once; nothing is asked for."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Footer, TextArea

from practice.core.weeks import now_in_zone
from practice.library.interviews import OUTCOMES, Interview, Outcome, OutcomeState
from practice.schedule.days import name_day
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.form import FORM_TABLE, FormScreen
from practice.tui.services import Services
from practice.tui.widgets.option_row import LABEL_WIDTH, Option, OptionRow
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.text_box import TextBox

COMMAND_TABLE: tuple[Command, ...] = (BACK, *FORM_TABLE)
KEYS = "← → changes a line. What you type is kept."
SAID: dict[OutcomeState, str] = {
    "waiting": "No answer yet.",
    "next round": "There is a next round. Add it to your interviews when you know the day.",
    "rejected": "A no. There is nothing you have to do today. Every line may stay empty.",
    "offer": "An offer.",
    "withdrew": "You took yourself out of it.",
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


@dataclass
class OutcomeRead(Message):
    """What was noted before was read."""

    outcome: Outcome
    rest_until: date | None
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

    def compose(self) -> ComposeResult:
        """How it ended, what they said, rest."""
        yield PlainText(self._interview.name, classes="title")
        yield PlainText("", "said")
        with VerticalScroll(classes="form", can_focus=False):
            states = [Option(state, state) for state in OUTCOMES]
            yield OptionRow("how it ended", states, self._outcome.state, "state")
            for key, label in FIELDS.items():
                with Horizontal(classes="after-a-no"):
                    yield PlainText(label.ljust(LABEL_WIDTH), classes="label")
                    yield TextBox("", key)
            yield OptionRow("rest", [Option("0", "no")], "0", "rest")
        yield PlainText(KEYS, "keys")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read what was noted before."""
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
        self._today = today
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
        self.change(
            lambda: self.services.workspace.library.interviews.note_outcome(
                self._interview.id, outcome
            )
        )

    def _show_state(self) -> None:
        state = self._outcome.state
        self.query_one("#said", PlainText).show(SAID[state])
        self.set_class(state == "rejected", "-rejected")

    def _read_outcome(self) -> OutcomeRead:
        workspace = self.services.workspace
        interviews = workspace.library.interviews
        noted = interviews.outcome(self._interview.id) or Outcome("waiting")
        return OutcomeRead(noted, interviews.rest_until(), now_in_zone(workspace))


def _describe_rest(days: int, today: date) -> str:
    if not days:
        return "no"
    until = name_day(today + timedelta(days=days), today)
    return f"{days} day{'s' * (days > 1)}: nothing is due until {until}"
