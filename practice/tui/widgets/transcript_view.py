"""The transcript with every finding marked in place; a cursor, and the word that is heard now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from practice.base.text import clock_time
from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart
from practice.reports.layout import Mark
from practice.tui.commands import Command, bindings
from practice.tui.presentation.marked_text import MarkedText
from practice.tui.widgets.transcript_page import Page, Piece, Row

GUTTER = 9
"""Columns before the text: the time of the row, the letters of parts, the pointer."""
WIDEST = 90
"""Longer lines are hard to read."""
POINTER = "▸"
"""Stands before the word that is heard now."""
_HIGHER_UP = 3
"""Following leaves this part of the view above the row: one in three."""

COMMAND_TABLE = (
    Command("transcript.next-word", "ctrl+right", "next word", "Go to the next word."),
    Command("transcript.previous-word", "ctrl+left", "previous word", "Go to the word before."),
    Command("transcript.next-mark", "tab", "next mark", "Go to the next mark, silently."),
    Command(
        "transcript.previous-mark", "shift+tab", "previous mark",
        "Go to the mark before, silently.",
    ),
    Command("transcript.down", "down", "down", "Go to the row below."),
    Command("transcript.up", "up", "up", "Go to the row above."),
    Command("transcript.page-down", "pagedown", "page down", "Go a page down."),
    Command("transcript.page-up", "pageup", "page up", "Go a page up."),
    Command("transcript.first", "home", "start", "Go to the first word."),
    Command("transcript.last", "end", "end", "Go to the last word."),
)  # fmt: skip


class TranscriptView(ScrollView, can_focus=True, inherit_bindings=False):
    """The words of a review in rows; only the rows in view are drawn.

    `MarkedText` says what stands at which place, this widget where a place lies on screen.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"transcript--{mark}" for mark in Mark),
        "transcript--time",
        "transcript--part",
        "transcript--now",
        "transcript--cursor",
    }
    DEFAULT_CSS = """
    TranscriptView {
        width: 1fr;
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        scrollbar-background: $background;
        scrollbar-color: $faint;
    }
    TranscriptView .transcript--filler { color: $error; text-style: bold; }
    TranscriptView .transcript--habit { color: $warning; }
    TranscriptView .transcript--repetition, TranscriptView .transcript--restart { color: $primary; }
    TranscriptView .transcript--pause { color: $muted; }
    TranscriptView .transcript--long-pause { color: $foreground; text-style: bold; }
    TranscriptView .transcript--hurried, TranscriptView .transcript--slow { color: $success; }
    TranscriptView .transcript--time { color: $muted; }
    TranscriptView .transcript--part { color: $primary; text-style: bold; }
    TranscriptView .transcript--now { color: $primary; text-style: bold underline; }
    TranscriptView .transcript--cursor { text-style: reverse; }
    /* Without colours the accents would be greys that stand behind the plain words. */
    TranscriptView:nocolor .transcript--filler {
        color: $foreground; text-style: bold underline;
    }
    TranscriptView:nocolor .transcript--habit { color: $foreground; text-style: underline; }
    TranscriptView:nocolor .transcript--repetition, TranscriptView:nocolor .transcript--restart {
        color: $foreground; text-style: italic;
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """The place the user is at."""
    now: reactive[int | None] = reactive(None, repaint=False)
    """The place that is heard; None while nothing plays."""

    @dataclass
    class PlaceReached(Message):
        """The cursor is at another place."""

        place: int

    @dataclass
    class PlaceChosen(Message):
        """A place was clicked twice: play from there."""

        place: int

    def __init__(self, name: str | None = None) -> None:
        super().__init__(id=name)
        self.text: MarkedText | None = None
        self.page = Page([], 1)
        self._letters: dict[int, str] = {}
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str | None, Style] = {}

    def show(self, document: ReviewDocument) -> None:
        """Show a review; the cursor stays at the time where it was."""
        before_s = self.text.span_s(self.cursor)[0] if self.text and len(self.text) else 0.0
        self.text = MarkedText(document)
        self.now = None
        self.set_reactive(TranscriptView.cursor, self.text.at(before_s) if len(self.text) else 0)
        self._lay_out()

    def show_parts(self, starts_s: Mapping[StarPart, float]) -> None:
        """Put the letter of each part beside the row in which it begins, two at most."""
        if self.text is None or not len(self.text):
            return
        self._letters = {
            self.text.at(start_s): part[0].upper() for part, start_s in starts_s.items()
        }
        self._redraw()

    def follow(self, place: int) -> None:
        """Mark the place that is heard and keep it in view; without words there is none."""
        if place >= len(self.page.row_of):
            return
        self.now = place
        self._bring_into_view(self.page.row_of[place], self.size.height // _HIGHER_UP)

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows again and tell the screen."""
        if not self._has(new):
            return
        self._redraw_place(old)
        self._redraw_place(new)
        self._bring_into_view(self.page.row_of[new], 1)
        self.post_message(self.PlaceReached(new))

    def validate_cursor(self, place: int) -> int:
        """Stay within the text."""
        return min(max(place, 0), max(len(self.page.row_of) - 1, 0))

    def watch_now(self, old: int | None, new: int | None) -> None:
        """Draw the two rows again."""
        for place in {old, new} - {None}:
            assert place is not None
            self._redraw_place(place)

    def on_resize(self, event: Resize) -> None:
        """Break the text again."""
        self._lay_out()

    def on_click(self, event: Click) -> None:
        """Go to the word, and play from it at the second click."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = offset.y + self.scroll_offset.y
        place = self.page.place_at(row, offset.x - GUTTER)
        if place is not None:
            self.cursor = place
            if event.chain > 1:
                self.post_message(self.PlaceChosen(place))

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """The row in view, from memory unless cursor or pointer are in it."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if index >= len(self.page.rows):
            return Strip.blank(width, self.rich_style)
        row = self.page.rows[index]
        if any(piece.place in {self.cursor, self.now} for piece in row):
            return self._strip(row, width)
        if index not in self._strips:
            self._strips[index] = self._strip(row, width)
        return self._strips[index]

    def action_next_word(self) -> None:
        """Go to the next word."""
        self.cursor += 1

    def action_previous_word(self) -> None:
        """Go to the word before."""
        self.cursor -= 1

    def action_next_mark(self) -> None:
        """Go to the next finding."""
        self._go(self.text.next_mark(self.cursor) if self.text else None)

    def action_previous_mark(self) -> None:
        """Go to the finding before."""
        self._go(self.text.previous_mark(self.cursor) if self.text else None)

    def action_down(self) -> None:
        """Go to the row below."""
        self._move_rows(1)

    def action_up(self) -> None:
        """Go to the row above."""
        self._move_rows(-1)

    def action_page_down(self) -> None:
        """Go a page down."""
        self._move_rows(max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Go a page up."""
        self._move_rows(-max(self.size.height - 1, 1))

    def action_first(self) -> None:
        """Go to the first word."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last word."""
        self.cursor = len(self.page.row_of) - 1

    def _go(self, place: int | None) -> None:
        if place is not None:
            self.cursor = place

    def _move_rows(self, by: int) -> None:
        if not self._has(self.cursor):
            return
        here = self.page.row_of[self.cursor]
        x = next((p.x for p in self.page.rows[here] if p.place == self.cursor), 0)
        row = self.page.rows[min(max(here + by, 0), len(self.page.rows) - 1)]
        self.cursor = min(row, key=lambda piece: abs(piece.x - x)).place

    def _has(self, place: int) -> bool:
        return 0 <= place < len(self.page.row_of)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if self.text is None or width <= GUTTER:
            return
        self.page = Page(self.text.cells, min(width - GUTTER - 1, WIDEST))
        self.virtual_size = Size(width, len(self.page.rows))
        self._redraw()
        if self._has(self.cursor):
            self._bring_into_view(self.page.row_of[self.cursor], 1)

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def _redraw_place(self, place: int) -> None:
        if self._has(place):
            self.refresh_line(self.page.row_of[place])

    def _bring_into_view(self, row: int, above: int) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not top <= row < top + height:
            self.scroll_to(y=row - above if row >= top + height else row - 1, animate=False)

    def _strip(self, row: Row, width: int) -> Strip:
        segments = [self._gutter(row)]
        for piece in row:
            segments += self._piece(piece)
        return Strip(segments).crop_extend(0, width, self.rich_style)

    def _gutter(self, row: Row) -> Segment:
        assert self.text is not None
        letters = "".join(self._letters.get(piece.place, "") for piece in row)
        time = clock_time(self.text.span_s(row[0].place)[0])
        style = self._style("part" if letters else "time")
        # Of more than two in one row the last one says where the row leads.
        shown = letters if len(letters) < 3 else letters[0] + letters[-1]
        return Segment(f"{time:>{GUTTER - 3}}{shown:>2}", style)

    def _piece(self, piece: Piece) -> list[Segment]:
        is_now, is_cursor = piece.place == self.now, piece.place == self.cursor
        pointer = POINTER if is_now else " "
        # Without a space before it there is no room for the pointer; its style tells it then.
        gap = [Segment(pointer, self._style("now" if is_now else None))][: piece.gap]
        shown = [Segment(segment.text, self._style(segment.mark)) for segment in piece.segments]
        over = [self._style(name) for name, on in (("now", is_now), ("cursor", is_cursor)) if on]
        return (
            [*gap, *Segment.apply_style(shown, post_style=Style.combine(over))]
            if over
            else [*gap, *shown]
        )

    def _style(self, name: str | None) -> Style:
        if name not in self._styles:
            component = () if name is None else (f"transcript--{name}",)
            style = self.get_component_rich_style(*component) if component else self.rich_style
            self._styles[name] = style
        return self._styles[name]
