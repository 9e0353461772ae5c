"""What interviews have in common is counted right, in any order."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from practice.library.in_common import (
    FEWEST_DEBRIEFS,
    NOT_NOTED,
    Account,
    KindCount,
    KnownQuestion,
    StageCount,
    StoryCount,
    TextCount,
    count_missing_debriefs,
    find_in_common,
)
from practice.library.interviews import (
    OUTCOMES,
    RATINGS,
    ROUNDS,
    Debrief,
    Interview,
    InterviewFacts,
    NotedQuestion,
    Outcome,
)
from practice.library.takes import Take, TakeState

BEGAN = datetime(2026, 11, 1, 9, tzinfo=UTC)
KNOWN = {
    ("b", "why"): KnownQuestion("Why us?", "motivation"),
    ("b", "row"): KnownQuestion("Tell me about a row.", "behavioural", "teamwork"),
}


def take(question_id: str | None, day: int, *, bank: str = "b", lasts_s: float = 60.0) -> Take:
    """A take of so many days after the beginning."""
    return Take(
        id=f"t-{question_id}-{day}", number=1, question_id=question_id, bank=bank, question="Why?",
        session_id=None, state=TakeState.RECORDED, recorded_at=BEGAN + timedelta(days=day),
        duration_s=lasts_s, audio=None, sample_rate_hz=None, peak_dbfs=None, clipped_s=None,
        overflows=None, device=None, interrupted=None, failure=None, model=None, starred=False,
        rating=None, notes="", measures=None,
    )  # fmt: skip


def account(
    day: int,
    asked: tuple[NotedQuestion, ...] = (),
    outcome: Outcome | None = None,
    *,
    company: str = "Acme",
    is_finished: bool = True,
) -> Account:
    """An interview without a day, whose debrief was finished so many days after the beginning."""
    added_at = BEGAN + timedelta(days=day)
    facts = InterviewFacts(company, round="panel")
    debrief = Debrief(finished_at=added_at if is_finished else None)
    return Account(Interview(f"i{day}", facts, "UTC", added_at), debrief, asked, outcome)


WHY = NotedQuestion("Why us?", "b", "why", "rough")
ROW = NotedQuestion("A row?", "b", "row", "strong", story="The outage")


def test_it_takes_three_finished_debriefs() -> None:
    assert FEWEST_DEBRIEFS == 3
    accounts = [account(1), account(2), account(3, is_finished=False)]
    assert count_missing_debriefs(accounts) == 1
    assert count_missing_debriefs([*accounts, account(4)]) == 0


def test_what_was_practised_afterwards_is_no_preparation() -> None:
    accounts = [account(5, (WHY, ROW)), account(10, (WHY,))]
    takes = [take("why", 7), take("row", 6), take("other", 1), take("row", 11)]
    found = find_in_common(accounts, takes, KNOWN).preparation
    # Why us? was practised before the second interview only; the row only after the first.
    assert (found.asked, found.asked_practised, found.asked_not_practised) == (3, 1, 2)
    assert (found.practised, found.practised_asked, found.practised_not_asked) == (3, 1, 2)
    assert found.surprises == (TextCount("A row?", 1), TextCount("Why us?", 1))
    assert found.unused == ("Tell me about a row.", "Why?")


def test_fragments_and_takes_without_a_question_count_for_nothing() -> None:
    takes = [take("why", 1, lasts_s=2.0), take(None, 1), take("why", 1, bank="other")]
    found = find_in_common([account(5, (WHY,))], takes, KNOWN).preparation
    assert (found.asked_practised, found.practised) == (0, 1)


def test_kinds_are_those_of_the_banks_the_roughest_first() -> None:
    unknown = NotedQuestion("Where is the door?", rating=None)
    found = find_in_common([account(1, (WHY, ROW, unknown)), account(2, (WHY,))], [], KNOWN)
    assert found.kinds == (
        KindCount("motivation", 2, 0, 0, 2, 0),
        KindCount("behavioural", 1, 1, 0, 0, 0),
        KindCount(NOT_NOTED, 1, 0, 0, 0, 1),
    )
    assert found.competencies == (KindCount("teamwork", 1, 1, 0, 0, 0),)


def test_stages_reasons_and_guesses_are_counted_as_they_were_written() -> None:
    found = find_in_common(
        [
            account(1, outcome=Outcome("rejected", "Final  round", "No reason", "", "my age")),
            account(2, outcome=Outcome("offer", "final round")),
            account(3, outcome=Outcome("rejected", "", "")),
            account(4, outcome=Outcome("rejected", "", "no reason", "", "")),
        ],
        [],
        KNOWN,
    )
    assert found.stages == (
        StageCount("Final round", 2, (TextCount("offer", 1), TextCount("rejected", 1))),
        StageCount("panel", 2, (TextCount("rejected", 2),)),
    )
    assert found.reasons == (TextCount("No reason", 2), TextCount(NOT_NOTED, 1))
    assert (found.rejections, found.guesses) == (3, (TextCount("my age", 1),))


def test_a_story_that_a_company_heard_twice_is_said_and_one_never_told_too() -> None:
    accounts = [
        account(1, (ROW, replace(ROW, story="the  OUTAGE"))),
        account(2, (ROW,), company="Globex"),
    ]
    found = find_in_common(accounts, [], KNOWN, ["The outage", "The merger"])
    assert found.stories == (StoryCount("The outage", 3, 2, ("Acme",)),)
    assert found.never_told == ("The merger",)


texts = st.sampled_from(["", "a", "A ", "b\nc", "ü", "\u202edlrow", "مرحبا"])
questions = st.builds(
    NotedQuestion, texts, st.sampled_from([None, "b"]), st.sampled_from([None, "why", "row", "x"]),
    st.sampled_from([None, *RATINGS]), st.just(""), texts,
)  # fmt: skip
outcomes = st.builds(Outcome, st.sampled_from(OUTCOMES), texts, texts, texts, texts)


@st.composite
def account_lists(draw: st.DrawFn) -> list[Account]:
    return [
        replace(
            drawn,
            interview=replace(
                drawn.interview,
                facts=InterviewFacts(draw(st.sampled_from("AB")), round=draw(rounds)),
            ),
        )
        for day in range(draw(st.integers(0, 6)))
        for drawn in [
            account(
                day,
                tuple(draw(st.lists(questions, max_size=4))),
                draw(st.none() | outcomes),
                is_finished=draw(st.booleans()),
            )
        ]
    ]


rounds = st.sampled_from(ROUNDS)
take_lists = st.lists(
    st.builds(take, st.sampled_from([None, "why", "row", "y"]), st.integers(0, 8)), max_size=8
)


@given(account_lists(), take_lists, st.randoms(use_true_random=False))
def test_the_counts_add_up_and_the_order_does_not_matter(
    accounts: list[Account], takes: list[Take], chance: random.Random
) -> None:
    found = find_in_common(accounts, takes, KNOWN)
    asked = sum(len(each.asked) for each in accounts if each.is_debriefed)
    numbers = found.preparation
    assert sum(row.interviews for row in found.stages) == found.ended
    assert all(sum(o.count for o in row.outcomes) == row.interviews for row in found.stages)
    assert sum(row.asked for row in found.kinds) == numbers.asked == asked
    for row in (*found.kinds, *found.competencies):
        assert row.strong + row.okay + row.rough + row.not_rated == row.asked
    assert numbers.asked_practised + numbers.asked_not_practised == numbers.asked
    assert sum(each.count for each in numbers.surprises) == numbers.asked_not_practised
    assert numbers.practised_asked + numbers.practised_not_asked == numbers.practised
    assert len(numbers.unused) == numbers.practised_not_asked
    assert sum(each.count for each in found.reasons) == found.rejections
    assert sum(each.count for each in found.guesses) <= found.rejections
    assert sum(row.told for row in found.stories) == found.stories_told
    assert all(row.interviews <= min(row.told, found.debriefs) for row in found.stories)
    chance.shuffle(accounts)
    chance.shuffle(takes)
    assert find_in_common(accounts, takes, KNOWN) == found
