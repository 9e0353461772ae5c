"""Finding questions by what is typed."""

from dataclasses import dataclass

from practice.questions.catalogue import BankEntry
from practice.questions.model import Question


class QuestionIndex:
    """The questions of a bank, ready to be found by what is typed.

    Args:
        questions: In the order of the bank.
    """

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        self._texts = [_search_text(question) for question in questions]

    def find(self, typed: str) -> list[Question]:
        """Those that hold every word of `typed` somewhere, in the order of the bank."""
        words = typed.casefold().split()
        if not words:
            return list(self.questions)
        return [
            question
            for question, text in zip(self.questions, self._texts, strict=True)
            if all(word in text for word in words)
        ]


@dataclass(frozen=True, slots=True)
class IndexedBank:
    """One bank as it was read."""

    entry: BankEntry
    index: QuestionIndex | None
    """None for a bank with problems."""


def _search_text(question: Question) -> str:
    parts = [
        question.text, question.competency, question.kind or "", question.id, question.notes,
        *question.tags, *question.rounds, *question.follow_ups, *question.pushbacks,
        *question.key_points, *question.terms,
    ]  # fmt: skip
    return "\n".join(parts).casefold()
