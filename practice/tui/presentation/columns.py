"""What stands in the columns of a table of takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from practice.base.text import clock_time, one_line
from practice.library.search import fillers_per_min, words_per_min
from practice.library.takes import Take, TakeState
from practice.library.trends import TREND_MEASURE_BY_KEY
from practice.tui.presentation import formatting

NARROWEST = 10
"""Cells that a flexible column keeps however narrow the screen is."""
WIDE = 104
"""From so many cells on, the columns for wide screens are shown."""


@dataclass(frozen=True, slots=True)
class RowContext:
    """What the text of a line depends on beside its take."""

    now: datetime
    """What days are named from."""
    part: Callable[[str], float | None]
    """How much of a take is heard by now; None when it does not wait at the desk."""
    has_model: bool
    """Whether there is a speech model to hear takes with."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    width: int
    """Cells; 0 takes what is left."""
    text: Callable[[Take, RowContext], str]
    right: bool = False
    """Whether it is aligned to the right."""
    wide_only: bool = False
    is_muted: bool = False
    measured: bool = False
    """Whether a take without numbers says what it waits for here; such columns come last."""


def lay_out(columns: Sequence[Column], width: int) -> list[tuple[Column, int]]:
    """The columns that fit into `width` cells, each with its own width."""
    shown = [column for column in columns if width >= WIDE or not column.wide_only]
    left = max(NARROWEST, width - sum(column.width for column in shown))
    return [(column, column.width or left) for column in shown]


def with_state(columns: Sequence[tuple[Column, int]]) -> list[tuple[Column, int]]:
    """`columns` with what a take waits for in the place of its measures."""
    gap = Column("", 1, lambda take, situation: "")
    state = Column("", 0, standing, is_muted=True)
    room = sum(width for column, width in columns if column.measured) - gap.width
    return [pair for pair in columns if not pair[0].measured] + [(gap, 1), (state, room)]


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """`text` on one line in exactly `width` cells, a free one beside it, cut with an ellipsis."""
    line = one_line(text)
    room = max(0, width - 1)
    if cell_len(line) > room:
        line = set_cell_size(line, max(0, room - 1)).rstrip() + "…"
    if right:
        line = " " * (width - cell_len(line)) + line
    return set_cell_size(line, width)


def standing(take: Take, situation: RowContext) -> str:
    """What a take without numbers waits for; empty when it waits for nothing."""
    part = situation.part(take.id)
    if part is not None:
        return f"still being transcribed {round(100 * part)} %" if part else "waits its turn"
    if take.state is TakeState.RECORDING:
        return "being recorded"
    if take.state is TakeState.FAILED:
        return f"not transcribed: {take.failure}"
    if take.state is not TakeState.REVIEWED:
        return "waits for its review" if situation.has_model else "waits for words: no model"
    if take.model is None:
        return "waits for words" if situation.has_model else "waits for words: no model"
    return ""


def day(take: Take, situation: RowContext) -> str:
    """The day, as people name it."""
    return formatting.when(take, situation.now)


def moment(take: Take, situation: RowContext) -> str:
    """The day and the time of day."""
    return f"{day(take, situation)} {take.recorded_at.astimezone():%H:%M}"


def question(take: Take, _: RowContext) -> str:
    """What was asked."""
    return take.question or "without a question"


def length(take: Take, _: RowContext) -> str:
    """How long it is."""
    return "" if take.duration_s is None else clock_time(take.duration_s)


def own(take: Take, _: RowContext) -> str:
    """The user's own rating and star."""
    return f"{take.rating or ''} {'★' if take.starred else ' '}"


def fillers(take: Take, _: RowContext) -> str:
    """Fillers a minute of speech."""
    return number(fillers_per_min(take), 1)


def pace(take: Take, _: RowContext) -> str:
    """Words a minute."""
    return number(words_per_min(take))


def number(value: float | None, decimals: int = 0) -> str:
    """`value`, or a dot where there is none."""
    return "·" if value is None else f"{value:.{decimals}f}"


LIBRARY: Sequence[Column] = (
    Column("", 11, day, is_muted=True),
    Column("question", 0, question),
    Column("bank", 22, lambda take, _: take.bank or "", is_muted=True, wide_only=True),
    Column("take", 5, lambda take, _: str(take.number), right=True, is_muted=True),
    Column("length", 8, length, right=True, measured=True),
    Column("fill/min", 9, fillers, right=True, measured=True),
    Column("wpm", 6, pace, right=True, measured=True),
    Column("yours", 7, own, right=True, measured=True),
)
"""Those of the library; `still being transcribed 60 %` fits where the measures are."""


def measured(key: str) -> Callable[[Take, RowContext], str]:
    """A measure of `practice.library.trends`, by its key."""
    measure = TREND_MEASURE_BY_KEY[key]
    return lambda take, _: number(measure.of(take), measure.decimals)


HISTORY: Sequence[Column] = (
    Column("take", 5, lambda take, _: str(take.number), right=True, is_muted=True),
    Column("", 1, lambda take, _: "", is_muted=True),
    Column("", 0, moment, is_muted=True),
    Column("length", 8, length, right=True, measured=True),
    Column("wpm", 6, pace, right=True, measured=True),
    Column("speaking", 10, measured("speaking_wpm"), right=True, measured=True, wide_only=True),
    Column("fill/min", 10, fillers, right=True, measured=True),
    Column("pauses/min", 12, measured("pauses"), right=True, measured=True),
    Column("longest run", 13, measured("longest_run"), right=True, measured=True, wide_only=True),
    Column("longest", 9, measured("longest_pause"), right=True, measured=True),
    Column("yours", 8, own, right=True, measured=True),
)
"""Those of one question's takes."""
