"""The columns that tables of takes have, and what they say of a take.

A module of its own: it brings the library, which the first screen must not wait for.
"""

from collections.abc import Sequence

from practice.base.text import clock_time
from practice.library.search import fillers_per_min
from practice.library.takes import Take, TakeState
from practice.library.trends import TREND_MEASURE_BY_KEY, format_value
from practice.tui.presentation import formatting
from practice.tui.presentation.columns import ROOMY, WIDE, Column, RowContext


def choose_columns(columns: Sequence[Column], *, leaves_out_stutter: bool) -> list[Column]:
    """Those of `columns` that a user is shown."""
    return [c for c in columns if not (leaves_out_stutter and c.tells_of_stutter)]


def replace_measures(columns: Sequence[tuple[Column, int]]) -> list[tuple[Column, int]]:
    """`columns` with what a take waits for in the place of its measures."""
    gap = Column("", 1, lambda take, row_context: "")
    state = Column("", 0, describe_waiting, is_muted=True)
    room = sum(width for column, width in columns if column.measured) - gap.width
    return [pair for pair in columns if not pair[0].measured] + [(gap, 1), (state, room)]


def describe_waiting(take: Take, row_context: RowContext) -> str:
    """What a take without numbers waits for; empty when it waits for nothing."""
    part = row_context.part(take.id)
    if part is not None:
        return f"{formatting.WORKING} {part:.0%}" if part else formatting.WAITING
    if take.state is TakeState.RECORDING:
        return "being recorded"
    if take.state is TakeState.FAILED:
        return f"not transcribed: {take.failure}"
    if take.state is not TakeState.REVIEWED:
        return formatting.WAITING if row_context.has_model else "waits for words: no model"
    if take.model is None:
        return "waits for words" if row_context.has_model else "waits for words: no model"
    return ""


def _format_number(value: float | None, decimals: int = 0) -> str:
    """`value`, or a dot where there is none."""
    return "·" if value is None else f"{value:.{decimals}f}"


def _show_day(take: Take, row_context: RowContext) -> str:
    return formatting.day_and_time(take, row_context.now)


def _show_shortest_day(take: Take, row_context: RowContext) -> str:
    return formatting.shortest_day(take, row_context.now)


def _show_moment(take: Take, row_context: RowContext) -> str:
    return f"{formatting.when(take, row_context.now)} {take.recorded_at.astimezone():%H:%M}"


def _show_question(take: Take, _: RowContext) -> str:
    return take.question or "without a question"


def _show_length(take: Take, _: RowContext) -> str:
    return "" if take.duration_s is None else clock_time(take.duration_s)


def _show_rating(take: Take, _: RowContext) -> str:
    """The user's own rating and star."""
    return f"{take.rating or ''} {'★' if take.starred else ' '}"


def _count_fillers(take: Take, _: RowContext) -> str:
    """Certain fillers; a take too short for a rate has some, too."""
    measures = take.measures
    # Where something could not be heard, that nothing was found says nothing.
    if measures is None or not (measures.judged or measures.fillers_certain):
        return "·"
    return _format_number(measures.fillers_certain)


def _show_fillers(take: Take, _: RowContext) -> str:
    """Fillers a minute of speech."""
    return _format_number(fillers_per_min(take), 1)


def _measure_column(title: str, width: int, key: str, *, from_width: int = 0) -> Column:
    """A column of the measure `key` of `practice.library.trends`, with its unit."""
    measure = TREND_MEASURE_BY_KEY[key]

    def show(take: Take, _: RowContext) -> str:
        value = format_value(take, measure)
        if value is None:
            return "·"
        return f"{value} s" if measure.unit == "s" else value

    return Column(
        title, width, show, right=True, measured=True, from_width=from_width,
        tells_of_stutter=measure.tells_of_stutter,
    )  # fmt: skip


def _show_number(take: Take, _: RowContext) -> str:
    return str(take.number)


LIBRARY: Sequence[Column] = (
    Column("", 7, _show_shortest_day, is_muted=True, below_width=WIDE),
    Column("", 17, _show_day, is_muted=True, from_width=WIDE),
    Column("question", 0, _show_question, tells_apart=True),
    Column("bank", 16, lambda take, _: take.bank or "", is_muted=True, from_width=WIDE),
    Column("take", 5, _show_number, right=True, is_muted=True, from_width=WIDE),
    Column("length", 8, _show_length, right=True, measured=True),
    Column("fillers", 9, _count_fillers, right=True, measured=True, from_width=ROOMY),
    _measure_column("pace", 9, "wpm", from_width=ROOMY),
    Column("rating", 8, _show_rating, right=True, measured=True, from_width=ROOMY),
)
"""Those of the library; `waits for words: no model` fits where the measures are."""

HISTORY: Sequence[Column] = (
    Column("take", 5, _show_number, right=True, is_muted=True),
    Column("", 1, lambda take, _: "", is_muted=True),
    Column("", 0, _show_moment, is_muted=True),
    Column("length", 8, _show_length, right=True, measured=True, from_width=ROOMY),
    _measure_column("pace", 9, "wpm"),
    _measure_column("speaking", 10, "speaking_wpm", from_width=WIDE),
    Column("fillers", 9, _count_fillers, right=True, measured=True),
    Column("a minute", 10, _show_fillers, right=True, measured=True, from_width=WIDE),
    _measure_column("pauses/min", 12, "pauses", from_width=ROOMY),
    _measure_column("longest run", 13, "longest_run", from_width=WIDE),
    _measure_column("longest", 9, "longest_pause", from_width=ROOMY),
    Column("rating", 8, _show_rating, right=True, measured=True, from_width=ROOMY),
)
"""Those of one question's takes."""
