"""How loud the microphone is."""

from math import sqrt
from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from practice.audio.level import FLOOR_DBFS, Level

BARS = "▁▂▃▄▅▆▇█"
WIDTH = 24
FALL = 2
POLL_S = 1 / 12
"""How often a column is added: follows syllables, and stays calm and cheap."""
QUIETEST_DBFS = -60.0
"""What still shows as the lowest bar: the noise of a quiet room lies below it."""


def bar_height(level: Level) -> int:
    """The height of a column, 0 to 7; a square root lifts quiet speech to where it can be seen."""
    part = max(0.0, 1 - level.rms_dbfs / QUIETEST_DBFS) if level.rms_dbfs > FLOOR_DBFS else 0.0
    return round(sqrt(part) * (len(BARS) - 1))


class LevelMeter(Widget):
    """The last two seconds of loudness as a row of bars, the newest on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"level-meter--bar", "level-meter--loud"}
    DEFAULT_CSS = f"""
    LevelMeter {{
        width: {WIDTH};
        height: 1;
    }}
    """

    heights: reactive[tuple[int, ...]] = reactive((0,) * WIDTH)
    """One a column; redrawn only when they change."""
    clipped: reactive[bool] = reactive(False)
    """The newest column was at full scale."""

    def show(self, level: Level) -> None:
        """Add a column for the level since the last one.

        It falls by steps, so that a sound system that delivers less often than this is asked
        does not make it flicker.
        """
        self.clipped = level.clipped
        height = max(bar_height(level), self.heights[-1] - FALL)
        self.heights = (*self.heights[1:], height)

    def rest(self) -> None:
        """Show nothing: nobody listens."""
        self.heights, self.clipped = (0,) * WIDTH, False

    def render_line(self, y: int) -> Strip:
        """The row of bars."""
        style = self.get_component_rich_style(
            "level-meter--loud" if self.clipped else "level-meter--bar"
        )
        width = min(self.size.width, WIDTH)
        row = "".join(BARS[height] for height in self.heights[-width:])
        return Strip([Segment(row, style)], width) if y == 0 else Strip.blank(width)
