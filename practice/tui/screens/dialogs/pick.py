"""One out of several."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from practice.base.text import one_line, shared_beginnings, shorten
from practice.questions.bank_editing import ChangedElsewhereError
from practice.tui.commands import Command, bindings
from practice.tui.presentation.content import as_content
from practice.tui.screens.base import PracticeDialog
from practice.tui.screens.results import KEEP_BOTH, RELOAD
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.plain_input import PlainInput
from practice.tui.widgets.plain_text import PlainText

WIDTH = 64
"""Cells of the lines before they are laid out."""

COMMAND_TABLE = (
    Command("pick.choose", "enter", "choose", "Take the line under the cursor."),
    Command("pick.leave", "escape", "leave", "Leave everything as it is."),
)


class PickDialog(PracticeDialog[str]):
    """Asks for one of several; the result is its value, None when it is left.

    Args:
        question: What is chosen; shown as it is.
        options: Values with what is shown for them.
        is_searched: Whether there is a line to find one by words.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS = bindings(COMMAND_TABLE)
    CSS_PATH = "pick.tcss"

    def __init__(
        self, question: str, options: Sequence[tuple[str, str]], *, is_searched: bool = False
    ) -> None:
        super().__init__()
        self._question = question
        self._everything = self._options = options
        self._is_searched = is_searched
        self.set_class(is_searched, "-searched")

    def compose(self) -> ComposeResult:
        """One box: what is asked, and the lines to choose from."""
        with Vertical(classes="box"):
            yield PlainText(self._question, classes="question")
            if self._is_searched:
                yield PlainInput("", "type to find")
            yield CursorList()
            yield PlainText("Enter  choose\nEsc    leave it as it is", classes="answers")

    def on_mount(self) -> None:
        """Begin on the first line."""
        self._show_options()

    @on(Resize)
    def fit_options(self) -> None:
        """Shorten the lines to the room that there is now."""
        self.call_after_refresh(lambda: self._show_options(self.query_one(CursorList).highlighted))

    @on(Input.Changed)
    def find(self, message: Input.Changed) -> None:
        """Show the lines that hold every word of what is typed."""
        words = message.value.casefold().split()
        self._options = [
            pair for pair in self._everything if all(word in pair[1].casefold() for word in words)
        ]
        self._show_options()

    @on(Input.Submitted)
    def choose_found(self) -> None:
        """Enter takes the line under the cursor."""
        self.action_choose()

    @on(PlainInput.Left)
    def go_to_lines(self) -> None:
        """Down in the line to type into goes to the lines."""
        self.query_one(CursorList).focus()

    @on(OptionList.OptionSelected)
    def choose_clicked(self) -> None:
        """A click on a line takes it."""
        self.action_choose()

    def action_choose(self) -> None:
        """Take the line under the cursor."""
        place = self.query_one(CursorList).highlighted
        if place is not None:
            self.dismiss(self._options[place][0])

    def action_leave(self) -> None:
        """Take none."""
        self.dismiss()

    def _show_options(self, cursor: int | None = 0) -> None:
        lines = self.query_one(CursorList)
        room = lines.scrollable_content_region.width or WIDTH
        texts = [one_line(text) for _, text in self._options]
        shared = shared_beginnings(texts)
        lines.clear_options()
        lines.add_options(
            Option(as_content(shorten(text, room, shared[text], cell_len))) for text in texts
        )
        lines.highlighted = cursor if texts else None


def about_changed(error: ChangedElsewhereError) -> PickDialog:
    """What to do about a file that another program has written."""
    options = [(RELOAD, "reload: show the file as it is now")]
    if error.can_keep:
        options.append((KEEP_BOTH, "keep both: save your version as a bank of its own"))
    return PickDialog(f"{error.message}. Nothing was written.", options)
