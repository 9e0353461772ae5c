"""What to say in an interview: terms that were picked, and those that its advert offers."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from practice.core.advert import (
    InterviewWords,
    TermUse,
    describe_mentions,
    describe_use,
    read_interview_words,
)
from practice.library.interviews import Interview
from practice.questions.advert import AdvertTerm
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.virtual_list import VirtualList

COMMAND_TABLE = (
    Command("terms.pick", "enter", "take, or let go",
            "Take this term for the interview, or let it go.", footer=True),
    Command("terms.add", "a", "add", "Add a term of your own.", footer=True),
    BACK,
)  # fmt: skip
NO_ADVERT = (
    "Nothing yet. Paste the advert into the interview (Enter in the list of interviews), and what "
    "it repeats or stresses is offered here. a adds words of your own."
)
NOTHING_OFFERED = "The advert offers no term. a adds words of your own."
NO_TERM = "There is no term to take."
ABOUT_USE = "The takes that count are those since you added the interview, until it is over."
STANDS = 40
"""Columns of where a term stands; in a narrow terminal it gets half of the line."""


@dataclass
class WordsRead(Message):
    """The terms of the interview and of its advert were read."""

    words: InterviewWords


class TermsScreen(PracticeScreen[None]):
    """A list: what is to be said, with where it was said; below it what the advert offers.

    Args:
        services: What the screen works with.
        interview: Whose terms.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "terms.tcss"
    AUTO_FOCUS = "VirtualList"
    HELP = (
        "What you mean to say in this interview, and in which takes it was heard. Offered is what "
        "the advert repeats, or names where it says what it asks for: it is counted, not "
        "understood, and some of it will be of no use."
    )

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview
        self._words: InterviewWords | None = None

    def compose(self) -> ComposeResult:
        """Title, list, what is under the cursor, keys."""
        yield PlainText(f"To say at {self._interview.name}", classes="title")
        with Horizontal(id="own"):
            yield PlainText("+", "prompt")
            yield PlainInput("", hint="a word, or a few that belong together")
        yield PlainText("", "empty")
        yield VirtualList(self._draw_line)
        yield PlainText("", "about")
        yield Footer()

    def on_mount(self) -> None:
        """Read them; the line to type comes with `a`."""
        self.query_one("#own").display = False
        in_background(self, self._read, "reading the advert")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a term there is none to take."""
        return True if action != "pick" or self._lines else None

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return NO_TERM if self._words is not None else ""

    @on(WordsRead)
    def show_words(self, message: WordsRead) -> None:
        """Show the list as it is now; the cursor stays where it is."""
        self._words = message.words
        lines = self._lines
        empty = self.query_one("#empty", PlainText)
        has_advert = bool(message.words.interview.facts.advert.strip())
        empty.show(NOTHING_OFFERED if has_advert else NO_ADVERT)
        empty.display = not lines
        self._list.display = bool(lines)
        self._list.show_lines(len(lines), self._list.cursor)
        self._tell()

    @on(VirtualList.CursorMoved)
    def tell_of_other(self) -> None:
        """Tell of the term that the cursor is on now."""
        self._tell()

    @on(VirtualList.LineOpened)
    def pick_clicked(self) -> None:
        """Take the term that was clicked twice, or let it go."""
        self.action_pick()

    @on(Input.Submitted)
    def add_typed(self) -> None:
        """Keep what was typed; an empty line ends typing."""
        typed = self._line.value.strip()
        self._line.value = ""
        if typed:
            self._change(typed, is_picked=False)
        else:
            self._leave_line()

    @on(PlainInput.Left)
    def go_to_list(self) -> None:
        """From the line into the list."""
        self._leave_line()

    def action_pick(self) -> None:
        """Take the term under the cursor, or let it go."""
        if self._line.has_focus or not (lines := self._lines):
            return
        line = lines[min(self._list.cursor, len(lines) - 1)]
        if isinstance(line, TermUse):
            self._change(line.term, is_picked=True)
        else:
            self._change(line.text, is_picked=False)

    def action_add(self) -> None:
        """Go to the line to type into."""
        self.query_one("#own").display = True
        self._line.focus()

    def action_back(self) -> None:
        """Leave the line first, then go back."""
        if self._line.has_focus:
            self._leave_line()
        else:
            self.dismiss()

    def _leave_line(self) -> None:
        self.query_one("#own").display = False
        self._list.focus()

    def _change(self, term: str, *, is_picked: bool) -> None:
        def change() -> WordsRead:
            store = self.services.workspace.library.interview_terms
            if is_picked:
                store.remove(self._interview.id, term)
            else:
                store.add(self._interview.id, term)
            return self._read()

        self.change(change, self.post_message)

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    @property
    def _line(self) -> PlainInput:
        return self.query_one(PlainInput)

    @property
    def _lines(self) -> tuple[TermUse | AdvertTerm, ...]:
        words = self._words
        return (*words.uses, *words.offered) if words is not None else ()

    def _draw_line(self, number: int, width: int) -> Content:
        assert self._words is not None
        line = self._lines[number]
        stands = min(STANDS, width // 2)
        if isinstance(line, TermUse):
            text = f"✓ {fit(line.term, width - stands - 2)}"
            return as_content(text + fit(describe_use(line, self._words.takes), stands))
        text = f"  {fit(line.text, width - stands - 2)}"
        return as_content(text + fit(describe_mentions(line), stands), "$muted")

    def _tell(self) -> None:
        about = ""
        if self._lines:
            line = self._lines[min(self._list.cursor, len(self._lines) - 1)]
            if isinstance(line, TermUse):
                assert self._words is not None
                about = f"{line.term}: {describe_use(line, self._words.takes)}. {ABOUT_USE}"
            else:
                about = f"{line.text}: in the advert {describe_mentions(line)}."
        self.query_one("#about", PlainText).show(about)
        self.refresh_bindings()

    def _read(self) -> WordsRead:
        workspace = self.services.workspace
        return WordsRead(read_interview_words(workspace, self._interview))
