"""A list of any length: only the lines in sight are drawn.

Textual's own lists keep an object for each line and measure all of them before the first is drawn,
so that they open the slower the longer they are; `benchmarks.library_screen` and
`benchmarks.banks_screen` compare. This one knows how many lines there are and asks for a line when
it must be drawn.
"""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from practice.tui.commands import Command, bindings
from practice.tui.widgets.cursor_list import COMMAND_TABLE

DrawLine = Callable[[int, int], Content]
"""Gives line `n`, counted from 0, for a width in cells."""
DrawHeader = Callable[[int], Content]
"""Gives the line above the list for a width in cells."""


class VirtualList(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines with a cursor; what Enter does is left to the screen or to a subclass.

    Args:
        draw_line: Gives a line; called each time that it is drawn.
        draw_header: Gives a line that stays above the others; None for none.
        name: The widget's id.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"virtual-list--cursor"}
    DEFAULT_CSS = """
    VirtualList {
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        & > .virtual-list--cursor {
            background: $panel;
        }
        &:focus > .virtual-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    cursor: reactive[int] = reactive(0)
    """The number of the line that commands are about."""

    class CursorMoved(Message):
        """The cursor is on another line, or what its line shows was replaced."""

        def __init__(self, virtual_list: "VirtualList") -> None:
            super().__init__()
            self.virtual_list = virtual_list

        @property
        def control(self) -> "VirtualList":
            """What `on` selectors look at."""
            return self.virtual_list

    class LineOpened(CursorMoved):
        """A line was clicked a second time; the cursor is on it."""

    def __init__(
        self,
        draw_line: DrawLine,
        draw_header: DrawHeader | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(id=name)
        self.count = 0
        """How many lines there are."""
        self._draw_line = draw_line
        self._draw_header = draw_header
        self._header_rows = 0 if draw_header is None else 1
        self._clicked: int | None = None
        """The line that was clicked, as long as the cursor has not moved since."""

    def show_lines(self, count: int, cursor: int) -> None:
        """Draw all lines again and put the cursor on a line, without a message."""
        self.count = count
        self._clicked = None
        self.set_reactive(VirtualList.cursor, self.validate_cursor(cursor))
        # Textual takes the width of a scrolling widget from its container, not from here.
        self.virtual_size = Size(0, count + self._header_rows)
        self._bring_into_view()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the lines."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in view and say that it moved."""
        self._clicked = None
        self._bring_into_view()
        self.refresh()
        self.post_message(self.CursorMoved(self))

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._bring_into_view()

    def render_line(self, y: int) -> Strip:
        """A row in view: the header, a line, or nothing below the last line."""
        width, style = self.scrollable_content_region.width, self.visual_style
        number = self.scroll_offset.y + y - self._header_rows
        if y == 0 and self._draw_header is not None:
            content = self._draw_header(width)
        elif number < self.count:
            content = self._draw_line(number, width)
            if number == self.cursor:
                style = self.get_visual_style("virtual-list--cursor")
        else:
            return Strip.blank(width, style.rich_style)
        strips = Visual.to_strips(self, content, width, 1, style, apply_selection=False)
        # The meta says where in the text a cell is, for selecting text with the mouse: a line that
        # is drawn again at each key has none to select.
        line = strips[0].discard_meta() if strips else Strip([])
        return line.adjust_cell_length(width, self.visual_style.rich_style)

    def on_click(self, event: Click) -> None:
        """Go to a line; a second click on it opens it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._header_rows:
            return
        number = self.scroll_offset.y + offset.y - self._header_rows
        if number >= self.count:
            return
        was_clicked = number == self._clicked
        self.cursor = number
        # Not at the first click on the line under the cursor: the second half of a double click
        # would fall on the screen that opens.
        self._clicked = None if was_clicked else number
        if was_clicked:
            self.post_message(self.LineOpened(self))

    def action_cursor_up(self) -> None:
        """Go to the line above."""
        self.cursor -= 1

    def action_cursor_down(self) -> None:
        """Go to the line below."""
        self.cursor += 1

    def action_page_up(self) -> None:
        """Go up by a page."""
        self.cursor -= self._page_lines

    def action_page_down(self) -> None:
        """Go down by a page."""
        self.cursor += self._page_lines

    def action_first(self) -> None:
        """Go to the first line."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last line."""
        self.cursor = self.count - 1

    @property
    def _page_lines(self) -> int:
        """How many lines are in view."""
        return max(1, self.size.height - self._header_rows)

    def _bring_into_view(self) -> None:
        """Scroll as little as it takes to have the cursor in view."""
        # Before the first layout nothing has a height; `on_resize` comes back to it.
        if not self.size.height:
            return
        top = self.scroll_offset.y
        wanted = min(max(top, self.cursor - self._page_lines + 1), self.cursor)
        if wanted != top:
            # At once: an animation would still run when the next key comes, and draw each of its
            # steps.
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
