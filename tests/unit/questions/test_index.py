from practice.questions.index import QuestionIndex
from practice.questions.model import Question

INDEX = QuestionIndex(
    (
        Question(id="one", text="Why this job?", tags=("motivation",)),
        Question(id="two", text="Tell me about a conflict.", competency="Teamwork"),
        Question(id="three", text="A project that failed.", follow_ups=("What did the team say?",)),
    )
)


def found(typed: str) -> list[str]:
    return [question.id for question in INDEX.find(typed)]


def test_every_word_that_is_typed_must_be_found_somewhere() -> None:
    assert found("TEAM conflict") == ["two"]
    assert found("conflict motivation") == []


def test_tags_and_follow_ups_are_searched_too() -> None:
    assert found("motivation") == ["one"]
    assert found("team") == ["two", "three"]


def test_nothing_typed_finds_every_question_in_its_order() -> None:
    assert found("  ") == ["one", "two", "three"]
