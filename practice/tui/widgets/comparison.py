"""The numbers of two takes in columns, and their pace on one scale of time."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from practice.documents.review import ReviewDocument
from practice.reports.comparison import ComparedNumber
from practice.reports.wording import pace_block
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.widgets.plain_text import PlainText

NAME = 21
COLUMN = 22
DIFFERENCE = 10
SLIM_NAME, SLIM_COLUMN = 15, 10
"""The same where there is no room for the difference."""


class ComparisonTable(PlainText):
    """A row for each number: of the first take, of the second, and how far they are apart."""

    def show_rows(
        self,
        headings: tuple[str, str],
        rows: Sequence[ComparedNumber],
        note: str = "",
        *,
        is_slim: bool = False,
    ) -> None:
        """Replace the table.

        Args:
            headings: What stands over the columns of the takes.
            rows: The numbers.
            note: What stands over their names.
            is_slim: Whether the difference is left out, for lack of room.
        """
        name, cells = (SLIM_NAME, SLIM_COLUMN) if is_slim else (NAME, COLUMN)
        lines = [
            Content.assemble(
                as_content(set_cell_size(note, name), "$muted"),
                as_content(fit(headings[0], cells, right=True), "$muted"),
                as_content(fit(headings[1], cells, right=True), "$muted"),
            )
        ]
        lines += [
            Content.assemble(
                as_content(set_cell_size(row.name, name), "$muted"),
                as_content(fit(row.first, cells, right=True)),
                as_content(fit(row.second, cells, right=True), "bold"),
                as_content(
                    "" if is_slim else fit(row.difference, DIFFERENCE, right=True), "$primary"
                ),
            )
            for row in rows
        ]
        self.show(Content("\n").join(lines))


class PaceLines(Widget):
    """The pace of both takes, one row each; the longer take fills the row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pace-lines--label", "pace-lines--pace"}
    DEFAULT_CSS = """
    PaceLines { height: 2; }
    PaceLines .pace-lines--label { color: $muted; }
    PaceLines .pace-lines--pace { color: $primary; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._takes: Sequence[tuple[str, ReviewDocument]] = ()

    def show(self, takes: Sequence[tuple[str, ReviewDocument]]) -> None:
        """Show the pace of takes, each with the name of its row."""
        self._takes = takes
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row of one take."""
        width = self.size.width
        if y >= len(self._takes) or width <= NAME:
            return Strip.blank(width, self.rich_style)
        name, document = self._takes[y]
        columns = width - NAME
        longest_s = max(one.measures.duration_s or 0.0 for _, one in self._takes) or 1.0
        row = "".join(_pace_at(document, x * longest_s / columns) for x in range(columns))
        label = self.get_component_rich_style("pace-lines--label")
        pace = self.get_component_rich_style("pace-lines--pace")
        segments = [Segment(set_cell_size(name, NAME), label), Segment(row, pace)]
        return Strip(segments).crop_extend(0, width, self.rich_style)


def _pace_at(document: ReviewDocument, time_s: float) -> str:
    windows = document.measures.pace
    return next((pace_block(w) for w in windows if w.start_s <= time_s < w.end_s), " ")
