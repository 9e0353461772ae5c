"""Drills: they end by themselves, and say what was looked at."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from practice.base.paths import places
from practice.base.settings import Settings
from practice.base.words import Span
from practice.core.drills import (
    RETRIEVAL_QUESTIONS,
    RETRIEVAL_S,
    Choice,
    Retrieval,
    pick_for_day,
    sum_up_retrieval,
)
from practice.core.habit import (
    Agreement,
    MachineMarks,
    MinuteFacts,
    ask_for_minute,
    compare_marks,
    describe_agreement,
    describe_minute,
    find_old_answer,
    is_enough,
)
from practice.core.ladder import LADDER_S, find_rungs, list_rungs
from practice.core.workspace import Workspace
from practice.library.takes import QuestionSnapshot
from practice.questions.model import Question
from practice.questions.stories.model import Story
from tests.support.clock import FakeClock, FakeMonotonicClock
from tests.support.habits import HESITANT
from tests.support.takes import keep_take

TITLES = ("The bridge", "The boat")


def test_each_question_ends_after_ten_seconds_whatever_is_pressed() -> None:
    clock = FakeMonotonicClock()
    run = Retrieval(("One?", "Two?", "Three?"), TITLES, clock)
    clock.advance(2.5)
    run.choose(1)
    run.choose(0)
    run.choose(7)
    clock.advance(RETRIEVAL_S)
    assert (run.number, run.left_s) == (1, 7.5)
    run.go_on()
    assert run.left_s == RETRIEVAL_S
    clock.advance(RETRIEVAL_S * 5)
    assert run.is_over
    run.choose(0)
    run.go_on()
    assert run.choices == (
        Choice("One?", "The boat", 2.5), Choice("Two?", None, None), Choice("Three?", None, None),
    )  # fmt: skip
    told = sum_up_retrieval(run.choices, TITLES)
    assert told[0] == "2.5 s, The boat: One?"
    assert told[-2] == "never chosen: The bridge"
    assert "Nothing was recorded" in told[-1]


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(-2, 3)), max_size=30))
def test_no_impatience_makes_more_answers_than_questions(steps: list[tuple[float, int]]) -> None:
    clock = FakeMonotonicClock()
    run = Retrieval(("One?", "Two?"), TITLES, clock)
    for seconds, key in steps:
        clock.advance(seconds)
        if key < 0:
            run.go_on()
        else:
            run.choose(key)
        assert len(run.choices) <= 2
        assert all(c.seconds is None or 0 <= c.seconds <= RETRIEVAL_S for c in run.choices)


def test_the_questions_of_the_round_come_first_and_others_on_another_day() -> None:
    questions = [Question(id=f"q{n}", text=f"{n}?") for n in range(30)]
    questions.append(Question(id="mine", text="Mine?", rounds=("panel",)))
    today = pick_for_day(questions, date(2026, 12, 1), "panel")
    assert len(today) == RETRIEVAL_QUESTIONS
    assert today[0].id == "mine"
    assert today == pick_for_day(questions, date(2026, 12, 1), "panel")
    assert today != pick_for_day(questions, date(2026, 12, 2), "panel")
    again = pick_for_day(questions, date(2026, 12, 1), "panel", times_before=1)
    assert not {question.id for question in again} & {question.id for question in today}
    assert len(pick_for_day(questions[:3], date(2026, 12, 1), "", times_before=7)) == 3


def test_the_ladder_is_one_story_in_less_and_less_time() -> None:
    rungs = list_rungs(Story(id="boat", title="The boat", target_s=100))
    assert [asked.question.target_s for asked in rungs] == list(LADDER_S)
    assert {(asked.bank, asked.question.id) for asked in rungs} == {("stories", "boat")}


def test_what_is_not_four_tellings_of_one_story_is_no_ladder() -> None:
    rungs = list_rungs(Story(id="boat", title="The boat"))
    other = list_rungs(Story(id="bridge", title="The bridge"))
    for asked in (rungs[:3], [*rungs[:3], other[3]], [*reversed(rungs)]):
        assert find_rungs(asked, ["a"], []) == ()


def test_a_mark_made_a_moment_late_is_the_same_place_and_each_counts_once() -> None:
    machine = MachineMarks((Span(1.0, 1.3), Span(5.0, 5.2), Span(9.0, 9.1)))
    found = compare_marks([2.2, 2.3, 4.0, 5.1], machine)
    assert (found.both, found.own_only, found.machine_only) == (2, 2, 1)
    assert describe_agreement(found) == "You marked 4, practice 3; 2 places are the same."
    assert "no places are the same" in describe_agreement(compare_marks([], machine))


def test_what_was_not_heard_is_not_held_against_the_user() -> None:
    machine = MachineMarks((Span(1.0, 1.3), Span(5.0, 5.2)), (Span(60.0, 60.2),))
    found = compare_marks([1.5], machine, heard_s=4.0)
    assert found == Agreement(1, 0, 0, 4.0)
    assert describe_agreement(found).startswith("Up to 0:04 you marked 1, practice 1;")


def test_a_possible_place_counts_where_the_user_marked_it_too() -> None:
    machine = MachineMarks((Span(1.0, 1.3),), (Span(4.0, 4.2), Span(8.0, 8.2)))
    assert compare_marks([1.1, 4.5], machine) == Agreement(2, 0, 0)


def test_where_the_machine_did_not_look_it_claims_nothing() -> None:
    told = describe_agreement(compare_marks([1.0], None))
    assert told == "You marked 1. practice did not look for it in this take: your marks count."


def test_of_two_places_that_a_mark_may_mean_both_find_their_mark() -> None:
    found = compare_marks([2.0, 5.0], MachineMarks((Span(0.0, 5.0), Span(1.0, 1.2))))
    assert found.both == 2


@given(st.lists(st.floats(0, 60)), st.lists(st.floats(0, 60)), st.lists(st.floats(0, 60)))
def test_agreement_adds_up(own: list[float], sure: list[float], possible: list[float]) -> None:
    spans = [tuple(Span(at, at + 0.3) for at in starts) for starts in (sure, possible)]
    found = compare_marks(own, MachineMarks(*spans))
    assert found.machine_only is not None
    assert found.both + found.own_only == len(own)
    assert len(sure) <= found.both + found.machine_only <= len(sure) + len(possible)


def test_the_take_to_hear_is_an_answer_in_which_something_was_said(home: Path) -> None:
    clock = FakeClock()
    asked = ask_for_minute("fillers").question.text
    with Workspace(places(), Settings(), clock) as workspace:
        answered = keep_take(workspace, HESITANT, QuestionSnapshot("why", "mine", "Why us?"))
        clock.advance(timedelta(minutes=1))
        keep_take(workspace, words=[])
        clock.advance(timedelta(minutes=1))
        keep_take(workspace, HESITANT, QuestionSnapshot(None, None, asked))
        assert find_old_answer(workspace.library.takes()) == answered
    assert find_old_answer([]) is None


def test_under_five_a_minute_is_enough_and_what_is_not_known_is_not_said() -> None:
    few = MinuteFacts(3, 4.9, 6, 1.25, 0)
    assert is_enough(few, "fillers")
    assert not is_enough(MinuteFacts(9, 5.0, 6, 1.2, 2), "fillers")
    assert not is_enough(MinuteFacts(None, None, None, None, 2), "hurrying")
    assert describe_minute(few) == (
        "about 3 fillers, 4.9 a minute; 6 pauses, the longest 1.2 s; 0 hurried stretches"
    )
    assert describe_minute(MinuteFacts(None, None, 1, None, 1)) == "1 pause; 1 hurried stretch"
    assert describe_minute(MinuteFacts(0, 0.0, None, None, None)) == "no clear fillers"
    assert not is_enough(MinuteFacts(1, 1.0, 2, 1.0, None), "hurrying")
    assert describe_minute(MinuteFacts(None, None, None, None, None)) == "nothing could be counted"
