"""Every bank there is, one line each."""

from collections.abc import Sequence

from textual.content import Content

from practice.questions.catalogue import BankEntry
from practice.tui.presentation.content import as_content
from practice.tui.widgets.long_list import LongList, column

COUNT = 5
"""Columns of the number of questions; `2,000` fits."""
OWNER = 9
ROOMY = 56
"""From this width on a line says whose the bank is."""


class BankList(LongList):
    """Title, problems, number of questions; the user's own banks first."""

    def __init__(self) -> None:
        super().__init__("banks")
        self._entries: Sequence[BankEntry] = ()

    @property
    def bank_name(self) -> str | None:
        """The name of the bank under the cursor."""
        return self._entries[self.cursor].name if self._entries else None

    def show_banks(self, entries: Sequence[BankEntry], name: str | None) -> None:
        """Replace the lines; the cursor goes to the bank `name`, or stays on its line."""
        self._entries = entries
        names = [entry.name for entry in entries]
        cursor = names.index(name) if name in names else self.cursor
        self.show(len(entries), self._line, cursor)

    def _line(self, number: int, width: int) -> Content:
        entry = self._entries[number]
        owner = ("yours" if entry.own else "shipped") if width >= ROOMY else ""
        problems = len(entry.problems)
        told = f"{problems} problem{'' if problems == 1 else 's'} " if problems else ""
        rest = width - 2 - len(told) - COUNT - (OWNER if owner else 0)
        return Content.assemble(
            as_content(" " + column(entry.title, rest - 1) + " "),
            (told, "$text-warning"),
            (f"{owner:<{OWNER}}" if owner else "", "$muted"),
            (f"{entry.count:>{COUNT},}", "$muted"),
            " ",
        )
