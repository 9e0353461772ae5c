"""What readers answered about a take: a list, and below it the whole of one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from practice.base.text import clock_time, one_line
from practice.core.feedback import TakeFeedback, list_feedback
from practice.documents.feedback import BEYOND, is_beyond, name_reader
from practice.library.takes import Take
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation import explanations
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.presentation.marked_text import MarkedText
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

COMMAND_TABLE = (
    Command("feedback.listen", "enter", "listen", "Go to the word in your answer and play it.",
            footer=True),
    Command("feedback.delete", "delete,backspace", "delete",
            "Delete what this reader answered, for good; asks first.", footer=True),
    BACK,
)  # fmt: skip
NONE_YET = (
    "Nobody has answered yet. X in a review makes a page for somebody else. At its end stands a "
    "form; it makes a text, and practice feedback add puts that beside this take."
)
NO_PLACE = "This is about the whole answer."
NO_SOUND_THERE = "This lies after the end of the take: there is nothing to hear."
NOTHING = "Nobody has answered yet."
READER = 14
"""Cells of the column of names."""


@dataclass
class FeedbackRead(Message):
    """What readers answered was read."""

    feedback: Sequence[TakeFeedback]


@dataclass(frozen=True, slots=True)
class _Line:
    """One answer or comment."""

    id: int
    reader: str
    about: str
    """The question, or the word with its time."""
    text: str
    at_s: float | None = None
    """Where it can be heard."""
    is_beyond: bool = False
    """It is about a word behind the end of the take."""


def explain_place(text: MarkedText, place: int, feedback: Sequence[TakeFeedback]) -> str:
    """What stands at a place of a review: what readers said about the word, and its findings."""
    if not len(text):
        return ""
    start_s, end_s = text.span_s(place)
    # The page rounds to hundredths of a second.
    comments = [
        f"{name_reader(each.feedback.reader)}: {one_line(comment.text)}"
        for each in feedback
        for comment in each.feedback.comments
        if start_s - 0.006 <= comment.at_s < max(end_s - 0.006, start_s + 0.006)
    ]
    # There is one line for all of it, and what a reader said stands nowhere else beside the words.
    return " · ".join(filter(None, [*comments, explanations.at_place(text, place)]))


def count_readers(feedback: Sequence[TakeFeedback]) -> str:
    """`feedback from 2 readers: F`; empty where nobody answered."""
    count = len({each.feedback.reader or each.id for each in feedback})
    who = name_reader(feedback[0].feedback.reader) if count == 1 else f"{count} readers"
    return f"feedback from {who}: F" if count else ""


class FeedbackScreen(PracticeScreen[float]):
    """A list of answers and comments; the result is where to play, in seconds.

    Args:
        services: What the screen works with.
        take: What they are about.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "feedback.tcss"
    AUTO_FOCUS = "VirtualList"
    HELP = (
        "What readers of the page that you shared answered. Enter on a comment plays the word "
        "that it is about; Tab goes to the whole of a long answer, to scroll it. All of it is "
        "deleted with the take."
    )

    def __init__(self, services: Services, take: Take) -> None:
        super().__init__(services)
        self._take = take
        self._lines: list[_Line] | None = None
        """None until they were read."""

    def compose(self) -> ComposeResult:
        """The question, the list, the whole of one line."""
        yield PlainText(self._take.question or "An answer without a question", classes="title")
        yield PlainText(NONE_YET, "empty")
        yield VirtualList(self._draw_line)
        with VerticalScroll(id="whole"):
            yield PlainText("", "about", classes="muted")
            yield PlainText("", "text")
        yield Footer()

    def on_mount(self) -> None:
        """Read what there is."""
        in_background(self, self._read, "reading feedback")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is about a word leads to it."""
        chosen = self._chosen
        if action == "listen":
            return True if chosen is not None and chosen.at_s is not None else None
        return None if action == "delete" and chosen is None else True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        if self._chosen is None:
            return NOTHING if self._lines is not None else ""
        return NO_SOUND_THERE if self._chosen.is_beyond else NO_PLACE

    @on(FeedbackRead)
    def show_feedback(self, message: FeedbackRead) -> None:
        """Show all of it, reader after reader."""
        self._lines = [line for each in message.feedback for line in _lines_of(each)]
        count = len(self._lines)
        self._list.display = self.query_one("#whole").display = bool(count)
        self.query_one("#empty").display = not count
        self._list.show_lines(count, self._list.cursor)
        if count:
            self._list.focus()
        self._tell()

    @on(VirtualList.CursorMoved)
    def tell_of_other(self) -> None:
        """Show the whole of the line that the cursor is on now."""
        self._tell()

    @on(VirtualList.LineOpened)
    def listen_to_clicked(self) -> None:
        """Play the word of the line that was clicked twice."""
        self.action_listen()

    def action_listen(self) -> None:
        """Go back, and play the word."""
        if self._chosen is not None and self._chosen.at_s is not None:
            self.dismiss(self._chosen.at_s)

    def action_delete(self) -> None:
        """Ask, and delete all that this reader answered."""
        if (chosen := self._chosen) is None:
            return

        def delete_and_read() -> FeedbackRead:
            self.services.workspace.library.feedback.delete(chosen.id)
            return self._read()

        def delete(is_sure: bool | None) -> None:
            if is_sure:
                self.change(delete_and_read, self.post_message)

        question = f"Delete everything that {chosen.reader} answered here, for good?"
        self.host.navigator.ask(question, "delete it for good", "keep it", delete, is_final=True)

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    @property
    def _chosen(self) -> _Line | None:
        return self._lines[self._list.cursor] if self._lines else None

    def _draw_line(self, number: int, width: int) -> Content:
        assert self._lines is not None
        line = self._lines[number]
        name = min(READER, width // 3)
        about = (width - name) // 2
        return Content.assemble(
            as_content(fit(f" {line.reader}", name)),
            as_content(fit(line.about, about - 1) + " ", "$muted"),
            as_content(fit(one_line(line.text), width - name - about)),
        )

    def _tell(self) -> None:
        chosen = self._chosen
        about = f"{chosen.reader}: {chosen.about}" if chosen else ""
        self.query_one("#about", PlainText).show(about)
        self.query_one("#text", PlainText).show(chosen.text if chosen else "")
        self.query_one("#whole", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _read(self) -> FeedbackRead:
        return FeedbackRead(list_feedback(self.services.workspace, self._take.id))


def _lines_of(found: TakeFeedback) -> list[_Line]:
    reader, feedback = name_reader(found.feedback.reader), found.feedback
    replies = [_Line(found.id, reader, each.question, each.text) for each in feedback.replies]
    lines = [*replies]
    for each in feedback.comments:
        beyond = is_beyond(each, found.take_s)
        about = f"{clock_time(each.at_s)} “{each.word}”{f', {BEYOND}' if beyond else ''}"
        at_s = None if beyond else each.at_s
        lines.append(_Line(found.id, reader, about, each.text, at_s, beyond))
    return lines
