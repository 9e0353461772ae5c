"""What a session is to be: from which bank, how many questions, how it is held."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Footer

from practice.core.session import Mode, SessionPlan
from practice.schedule.proposal import Proposal
from practice.tui.commands import BACK, Command, bindings
from practice.tui.screens.form import FORM_TABLE, FormScreen
from practice.tui.screens.results import SessionSetup
from practice.tui.services import Services
from practice.tui.widgets.option_row import Option, OptionRow
from practice.tui.widgets.plain_text import PlainText

COUNTS = (3, 5, 8, 12)
DEFAULT_COUNT = 5
ABOUT = {
    Mode.PRACTICE: "Listen, retake and follow up as you like; stop whenever you like.",
    Mode.INTERVIEW: "The same time to think before each question, one take with a hard stop, "
    "nothing to hear or read until the end.",
}

COMMAND_TABLE = (
    Command("set-up.begin", "enter", "begin", "Begin the session.", footer=True),
    BACK,
    *FORM_TABLE,
)


class SessionSetupScreen(FormScreen[SessionSetup]):
    """Three choices; Enter begins.

    Args:
        services: What the screen works with.
        proposals: Every question, best first.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "session_setup.tcss"
    AUTO_FOCUS = "#bank"
    HELP = "Arrow keys go from line to line and change what is chosen; Enter begins."

    def __init__(self, services: Services, proposals: Sequence[Proposal]) -> None:
        super().__init__(services)
        self._proposals = proposals

    def compose(self) -> ComposeResult:
        """Bank, number, mode, and what the mode means."""
        titles = {p.candidate.bank: p.candidate.bank_title for p in self._proposals}
        banks = [Option("", "all banks"), *(Option(*pair) for pair in titles.items())]
        yield PlainText("A session", classes="title")
        with Vertical(classes="form"):
            yield OptionRow("questions of", banks, name="bank")
            yield OptionRow(
                "how many", [Option(str(n), str(n)) for n in COUNTS], str(DEFAULT_COUNT), "count"
            )
            yield OptionRow("held as", [Option(mode, mode) for mode in Mode], name="mode")
        yield PlainText(ABOUT[Mode.PRACTICE], "about")
        yield Footer(show_command_palette=False)

    def on_option_row_changed(self) -> None:
        """Say what the chosen mode means."""
        self.query_one("#about", PlainText).show(ABOUT[Mode(self._value("#mode"))])

    def action_begin(self) -> None:
        """Begin with what is chosen."""
        bank = self._value("#bank") or None
        plan = SessionPlan(Mode(self._value("#mode")), int(self._value("#count")), bank)
        self.dismiss(SessionSetup(plan.candidates(self._proposals), plan.mode))

    def _value(self, selector: str) -> str:
        return self.query_one(selector, OptionRow).value
