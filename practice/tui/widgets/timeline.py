"""The take from its beginning to its end on a few rows: sound, marks, pace, parts, playhead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from practice.delivery.signal.features import SoundFeatures
from practice.delivery.signal.level import FRAME_HOP_S
from practice.documents.review import ReviewDocument
from practice.library.takes import StarPart
from practice.reports.layout import Mark
from practice.reports.marking import mark_of
from practice.reports.parts import part_shares, spoken_shares
from practice.reports.wording import pace_block
from practice.tui.widgets.transcript_view import GUTTER

LOADING = "loading…"
BARS = " ▁▂▃▄▅▆▇█"
PLAYHEAD = "┃"
SYMBOLS: dict[Mark, str] = {
    Mark.PAUSE: "·",
    Mark.SLOW: "≈",
    Mark.HURRIED: "≫",
    Mark.RESTART: "{",
    Mark.REPETITION: "[",
    Mark.HABIT: "‹",
    Mark.LONG_PAUSE: ":",
    Mark.FILLER: "⟨",
}
"""What stands for each mark; where two fall on one column the later in this order is shown."""
_ORDER = list(SYMBOLS)
BELOW = ("marks", "pace", "parts")
"""The rows under the sound; the parts only where the sound has two rows and more."""
FEW_ROWS = 3
HINT = "S T A R mark where situation, task, action and result begin"
"""Stands in the row of the parts until there is one."""
WAVE = "sound"

STEP_S = 0.05
"""The step of `Levels`."""

Levels = NDArray[np.float32]
"""How loud the take is, 0 to 1, every `STEP_S` from its start to its end."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    style: str


