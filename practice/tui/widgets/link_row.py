"""One line of a form that opens something."""

from typing import ClassVar

from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from practice.tui.commands import Command, bindings
from practice.tui.presentation.content import as_line
from practice.tui.widgets.option_row import LABEL_WIDTH

COMMAND_TABLE = (Command("entry.open", "enter,right", "open", "Open this."),)


class LinkRow(Widget, can_focus=True):
    """A label and what stands there now; Enter opens it.

    Args:
        label: Ours.
        name: The widget's id.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    DEFAULT_CSS = """
    LinkRow {
        height: 1;
        padding: 0 1;
    }
    """

    class Opened(Message):
        """Enter was pressed on it."""

        def __init__(self, entry: "LinkRow") -> None:
            super().__init__()
            self.entry = entry

        @property
        def control(self) -> "LinkRow":
            """What `on` selectors look at."""
            return self.entry

    def __init__(self, label: str, name: str) -> None:
        super().__init__(id=name)
        self._label = label
        self._text = ""

    def show(self, text: str) -> None:
        """Replace what stands there; may come from outside."""
        self._text = text
        self.refresh()

    def render(self) -> RenderResult:
        """One line."""
        return Content.assemble(
            (self._label.ljust(LABEL_WIDTH), "$muted"), as_line(self._text), ("  …", "$muted")
        )

    def action_open(self) -> None:
        """Say that it was opened."""
        self.post_message(self.Opened(self))
