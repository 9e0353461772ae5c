"""Takes as a list of lines."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets.option_list import Option

from practice.base.text import one_line
from practice.tui.commands import Command, bindings
from practice.tui.presentation import formatting
from practice.tui.presentation.content import as_content
from practice.tui.widgets import cursor_list
from practice.tui.widgets.cursor_list import CursorList

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

OPEN = Command("take-list.open", "enter", "review", "Open the review of this take.", footer=True)
CANCEL = Command(
    "take-list.cancel", "c", "cancel", "Transcribe this take no further; its sound is kept.",
    footer=True,
)  # fmt: skip
COMMAND_TABLE = (OPEN, CANCEL)


class TakeList(CursorList):
    """The day, the question, which take of it, its first numbers or what it waits for, a star."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (*COMMAND_TABLE, *cursor_list.COMMAND_TABLE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)

    class Opened(Message):
        """A take was chosen."""

        def __init__(self, take_id: str) -> None:
            super().__init__()
            self.take_id = take_id

    class Cancelled(Message):
        """A take is to be transcribed no further."""

        def __init__(self, take_id: str) -> None:
            super().__init__()
            self.take_id = take_id

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Callable[[str], float | None] = lambda _: None

    def show(
        self, takes: "Sequence[Take]", now: datetime, part: Callable[[str], float | None]
    ) -> None:
        """Replace the lines.

        Args:
            takes: In the order to show them.
            now: What days are named from.
            part: How much of a take is heard by now, None when it does not wait.
        """
        self._waiting, chosen = part, self.highlighted
        self.clear_options()
        self.add_options(Option(self._line(take, now, part(take.id)), id=take.id) for take in takes)
        self.can_focus = bool(takes)
        if takes and self.has_focus:
            self.highlighted = min(chosen or 0, len(takes) - 1)
        self.refresh_bindings()

    def on_focus(self) -> None:
        """Begin at the first line."""
        self.highlighted = 0 if self.option_count else None

    def on_blur(self) -> None:
        """Without the focus no line is chosen."""
        self.highlighted = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what waits or is being heard can be cancelled."""
        if action == "cancel":
            return self._chosen is not None and self._waiting(self._chosen) is not None
        return True

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Offer what can be done with this take."""
        super().watch_highlighted(highlighted)
        self.refresh_bindings()

    def action_open(self) -> None:
        """Open the review."""
        if self._chosen is not None:
            self.post_message(self.Opened(self._chosen))

    def action_cancel(self) -> None:
        """Transcribe it no further."""
        if self._chosen is not None:
            self.post_message(self.Cancelled(self._chosen))

    @property
    def _chosen(self) -> str | None:
        option = None if self.highlighted is None else self.get_option_at_index(self.highlighted)
        return option.id if option is not None else None

    def _line(self, take: "Take", now: datetime, part: float | None) -> Content:
        width = max(10, self.size.width - DAY - NUMBER - OUTCOME - STAR - 2 * PADDING)
        question = take.question or "without a question"
        return Content.assemble(
            (_column(formatting.when(take, now), DAY), "$muted"),
            as_content(_column(question, width)),
            (_column(f"take {take.number}", NUMBER), "$muted"),
            as_content(_column(formatting.outcome(take, part), OUTCOME)),
            as_content("★" if take.starred else " "),
        )


def _column(text: str, width: int) -> str:
    """`text` in exactly `width` columns, cut with an ellipsis and a space behind it."""
    line = one_line(text)
    if cell_len(line) > width - 1:
        line = set_cell_size(line, width - 2).rstrip() + "…"
    return set_cell_size(line, width)
