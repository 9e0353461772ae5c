"""A page to write on about an interview, for nobody else. Every key is kept as it is typed."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea

from practice.base.scratch import sweep
from practice.library.interviews import Interview
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText
from practice.tui.widgets.text_box import TextBox

COMMAND_TABLE = (
    Command("page.delete", "f8", "delete", "Delete this page for good; asks first.", footer=True),
    BACK,
)
NOBODY = "For you alone. Kept as you type, and shown only when you open it here."
EMPTY = "There is nothing on this page."


class PageBox(TextBox):
    """The page: the arrow keys stay in it."""

    @property
    def is_on_first_row(self) -> bool:
        """There is nothing above it to go to."""
        return False

    @property
    def is_on_last_row(self) -> bool:
        """There is nothing below it to go to."""
        return False


@dataclass
class PageRead(Message):
    """What stands on the page was read."""

    text: str


class OwnPageScreen(PracticeScreen[None]):
    """Nothing but a page.

    Args:
        services: What the screen works with.
        interview: The interview that it is about.
    """

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "own_page.tcss"
    AUTO_FOCUS = "PageBox"
    LEADS_ELSEWHERE = False
    HELP = (
        "Write whatever you like. Nothing else in practice reads this page: it is never searched, "
        "counted or put into a report, and an export has it only if you say so. Esc goes back."
    )

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview
        self._text: str | None = None
        """What is kept, or asked to be; None until it was read."""

    def compose(self) -> ComposeResult:
        """The page, and who reads it."""
        yield PlainText(f"After {self._interview.name}", classes="title")
        yield PlainText(NOBODY, "nobody")
        page = PageBox("", "page")
        page.read_only = True
        yield page
        yield Footer()

    def on_mount(self) -> None:
        """Read what stands on it."""
        in_background(self, self._read, "reading a page")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is empty cannot be deleted."""
        return True if action != "delete" or self._text else None

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return EMPTY if self._text == "" else ""

    @on(PageRead)
    def show_page(self, message: PageRead) -> None:
        """Show what stands on it, ready to be gone on with."""
        page = self.query_one(PageBox)
        self._text = page.text = message.text
        page.read_only = False
        page.move_cursor(page.document.end)
        self.refresh_bindings()

    @on(TextArea.Changed)
    def keep(self) -> None:
        """Keep what was typed, at every key."""
        text = self.query_one(PageBox).text
        if self._text is None or text == self._text:
            return
        is_other_state = bool(text) is not bool(self._text)
        self._text = text
        self.change(
            lambda: self.services.workspace.library.own_pages.write(self._interview.id, text)
        )
        if is_other_state:
            self.refresh_bindings()

    def action_delete(self) -> None:
        """Ask, delete the page for good, and leave."""

        def delete(is_sure: bool | None) -> None:
            if is_sure:
                self.change(self._delete_page, lambda _: self._leave())

        question = "Delete this page for good? Nothing of it stays."
        self.host.navigator.ask(question, "delete it for good", "keep it", delete, is_final=True)

    def _delete_page(self) -> None:
        # An editor that was killed may have left a copy there.
        sweep(self.services.places.scratch)
        self.services.workspace.library.own_pages.delete(self._interview.id)

    def _leave(self) -> None:
        self.notify("The page is deleted.")
        self.dismiss()

    def _read(self) -> PageRead:
        return PageRead(self.services.workspace.library.own_pages.read(self._interview.id))
