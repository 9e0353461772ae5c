from practice.questions.index import QuestionIndex
from practice.questions.model import Question

INDEX = QuestionIndex(
    (
        Question(id="one", text="Why this job?", tags=("motivation",)),
        Question(id="two", text="Tell me about a conflict.", competency="Teamwork"),
        Question(id="three", text="A project that failed.", follow_ups=("What did the team say?",)),
    )
)


def find_questions(typed: str) -> list[str]:
    return [question.id for question in INDEX.find(typed)]


def test_every_word_that_is_typed_must_be_found_somewhere() -> None:
    assert find_questions("TEAM conflict") == ["two"]
    assert find_questions("conflict motivation") == []


def test_tags_and_follow_ups_are_searched_too() -> None:
    assert find_questions("motivation") == ["one"]
    assert find_questions("team") == ["two", "three"]


def test_nothing_typed_finds_every_question_in_its_order() -> None:
    assert find_questions("  ") == ["one", "two", "three"]
