"""A session as somebody asked for it: which questions, how many, in which mode."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.core.session import Mode
from practice.core.sitting import Sitting
from practice.questions.model import Question
from practice.schedule.proposal import Candidate, Proposal


class TakesWanted(StrEnum):
    """Which questions a session asks, by the takes that there are of them."""

    ANY = "any"
    WEAK = "weak"
    """The last take that the user rated got 1 or 2."""
    STARRED = "starred"
    """One of its takes has a star."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as somebody asked for it."""

    mode: Mode
    count: int | None = None
    """How many questions; None for all that fit."""
    bank: str | None = None
    """The name of a bank; None for all of them."""
    topic: str = ""
    """A competency or a tag; empty for all of them."""
    takes: TakesWanted = TakesWanted.ANY
    words: str = ""
    """All of them stand in the question, its competency or its tags."""
    sitting: Sitting | None = None
    """The format to hold it in, which says how many are asked."""

    def fitting(self, proposals: Sequence[Proposal]) -> list[Candidate]:
        """Every question that may be asked, out of `proposals` in their order."""
        return [proposal.candidate for proposal in proposals if self._fits(proposal)]

    def candidates(self, proposals: Sequence[Proposal]) -> list[Candidate]:
        """The questions to ask, out of `proposals` in their order."""
        fitting = self.fitting(proposals)
        return self.sitting.choose(fitting) if self.sitting else fitting[: self.count]

    def _fits(self, proposal: Proposal) -> bool:
        candidate = proposal.candidate
        topics = [topic.casefold() for topic in topics_of(candidate.question)]
        text = "\n".join([candidate.question.text.casefold(), *topics])
        return (
            self.bank in {None, candidate.bank}
            and (not self.topic or self.topic.casefold() in topics)
            and (self.takes is not TakesWanted.STARRED or proposal.is_starred)
            and (self.takes is not TakesWanted.WEAK or proposal.is_weak)
            and all(word in text for word in self.words.casefold().split())
        )


def topics_of(question: Question) -> tuple[str, ...]:
    """What a question is about: its competency and its tags."""
    return tuple(topic for topic in (question.competency, *question.tags) if topic)
