"""The page of one story: its text, its tellings, and what can be counted of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from practice.base.errors import NotFoundError, StorageError
from practice.base.text import clock_time, one_line
from practice.core.session import Mode
from practice.core.stories import StoryStanding, read_overview
from practice.core.telling import Told
from practice.reports.parts import PartFacts, find_part_facts
from practice.schedule.days import name_day
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import story_text
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.stories.stories import climb, story_candidate
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

COMMAND_TABLE = (
    Command("story.review", "enter", "review", "Open the review of this telling.", footer=True),
    Command("story.tell", "t", "tell", "Record a telling of this story.", footer=True),
    Command("story.ladder", "j", "ladder",
            "A drill: tell it four times, in 180, 90, 60 and 30 seconds."),
    Command("story.edit", "e", "edit", "Change this story.", footer=True),
    Command("story.without-notes", "W", "without notes",
            "This telling was without notes; again takes it back.", footer=True),
    Command("story.with-notes", "H", "with notes",
            "This telling was with notes; again takes it back.", footer=True),
    Command("story.read-on", "pagedown", "read on", "Read on in a long story."),
    Command("story.read-back", "pageup", "read back", "Go back in a long story."),
    BACK,
)  # fmt: skip
NOT_TOLD = "Not told yet: t records it."
HOW_TO_MARK = "In the review of a telling Space plays, and S, T, A and R mark where a part begins."
OF_A_TELLING = {"review", "without_notes", "with_notes"}
DAY, LENGTH, NOTES = 16, 7, 15
"""Columns of a telling before its parts."""
LEAST_SPLIT = 24
"""Cells that the parts need."""


@dataclass
class StoryRead(Message):
    """The story and its tellings were read."""

    standing: StoryStanding
    facts: Sequence[PartFacts | None]
    """Of each telling; None where its parts are not marked, or it has no review yet."""
    now: datetime


@dataclass
class StoryGone(Message):
    """The story is not in its file any more."""


class StoryScreen(PracticeScreen[None]):
    """The story above, its tellings below, the newest first.

    Args:
        services: What the screen works with.
        story_id: The story.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "story.tcss"
    AUTO_FOCUS = "VirtualList"
    HELP = (
        "The story as you wrote it, and below it every telling: how long, with notes or without, "
        "the share of each part in the spoken time, whether a number was said in the result, and "
        "how often I and we. Nothing is guessed: you mark the parts while you listen."
    )

    def __init__(self, services: Services, story_id: str) -> None:
        super().__init__(services)
        self._story_id = story_id
        self._read: StoryRead | None = None

    def compose(self) -> ComposeResult:
        """Title, text, tellings, keys."""
        yield PlainText("", "title", classes="title")
        with VerticalScroll(id="reading", can_focus=False):
            yield PlainText("", "text")
        yield PlainText(NOT_TOLD, "told")
        yield VirtualList(self._draw_line)
        yield PlainText("", "about")
        yield Footer()

    def on_screen_resume(self) -> None:
        """Read what another screen may have changed."""
        in_background(self, self._read_story, "reading the story")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a telling there is none to look at."""
        if action in OF_A_TELLING and self._chosen is None:
            return None
        return None if action in {"tell", "ladder", "edit"} and self._read is None else True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return NOT_TOLD if self._read is not None else ""

    @on(StoryRead)
    def show_story(self, message: StoryRead) -> None:
        """Show the story as it is now."""
        self._read = message
        standing = message.standing
        self.query_one("#title", PlainText).show(one_line(standing.story.title))
        self.query_one("#text", PlainText).show(story_text.describe_text(standing.story))
        count = len(standing.told)
        best = story_text.describe_best(standing)
        without = story_text.describe_without_notes(standing, message.now)
        lines = [
            f"told {count} time{'' if count == 1 else 's'} · best {best} · without notes {without}"
            if count
            else NOT_TOLD,
            story_text.describe_ratings(standing),
        ]
        self.query_one("#told", PlainText).show("\n".join(filter(None, lines)))
        self._list.display = bool(count)
        self._list.show_lines(count, self._list.cursor)
        if count:
            self._list.focus()
        self._tell()

    @on(StoryGone)
    def leave(self) -> None:
        """Go back to the list."""
        self.dismiss()

    @on(VirtualList.CursorMoved)
    def tell_of_other(self) -> None:
        """Tell of the telling that the cursor is on now."""
        self._tell()

    @on(VirtualList.LineOpened)
    def open_clicked(self) -> None:
        """Open the review of the telling that was clicked twice."""
        self.action_review()

    def action_review(self) -> None:
        """Open the review."""
        if (chosen := self._chosen) is not None:
            self.host.navigator.open_review(chosen.take.id)

    def action_tell(self) -> None:
        """Record a telling."""
        if self._read is not None:
            candidate = story_candidate(self._read.standing.story)
            self.host.navigator.open_session([candidate], Mode.PRACTICE)

    def action_ladder(self) -> None:
        """Tell it in less and less time."""
        if self._read is not None:
            climb(self.host.navigator, self._read.standing.story)

    def action_edit(self) -> None:
        """Open the form."""
        if self._read is not None:
            self.host.navigator.open_story_form(self._read.standing.story, lambda _: None)

    def action_without_notes(self) -> None:
        """This telling was without notes."""
        self._say(is_without=True)

    def action_with_notes(self) -> None:
        """This telling was with notes."""
        self._say(is_without=False)

    def action_read_on(self) -> None:
        """Read on."""
        self.query_one("#reading").scroll_page_down()

    def action_read_back(self) -> None:
        """Go back."""
        self.query_one("#reading").scroll_page_up()

    def _say(self, *, is_without: bool) -> None:
        if (chosen := self._chosen) is None:
            return

        def say() -> StoryRead | StoryGone:
            tellings = self.services.workspace.library.tellings
            known = tellings.of_take(chosen.take.id)
            notes = "without" if is_without else "with"
            is_again = known is not None and known.notes == notes
            tellings.say(chosen.take, None if is_again else "without" if is_without else "with")
            return self._read_story()

        self.change(say, self.post_message)

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    @property
    def _chosen(self) -> Told | None:
        """The telling under the cursor."""
        told = self._read.standing.told if self._read else ()
        return told[min(self._list.cursor, len(told) - 1)] if told else None

    def _draw_line(self, number: int, width: int) -> Content:
        assert self._read is not None
        told, facts, now = (
            self._read.standing.told[number],
            self._read.facts[number],
            self._read.now,
        )
        day = name_day(told.day(now.tzinfo), now.date())
        cells = [(day, DAY), (clock_time(told.take.duration_s or 0.0), LENGTH)]
        line = " " + "".join(fit(cell, room) for cell, room in cells)
        notes, left = story_text.describe_notes(told), width - DAY - LENGTH - 1
        if left < NOTES + LEAST_SPLIT:
            # The parts stand below the list as well.
            return as_content(line + fit(notes, max(left, 0)))
        split = fit(story_text.describe_split(facts), left - NOTES)
        return Content.assemble(as_content(line + fit(notes, NOTES)), as_content(split, "$muted"))

    def _tell(self) -> None:
        """Tell the parts of the telling under the cursor whole, or how to mark them."""
        about = ""
        if self._read is not None and self._chosen is not None:
            facts = self._read.facts[self._read.standing.told.index(self._chosen)]
            about = story_text.describe_split(facts) if facts else HOW_TO_MARK
        self.query_one("#about", PlainText).show(about)
        self.refresh_bindings()

    def _read_story(self) -> StoryRead | StoryGone:
        overview = read_overview(self.services.workspace)
        found = [each for each in overview.stories if each.story.id == self._story_id]
        if not found:
            return StoryGone()
        facts = [self._find_facts(told) for told in found[0].told]
        return StoryRead(found[0], facts, overview.now)

    def _find_facts(self, told: Told) -> PartFacts | None:
        workspace = self.services.workspace
        parts = workspace.library.annotations.parts(told.take.id)
        if not parts:
            return None
        try:
            return find_part_facts(workspace.review_of(told.take), parts)
        except (NotFoundError, StorageError):
            return None  # the review says what is wrong with it
