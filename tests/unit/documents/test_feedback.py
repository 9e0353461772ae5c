"""What the form of a shared page made, read out of whatever a mail program made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import FeedbackError
from practice.documents.feedback import (
    Comment,
    Feedback,
    Reply,
    describe_feedback,
    parse_feedback,
    read_document,
)

TEXT = """\
--- practice feedback 1 ---
from: Ana
take: 20261123-1405-k3f9
question: Where did you lose me?
  When the migration began.

  And once more: at the end.
question: What would you ask next?
word at 12.4: migration
  I did not know which one.
word at 3: team
  Who?
--- end ---
"""
ANA = Feedback(
    "20261123-1405-k3f9",
    "Ana",
    (Reply("Where did you lose me?", "When the migration began.\n\nAnd once more: at the end."),),
    (Comment(3.0, "team", "Who?"), Comment(12.4, "migration", "I did not know which one.")),
)


def test_answers_and_comments_are_read_and_what_is_empty_is_left_out() -> None:
    assert parse_feedback(TEXT) == (ANA,)


@pytest.mark.parametrize(
    "text",
    [
        "Hi,\n\nhere it is.\n\n" + TEXT + "\nBest, Ana\n",
        "\n".join(f"> {line}" for line in TEXT.splitlines()),
        TEXT.replace("\n", "\r\n"),
        "\N{BOM}" + TEXT.replace("---", "—"),
        TEXT + "\nOn Monday you wrote:\n" + "\n".join(f"> {line}" for line in TEXT.splitlines()),
    ],
    ids=["in a mail", "quoted", "Windows", "dashes", "answered twice"],
)
def test_what_a_mail_program_does_to_it_changes_nothing(text: str) -> None:
    assert parse_feedback(text) == (ANA,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no reader's answer"),
        (TEXT.replace("feedback 1", "feedback 2"), "line 1: .* newer practice"),
        (TEXT.replace("--- end ---\n", ""), "line 13: it breaks off"),
        (TEXT.replace("take: 20261123-1405-k3f9\n", ""), "line 3: it does not say of which take"),
        (TEXT.replace("at 12.4", "at nan"), "line 9: 'nan' is not a place"),
        (TEXT.replace("at 12.4", "at -1"), "line 9: '-1' is not a place"),
        (TEXT.replace("Ana", "A" * 201), "the name is too long"),
        (TEXT.replace("Who?", "W" * 10_001), "line 11: the text has more than"),
        (TEXT.replace("from: Ana", "Ana"), "line 2: “from:” or “take:” should stand here"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(FeedbackError, match=said):
        parse_feedback(text)


def test_an_answer_that_looks_like_the_end_does_not_end_it() -> None:
    (found,) = parse_feedback(TEXT.replace("  Who?", "  --- end ---\n  take: another"))
    assert found.take_id == ANA.take_id
    assert found.comments[0].text == "--- end ---\ntake: another"


@given(st.text(max_size=400))
def test_any_text_between_the_marks_is_read_or_refused_in_words(text: str) -> None:
    try:
        found = parse_feedback(f"--- practice feedback 1 ---\n{text}\n--- end ---\n")
    except FeedbackError:
        return
    assert all("\x1b" not in line for each in found for line in describe_feedback(each))


def test_what_is_kept_is_read_back_as_it_was() -> None:
    assert read_document(ANA.take_id, ANA.reader, ANA.document) == ANA
