import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.text import one_line
from practice.reports.layout import display_width, wrap_text

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


def test_lines_break_between_words() -> None:
    assert wrap_text("one two three four", 9) == ["one two", "three", "four"]


def test_a_word_wider_than_a_line_is_broken_and_its_accents_stay() -> None:
    assert wrap_text("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]


def test_indents_stand_before_the_first_and_the_other_lines() -> None:
    assert wrap_text("one two three", 8, "- ", "  ") == ["- one", "  two", "  three"]
