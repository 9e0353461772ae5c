"""The numbers of a review in groups, with what was said of the plan, the parts and the notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.reactive import reactive

from practice.base.text import one_line
from practice.delivery.transcript.coverage import CoverageItem
from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart, Take
from practice.reports import explanations, wording
from practice.reports.layout import wrap_text
from practice.reports.occasions import OCCASION_MEANING, occasion_lists
from practice.reports.parts import describe_parts, find_part_facts
from practice.tui.commands import Command, bindings
from practice.tui.presentation.content import as_content
from practice.tui.widgets.plain_text import PlainText

COMMAND_TABLE = (
    Command("numbers.up", "up", "up", "Go to the number above."),
    Command("numbers.down", "down", "down", "Go to the number below."),
    Command("numbers.page-up", "pageup", "page up", "Go up by a page."),
    Command("numbers.page-down", "pagedown", "page down", "Go down by a page."),
    Command("numbers.first", "home", "first", "Go to the first number."),
    Command("numbers.last", "end", "last", "Go to the last number."),
)
POINTER = "▸ "
GUTTER = len(POINTER)
"""Columns before every line, so that the cursor shows without colour."""
_NAME = 20
"""Columns of a name where there is room for it beside its value."""
_LEAST_VALUE = 12
_TELLING = {"wpm", "fillers.certain", "pauses.count"}
"""Those whose meaning holds further numbers; what the others mean is one key away."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the panel: its text, and from which column on it is the value."""

    text: str
    name_width: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the cursor can stand on."""

    name: str
    value: str
    explanation: str
    """What it means; empty for what explains itself."""
    indent: int = 0
    below: tuple[str, ...] = ()
    """Further lines that belong to it."""
    is_detail: bool = False
    """Whether it belongs to the row above and stands back behind it."""

    def lay_out(self, width: int) -> list[_Line]:
        """Its lines, with what does not fit hanging below where it began."""
        name = " " * self.indent + self.name
        beside = _NAME if width >= _NAME + _LEAST_VALUE else 0
        style = "" if self.is_detail else "bold"
        if self.value and beside and len(name) < beside:
            lines = wrap_text(self.value, width, name.ljust(beside), " " * beside)
            found = [_Line(line, beside, style) for line in lines]
        elif self.value:
            lines = wrap_text(f"{name.strip()} {self.value}", width, " " * self.indent, "  ")
            found = [_Line(line, 0, style) for line in lines]
        else:
            found = [_Line(line, 0, style) for line in wrap_text(name, width, rest="  ")]
        for line in self.below:
            # What stands before the text, such as a tick, stays alone in its columns.
            hang = "    " if line[:1] in "✓✗" else "  "
            found += [_Line(part, 0, "$muted") for part in wrap_text(line, width, "  ", hang)]
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that are read together."""

    title: str
    entries: tuple[Entry, ...]


