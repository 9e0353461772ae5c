"""A list that was pasted is split into questions, one a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.questions.pasted_list import split_questions


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Why us?", "Why us?"),
        ("1. Why us?", "Why us?"),
        ("12) Why us?", "Why us?"),
        ("- Why us?", "Why us?"),
        ("* Why us?", "Why us?"),
        ("• Why us?", "Why us?"),
        ("•Why us?", "Why us?"),
        ("> - 3. Why us?", "Why us?"),
        ("Q3: Why us?", "Why us?"),
        ("Frage 2: Warum?", "Warum?"),
        ("１．なぜですか？", "なぜですか？"),
        ("10 years from now, where are you?", "10 years from now, where are you?"),
        ("2.5 million users: how?", "2.5 million users: how?"),
        ("-5 degrees: what freezes?", "-5 degrees: what freezes?"),
    ],
)
def test_what_stands_before_a_question_is_left_out(line: str, question: str) -> None:
    assert split_questions(f"\n{line}\n\n3.\n—\n") == [question]


@given(st.text())
def test_any_text_is_split_into_single_lines_with_letters(text: str) -> None:
    for question in split_questions(text):
        assert "\n" not in question
        assert any(each.isalpha() for each in question)
