"""The takes of a session, or the last ones, a line each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import BindingType
from textual.content import Content

from practice.base.text import one_line, shared_beginnings
from practice.tui.commands import Command, bindings
from practice.tui.messages import TakeCancelled, TakeOpened
from practice.tui.presentation import formatting
from practice.tui.presentation.columns import fit
from practice.tui.presentation.content import as_content
from practice.tui.widgets import cursor_list
from practice.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from practice.library.takes import Take

SHORTEST_DAY = 7
"""Cells of the day where there is little room: `yest.` and two spaces fit."""
GAP = 2
"""Cells between the columns."""
NUMBER = 8
"""Cells of `take 12`."""
OUTCOME = 28
"""Cells that what is known of it has at most: `about 12 fillers · 142 wpm` fits."""
WIDE, ROOMY = 96, 60
"""From so many cells on, the day is written out, and there is room for number and outcome."""
STAR = 1
MARGIN = 2
"""Cells that stay free at the end of a line."""
NARROWEST = 10
"""Cells that the question keeps however narrow the screen is."""

OPEN = Command("take-list.open", "enter", "review", "Open the review of this take.", footer=True)
CANCEL = Command(
    "take-list.cancel", "f6", "cancel", "Stop transcribing this take; its sound is kept.",
    footer=True,
)  # fmt: skip
COMMAND_TABLE = (OPEN, CANCEL)


class TakeList(VirtualList, inherit_bindings=False):
    """The day, the question, which take of it, its first numbers or what it waits for, a star.

    It stands beside something else that has the focus at first, so its cursor shows with the focus
    only.
    """

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (*COMMAND_TABLE, *cursor_list.COMMAND_TABLE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMAND_TABLE)
    DEFAULT_CSS = """
    TakeList > .virtual-list--cursor { background: $background; }
    """

    def __init__(self) -> None:
        super().__init__(self._draw_take)
        self._takes: Sequence[Take] = ()
        self._shared: dict[str, int] = {}
        self._now: datetime | None = None
        self._part: Callable[[str], float | None] = lambda _: None

    def show(
        self, takes: "Sequence[Take]", now: datetime, part: Callable[[str], float | None]
    ) -> None:
        """Replace the lines; the cursor stays on its line.

        Args:
            takes: In the order to show them.
            now: What days are named from.
            part: How much of a take is heard by now, None when it does not wait.
        """
        self._takes, self._now, self._part = takes, now, part
        self._shared = shared_beginnings(one_line(take.question or "") for take in takes)
        self.can_focus = bool(takes)
        self.show_lines(len(takes), self.cursor)
        self.refresh_bindings()

    def on_focus(self) -> None:
        """Begin at the first line."""
        self.cursor = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what waits or is being heard can be cancelled."""
        if action == "cancel":
            return self._chosen is not None and self._part(self._chosen.id) is not None
        return True

    @on(VirtualList.CursorMoved)
    def offer_what_fits(self) -> None:
        """Let the footer follow the cursor."""
        self.refresh_bindings()

    @on(VirtualList.LineOpened)
    def action_open(self) -> None:
        """Ask for the review of the take."""
        if self._chosen is not None:
            self.post_message(TakeOpened(self._chosen.id))

    def action_cancel(self) -> None:
        """Ask that the take is not transcribed any more."""
        if self._chosen is not None:
            self.post_message(TakeCancelled(self._chosen.id))

    @property
    def _chosen(self) -> "Take | None":
        return self._takes[self.cursor] if self._takes else None

    def _draw_take(self, number: int, width: int) -> Content:
        take, now = self._takes[number], self._now
        assert now is not None, "there are no takes before `show`"
        question = one_line(take.question or "without a question")
        shared = self._shared.get(question, 0)
        star = "★" if take.starred else " "
        if width < ROOMY:
            rest = max(NARROWEST, width - SHORTEST_DAY - STAR)
            day = fit(formatting.shortest_day(take, now), SHORTEST_DAY)
            return Content.assemble(
                (day, "$muted"), as_content(fit(question, rest, shared=shared)), star
            )
        name_day = formatting.day_and_time if width >= WIDE else formatting.short_day_and_time
        # As wide as what stands in them: the rest is the question's.
        days = max(len(name_day(each, now)) for each in self._takes) + GAP
        outcomes = max(
            cell_len(formatting.outcome(each, self._part(each.id))) for each in self._takes
        )
        outcomes = min(outcomes, OUTCOME)
        rest = max(NARROWEST, width - days - NUMBER - outcomes - STAR - MARGIN)
        return Content.assemble(
            (fit(name_day(take, now), days), "$muted"),
            as_content(fit(question, rest, shared=shared)),
            (fit(f"take {take.number}", NUMBER), "$muted"),
            as_content(
                fit(formatting.outcome(take, self._part(take.id)), outcomes, right=True, gap=0)
            ),
            f" {star}",
        )
