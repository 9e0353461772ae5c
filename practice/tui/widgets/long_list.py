"""A list of any length: only the lines in sight are drawn."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from practice.base.text import one_line
from practice.tui.commands import Command, bindings
from practice.tui.widgets.cursor_list import COMMAND_TABLE

Draw = Callable[[int, int], Content]
"""Gives line number `n` for a width in cells."""


def column(text: str, width: int) -> str:
    """`text` on one line in exactly `width` cells, cut with an ellipsis where it is longer."""
    line = one_line(text)
    if cell_len(line) > width:
        line = set_cell_size(line, width - 1).rstrip() + "…"
    return set_cell_size(line, width)


class LongList(ScrollView, can_focus=True):
    """Lines with a cursor; what Enter does is left to the screen."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"long-list--cursor", "long-list--left"}
    DEFAULT_CSS = """
    LongList {
        height: 1fr;
        overflow-x: hidden;
        & > .long-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .long-list--left {
            background: $panel;
        }
    }
    """

    cursor: reactive[int] = reactive(0)
    """The number of the line that commands are about."""

    class Moved(Message):
        """The cursor stands on another line."""

        def __init__(self, long_list: "LongList") -> None:
            super().__init__()
            self.long_list = long_list

        @property
        def control(self) -> "LongList":
            """What `on` selectors look at."""
            return self.long_list

    class Opened(Moved):
        """The line under the cursor was clicked."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.count = 0
        self._draw: Draw = lambda number, width: Content("")

    def show(self, count: int, draw: Draw, cursor: int = 0) -> None:
        """Replace the lines, without a message."""
        self.count, self._draw = count, draw
        self.set_reactive(LongList.cursor, 0)
        self.virtual_size = Size(0, count)
        self.cursor = cursor
        self._follow()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the lines."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two lines anew and keep the cursor in sight."""
        del old, new
        self._follow()
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._follow()

    def render_line(self, y: int) -> Strip:
        """One line in sight."""
        number, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if number >= self.count:
            return Strip.blank(width, self.visual_style.rich_style)
        style = self.visual_style
        if number == self.cursor:
            name = "long-list--cursor" if self.has_focus else "long-list--left"
            style = self.get_visual_style(name)
        content = self._draw(number, width)
        strips = Visual.to_strips(self, content, width, 1, style, apply_selection=False)
        return strips[0].adjust_cell_length(width, style.rich_style)

    def on_click(self, event: Click) -> None:
        """Go to a line; a click on the line under the cursor opens it."""
        number = self.scroll_offset.y + event.y
        if number < self.count and number == self.cursor:
            self.post_message(self.Opened(self))
        elif number < self.count:
            self._go(number)

    def action_cursor_up(self) -> None:
        """Go to the line above."""
        self._go(self.cursor - 1)

    def action_cursor_down(self) -> None:
        """Go to the line below."""
        self._go(self.cursor + 1)

    def action_page_up(self) -> None:
        """Go up by a page."""
        self._go(self.cursor - max(1, self.size.height - 1))

    def action_page_down(self) -> None:
        """Go down by a page."""
        self._go(self.cursor + max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Go to the first line."""
        self._go(0)

    def action_last(self) -> None:
        """Go to the last line."""
        self._go(self.count - 1)

    def _go(self, number: int) -> None:
        before = self.cursor
        self.cursor = number
        if self.cursor != before:
            self.post_message(self.Moved(self))

    def _follow(self) -> None:
        if self.count:
            line = Region(0, self.cursor, 1, 1)
            self.scroll_to_region(line, animate=False, force=True, immediate=True)
