from hypothesis import given
from hypothesis import strategies as st

from practice.tui.presentation.plotting import Part, draw, scale

NUMBERS = st.lists(st.floats(0, 1e4, allow_subnormal=False), min_size=1, max_size=60)
WIDTHS = st.integers(1, 120)
HEIGHTS = st.integers(1, 40)


def draw_as_text(values: list[float], width: int, height: int) -> list[str]:
    measure = scale(values, height, from_zero=False)
    return ["".join(cell.text for cell in row) for row in draw(values, measure, width, height)]


def test_what_rises_is_drawn_from_the_lower_left_to_the_upper_right() -> None:
    assert draw_as_text([100, 120], 6, 3) == ["    ⡠●", "  ⡠⠊  ", "●⠊    "]


def test_a_band_is_set_off_between_two_edges() -> None:
    values = [0.0, 10.0]
    rows = draw(values, scale(values, 11, from_zero=True), 1, 11, (2.0, 4.0))
    assert [row[0].in_band for row in rows] == [False] * 6 + [True] * 3 + [False] * 2


def test_the_edges_of_a_band_show_without_colour() -> None:
    values = [5.0] * 5
    rows = draw(values, scale([*values, 0.0], 7, from_zero=True), 20, 7, (1.0, 2.0))
    assert sum(row[0].part is Part.EDGE for row in rows) == 2


def test_many_points_become_a_line_without_marks() -> None:
    assert "●" not in "".join(draw_as_text([float(n % 7) for n in range(100)], 40, 8))


def test_labels_have_the_decimals_of_their_steps() -> None:
    measure = scale([0.1, 0.9], 9, from_zero=True)
    assert [measure.label(tick) for tick in measure.ticks] == ["0.00", "0.25", "0.50", "0.75"]


@given(NUMBERS, HEIGHTS, st.booleans())
def test_every_value_lies_on_the_scale(values: list[float], rows: int, from_zero: bool) -> None:
    measure = scale(values, rows, from_zero=from_zero)
    assert measure.low <= min(values)
    assert max(values) <= measure.high
    assert 2 <= len(measure.ticks) <= 13
    assert all(measure.low - 1e-6 <= tick <= measure.high + 1e-6 for tick in measure.ticks)
    assert len({measure.label(tick) for tick in measure.ticks}) == len(measure.ticks)


@given(NUMBERS, HEIGHTS)
def test_more_is_never_drawn_lower(values: list[float], rows: int) -> None:
    measure = scale(values, rows, from_zero=True)
    places = [measure.row(value, rows) for value in sorted(values)]
    assert places == sorted(places, reverse=True)
    assert all(0 <= place < rows for place in places)


@given(NUMBERS, WIDTHS, HEIGHTS)
def test_a_drawing_fills_its_cells_and_shows_something(
    values: list[float], width: int, height: int
) -> None:
    rows = draw_as_text(values, width, height)
    assert [len(row) for row in rows] == [width] * height
    assert "".join(rows).strip()
