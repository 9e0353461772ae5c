"""What the interviews have in common, to read and to write to a page."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from practice.base.files import private_folder, write_atomic
from practice.base.paths import show_path
from practice.core.in_common import read_in_common
from practice.library.in_common import InCommon
from practice.reports.in_common import TITLE, render_html, render_text
from practice.tui.commands import BACK, Command, bindings
from practice.tui.jobs.background import in_background
from practice.tui.screens.base import PracticeScreen
from practice.tui.services import Services
from practice.tui.widgets.footer import Footer
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("in-common.export", "X", "write a page",
            "Write it to one HTML page among your exports.", footer=True),
    BACK,
)  # fmt: skip
PAGE = "interviews-in-common.html"
TOO_FEW = "There is nothing to write yet."


@dataclass
class InCommonRead(Message):
    """The interviews were counted."""

    found: InCommon
    missing: int
    """How many more debriefs it takes."""


class InCommonScreen(PracticeScreen[None]):
    """One text that scrolls."""

    COMMAND_TABLE = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    CSS_PATH = "in_common.tcss"
    AUTO_FOCUS = "VerticalScroll"
    HELP = (
        "Counts over all your interviews, each with how many it was counted in. They say nothing "
        "about why. It takes three finished debriefs."
    )

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._read: InCommonRead | None = None

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield PlainText(TITLE, classes="title")
        with VerticalScroll():
            yield PlainText("", "report")
        yield Footer()

    def on_screen_resume(self) -> None:
        """Count what is there now."""
        workspace = self.services.workspace
        in_background(self, lambda: InCommonRead(*read_in_common(workspace)), "counting")

    def on_resize(self) -> None:
        """Tables that are too wide become lines."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Too few debriefs make no page."""
        return None if action == "export" and (not self._read or self._read.missing) else True

    def why_not(self, action: str) -> str:
        """Why a command does nothing now."""
        return TOO_FEW if self._read is not None else ""

    @on(InCommonRead)
    def show_in_common(self, message: InCommonRead) -> None:
        """Show what was counted."""
        self._read = message
        self._show()
        self.refresh_bindings()

    def action_export(self) -> None:
        """Write the page, and say where it is."""
        read = self._read
        assert read is not None
        folder = self.services.workspace.places.exports

        def write() -> Path:
            path = private_folder(folder) / PAGE
            write_atomic(path, render_html(read.found, read.missing).encode())
            return path

        self.change(write, lambda path: self.notify(f"written to {show_path(path)}", markup=False))

    def _show(self) -> None:
        if self._read is not None:
            room = self.query_one(VerticalScroll).scrollable_content_region.width
            text = render_text(self._read.found, self._read.missing, room or self.app.size.width)
            if not self._read.missing:
                # The title stands above already; it may be several lines.
                text = text.partition("\n\n")[2]
            self.query_one("#report", PlainText).show(text)
