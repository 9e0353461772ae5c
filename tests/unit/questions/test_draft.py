import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.questions.draft import join_items, judge, split_items, typed_fields
from practice.questions.model import KINDS, Question

LINES = st.lists(st.text("abc äß:#[]{}'\"-~", min_size=1).filter(str.strip), max_size=4).map(
    lambda items: tuple(item.strip() for item in items)
)
QUESTIONS = st.builds(
    Question,
    id=st.sampled_from(["", "one", "a-b-2"]),
    text=st.text("abc ?:#'\"~", min_size=1).filter(str.strip).map(str.strip),
    kind=st.sampled_from([None, *KINDS]),
    tags=LINES,
    difficulty=st.sampled_from([None, 1, 3]),
    target_s=st.none() | st.integers(5, 3600),
    prep_s=st.none() | st.integers(0, 3600),
    key_points=LINES,
    notes=st.sampled_from(["", "null", "~", "two\nlines"]),
)


@given(QUESTIONS)
def test_a_question_that_is_typed_out_is_the_same_question(question: Question) -> None:
    assert judge(typed_fields(question)) == (question, {})


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("text", "  ", "is empty"),
        ("id", "Not An Id", "'not-an-id' would be"),
        ("kind", "technicall", "did you mean 'technical'?"),
        ("difficulty", "4", "expected a whole number from 1 to 3, found '4'"),
        ("target_s", "2 min", "expected a whole number of seconds from 5 to 3600, found '2 min'"),
        ("prep_s", "-1", "expected a whole number of seconds from 0 to 3600"),
        ("competency", "x" * 201, "has 201 characters; 200 are the most"),
        ("key_points", ("fine", "x" * 2001), "has 2,001 characters"),
        ("notes", "a \x1b b", "holds the control character U+001B; take it out"),
    ],
)
def test_a_field_is_told_what_is_wrong_in_the_words_of_the_file_reader(
    field: str, typed: str | tuple[str, ...], said: str
) -> None:
    question, problems = judge({**typed_fields(Question(text="Why?")), field: typed})
    assert question is None
    assert list(problems) == [field]
    assert said in problems[field]


def test_every_field_that_is_wrong_is_told_at_once() -> None:
    fields = typed_fields(Question(text="Why?"))
    _, problems = judge({**fields, "text": "", "target_s": "soon", "url": "x" * 2001})
    assert set(problems) == {"text", "target_s", "url"}


def test_an_id_of_another_question_is_refused_with_a_free_one() -> None:
    question, problems = judge(typed_fields(Question(id="one", text="Why?")), {"one", "one-2"})
    assert question is None
    assert "'one-3' is free" in problems["id"]


def test_an_item_that_was_left_alone_keeps_its_line_breaks() -> None:
    items = ("first\nin two lines", "second")
    assert split_items(join_items(items) + "\nthird", items) == (*items, "third")


def test_empty_lines_are_no_items() -> None:
    assert split_items("\n one \n\n  \ntwo") == ("one", "two")
