"""What screens about a take share where it answers an open question: said well, not today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic

from practice.core.guesses import asks_guess, compare_guess, describe_guess
from practice.core.weeks import find_open, find_wish, judge_today, now_in_zone, open_question
from practice.core.workspace import Workspace
from practice.delivery.transcript.coverage import CoverageItem
from practice.documents.review import ReviewDocument
from practice.library.open_questions import OpenQuestion, Verdict
from practice.library.takes import Take
from practice.tui.presentation import interview_text
from practice.tui.screens.base import PracticeScreen, Result
from practice.tui.services import Services
from practice.tui.widgets.plain_text import PlainText

JUDGING = {"said_well", "not_today"}
KEYS = "g said well   z not today"
OPENED = "It comes back until you have said it well on two days."
OPEN_ALREADY = "It is an open question already."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the question of a take stands among the open ones."""

    opened: OpenQuestion | None
    """None where it was never open."""
    today: date
    wish: tuple[CoverageItem, ...] = ()
    """What the user wishes to have said, sentence by sentence, and whether the take has it."""
    guessed: tuple[str, ...] = ()
    """What the user guessed of the take beside what was found, a line each."""
    asks_guess: bool = False
    """Whether guesses about the take are to be asked for."""

    @property
    def can_be_judged(self) -> bool:
        """Whether it is open, or was closed today, which can be taken back."""
        opened = self.opened
        return opened is not None and (opened.closed_at is None or self.today in opened.days)


def read_standing(
    workspace: Workspace, take: Take, document: ReviewDocument | None = None
) -> Standing:
    """Look up the question of a take, and what of the wish was said in it."""
    today = now_in_zone(workspace).date()
    guessed: tuple[str, ...] = ()
    if document is not None:
        guessed = tuple(describe_guess(compare_guess(workspace, take, document)))
    asks = asks_guess(workspace)
    if take.question_id is None:
        return Standing(None, today, guessed=guessed, asks_guess=asks)
    opened = find_open(workspace, take.bank, take.question_id)
    if opened is None or document is None or not opened.wish:
        return Standing(opened, today, guessed=guessed, asks_guess=asks)
    language = document.transcription.language
    wish = find_wish(workspace, opened.wish, document.words, language)
    return Standing(opened, today, wish, guessed)


class VerdictScreen(PracticeScreen[Result], Generic[Result]):
    """A screen about a take; it has a text `#open` and commands named in `JUDGING`.

    Args:
        services: What the screen works with.
    """

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.standing: Standing | None = None
        self.judged_take: str | None = None
        """The id of the take that is judged."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an open question can be said well."""
        if action in JUDGING:
            return True if self.standing and self.standing.can_be_judged else None
        return True

    def action_said_well(self) -> None:
        """It was said well today."""
        self._judge("well")

    def action_not_today(self) -> None:
        """Leave it for today."""
        self._judge("later")

    def action_open(self) -> None:
        """Let the question of this take come back until it is said well."""
        take_id = self.judged_take
        assert take_id is not None

        def open_it() -> tuple[Standing, bool]:
            workspace = self.services.workspace
            take = workspace.library.take(take_id)
            opened, is_new = open_question(
                workspace, take.bank, take.question_id or "", take.question or ""
            )
            return Standing(opened, now_in_zone(workspace).date()), is_new

        def show(found: tuple[Standing, bool]) -> None:
            self.show_standing(found[0])
            self.notify(OPENED if found[1] else OPEN_ALREADY)

        self.change(open_it, show)

    def show_standing(self, standing: Standing | None) -> None:
        """Say where the question stands, and with which keys it is judged."""
        before = self.standing
        if standing is not None and before is not None:
            # What was found in the words does not change with a verdict.
            wish, guessed = standing.wish or before.wish, standing.guessed or before.guessed
            standing = replace(standing, wish=wish, guessed=guessed)
        self.standing = standing
        lines = list(standing.guessed) if standing is not None else []
        if standing is not None and standing.opened is not None:
            lines += [describe_wish(standing.wish)] if standing.wish else []
            if standing.can_be_judged:
                said = interview_text.describe_open(standing.opened, standing.today)
                is_closed = standing.opened.closed_at is not None
                lines += [said] if is_closed else [said, KEYS]
        shown = self.query_one("#open", PlainText)
        shown.show("\n".join(lines))
        shown.display = bool(lines)
        self.refresh_bindings()

    def _judge(self, verdict: Verdict) -> None:
        standing, take_id = self.standing, self.judged_take
        if standing is None or standing.opened is None:
            return
        open_id, today = standing.opened.id, standing.today
        self.change(
            lambda: judge_today(self.services.workspace, open_id, verdict, take_id),
            lambda opened: self.show_standing(Standing(opened, today)),
        )


def open_it(screen: PracticeScreen[Result], bank: str | None, question_id: str, text: str) -> None:
    """Let a question come back until it is said well, and say so.

    Args:
        screen: Which asks for it.
        bank: Of the question.
        question_id: Its id there.
        text: What it asks; kept for the day on which no bank has it any more.
    """
    workspace = screen.services.workspace
    screen.change(
        lambda: open_question(workspace, bank, question_id, text),
        lambda found: screen.notify(OPENED if found[1] else OPEN_ALREADY),
    )


def describe_wish(wish: Sequence[CoverageItem]) -> str:
    """How many sentences of the wish were found, and those that were not."""
    missing = [item.text.rstrip(".") for item in wish if not item.said]
    line = f"I wish I had said: {len(wish) - len(missing)} of {len(wish)} found."
    return f"{line} Missing: {'; '.join(missing)}." if missing else line
