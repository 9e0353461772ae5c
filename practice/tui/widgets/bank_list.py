"""Every bank there is, one line each."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from practice.base.text import one_line, shorten_middle
from practice.questions.catalogue import BankEntry
from practice.tui.presentation.content import as_content
from practice.tui.widgets.virtual_list import VirtualList

COUNT = 5
"""Cells of the number of questions; `2,000` fits."""
OWNER = 7
ROOMY = 56
"""From this width on a line says of the user's own banks that they are theirs."""


class BankList(VirtualList):
    """Title, problems or warnings, number of questions; the user's own banks first."""

    def __init__(self) -> None:
        super().__init__(self._draw_bank, name="banks")
        self._entries: Sequence[BankEntry] = ()

    @property
    def entry(self) -> BankEntry | None:
        """The bank under the cursor."""
        return self._entries[self.cursor] if self._entries else None

    @property
    def bank_name(self) -> str | None:
        """The name of the bank under the cursor."""
        return self._entries[self.cursor].name if self._entries else None

    def show(self, entries: Sequence[BankEntry], name: str | None) -> None:
        """Replace the lines; the cursor goes to the bank `name`, or stays on its line."""
        self._entries = entries
        names = [entry.name for entry in entries]
        cursor = names.index(name) if name in names else self.cursor
        self.show_lines(len(entries), cursor)

    def _draw_bank(self, number: int, width: int) -> Content:
        entry = self._entries[number]
        owner = "yours" if entry.own and width >= ROOMY else ""
        kind, count = (
            ("problem", len(entry.problems)) if entry.problems else ("warning", len(entry.warnings))
        )
        problems = f"{count} {kind}{'' if count == 1 else 's'} " if count else ""
        rest = width - 2 - len(problems) - COUNT - (OWNER if owner else 0)
        title = shorten_middle(one_line(entry.title), rest - 1, cell_len)
        return Content.assemble(
            as_content(" " + set_cell_size(title, rest - 1) + " "),
            (problems, "$text-warning"),
            (f"{owner:<{OWNER}}" if owner else "", "$muted"),
            (f"{entry.count:>{COUNT},}", "$muted"),
            " ",
        )
