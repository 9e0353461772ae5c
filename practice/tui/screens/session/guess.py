"""Three guesses about an answer, before its review is shown."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from practice.core.guesses import ANSWERS, NAMES, GuessKind, asked_kinds, make_guess
from practice.library.guesses import Guess
from practice.tui.commands import Command, bindings
from practice.tui.screens.base import PracticeDialog, PracticeScreen
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("guess.first", "1", "first", "Guess the first of the three, and go on."),
    Command("guess.second", "2", "second", "Guess the second of the three, and go on."),
    Command("guess.third", "3", "third", "Guess the third of the three, and go on."),
    Command("guess.before", "up,backspace", "before", "Go back to the guess before."),
    Command("guess.pass", "enter,escape", "pass", "Guess no more; what was guessed is kept."),
)
QUESTION = "Before you see it: what do you guess?"
ANSWERS_BELOW = "1 2 3  guess   Enter  pass"
_NAME = 19
"""Columns of the longest name and a gap."""


class GuessDialog(PracticeDialog[Guess]):
    """Asks for a guess of each kind; the result is what was guessed by the time it is left.

    Args:
        kinds: What is asked for, in this order.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)
    CSS_PATH = "guess.tcss"

    def __init__(self, kinds: Sequence[GuessKind]) -> None:
        super().__init__()
        self._kinds = tuple(kinds)
        self._guessed: dict[GuessKind, str] = {}
        self._at = 0

    def compose(self) -> ComposeResult:
        """One box: the question, a line for each guess, the keys."""
        with Vertical(classes="box"):
            yield PlainText(QUESTION, classes="question")
            yield PlainText(self._lines(), "guesses")
            yield PlainText(ANSWERS_BELOW, classes="answers")

    def action_first(self) -> None:
        """Guess the first."""
        self._guess(0)

    def action_second(self) -> None:
        """Guess the second."""
        self._guess(1)

    def action_third(self) -> None:
        """Guess the third."""
        self._guess(2)

    def action_before(self) -> None:
        """Go back to the guess before."""
        self._at = max(self._at - 1, 0)
        self._show()

    def action_pass(self) -> None:
        """Close with what was guessed."""
        self.dismiss(make_guess(self._guessed))

    def _guess(self, number: int) -> None:
        # A second key may have been waiting when the last guess closed the box.
        if self._at == len(self._kinds):
            return
        kind = self._kinds[self._at]
        self._guessed[kind] = ANSWERS[kind][number]
        self._at += 1
        self._show()
        if self._at == len(self._kinds):
            self.action_pass()

    def _show(self) -> None:
        self.query_one("#guesses", PlainText).show(self._lines())

    def _lines(self) -> str:
        return "\n".join(self._line(at, kind) for at, kind in enumerate(self._kinds))

    def _line(self, at: int, kind: GuessKind) -> str:
        name, guessed = NAMES[kind], self._guessed.get(kind, "")
        if at != self._at:
            return f"  {name.ljust(_NAME)}{guessed}".rstrip()
        choices = (f"{number} {text}" for number, text in enumerate(ANSWERS[kind], start=1))
        return f"▸ {name}\n    {'   '.join(choices)}"


def ask_for_guess(screen: PracticeScreen[None], take_id: str) -> None:
    """Ask for the guesses about a take over `screen`, and keep them.

    The transcription goes on meanwhile.
    """
    services = screen.services

    def keep(guess: Guess | None) -> None:
        if guess is not None and guess != Guess():
            screen.change(lambda: services.workspace.library.guesses.keep(take_id, guess))

    screen.host.navigator.open_guess(asked_kinds(services.settings), keep)
