"""What is asked in a format, in which order and by whom."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from practice.core.sitting import FOLLOW_UP_SUFFIX, PUSHBACK_SUFFIX, Sitting, plan_asking
from practice.library.interviews import Interview, InterviewFacts
from practice.questions.formats.model import SessionFormat
from practice.questions.model import AskedQuestion, Question
from practice.schedule.proposal import Candidate

PANEL = SessionFormat(
    title="panel", people=True, follow_ups=1, pushbacks=1, subject_changes=1, answer_s=60, think_s=9
)
ACME = Interview(
    "i", InterviewFacts("Acme", people=("Ana", "Ben")), "UTC", datetime(2026, 12, 1, tzinfo=UTC)
)


def ask(name: str, *, follow_ups: int = 0, pushbacks: int = 0) -> AskedQuestion:
    question = Question(
        id=name,
        text=f"{name}?",
        key_points=("the point",),
        follow_ups=tuple(f"{name} and then {n}?" for n in range(follow_ups)),
        pushbacks=tuple(f"{name}, really?" for _ in range(pushbacks)),
    )
    return AskedQuestion("basics", question)


def test_people_ask_in_turn_and_what_belongs_to_an_answer_comes_behind_it() -> None:
    sitting = Sitting("panel", PANEL, ACME, ("Something else.",))
    planned = plan_asking(
        sitting, [ask("a", follow_ups=2), ask("b", follow_ups=1, pushbacks=1), ask("c"), ask("d")]
    )
    assert [(one.asker, one.opening, one.question.text) for one in planned] == [
        ("Ana", "", "a?"),
        ("Ana", "", "a and then 0?"),
        ("Ben", "", "b?"),
        ("Ana", "", "b, really?"),
        ("Ben", "", "c?"),
        ("Ana", "Something else.", "d?"),
    ]
    assert planned[1].question.key_points == ()
    assert {one.question.target_s for one in planned} == {60}
    assert planned[0].question.prep_s == 9


def test_where_nobody_is_named_each_asker_still_has_a_number() -> None:
    planned = plan_asking(Sitting("panel", PANEL), [ask(name) for name in "abcd"])
    assert [one.asker for one in planned][::3] == ["Interviewer 1", "Interviewer 1"]
    assert [one.voice for one in planned] == [0, 1, 2, 0]


def test_a_presentation_comes_first_and_its_questions_share_what_is_left() -> None:
    rules = SessionFormat(title="talk", slides=4, length_s=1000, questions=2, hard_stop=True)
    planned = plan_asking(Sitting("talk", rules), [ask("a"), ask("b")])
    assert [one.question.target_s for one in planned] == [750, 125, 125]
    assert planned[0].question.text == "Give your presentation."
    assert planned[0].asker == ""


def test_questions_of_the_round_come_first_and_those_of_others_never() -> None:
    rules = SessionFormat(
        title="phone", questions=3, rounds=("screen",), kinds=("motivation", "logistics")
    )

    def candidate(name: str, **facts: object) -> Candidate:
        return Candidate("b", "B", Question(id=name, text=name, **facts))  # type: ignore[arg-type]

    chosen = Sitting("phone", rules).choose(
        [
            Candidate("stories", "your stories", Question(id="bus", text="Tell the story: bus")),
            candidate("of-none"),
            candidate("of-panel", rounds=("panel",)),
            candidate("technical", kind="technical", rounds=("screen",)),
            candidate("of-screen", kind="motivation", rounds=("panel", "screen")),
            candidate("logistics", kind="logistics"),
            candidate("too-many"),
            Candidate("stories", "your stories", Question(id="boat", text="Tell the story: boat")),
        ]
    )
    assert [one.question.id for one in chosen] == ["of-screen", "of-none", "logistics"]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=8),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_whatever_the_questions_have_no_more_is_asked_than_the_format_says(
    has: list[tuple[int, int]], follow_ups: int, pushbacks: int, changes: int
) -> None:
    rules = SessionFormat(
        title="any", follow_ups=follow_ups, pushbacks=pushbacks, subject_changes=changes
    )
    asked = [ask(f"q{n}", follow_ups=f, pushbacks=p) for n, (f, p) in enumerate(has)]
    planned = plan_asking(Sitting("any", rules, None, ("One.", "Two.")), asked)
    ids = [one.question.id for one in planned]
    assert [name for name in ids if "-" not in name] == [one.question.id for one in asked]
    assert sum(name.endswith(FOLLOW_UP_SUFFIX) for name in ids) <= follow_ups
    assert sum(name.endswith(PUSHBACK_SUFFIX) for name in ids) <= pushbacks
    assert sum(bool(one.opening) for one in planned) <= changes
    assert not planned[0].opening
