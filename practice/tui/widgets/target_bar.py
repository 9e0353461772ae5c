"""How far an answer has come against its target."""

from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from practice.core.session_rules import HALF_OVER


class TargetBar(Widget):
    """A line that fills with time, a mark at the target, room for half over it behind.

    The colour says no more than the words beside the bar do.

    Args:
        name: The widget's id.
        ends_at_target: Whether it stops there, so that nothing is behind the mark.
        tick_s: A small mark stands at every multiple of so many seconds; 0 for none.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "target-bar--spent",
        "target-bar--over",
        "target-bar--far-over",
        "target-bar--rest",
        "target-bar--mark",
    }
    DEFAULT_CSS = """
    TargetBar {
        height: 1;
    }
    """

    filled: reactive[int] = reactive(0)
    """Cells that are filled; redrawn only when this changes."""

    def __init__(
        self,
        name: str | None = None,
        *,
        ends_at_target: bool = False,
        tick_s: int = 0,
    ) -> None:
        super().__init__(id=name)
        self._span = 1.0 if ends_at_target else HALF_OVER
        self._part = 0.0
        self._tick_s = tick_s
        self._target_s = 0.0

    @property
    def mark(self) -> int:
        """The cell that stands for the target."""
        return max(0, round(self.size.width / self._span) - 1)

    def show(self, elapsed_s: float, target_s: float) -> None:
        """Fill it up to `elapsed_s`."""
        self._part, self._target_s = elapsed_s / target_s, target_s
        self.filled = min(self.size.width, int(self.size.width * self._part / self._span))

    def render_line(self, y: int) -> Strip:
        """The line, in up to three stretches."""
        width = self.size.width
        if y or not width:
            return Strip.blank(width)
        cells = ["━"] * self.filled + ["─"] * (width - self.filled)
        for at in self._find_ticks(width):
            cells[at] = "┷" if at < self.filled else "┴"
        cells[self.mark] = "┃" if self.filled > self.mark else "┆"
        spent = self.get_component_rich_style(f"target-bar--{self._state}")
        rest = self.get_component_rich_style("target-bar--rest")
        mark = self.get_component_rich_style("target-bar--mark")
        return Strip(
            [
                Segment(cell, mark if at == self.mark else spent if at < self.filled else rest)
                for at, cell in enumerate(cells)
            ],
            width,
        )

    def _find_ticks(self, width: int) -> list[int]:
        """The cells that stand for full minutes, where there is room to tell them apart."""
        if not self._tick_s or not self._target_s:
            return []
        cells_a_tick = width / self._span * self._tick_s / self._target_s
        count = int(self._target_s // self._tick_s) if cells_a_tick >= 2 else 0
        return [min(round(n * cells_a_tick), width) - 1 for n in range(1, count + 1)]

    @property
    def _state(self) -> str:
        if self._part >= HALF_OVER:
            return "far-over"
        return "over" if self._part >= 1 else "spent"
