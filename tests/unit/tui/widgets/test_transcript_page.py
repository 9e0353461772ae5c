from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from practice.reports.layout import StyledText
from practice.tui.widgets.transcript_page import Page

words = st.lists(st.text(st.characters(categories=["L", "N", "So"]), min_size=1, max_size=40))


def make_page(texts: list[str], width: int) -> Page:
    return Page([(StyledText(text),) for text in texts], width)


@given(words, st.integers(4, 60))
@example(["000000000⺀𝌀"], 4)
def test_no_row_is_wider_than_the_text_may_be(texts: list[str], width: int) -> None:
    for row in make_page(texts, width).rows:
        assert row[-1].x + row[-1].width <= width


@given(words, st.integers(4, 60))
def test_every_cell_is_there_whole_and_in_order(texts: list[str], width: int) -> None:
    made = make_page(texts, width)
    shown = ["" for _ in texts]
    for row in made.rows:
        for piece in row:
            shown[piece.place] += "".join(segment.text for segment in piece.segments)
    assert shown == texts


@given(words, st.integers(4, 60))
def test_the_row_of_a_place_holds_it(texts: list[str], width: int) -> None:
    made = make_page(texts, width)
    assert len(made.row_of) == len(texts)
    for place, row in enumerate(made.row_of):
        assert place in [piece.place for piece in made.rows[row]]


@given(words, st.integers(4, 60))
def test_a_column_of_a_word_finds_the_word(texts: list[str], width: int) -> None:
    made = make_page(texts, width)
    for number, row in enumerate(made.rows):
        for piece in row:
            if piece.width:
                assert made.place_at(number, piece.x) == piece.place


def test_beside_the_text_there_is_no_place() -> None:
    made = make_page(["one", "two"], 20)
    assert made.place_at(0, 15) is None
    assert made.place_at(3, 0) is None


def test_pieces_are_measured_as_the_terminal_shows_them() -> None:
    (row,) = make_page(["日本", "x"], 20).rows
    assert [(piece.x, piece.width) for piece in row] == [(0, cell_len("日本")), (5, 1)]


def test_a_cell_without_a_space_before_it_follows_at_once_and_is_found_by_its_column() -> None:
    cells = [(StyledText(text, space_before=not n),) for n, text in enumerate("わたし")]
    made = Page(cells, 4)
    assert [[(piece.x, piece.gap) for piece in row] for row in made.rows] == [
        [(0, 1), (2, 0)],
        [(0, 1)],
    ]
    assert [made.place_at(0, x) for x in range(-1, 5)] == [0, 0, 0, 1, 1, None]
