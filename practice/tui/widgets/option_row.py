"""One choice among a few, changed with the arrow keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from practice.tui.commands import Command, bindings
from practice.tui.presentation.content import as_line

LABEL_WIDTH = 14

COMMAND_TABLE = (
    Command("choice.next", "right", "next", "Choose the next value."),
    Command("choice.previous", "left", "previous", "Choose the value before."),
)


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    value: str
    text: str
    """As it is shown; may come from outside."""


class OptionRow(Widget, can_focus=True):
    """A label and a value between two small arrows.

    Args:
        label: What is chosen; ours.
        options: At least one.
        value: The one to begin with; the first where it is not among them.
        name: The widget's id.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    DEFAULT_CSS = """
    OptionRow {
        height: 1;
        padding: 0 1;
    }
    """

    index: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: "OptionRow", value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

        @property
        def control(self) -> "OptionRow":
            """What `on` selectors look at."""
            return self.choice

    def __init__(
        self, label: str, options: Sequence[Option], value: str = "", name: str | None = None
    ) -> None:
        super().__init__(id=name)
        self._label = label
        self._options = list(options)
        self.set_reactive(OptionRow.index, self._place(value))

    @property
    def value(self) -> str:
        """What is chosen."""
        return self._options[self.index].value

    def offer(self, options: Sequence[Option], value: str) -> None:
        """Replace the options, without a message."""
        self._options = list(options)
        self.set_reactive(OptionRow.index, self._place(value))
        self.refresh()

    def choose(self, value: str) -> None:
        """Show `value`, without a message."""
        self.index = self._place(value)

    def render(self) -> RenderResult:
        """One line."""
        return Content.assemble(
            (self._label.ljust(LABEL_WIDTH), "$muted"),
            ("◂ " if len(self._options) > 1 else "  ", "$muted"),
            as_line(self._options[self.index].text),
            (" ▸" if len(self._options) > 1 else "", "$muted"),
        )

    def action_next(self) -> None:
        """Choose the next value; after the last comes the first."""
        self._move(1)

    def action_previous(self) -> None:
        """Choose the value before; before the first comes the last."""
        self._move(-1)

    def _move(self, by: int) -> None:
        if len(self._options) > 1:
            self.index = (self.index + by) % len(self._options)
            self.post_message(self.Changed(self, self.value))

    def _place(self, value: str) -> int:
        values = [option.value for option in self._options]
        return values.index(value) if value in values else 0
