"""Nothing that a terminal would act on survives."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from practice.base.text import first_unsafe, one_line, plain

HOSTILE = "a [/x] \x1b]0;title\x07 \x9b31m \u202e \ud800 end"


def test_escapes_direction_marks_and_lone_surrogates_are_replaced() -> None:
    assert plain(HOSTILE) == "a [/x] �]0;title� �31m � � end"


def test_carriage_return_cannot_overwrite_a_line() -> None:
    assert plain("good\rbad") == "good�bad"


@given(st.text())
def test_plain_keeps_positions_and_leaves_no_control_character(text: str) -> None:
    result = plain(text)
    assert len(result) == len(text)
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} or c in "\t\n" for c in result)
    assert plain(result) == result


@given(st.text())
def test_first_unsafe_is_where_plain_changes_the_text(text: str) -> None:
    at = first_unsafe(text)
    if at is None:
        assert plain(text) == text
    else:
        assert plain(text)[:at] == text[:at]
        assert plain(text)[at] != text[at]


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
