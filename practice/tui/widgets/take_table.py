"""Takes as a table: a header and one line a take."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content

from practice.base.text import one_line, shared_beginnings
from practice.library.takes import Take
from practice.tui.commands import Command, bindings
from practice.tui.messages import TakeOpened
from practice.tui.presentation.columns import Column, RowContext, fit, lay_out
from practice.tui.presentation.content import as_content
from practice.tui.presentation.take_columns import describe_waiting, replace_measures
from practice.tui.widgets.virtual_list import VirtualList

COMMAND_TABLE = (
    Command("takes.open", "enter", "open", "Open the take.", footer=True),
    Command("takes.up", "up", "up", "Go to the line above."),
    Command("takes.down", "down", "down", "Go to the line below."),
    Command("takes.page-up", "pageup", "page up", "Go up by a screen."),
    Command("takes.page-down", "pagedown", "page down", "Go down by a screen."),
    Command("takes.first", "home", "first", "Go to the first line."),
    Command("takes.last", "end", "last", "Go to the last line."),
)
GUTTER = 2
"""Cells before the first column, for a mark."""
SCROLLBAR = 1
"""Kept free, so that the columns stay where they are when the scrollbar comes."""


class TakeTable(VirtualList, inherit_bindings=False):
    """A take a line, in columns; posts `TakeOpened`, and `CursorMoved` also for replaced lines.

    Args:
        columns: From left to right, one of them flexible.
        row_context: Gives what the lines depend on at the time they are drawn.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    # The commands of its screens are about the take under the cursor, wherever the focus is.
    DEFAULT_CSS = """
    TakeTable > .virtual-list--cursor { background: $block-cursor-background; }
    """

    def __init__(self, columns: Sequence[Column], row_context: Callable[[], RowContext]) -> None:
        super().__init__(self._draw_take, self._draw_titles)
        self._columns = columns
        self._row_context = row_context
        self.takes: Sequence[Take] = ()
        """What is shown, in its order."""
        self._shared: dict[str, int] = {}
        self.marked: tuple[str, ...] = ()
        """Ids of the takes that have a mark before them."""

    @property
    def chosen(self) -> Take | None:
        """The take under the cursor."""
        return self.takes[self.cursor] if self.takes else None

    def show(self, takes: Sequence[Take], *, follow: bool = True) -> None:
        """Replace the lines.

        Args:
            takes: In the order to show them.
            follow: Whether the cursor stays on its take where that is still there, else on its
                line; otherwise it goes to the first.
        """
        cursor = self.cursor if follow else 0
        if follow and (before := self.chosen) is not None:
            cursor = next((at for at, take in enumerate(takes) if take.id == before.id), cursor)
        self.takes = takes
        self._shared = shared_beginnings(one_line(take.question or "") for take in takes)
        self.show_lines(len(takes), cursor)
        self.post_message(self.CursorMoved(self))

    def mark(self, take_ids: tuple[str, ...]) -> None:
        """Put a mark before these takes and no others."""
        self.marked = take_ids
        self.refresh()

    @on(VirtualList.LineOpened)
    def action_open(self) -> None:
        """Ask for the take under the cursor."""
        if self.chosen is not None:
            self.post_message(TakeOpened(self.chosen.id))

    # The ids of commands stand in people's settings, so these two keep their own.
    action_up = VirtualList.action_cursor_up
    action_down = VirtualList.action_cursor_down

    def _lay_out(self) -> list[tuple[Column, int]]:
        return lay_out(self._columns, max(0, self.size.width - GUTTER - SCROLLBAR))

    def _draw_titles(self, _width: int) -> Content:
        titles = (fit(column.title, cells, right=column.right) for column, cells in self._lay_out())
        return as_content(" " * GUTTER + "".join(titles), "$muted")

    def _draw_take(self, number: int, _width: int) -> Content:
        take, row_context = self.takes[number], self._row_context()
        columns = self._lay_out()
        if describe_waiting(take, row_context):
            columns = replace_measures(columns)
        sign = "●" if take.id in self.marked else "▸" if number == self.cursor else " "
        parts = [as_content(sign.ljust(GUTTER), "$accent")]
        for column, cells in columns:
            whole = column.text(take, row_context)
            shared = self._shared.get(one_line(whole), 0) if column.tells_apart else 0
            text = fit(whole, cells, right=column.right, shared=shared)
            parts.append(as_content(text, "$muted" if column.is_muted else ""))
        return Content("").join(parts)
