"""What screens about a take share: an open question is said well, a story told without notes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic

from textual import on
from textual.message import Message

from practice.base.text import one_line, shorten
from practice.core.guesses import asks_guess, compare_guess, describe_guess
from practice.core.telling import find_telling
from practice.core.weeks import find_open, find_wish, judge_today, now_in_zone, open_question
from practice.core.workspace import Workspace
from practice.delivery.transcript.coverage import CoverageItem
from practice.documents.review import ReviewDocument
from practice.library.open_questions import OpenQuestion, Verdict
from practice.library.takes import Take
from practice.library.tellings import Notes, Telling
from practice.questions.stories.file import find_title
from practice.tui.jobs.background import in_background
from practice.tui.presentation import interview_text
from practice.tui.screens.base import PracticeScreen, Result
from practice.tui.services import Services
from practice.tui.widgets.plain_text import PlainText

JUDGING = {"said_well", "not_today"}
KEYS = "g said well   z not today"
TELLING = {"without_notes", "with_notes"}
NOTES_KEYS = "W told without notes   H with notes"
NO_STORY = "There is no story yet: y on the first screen, then n."
LONGEST_TITLE = 30
"""Characters of a title beside the keys."""
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
    telling: Telling | None = None
    """The story that it tells; None where it tells none."""
    story_title: str = ""

    @property
    def shown(self) -> tuple[Sequence[CoverageItem], bool]:
        """What the numbers show of it: the wish, and whether the take tells a story."""
        return self.wish, self.telling is not None

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
    telling, title = find_telling(workspace, take.id)
    standing = Standing(
        None, today, guessed=guessed, asks_guess=asks_guess(workspace), telling=telling,
        story_title=title,
    )  # fmt: skip
    if take.question_id is None:
        return standing
    opened = find_open(workspace, take.bank, take.question_id)
    if opened is None or document is None or not opened.wish:
        return replace(standing, opened=opened)
    wish = find_wish(workspace, opened.wish, document.words, document.transcription.language)
    return replace(standing, opened=opened, wish=wish)


@dataclass
class StoriesToChoose(Message):
    """The stories that a take may tell were read."""

    titles: Sequence[tuple[str, str]]
    """The id and title of each."""


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
        if action in TELLING:
            return True if self.standing and self.standing.telling else None
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
            self.show_standing(replace(self.standing or found[0], opened=found[0].opened))
            self.notify(OPENED if found[1] else OPEN_ALREADY)

        self.change(open_it, show)

    def show_standing(self, standing: Standing | None) -> None:
        """Say where the question stands, and with which keys it is judged."""
        self.standing = standing
        lines = list(standing.guessed) if standing is not None else []
        if standing is not None and standing.opened is not None:
            lines += [describe_wish(standing.wish)] if standing.wish else []
            if standing.can_be_judged:
                said = interview_text.describe_open(standing.opened, standing.today)
                is_closed = standing.opened.closed_at is not None
                lines += [said] if is_closed else [said, KEYS]
        if standing is not None and standing.telling is not None:
            lines.append(describe_telling(standing.telling, standing.story_title))
        shown = self.query_one("#open", PlainText)
        shown.show("\n".join(lines))
        shown.display = bool(lines)
        self.refresh_bindings()

    def _judge(self, verdict: Verdict) -> None:
        standing, take_id = self.standing, self.judged_take
        if standing is None or standing.opened is None:
            return
        open_id = standing.opened.id
        self.change(
            lambda: judge_today(self.services.workspace, open_id, verdict, take_id),
            lambda opened: self.show_standing(replace(standing, opened=opened)),
        )

    def action_without_notes(self) -> None:
        """The story was told without notes; again takes it back."""
        self._say_notes("without")

    def action_with_notes(self) -> None:
        """The story was told with notes; again takes it back."""
        self._say_notes("with")

    def action_story(self) -> None:
        """Choose the story that this take tells."""
        in_background(self, self._list_titles, "reading the stories")

    @on(StoriesToChoose)
    def choose_story(self, message: StoriesToChoose) -> None:
        """Ask which one."""
        if not message.titles:
            self.notify(NO_STORY)
            return
        question = "Which story does this take tell?"
        self.host.navigator.pick(question, message.titles, self._mark_story, is_searched=True)

    def _list_titles(self) -> StoriesToChoose:
        stories = self.services.workspace.stories.all()
        return StoriesToChoose([(story.id, story.title) for story in stories])

    def _mark_story(self, story_id: str | None) -> None:
        take_id, workspace = self.judged_take, self.services.workspace
        if story_id is None or take_id is None:
            return

        def mark() -> tuple[Telling, str]:
            telling = workspace.library.tellings.mark(workspace.library.take(take_id), story_id)
            return telling, find_title(workspace.stories.readable(), story_id)

        self.change(mark, self._show_telling)

    def _say_notes(self, notes: Notes) -> None:
        take_id, workspace = self.judged_take, self.services.workspace
        if take_id is None or self.standing is None:
            return
        title = self.standing.story_title

        def say() -> tuple[Telling, str]:
            tellings = workspace.library.tellings
            known = tellings.of_take(take_id)
            is_again = known is not None and known.notes == notes
            take = workspace.library.take(take_id)
            return tellings.say(take, None if is_again else notes), title

        self.change(say, self._show_telling)

    def _show_telling(self, found: tuple[Telling, str]) -> None:
        if self.standing is not None and found[0].take_id == self.judged_take:
            self.show_standing(replace(self.standing, telling=found[0], story_title=found[1]))


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


def describe_telling(telling: Telling, title: str) -> str:
    """Which story a take tells, and whether without notes; or the keys that say it."""
    told = f"told {telling.notes} notes" if telling.notes else NOTES_KEYS
    return f"The story “{shorten(one_line(title), LONGEST_TITLE)}”: {told}"


def describe_wish(wish: Sequence[CoverageItem]) -> str:
    """How many sentences of the wish were found, and those that were not."""
    missing = [item.text.rstrip(".") for item in wish if not item.said]
    line = f"I wish I had said: {len(wish) - len(missing)} of {len(wish)} found."
    return f"{line} Missing: {'; '.join(missing)}." if missing else line
