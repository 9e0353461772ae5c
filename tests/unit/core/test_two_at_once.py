"""Two windows on one library: what both write is merged, or the later one is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice.base.errors import NotFoundError
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.debrief_draft import DebriefDraft
from practice.core.workspace import Workspace
from practice.library.interviews import (
    Debrief,
    Interview,
    InterviewChangedError,
    InterviewFacts,
    NotedQuestion,
)
from tests.support.clock import FakeClock


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(*(tmp_path / name for name in ("config", "data", "state", "models")))


@pytest.fixture
def one(places: Places) -> Iterator[Workspace]:
    with Workspace(places, Settings(), FakeClock()) as opened:
        yield opened


@pytest.fixture
def other(places: Places) -> Iterator[Workspace]:
    """Another window on the same library."""
    with Workspace(places, Settings(), FakeClock()) as opened:
        yield opened


@pytest.fixture
def interview(one: Workspace) -> Interview:
    return one.library.interviews.add(InterviewFacts("Acme", notes="be early"), "UTC")


def test_different_fields_of_an_interview_are_merged(
    one: Workspace, other: Workspace, interview: Interview
) -> None:
    begun = interview.facts
    one.library.interviews.edit(interview.id, replace(begun, role="Cook"), begun)
    other.library.interviews.edit(interview.id, replace(begun, notes="bring keys"), begun)
    facts = one.library.interviews.get(interview.id).facts
    assert (facts.role, facts.notes) == ("Cook", "bring keys")


def test_whoever_would_overwrite_a_field_is_told_and_nothing_is_kept(
    one: Workspace, other: Workspace, interview: Interview
) -> None:
    begun = interview.facts
    one.library.interviews.edit(interview.id, replace(begun, notes="one"), begun)
    mine = replace(begun, notes="two", role="Cook")
    with pytest.raises(InterviewChangedError, match="notes") as raised:
        other.library.interviews.edit(interview.id, mine, begun)
    assert one.library.interviews.get(interview.id).facts == replace(begun, notes="one")
    # Told so, the user saves again.
    seen = replace(begun, **raised.value.overwritten)  # type: ignore[arg-type]
    other.library.interviews.edit(interview.id, mine, seen)
    assert one.library.interviews.get(interview.id).facts == mine


def test_a_deleted_interview_is_not_edited(
    one: Workspace, other: Workspace, interview: Interview
) -> None:
    other.library.interviews.delete(interview.id)
    with pytest.raises(NotFoundError):
        one.library.interviews.edit(interview.id, interview.facts, interview.facts)


def test_a_debrief_that_is_typed_in_two_windows_keeps_what_both_wrote(
    one: Workspace, other: Workspace, interview: Interview
) -> None:
    mine, theirs = (DebriefDraft(each, interview.id, Debrief()) for each in (one, other))
    theirs.save(Debrief(felt=4))
    theirs.save(Debrief(felt=4, went_well="the numbers"))
    assert mine.save(Debrief(surprises="the dog")) == {}
    # Keys that wait in a row, before the screen can show what was written elsewhere.
    assert mine.save(Debrief(surprises="the dog", went_well="t"))
    assert mine.save(Debrief(surprises="the dog", went_well="th")) == {"went_well": "the numbers"}
    kept = one.library.interviews.debrief(interview.id)
    assert kept == Debrief(4, "the numbers\nth", surprises="the dog")
    # Shown, it can be changed like any text.
    assert mine.save(Debrief(surprises="the dog", went_well="the numbers\nthe")) == {}
    mine.save(Debrief(surprises="the dog", went_well="all"))
    kept = other.library.interviews.debrief(interview.id)
    assert kept == Debrief(4, "all", surprises="the dog")


def test_a_question_that_was_taken_out_elsewhere_is_kept_where_it_is_typed(
    one: Workspace, other: Workspace, interview: Interview
) -> None:
    draft = DebriefDraft(one, interview.id, Debrief())
    number = draft.save_question(NotedQuestion("Why"))
    other.library.interviews.remove_asked(interview.id, number)
    again = draft.save_question(NotedQuestion("Why us?", id=number))
    (kept,) = one.library.interviews.asked(interview.id)
    assert (kept.text, kept.id) == ("Why us?", again)
