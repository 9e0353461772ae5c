"""Guesses beside what was found, in one take and week by week."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.base.errors import NotFoundError
from practice.base.paths import places
from practice.base.settings import Settings
from practice.core.guesses import (
    FEW_PER_MIN,
    OwnRanges,
    asked_kinds,
    compare_guess,
    describe_guess,
    describe_guesses,
    find_fillers,
    find_pace,
    follow_guesses,
    guess_facts,
)
from practice.core.workspace import Workspace
from practice.library.guesses import Guess
from practice.library.takes import Take, TakeMeasures
from tests.support.clock import FakeClock
from tests.support.takes import keep_take

EMPTY = TakeMeasures(
    True, 100, 50.0, 140.0, 160.0, 4.0, 3, 0, 3.0, 9, 2, 1, 2.5, 0, 12.0, None, "en"
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def workspace(clock: FakeClock) -> Iterator[Workspace]:
    with Workspace(places(), Settings(model="demo"), clock) as opened:
        yield opened


@pytest.fixture
def take(workspace: Workspace) -> Take:
    return keep_take(workspace)


def with_numbers(take: Take, days: float, **numbers: object) -> Take:
    """A copy of `take` recorded so many days later, with other numbers."""
    measures = replace(EMPTY, **numbers)  # type: ignore[arg-type]
    later = take.recorded_at + timedelta(days=days)
    return replace(take, id=f"t{days}", recorded_at=later, measures=measures)


def five_takes(take: Take) -> list[Take]:
    """The first five takes, at 100 to 140 words and 1 to 5 fillers a minute."""
    return [
        with_numbers(take, day, wpm=100.0 + 10 * day, fillers_per_min=1.0 + day) for day in range(5)
    ]


@pytest.mark.parametrize(
    ("certain", "per_min", "found"),
    [(0, 0.0, "none"), (0, None, "none"), (2, 2.0, "few"), (5, FEW_PER_MIN, "few"),
     (9, 5.1, "many"), (3, None, None), (None, None, None)],
)  # fmt: skip
def test_what_few_and_many_are(
    take: Take, certain: int | None, per_min: float | None, found: str | None
) -> None:
    counted = with_numbers(take, 9, fillers_certain=certain, fillers_per_min=per_min)
    assert find_fillers(counted, OwnRanges([]), Settings()) == found


@given(st.floats(0.1, 60), st.floats(0.1, 60))
def test_more_fillers_are_never_fewer(one: float, other: float) -> None:
    order = ["none", "few", "many"]
    take = Take(
        "t", 1, None, None, None, None, "reviewed", datetime(2026, 1, 1, tzinfo=UTC), 60.0,  # type: ignore[arg-type]
        None, None, None, None, None, None, None, None, None, False, None, "", None,
    )  # fmt: skip
    low, high = sorted((one, other))
    ranges = OwnRanges([])
    found = [
        find_fillers(with_numbers(take, 0, fillers_per_min=rate), ranges, Settings())
        for rate in (low, high)
    ]
    assert order.index(str(found[0])) <= order.index(str(found[1]))


def test_in_a_second_language_few_is_what_is_usual_for_oneself(take: Take) -> None:
    own = Settings(second_language=True)
    many = with_numbers(take, 9, fillers_per_min=5.5)
    assert find_fillers(many, OwnRanges([]), own) is None
    assert find_fillers(many, OwnRanges(five_takes(take)), own) == "many"
    assert find_fillers(
        with_numbers(take, 9, fillers_per_min=4.9), OwnRanges(five_takes(take)), own
    )
    # The same take against five that were fuller of them.
    fuller = [replace(one, measures=replace(one.measures, fillers_per_min=8.0))  # type: ignore[type-var]
              for one in five_takes(take)]  # fmt: skip
    assert find_fillers(many, OwnRanges(fuller), own) == "few"


@pytest.mark.parametrize(
    ("wpm", "found"), [(99.0, "slow"), (100.0, "right"), (140.0, "right"), (141.0, "fast")]
)
def test_a_pace_is_right_within_the_users_own_range(take: Take, wpm: float, found: str) -> None:
    ranges = OwnRanges(five_takes(take))
    assert find_pace(with_numbers(take, 9, wpm=wpm), ranges) == found
    assert find_pace(with_numbers(take, 3, wpm=wpm), ranges) is None


def test_a_guess_stands_beside_what_was_found(workspace: Workspace, take: Take) -> None:
    workspace.library.guesses.keep(take.id, Guess("few", "fast", "yes"))
    rows = compare_guess(workspace, take, workspace.review_of(take))
    fillers, pace, meant = describe_guess(rows)
    assert fillers.startswith("Fillers: you guessed few; found ")
    assert "your own range comes after 5 takes" in pace
    assert meant == "Said what I meant: you guessed yes; no key points to look for"
    facts = guess_facts(rows)
    assert facts is not None
    assert facts["meant"] == {"guessed": "yes", "found": None, "number": ""}
    assert guess_facts(()) is None


def test_a_user_who_stutters_is_asked_for_no_pace_and_told_none(
    workspace: Workspace, take: Take
) -> None:
    workspace.library.guesses.keep(take.id, Guess("few", "fast", "yes"))
    workspace.use(Settings(stutter=True))
    assert asked_kinds(workspace.settings) == ("fillers", "meant")
    shown = workspace.library.take(take.id)
    rows = compare_guess(workspace, shown, workspace.review_of(shown))
    assert [row.kind for row in rows] == ["fillers", "meant"]


def test_nothing_is_kept_of_a_guess_that_was_passed(workspace: Workspace, take: Take) -> None:
    workspace.library.guesses.keep(take.id, Guess())
    assert workspace.library.guesses.of_take(take.id) is None
    assert compare_guess(workspace, take, workspace.review_of(take)) == ()
    with pytest.raises(NotFoundError):
        workspace.library.guesses.keep("nobody", Guess("few"))


def test_a_guess_goes_with_its_take(workspace: Workspace, take: Take) -> None:
    workspace.library.guesses.keep(take.id, Guess("few"))
    workspace.library.delete(take.id)
    assert workspace.library.guesses.all() == {}


def test_the_guesses_are_followed_week_by_week(take: Take) -> None:
    takes = [with_numbers(take, day, fillers_per_min=2.0) for day in (0, 1, 7, 8, 14)]
    guessed = ("many", "few", "few", "none", "few")
    guesses = {one.id: Guess(fill) for one, fill in zip(takes, guessed, strict=True)}  # type: ignore[arg-type]
    (found,) = follow_guesses(guesses, takes, takes, Settings(), UTC)
    assert [(week.right, week.guesses) for week in found.weeks] == [(1, 2), (1, 2), (1, 1)]
    assert found.values == (50.0, 50.0, 100.0)
    said = describe_guesses(found)
    assert said.startswith("Fillers guessed: 1 of 2 right in the week from ")
    assert "1 of 1 in the one from " in said


def test_takes_that_cannot_be_checked_are_counted_apart(take: Take) -> None:
    short = with_numbers(take, 0, fillers_per_min=None)
    (found,) = follow_guesses({short.id: Guess("few")}, [short], [short], Settings())
    assert found.points == ()
    assert describe_guesses(found) == (
        "Fillers guessed: no guess could be checked yet. 1 take could not be checked."
    )
    assert follow_guesses({}, [short], [short], Settings()) == []


def test_none_is_said_once(workspace: Workspace) -> None:
    take = keep_take(workspace, "|0.5 We talked to everyone who used it and wrote it all down " * 3)
    workspace.library.guesses.keep(take.id, Guess("none"))
    rows = compare_guess(workspace, take, workspace.review_of(take))
    assert describe_guess(rows) == ["Fillers: you guessed none; found none"]
