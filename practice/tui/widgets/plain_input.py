"""A line to type into."""

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

from practice.base.text import plain, unify_line_ends
from practice.tui.commands import Command, bindings
from practice.tui.widgets.pasting import KeyPace, is_pasted_line_end

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
        self._pace = KeyPace()

    def _on_paste(self, event: Paste) -> None:
        """Take over every line that is pasted, on one line."""
        event.prevent_default()
        event.stop()
        lines = (line.strip() for line in unify_line_ends(event.text).split("\n"))
        self.replace(" ".join(filter(None, lines)), *self.selection)

    def on_key(self, event: Key) -> None:
        """Keep a line end that is pasted as a space; Enter that somebody presses goes on."""
        # Where the terminal does not say what is pasted, a line end in it comes as Enter, and
        # would send off half of it.
        is_pasted = self._pace.is_pasted(event)
        if is_pasted_line_end(event) or (event.key == "enter" and is_pasted):
            event.prevent_default()
            event.stop()
            # One for a carriage return with its line feed.
            if not self.value[: self.cursor_position].endswith(" "):
                self.insert_text_at_cursor(" ")

    def validate_value(self, value: str) -> str:
        """Nothing a terminal would act on; every character keeps its place."""
        return plain(value)

    def action_leave(self) -> None:
        """Say that what is below is wanted."""
        self.post_message(self.Left())


class FormInput(PlainInput):
    """A line of a form: Enter and ↓ go to the next one.

    At once, and not by way of a message to the form: what is typed right behind them would still
    land in this line.
    """

    async def action_submit(self) -> None:
        """Go to the next line."""
        self.screen.focus_next()

    def action_leave(self) -> None:
        """Likewise."""
        self.screen.focus_next()
