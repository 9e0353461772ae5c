import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from practice.base.text import one_line, plain
from practice.reports.layout import (
    Mark,
    StyledText,
    TextWidth,
    cell_width,
    display_width,
    fit_cell,
    plain_line,
    wrap_text,
)

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ab 漢\u0301👍")), max_size=200)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("漢字", 4),
        ("e\u0301", 1),
        ("👍", 2),
        ("\u2764\ufe0f", 2),
        ("·1.4s·", 6),
        ("", 0),
    ],
)
def test_width_is_that_of_a_terminal(text: str, columns: int) -> None:
    assert display_width(text) == columns


@given(text=TEXT, width=st.integers(6, 60))
def test_wrapped_text_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap_text(text, width, "> ", "  ")
    assert all(display_width(line) <= width for line in lines)
    joined = "".join(line[2:] for line in lines).replace(" ", "")
    assert joined == one_line(text).replace(" ", "")


@given(text=TEXT, width=st.integers(2, 12), measure=st.sampled_from([display_width, cell_len]))
def test_parts_of_a_cell_fit_however_width_is_measured_and_keep_its_text_and_marks(
    text: str, width: int, measure: TextWidth
) -> None:
    shown = plain(text)
    half = len(shown) // 2
    first, last = StyledText(shown[:half]), StyledText(shown[half:], Mark.FILLER)
    cell = (StyledText("⟨", Mark.FILLER), first, last)
    parts = fit_cell(cell, width, measure)
    assert all(cell_width(part, measure) <= width for part in parts)
    assert "".join(map(plain_line, parts)) == "⟨" + shown
    marked = [segment for part in parts for segment in part if segment.mark]
    assert plain_line(marked) == "⟨" + shown[half:]


@pytest.mark.parametrize("measure", [display_width, cell_len])
def test_what_is_one_character_to_people_is_never_cut(measure: TextWidth) -> None:
    family, accented = "👨\u200d👩\u200d👧", "e\u0301\u0302"
    parts = fit_cell((StyledText(family * 3 + accented * 3),), 2, measure)
    assert [plain_line(part) for part in parts] == [family] * 3 + [accented * 2, accented]


def test_lines_break_between_words() -> None:
    assert wrap_text("one two three four", 9) == ["one two", "three", "four"]


def test_a_word_wider_than_a_line_is_broken_and_its_accents_stay() -> None:
    assert wrap_text("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]


def test_indents_stand_before_the_first_and_the_other_lines() -> None:
    assert wrap_text("one two three", 8, "- ", "  ") == ["- one", "  two", "  three"]
