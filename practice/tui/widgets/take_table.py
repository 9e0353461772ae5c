"""Takes as a table of any length: only the lines on screen are made."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from practice.library.takes import Take
from practice.tui.commands import Command, bindings
from practice.tui.presentation.columns import (
    Column,
    RowContext,
    fitted,
    lay_out,
    standing,
    with_state,
)

COMMAND_TABLE = (
    Command("takes.open", "enter", "open", "Open the take.", footer=True),
    Command("takes.up", "up,k", "up", "Go to the line above."),
    Command("takes.down", "down,j", "down", "Go to the line below."),
    Command("takes.page-up", "pageup", "page up", "Go up by a screen."),
    Command("takes.page-down", "pagedown", "page down", "Go down by a screen."),
    Command("takes.first", "home,g", "first", "Go to the first line."),
    Command("takes.last", "end,G", "last", "Go to the last line."),
)
GUTTER = 2
"""Cells before the first column, for a mark."""
SCROLLBAR = 1


class TakeTable(ScrollView, can_focus=True):
    """A header and one line a take, with a cursor.

    Args:
        columns: From left to right, one of them flexible.
        situation: Gives what the lines depend on at the time they are drawn.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "take-table--muted",
        "take-table--cursor",
        "take-table--mark",
    }
    DEFAULT_CSS = """
    TakeTable {
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-color: $faint;
        scrollbar-background: $background;
        & > .take-table--muted { color: $muted; }
        & > .take-table--mark { color: $accent; }
        & > .take-table--cursor { background: $block-cursor-background; }
    }
    """

    cursor: reactive[int] = reactive(0)
    """The line of the cursor, from 0."""

    class Moved(Message):
        """The cursor is on another take, or its take has changed."""

    class Opened(Message):
        """A take was asked for."""

        def __init__(self, take: Take) -> None:
            super().__init__()
            self.take = take

    def __init__(self, columns: Sequence[Column], situation: Callable[[], RowContext]) -> None:
        super().__init__()
        self._all_columns = columns
        self._columns: list[tuple[Column, int]] = []
        self._stated: list[tuple[Column, int]] = []
        self._situation = situation
        self.takes: Sequence[Take] = ()
        """What is shown, in its order."""
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
        before = self.chosen if follow else None
        place = next((at for at, t in enumerate(takes) if before and t.id == before.id), None)
        self.takes = takes
        self._measure()
        self.cursor = place if place is not None else self.cursor if follow else 0
        self._bring_into_sight()
        self.refresh()
        self.post_message(self.Moved())

    def mark(self, take_ids: tuple[str, ...]) -> None:
        """Put a mark before these takes and no others."""
        self.marked = take_ids
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """A line that is there."""
        return max(0, min(cursor, len(self.takes) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in sight and tell that it moved."""
        self._bring_into_sight()
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Give the columns the new width."""
        self._measure()
        self._bring_into_sight()

    def on_click(self, event: events.Click) -> None:
        """Go to the line; a second click opens it."""
        line = round(self.scroll_y) + event.y - 1
        if event.y and line < len(self.takes):
            self.cursor = line
            if event.chain > 1:
                self.action_open()

    def action_open(self) -> None:
        """Ask for the take under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def action_up(self) -> None:
        """Go to the line above."""
        self.cursor -= 1

    def action_down(self) -> None:
        """Go to the line below."""
        self.cursor += 1

    def action_page_up(self) -> None:
        """Go up by a screen."""
        self.cursor -= self._lines

    def action_page_down(self) -> None:
        """Go down by a screen."""
        self.cursor += self._lines

    def action_first(self) -> None:
        """Go to the first line."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last line."""
        self.cursor = len(self.takes) - 1

    def render_line(self, y: int) -> Strip:
        """The header, or the line that is scrolled to `y`."""
        at = round(self.scroll_y) + y - 1
        beyond = at >= len(self.takes)
        segments = self._header() if y == 0 else [] if beyond else self._line(at)
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    @property
    def _lines(self) -> int:
        """How many takes are on screen."""
        return max(1, self.size.height - 1)

    def _measure(self) -> None:
        width = max(0, self.size.width - GUTTER - SCROLLBAR)
        self._columns = lay_out(self._all_columns, width)
        self._stated = with_state(self._columns)
        self.virtual_size = Size(self.size.width, len(self.takes) + 1)

    def _bring_into_sight(self) -> None:
        top = round(self.scroll_y)
        wanted = min(max(top, self.cursor - self._lines + 1), self.cursor)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True)

    def _header(self) -> list[Segment]:
        titles = (fitted(c.title, width, right=c.right) for c, width in self._columns)
        return [Segment(" " * GUTTER + "".join(titles), self._style("muted", self.rich_style))]

    def _line(self, at: int) -> list[Segment]:
        take, situation = self.takes[at], self._situation()
        base = self._style("cursor", self.rich_style) if at == self.cursor else self.rich_style
        muted = self._style("muted", base)
        sign = "●" if take.id in self.marked else "▸" if at == self.cursor else " "
        segments = [Segment(sign.ljust(GUTTER), self._style("mark", base))]
        for column, width in self._stated if standing(take, situation) else self._columns:
            text = fitted(column.text(take, situation), width, right=column.right)
            segments.append(Segment(text, muted if column.is_muted else base))
        return segments

    def _style(self, part: str, base: Style) -> Style:
        return base + self.get_component_rich_style(f"take-table--{part}", partial=True)
