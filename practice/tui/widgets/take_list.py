"""Takes as a list of lines."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets.option_list import Option

from practice.text import one_line
from practice.tui import figures
from practice.tui.content import as_content
from practice.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from practice.library.takes import Take

DAY = 11
"""Columns of the day; `yesterday` and two spaces fit."""
NUMBER = 8
"""Columns of `take 12`."""
OUTCOME = 24
"""Columns of what is known of it."""
STAR = 1
PADDING = 1
"""What an OptionList leaves free on either side."""


class TakeList(Lines, can_focus=False):
    """The day, the question, which take of it, its first numbers or what it waits for, a star."""

    def show(
        self, takes: "Sequence[Take]", now: datetime, part: Callable[[str], float | None]
    ) -> None:
        """Replace the lines.

        Args:
            takes: In the order to show them.
            now: What days are named from.
            part: How much of a take is heard by now, None when it does not wait.
        """
        self.clear_options()
        self.add_options(Option(self._line(take, now, part(take.id)), id=take.id) for take in takes)

    def _line(self, take: "Take", now: datetime, part: float | None) -> Content:
        width = max(10, self.size.width - DAY - NUMBER - OUTCOME - STAR - 2 * PADDING)
        question = take.question or "without a question"
        return Content.assemble(
            (_column(figures.when(take, now), DAY), "$muted"),
            as_content(_column(question, width)),
            (_column(f"take {take.number}", NUMBER), "$muted"),
            as_content(_column(figures.outcome(take, part), OUTCOME)),
            as_content("★" if take.starred else " "),
        )


def _column(text: str, width: int) -> str:
    """`text` in exactly `width` columns, cut with an ellipsis and a space behind it."""
    line = one_line(text)
    if cell_len(line) > width - 1:
        line = set_cell_size(line, width - 2).rstrip() + "…"
    return set_cell_size(line, width)
