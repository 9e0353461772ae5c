"""A line to type into."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from practice.base.text import plain
from practice.tui.commands import Command, bindings

COMMAND_TABLE = (Command("input.leave", "down", "down", "Go on to what is below."),)


class PlainInput(Input):
    """An input of one line that makes plain what is pasted into it.

    Args:
        text: What stands in it first.
        hint: What may be typed; ours.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    DEFAULT_CSS = """
    PlainInput, PlainInput:focus {
        height: 1;
        background: transparent;
        & > .input--placeholder { color: $muted; }
    }
    """

    class Left(Message):
        """What is below is wanted."""

    def __init__(self, text: str = "", hint: str = "") -> None:
        super().__init__(text, placeholder=hint, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Nothing a terminal would act on; every character keeps its place."""
        return plain(value)

    def action_leave(self) -> None:
        """Say that what is below is wanted."""
        self.post_message(self.Left())
