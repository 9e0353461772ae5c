"""Terms of an interview: picked from its advert, and looked for in the takes made for it."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from practice.base.errors import NotFoundError, UsageError
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.base.wall_time import WallTime
from practice.core.advert import describe_use, read_interview_words
from practice.core.workspace import Workspace
from practice.library.interview_terms import LONGEST_TERM
from practice.library.interviews import Interview, InterviewFacts
from tests.support.clock import NOW, FakeClock
from tests.support.takes import keep_take

ADVERT = "Requirements\n- wound care\n- triage\nYou dress wounds: wound care is daily work."


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def workspace(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    monkeypatch.setattr("practice.core.weeks.local_zone", lambda: "UTC")
    places = Places(*(tmp_path / name for name in ("config", "data", "state", "models")))
    with Workspace(places, Settings(), clock) as opened:
        yield opened


def keep_interview(workspace: Workspace, days: int = 3) -> Interview:
    when = WallTime(NOW.date() + timedelta(days=days), time(9), "UTC")
    facts = InterviewFacts("Acme", round="panel", when=when, advert=ADVERT)
    return workspace.library.interviews.add(facts, "UTC")


def test_what_is_picked_is_no_longer_offered_and_comes_back_when_it_is_let_go(
    workspace: Workspace,
) -> None:
    interview = keep_interview(workspace)
    store = workspace.library.interview_terms
    assert "wound care" in [
        each.text for each in read_interview_words(workspace, interview).offered
    ]
    assert store.add(interview.id, "Wound care") == "Wound care"
    assert store.add(interview.id, "wound CARE") == "Wound care"
    words = read_interview_words(workspace, interview)
    assert [use.term for use in words.uses] == ["Wound care"]
    assert "wound care" not in [each.text for each in words.offered]
    assert store.remove(interview.id, "WOUND care")
    assert not store.remove(interview.id, "WOUND care")
    assert store.of(interview.id) == []


def test_terms_are_looked_for_in_the_takes_between_adding_it_and_its_end(
    workspace: Workspace, clock: FakeClock
) -> None:
    keep_take(
        workspace,
        "|0.5 I did triage at my last hospital every night for many years and I liked it more than"
        " most of the work that I have done since",
    )
    clock.set(NOW + timedelta(hours=1))
    interview = keep_interview(workspace)
    for term in ("triage", "wound care", "infection control"):
        workspace.library.interview_terms.add(interview.id, term)
    assert describe_use(read_interview_words(workspace, interview).uses[0], 0) == "no take yet"
    clock.set(NOW + timedelta(days=1))
    said = keep_take(
        workspace,
        "|0.5 Triage comes first and then the woundcare of the others who sat there and had to"
        " wait for hours in the hall",
    )
    clock.set(NOW + timedelta(days=4))
    keep_take(
        workspace,
        "|0.5 After the interview I thought of infection control at last and could not stop"
        " thinking of it for days and days",
    )
    words = read_interview_words(workspace, interview)
    assert words.takes == 1
    triage, care, control = words.uses
    assert (triage.said_in, triage.heard_as) == ((said.id,), ())
    assert (care.said_in, care.heard_as) == ((said.id,), ("woundcare",))
    assert control.said_in == ()
    assert describe_use(care, words.takes) == "said in 1 of 1, written woundcare"
    assert describe_use(control, words.takes) == "not said yet"


@pytest.mark.parametrize("term", ["", " \n ", "...", "x" * (LONGEST_TERM + 1)])
def test_what_cannot_be_said_is_no_term(workspace: Workspace, term: str) -> None:
    interview = keep_interview(workspace)
    with pytest.raises(UsageError):
        workspace.library.interview_terms.add(interview.id, term)


def test_terms_go_with_their_interview(workspace: Workspace) -> None:
    interview = keep_interview(workspace)
    workspace.library.interview_terms.add(interview.id, "triage")
    workspace.library.interviews.delete(interview.id)
    assert workspace.library.interview_terms.of(interview.id) == []
    with pytest.raises(NotFoundError):
        workspace.library.interview_terms.add(interview.id, "triage")
