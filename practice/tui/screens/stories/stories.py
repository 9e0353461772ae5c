"""The stories: how often and how long each was told, and where one is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize
from textual.message import Message

from practice.base.errors import PracticeError
from practice.base.text import one_line
from practice.core.ladder import list_rungs
from practice.core.session import Mode
from practice.core.stories import StoriesOverview, StoryStanding, read_overview
from practice.library.tellings import STORY_BANK
from practice.questions.stories.model import InvalidStoriesError, Story
from practice.schedule.proposal import Candidate
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import story_text
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from practice.tui.screens.host import Navigator

COMMAND_TABLE = (
    Command("stories.open", "enter", "open", "Read this story, and see how it was told.",
            footer=True),
    Command("stories.tell", "t", "tell", "Record a telling of this story.", footer=True),
    Command("stories.ladder", "j", "ladder",
            "A drill: tell it four times, in 180, 90, 60 and 30 seconds."),
    Command("stories.new", "n", "new", "Write a new story.", footer=True),
    Command("stories.edit", "e", "edit", "Change this story.", footer=True),
    Command("stories.delete", "delete,backspace", "delete",
            "Take this story out of the file; its takes stay. Asks first.", footer=True),
    BACK,
)  # fmt: skip
YOUR_STORIES = "your stories"
"""Beside a question that is one of them."""
NONE_YET = (
    "No story yet. n writes one: a title is enough.\n\n"
    "A story is something that happened, told in an interview: the situation, what was yours to "
    "do, what you did, what came of it, and the number in it. It is due until you have told it "
    "without notes."
)
NO_STORY = "There is no story yet: n writes one."
OF_ONE = {"open", "tell", "ladder", "edit", "delete"}
"""Actions that need a story."""
COLUMNS, WITHOUT = (7, 12, 7), 18
"""Cells of takes, interviews and best length; of how often it was told without notes."""
ROOMY = 70
"""Cells from which on all of them have columns."""

LOW = 18
"""Rows; in fewer, what is told of a story gives way to the list."""


@dataclass
class StoriesRead(Message):
    """The stories, and what is known of each, were read."""

    overview: StoriesOverview | None
    trouble: str = ""
    """Why they cannot be read."""


class StoriesScreen(PracticeScreen[None]):
    """A list; what is under the cursor is told below it, and where a story is missing."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "stories.tcss"
    AUTO_FOCUS = "VirtualList"
    HELP = (
        "Your stories, in one file that you can edit as well. Best is the length nearest to the "
        "target of a story. A story is due until you have told it without notes, and twice in the "
        "last days before an interview."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._overview: StoriesOverview | None = None
        self._wanted: str | None = None
        """The story that the cursor goes to when the list is read again."""

    def compose(self) -> ComposeResult:
        """Title, list, what is under the cursor, where a story is missing, keys."""
        yield PlainText("Stories", classes="title")
        yield PlainText(NONE_YET, "empty")
        yield VirtualList(self._draw_line, self._draw_header)
        yield PlainText("", "about")
        yield PlainText("", "gaps")
        yield Footer()

    def on_resize(self, event: Resize) -> None:
        """In a very low terminal the list comes first."""
        self.set_class(event.size.height < LOW, "-low")

    def on_screen_resume(self) -> None:
        """Read what another screen, or an editor, may have changed."""
        in_background(self, self._read_stories, "reading the stories")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a story there is nothing to do but to write one."""
        return None if action in OF_ONE and self._chosen is None else True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return NO_STORY if self._overview is not None else ""

    @on(StoriesRead)
    def show_stories(self, message: StoriesRead) -> None:
        """Show the list as it is now; the cursor stays on its story."""
        chosen = self._wanted or (self._chosen.story.id if self._chosen else None)
        self._overview, self._wanted = message.overview, None
        ids = [each.story.id for each in self._shown]
        self._list.display = bool(ids)
        empty = self.query_one("#empty", PlainText)
        empty.show(message.trouble or NONE_YET)
        empty.display = not ids
        self._list.show_lines(len(ids), ids.index(chosen) if chosen in ids else self._list.cursor)
        if ids:
            self._list.focus()
        gaps = story_text.describe_gaps(message.overview.gaps) if message.overview else ""
        self.query_one("#gaps", PlainText).show(gaps)
        self._tell()

    @on(VirtualList.CursorMoved)
    def tell_of_other(self) -> None:
        """Tell of the story that the cursor is on now."""
        self._tell()

    @on(VirtualList.LineOpened)
    def open_clicked(self) -> None:
        """Open the story that was clicked twice."""
        self.action_open()

    def action_open(self) -> None:
        """Open the page of the story."""
        if (chosen := self._chosen) is not None:
            self.host.navigator.open_story(chosen.story.id)

    def action_tell(self) -> None:
        """Record a telling."""
        if (chosen := self._chosen) is not None:
            self.host.navigator.open_session([story_candidate(chosen.story)], Mode.PRACTICE)

    def action_ladder(self) -> None:
        """Tell it in less and less time."""
        if (chosen := self._chosen) is not None:
            climb(self.host.navigator, chosen.story)

    def action_new(self) -> None:
        """Open an empty form."""
        self._open_form(None)

    def action_edit(self) -> None:
        """Open the form of the story."""
        if (chosen := self._chosen) is not None:
            self._open_form(chosen.story)

    def action_delete(self) -> None:
        """Ask, and take the story out of its file."""
        if (chosen := self._chosen) is None:
            return

        def delete(is_sure: bool | None) -> None:
            if is_sure:
                self.change(self._deletion(chosen.story.id), self.post_message)

        question = f"Delete the story “{one_line(chosen.story.title)}”? Its takes stay."
        self.host.navigator.ask(question, "delete it", "keep it", delete, is_final=True)

    def _deletion(self, story_id: str) -> Callable[[], StoriesRead]:
        def delete() -> StoriesRead:
            self.services.workspace.stories.delete(story_id)
            return self._read_stories()

        return delete

    def _open_form(self, story: Story | None) -> None:
        def go_to(story_id: str | None) -> None:
            self._wanted = story_id

        self.host.navigator.open_story_form(story, go_to)

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    @property
    def _shown(self) -> tuple[StoryStanding, ...]:
        return self._overview.stories if self._overview is not None else ()

    @property
    def _chosen(self) -> StoryStanding | None:
        """The story under the cursor."""
        shown = self._shown
        return shown[min(self._list.cursor, len(shown) - 1)] if shown else None

    def _draw_header(self, width: int) -> Content:
        named = ("story", "takes", "interviews", "best", "without notes")
        return as_content(_lay_out(named, width), "$muted")

    def _draw_line(self, number: int, width: int) -> Content:
        assert self._overview is not None
        standing = self._shown[number]
        cells = (
            one_line(standing.story.title),
            f"{len(standing.told) or ''}",
            f"{len(standing.in_interviews) or ''}",
            story_text.describe_best(standing),
            story_text.describe_without_notes(standing, self._overview.now),
        )
        return as_content(_lay_out(cells, width))

    def _tell(self) -> None:
        """Tell of the story under the cursor what no column has."""
        about = ""
        if self._overview is not None and self._chosen is not None:
            about = story_text.describe_story(self._chosen, self._overview.competencies)
        self.query_one("#about", PlainText).show(about)
        self.refresh_bindings()

    def _read_stories(self) -> StoriesRead:
        try:
            return StoriesRead(read_overview(self.services.workspace))
        except InvalidStoriesError as error:
            return StoriesRead(None, describe_trouble(error))


def _lay_out(cells: tuple[str, str, str, str, str], width: int) -> str:
    """The columns of a line; in a narrow terminal only the title and how often without notes."""
    title, *numbers, without = cells
    if width < ROOMY:
        short = min(WITHOUT, width // 2)
        return " " + fit(title, width - short - 1) + fit(without, short)
    room = width - sum(COLUMNS) - WITHOUT - 1
    middle = "".join(fit(cell, room) for cell, room in zip(numbers, COLUMNS, strict=True))
    return " " + fit(title, room) + middle + fit(without, WITHOUT)


def story_candidate(story: Story) -> Candidate:
    """A story as a question of a session."""
    return Candidate(STORY_BANK, YOUR_STORIES, story.as_question())


def climb(navigator: "Navigator", story: Story) -> None:
    """Begin the ladder: the story four times, each time with a hard stop."""
    rungs = [Candidate(asked.bank, YOUR_STORIES, asked.question) for asked in list_rungs(story)]
    navigator.open_session(rungs, Mode.INTERVIEW, counted=True)


def describe_trouble(error: PracticeError) -> str:
    """Why the stories cannot be read, and what to do."""
    return f"The file of stories has problems:\n\n{error.message}\n\n{error.hint}"
