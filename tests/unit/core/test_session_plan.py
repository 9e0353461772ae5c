import pytest

from practice.base.settings import Settings
from practice.core.session import Mode
from practice.core.session_plan import SessionPlan, TakesWanted
from practice.core.session_rules import find_prep_s
from practice.questions.model import Question
from practice.schedule.proposal import Candidate, Proposal, Turn


def test_a_question_has_its_own_time_to_think() -> None:
    settings = Settings(prep_s=30)
    assert find_prep_s(Question(text="Why?", prep_s=2), settings) == 2
    assert find_prep_s(Question(text="Why?"), settings) == 30


def make_proposals() -> list[Proposal]:
    def proposal(name: str, competency: str = "", **own: bool) -> Proposal:
        asked = Question(
            id=name, text=f"About {name}?", competency=competency, tags=(f"tag-{name}",)
        )
        return Proposal(Candidate("basics", "Basics", asked), Turn.NEW, "new to you", **own)

    return [
        proposal("one", "Teamwork", is_starred=True),
        proposal("two", "teamwork", is_weak=True),
        proposal("three"),
    ]


@pytest.mark.parametrize(
    ("plan", "asked"),
    [
        (SessionPlan(Mode.PRACTICE), ["one", "two", "three"]),
        (SessionPlan(Mode.PRACTICE, 2), ["one", "two"]),
        (SessionPlan(Mode.PRACTICE, topic="teamwork"), ["one", "two"]),
        (SessionPlan(Mode.PRACTICE, topic="tag-three"), ["three"]),
        (SessionPlan(Mode.PRACTICE, takes=TakesWanted.STARRED), ["one"]),
        (SessionPlan(Mode.PRACTICE, takes=TakesWanted.WEAK), ["two"]),
        (SessionPlan(Mode.PRACTICE, words="ABOUT two"), ["two"]),
        (SessionPlan(Mode.PRACTICE, bank="others"), []),
    ],
)
def test_a_plan_chooses_by_topic_own_marks_and_words(plan: SessionPlan, asked: list[str]) -> None:
    assert [item.question.id for item in plan.candidates(make_proposals())] == asked
