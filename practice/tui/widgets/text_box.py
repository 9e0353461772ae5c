"""Text over several lines, and lists with one item a line."""

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key, Paste
from textual.widgets import TextArea

from practice.base.text import plain, unify_line_ends
from practice.tui.commands import Command, bindings
from practice.tui.widgets.pasting import LINE_FEED, KeyPace, is_pasted_line_end

COMMAND_TABLE = (
    Command("item.earlier", "alt+up,ctrl+up", "earlier", "Move this item up."),
    Command("item.later", "alt+down,ctrl+down", "later", "Move this item down."),
    Command("item.remove", "ctrl+k,ctrl+shift+k", "remove", "Take this item out."),
    Command("item.undo", "ctrl+z", "undo", "Take back what was typed last in this field."),
)


class TextBox(TextArea):
    """A field that grows with its text; the arrow keys leave it at its first and last line.

    Args:
        text: What to begin with.
        name: The widget's id.
    """

    DEFAULT_CSS = """
    TextBox {
        height: auto;
        min-height: 1;
        max-height: 10;
        padding: 0;
        scrollbar-size-horizontal: 0;
    }
    """

    def __init__(self, text: str, name: str) -> None:
        super().__init__(plain(text), id=name, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self._pace = KeyPace()
        self._began_line = False
        """Whether the key before was an Enter that a paste brought."""

    def on_paste(self, event: Paste) -> None:
        """Take over what is pasted with nothing in it that a terminal would act on."""
        event.prevent_default()
        event.stop()
        self.replace(plain(unify_line_ends(event.text)), *self.selection)

    def leave_by_enter(self) -> bool:
        """Go where an Enter that somebody presses leads; False where it begins a line."""
        return False

    async def _on_key(self, event: Key) -> None:
        """Take every line end that a paste brings for one, also where it comes as keys."""
        is_pasted = self._pace.is_pasted(event)
        began_line, self._began_line = self._began_line, is_pasted and event.key == "enter"
        if is_pasted_line_end(event):
            event.prevent_default()
            event.stop()
            # The carriage return before its line feed has begun the line already.
            if not (is_pasted and began_line and event.key == LINE_FEED):
                self.insert("\n")
        elif event.key == "enter" and not is_pasted and self.leave_by_enter():
            event.prevent_default()
            event.stop()
        else:
            await super()._on_key(event)

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up a line; from the first one to the field above."""
        if self.is_on_first_row and not select:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line; from the last one to the field below."""
        if self.is_on_last_row and not select:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    @property
    def is_on_first_row(self) -> bool:
        """Whether there is nothing above the cursor."""
        return self._row == 0

    @property
    def is_on_last_row(self) -> bool:
        """Whether there is nothing below the cursor."""
        return self._row >= self.wrapped_document.height - 1

    @property
    def _row(self) -> int:
        """The row of the cursor, lines being wrapped."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y


class QuestionBox(TextBox):
    """A text of one paragraph: Enter goes on to the field below, a pasted line end stays."""

    def leave_by_enter(self) -> bool:
        """Go on to the field below."""
        self.screen.focus_next()
        return True


class ItemsBox(TextBox):
    """One item a line: Enter begins another one."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)

    def action_earlier(self) -> None:
        """Move the item under the cursor up."""
        self._swap(-1)

    def action_later(self) -> None:
        """Move the item under the cursor down."""
        self._swap(1)

    def action_remove(self) -> None:
        """Take the item under the cursor out."""
        self.action_delete_line()

    def _swap(self, by: int) -> None:
        row, column = self.cursor_location
        other = row + by
        if not 0 <= other < self.document.line_count:
            return
        first, last = sorted((row, other))
        lines = [self.document.get_line(last), self.document.get_line(first)]
        self.replace("\n".join(lines), (first, 0), (last, len(lines[0])))
        self.move_cursor((other, column))