class Timeline(Widget):
    """Draws a review over time: three rows, or five and more, of which the sound takes the rest."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"timeline--{mark}" for mark in Mark),
        "timeline--label",
        "timeline--wave",
        "timeline--heard",
        "timeline--pace",
        "timeline--part",
        "timeline--playhead",
    }
    DEFAULT_CSS = """
    Timeline .timeline--filler { color: $error; text-style: bold; }
    Timeline .timeline--habit { color: $warning; }
    Timeline .timeline--repetition, Timeline .timeline--restart { color: $primary; }
    Timeline .timeline--pause { color: $muted; }
    Timeline .timeline--long-pause { color: $foreground; text-style: bold; }
    Timeline .timeline--hurried, Timeline .timeline--slow { color: $success; }
    Timeline .timeline--label { color: $muted; }
    Timeline .timeline--wave { color: $muted; }
    Timeline .timeline--heard { color: $primary; }
    Timeline .timeline--pace { color: $muted; }
    Timeline .timeline--part { color: $primary; }
    Timeline .timeline--playhead { color: $foreground; text-style: bold; }
    Timeline:nocolor .timeline--filler, Timeline:nocolor .timeline--habit { color: $foreground; }
    """

    column: reactive[int] = reactive(0)
    """Where the playhead is; redrawn only when this changes."""

    @dataclass
    class Sought(Message):
        """A moment was clicked."""

        time_s: float

    def __init__(self, name: str | None = None) -> None:
        super().__init__(id=name)
        self._document: ReviewDocument | None = None
        self._duration_s = 0.0
        self.levels: Levels | None = None
        """None until the recording was read."""
        self._parts: dict[StarPart, float] = {}
        self._playhead_s = 0.0
        self._rows: dict[int, list[_Cell]] = {}

    @property
    def columns(self) -> int:
        """How many columns the take is spread over."""
        return max(self.size.width - GUTTER, 0)

    def show(self, document: ReviewDocument, duration_s: float) -> None:
        """Show the marks and the pace of a review."""
        self._document, self._duration_s = document, max(duration_s, 0.001)
        self._redraw()

    def show_levels(self, levels: Levels) -> None:
        """Show how loud the take is."""
        self.levels = levels
        self._redraw()

    def show_parts(self, starts_s: Mapping[StarPart, float]) -> None:
        """Show where the parts of the answer begin."""
        self._parts = dict(starts_s)
        self._redraw()

    def show_playhead(self, time_s: float) -> None:
        """Put the playhead at a moment."""
        self._playhead_s = time_s
        self.column = self._column(time_s)

    def on_resize(self) -> None:
        """Spread the take again."""
        self._redraw()

    def on_click(self, event: Click) -> None:
        """Seek the moment under the pointer."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.x >= GUTTER and self.columns:
            self.post_message(
                self.Sought((offset.x - GUTTER + 0.5) * self._duration_s / self.columns)
            )

    def render_line(self, y: int) -> Strip:
        """One row, its name before it."""
        width = self.size.width
        if y >= self._waves + len(self._below) or self._document is None or not self.columns:
            return Strip.blank(width, self.rich_style)
        # The sound has its name beside its lowest row.
        name = WAVE if y < self._waves else self._below[y - self._waves]
        label = "" if y < self._waves - 1 else name
        segments = [
            Segment(f"{label:>{GUTTER - 3}}   ", self.get_component_rich_style("timeline--label"))
        ]
        for column, cell in enumerate(self._row(name, y)):
            segments.append(self._drawn(name, column, cell))
        return Strip(segments).simplify().crop_extend(0, width, self.rich_style)

    @property
    def _below(self) -> tuple[str, ...]:
        names = BELOW if self.size.height > FEW_ROWS + 1 else BELOW[:-1]
        has_pace = self._document is not None and self._document.measures.pace
        return names if has_pace else tuple(name for name in names if name != "pace")

    @property
    def _waves(self) -> int:
        """How many rows the sound has."""
        return max(self.size.height - len(self._below), 1)

    def _drawn(self, name: str, column: int, cell: _Cell) -> Segment:
        # Without the sound it would stand in the middle of a word.
        if column == self.column and name == WAVE and self.levels is not None:
            return Segment(PLAYHEAD, self.get_component_rich_style("timeline--playhead"))
        style = "heard" if name == WAVE and column < self.column else cell.style
        return Segment(cell.text, self.get_component_rich_style(f"timeline--{style}"))

    def _row(self, name: str, y: int) -> list[_Cell]:
        if y not in self._rows:
            self._rows[y] = list(self._wave(y) if name == WAVE else self._cells(name))
        return self._rows[y]

    def _cells(self, name: str) -> Iterator[_Cell]:
        return {"marks": self._marks, "pace": self._pace, "parts": self._part_cells}[name]()

    def _wave(self, y: int) -> Iterator[_Cell]:
        """The row `y` of the sound, counted from the top; eighths of a row high."""
        steps, below = len(BARS) - 1, self._waves - 1 - y
        if self.levels is None:  # a flat line would say that the take is silent
            text = "" if below else LOADING
            yield from (
                _Cell(letter, "wave") for letter in text.ljust(self.columns)[: self.columns]
            )
            return
        for height in column_levels(self.levels, self.columns):
            filled = round(height * steps * self._waves) - below * steps
            # The lowest row is never empty, so that silence is a line and no gap.
            yield _Cell(BARS[min(max(filled, 0 if below else 1), steps)], "wave")

    def _marks(self) -> Iterator[_Cell]:
        assert self._document is not None
        shown: dict[int, Mark] = {}
        for finding in self._document.findings:
            mark = mark_of(finding)
            column = self._column(finding.start_s)
            if column not in shown or _ORDER.index(mark) > _ORDER.index(shown[column]):
                shown[column] = mark
        for column in range(self.columns):
            at = shown.get(column)
            yield _Cell(SYMBOLS[at], at) if at else _Cell(" ", "label")

    def _pace(self) -> Iterator[_Cell]:
        assert self._document is not None
        windows = iter(self._document.measures.pace)
        window = next(windows, None)
        for column in range(self.columns):
            time_s = (column + 0.5) * self._duration_s / self.columns
            while window and time_s >= window.end_s:
                window = next(windows, None)
            yield _Cell(pace_block(window) if window else " ", "pace")

    def _part_cells(self) -> Iterator[_Cell]:
        if not self._parts:
            yield from (_Cell(letter, "label") for letter in HINT[: self.columns])
            return
        words = self._document.words if self._document is not None else ()
        split = spoken_shares(self._parts, words) or part_shares(self._parts, self._duration_s)
        marks = sorted((self._column(start_s), part) for part, start_s in self._parts.items())
        ends = [column for column, _ in marks[1:]] + [self.columns]
        row = " " * marks[0][0]
        for (column, part), end in zip(marks, ends, strict=True):
            label = f"{part[0].upper()} {split.get(part, 0):.0%} "
            row += label.ljust(end - column, "─")[: end - column]
        yield from (_Cell(letter, "part") for letter in row)

    def _column(self, time_s: float) -> int:
        part = time_s / self._duration_s if self._duration_s else 0.0
        return min(max(int(part * self.columns), 0), max(self.columns - 1, 0))

    def _redraw(self) -> None:
        self._rows.clear()
        self.column = self._column(self._playhead_s)
        self.refresh()


def levels_of(sound: SoundFeatures) -> Levels:
    """How loud a take is every `STEP_S`: 1 is what only one step in a hundred exceeds."""
    step = round(STEP_S / FRAME_HOP_S)
    steps = sound.level_db[: sound.frames // step * step].reshape(-1, step)
    if not len(steps):
        return np.zeros(0, dtype=np.float32)
    rms = np.sqrt(np.mean(10 ** (steps / 10), axis=1))
    loud = max(float(np.percentile(rms, 99)), 1e-4)
    return np.asarray(np.minimum((rms / loud) ** 0.7, 1.0), dtype=np.float32)


def column_levels(levels: Levels | None, columns: int) -> NDArray[np.float32]:
    """The loudest level within each of `columns` equal parts; zeros while there are none."""
    if levels is None or not len(levels) or columns <= 0:
        return np.zeros(max(columns, 0), dtype=np.float32)
    edges = np.linspace(0, len(levels), columns + 1)
    firsts = np.minimum(edges[:-1].astype(np.int64), len(levels) - 1)
    return np.asarray(np.maximum.reduceat(levels, firsts), dtype=np.float32)