class MeasuresPanel(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Groups with air between them and a cursor on one number, whose meaning can be asked for."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = COMMAND_TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)

    cursor: reactive[int] = reactive(0, repaint=False)
    """The number of the entry that commands are about."""

    def __init__(self) -> None:
        super().__init__()
        self._notices: list[tuple[str, str]] = []
        """What must be known of the numbers, each with its style."""
        self._groups: list[Group] = []
        self._first_lines: list[tuple[int, int]] = []
        """Of each entry, its first line and the one behind its last."""

    def compose(self) -> Iterator[PlainText]:
        """One text."""
        yield PlainText("", "numbers")

    def show(
        self,
        document: ReviewDocument,
        take: Take,
        starts_s: Mapping[StarPart, float],
        wish: Sequence[CoverageItem] = (),
        tells_story: bool = False,
    ) -> None:
        """Show what is known of a take now; the cursor stays on its number where it is there.

        Args:
            document: Its review.
            take: With its notes.
            starts_s: Where the parts of the answer begin.
            wish: What the user wishes to have said, sentence by sentence.
            tells_story: Whether the take tells a story, so that its parts belong to it.
        """
        before = self.chosen
        self._notices = [
            (wording.describe_judgement(document), "$text-warning"),
            (wording.offer_language(document, in_app=True), ""),
        ]
        self._groups = [*_wish_group(wish), *make_groups(document, take, starts_s, tells_story)]
        names = [entry.name for entry in self._entries]
        at = names.index(before.name) if before and before.name in names else 0
        self.set_reactive(MeasuresPanel.cursor, at)
        self._lay_out()

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor."""
        entries = self._entries
        return entries[self.cursor] if self.cursor < len(entries) else None

    @property
    def _entries(self) -> list[Entry]:
        return [entry for group in self._groups for entry in group.entries]

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the entries."""
        return max(0, min(cursor, len(self._entries) - 1))

    def watch_cursor(self) -> None:
        """Draw the pointer again and keep its entry in view."""
        self._lay_out()
        self._bring_into_view()

    def on_resize(self) -> None:
        """Break the lines again."""
        self._lay_out()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._lay_out()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._lay_out()

    def on_click(self, event: Click) -> None:
        """Go to the number that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = offset.y + self.scroll_offset.y
        for number, (first, end) in enumerate(self._first_lines):
            if first <= row < end:
                self.cursor = number

    def action_up(self) -> None:
        """Go to the number above; from the first one, show what stands above it."""
        if not self.cursor:
            self.scroll_to(y=0, animate=False)
        self.cursor -= 1

    def action_down(self) -> None:
        """Go to the number below."""
        self.cursor += 1

    def action_page_up(self) -> None:
        """Go up by a page."""
        self._go_by_lines(-self.size.height)

    def action_page_down(self) -> None:
        """Go down by a page."""
        self._go_by_lines(self.size.height)

    def action_first(self) -> None:
        """Go to the first number."""
        self.cursor = 0
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        """Go to the last number."""
        self.cursor = len(self._entries) - 1

    def _go_by_lines(self, by: int) -> None:
        if not self._first_lines:
            return
        wanted = self._first_lines[self.cursor][0] + by
        starts = [first for first, _ in self._first_lines]
        # At least one entry further: one that is longer than a page would hold the cursor.
        step = self.cursor + (1 if by > 0 else -1)
        nearest = min(range(len(starts)), key=lambda number: abs(starts[number] - wanted))
        self.cursor = max(nearest, step) if by > 0 else min(nearest, step)

    def _bring_into_view(self) -> None:
        if self._first_lines and self.size.height:
            first, end = self._first_lines[self.cursor]
            # With the title of its group, which is the line above the first entry.
            region = Region(0, max(first - 1, 0), 1, end - max(first - 1, 0))
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def _lay_out(self) -> None:
        width = max(self.scrollable_content_region.width - GUTTER, _LEAST_VALUE)
        lines: list[Content] = []
        self._first_lines = []
        for text, style in self._notices:
            if text:
                lines += [as_content(" " * GUTTER + line, style) for line in wrap_text(text, width)]
                lines.append(Content())
        number = 0
        for group in self._groups:
            lines.append(as_content(" " * GUTTER + group.title, "$primary"))
            for entry in group.entries:
                has_cursor = self.has_focus and number == self.cursor
                laid_out = entry.lay_out(width)
                self._first_lines.append((len(lines), len(lines) + len(laid_out)))
                lines += [
                    _draw(line, POINTER if has_cursor and not at else " " * GUTTER, has_cursor)
                    for at, line in enumerate(laid_out)
                ]
                number += 1
            lines.append(Content())
        self.query_one(PlainText).show(Content("\n").join(lines[:-1]))


def make_groups(
    document: ReviewDocument,
    take: Take,
    starts_s: Mapping[StarPart, float],
    tells_story: bool = False,
) -> Iterator[Group]:
    """Everything that the panel shows, group by group."""
    held = tuple(
        Entry(heading, "", OCCASION_MEANING, below=tuple(lines))
        for heading, lines in occasion_lists(document)
    )
    if held:
        yield Group("the session", held)
    said = tuple(_coverage_entries(document))
    for title, rows in wording.group_rows(document):
        entries = tuple(map(_row_entry, rows))
        if title == "more":
            # What was said of the plan comes before what may be passed over.
            if said:
                yield Group("said or not", said)
                said = ()
            entries = (*entries, *_own_entries(document, take, starts_s, tells_story))
        yield Group(title, entries)
    if said:
        yield Group("said or not", said)


def _wish_group(wish: Sequence[CoverageItem]) -> Iterator[Group]:
    if wish:
        lines = tuple(f"{'✓' if item.said else '✗'} {one_line(item.text)}" for item in wish)
        found = f"{sum(item.said for item in wish)} of {len(wish)} found"
        yield Group(
            "what I wish I had said", (Entry(found, "", explanations.COVERAGE_MEANING, 0, lines),)
        )


def _row_entry(row: wording.MeasureRow) -> Entry:
    below = (row.meaning,) if row.key in _TELLING and row.meaning else ()
    return Entry(
        row.name, row.value, row.explanation, 2 * row.level, below, is_detail=bool(row.level)
    )


def _coverage_entries(document: ReviewDocument) -> Iterator[Entry]:
    for heading, lines in wording.coverage_lists(document):
        yield Entry(heading, "", explanations.COVERAGE_MEANING, below=tuple(lines))


def _own_entries(
    document: ReviewDocument, take: Take, starts_s: Mapping[StarPart, float], tells_story: bool
) -> Iterator[Entry]:
    facts = find_part_facts(document, starts_s)
    if facts or tells_story:
        lines = describe_parts(facts) if facts else [explanations.HOW_TO_MARK]
        yield Entry("parts of the answer", "", explanations.PARTS_MEANING, below=tuple(lines))
    if take.notes:
        yield Entry("notes", "", "", below=tuple(wording.note_lines(take.notes)))


def _draw(line: _Line, gutter: str, has_cursor: bool) -> Content:
    ground = " on $block-cursor-background" if has_cursor else ""
    name, value = line.text[: line.name_width], line.text[line.name_width :]
    return Content.assemble(
        as_content(gutter, f"$primary{ground}"),
        as_content(name, f"$muted{ground}"),
        as_content(value, f"{line.style or '$foreground'}{ground}"),
    )
