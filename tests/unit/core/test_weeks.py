"""From a debrief to open questions, and from those to what is due."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.base.wall_time import WallTime
from practice.core.weeks import (
    ASKED_BANK,
    find_open,
    finish_debrief,
    list_due,
    match_questions,
)
from practice.core.workspace import Workspace
from practice.library.interviews import Interview, InterviewFacts, NotedQuestion, Rating
from practice.schedule.due import DueKind
from tests.support.clock import NOW, FakeClock

UTC_ZONE = "UTC"
KNOWN = """title: Mine
questions:
  # this one matters
  - id: conflict
    text: Tell me about a time you disagreed with a colleague.
    kind: behavioural
  - id: mutex
    text: What is a mutex?
    kind: technical
"""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def workspace(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    monkeypatch.setattr("practice.core.weeks.local_zone", lambda: UTC_ZONE)
    monkeypatch.setattr("practice.questions.catalogue.shipped_banks", lambda: tmp_path / "none")
    places = Places(*(tmp_path / name for name in ("config", "data", "state", "models")))
    places.banks.mkdir(parents=True)
    (places.banks / "mine.yaml").write_text(KNOWN)
    with Workspace(places, Settings(), clock) as opened:
        yield opened


def add_interview(workspace: Workspace, days: int, company: str = "Acme") -> Interview:
    when = WallTime(NOW.date() + timedelta(days=days), time(9), UTC_ZONE)
    facts = InterviewFacts(company, round="panel", when=when)
    return workspace.library.interviews.add(facts, UTC_ZONE)


def note(
    workspace: Workspace, interview: Interview, text: str, rating: Rating = "rough"
) -> NotedQuestion:
    noted = NotedQuestion(text, rating=rating, wish="the numbers")
    return workspace.library.interviews.save_asked(interview.id, noted)


def test_a_known_question_is_found_in_other_words(workspace: Workspace) -> None:
    matcher = match_questions(workspace)
    assert (
        matcher.find("a time when you disagreed with a colleague")[0].asked.question.id
        == "conflict"
    )
    assert matcher.find("explain what a mutex is")[0].asked.question.id == "mutex"
    assert matcher.find("why do you want to leave") == []
    assert matcher.find("  ?! ") == []


def test_what_was_asked_lands_in_a_bank_of_its_own_with_its_source(workspace: Workspace) -> None:
    interview = add_interview(workspace, 0)
    note(workspace, interview, "Why us: really?", "okay")
    finish_debrief(workspace, interview.id)
    path = workspace.places.banks / f"{ASKED_BANK}.yaml"
    path.write_text(path.read_text().replace("questions:", "# mine\nquestions:"))
    second = add_interview(workspace, 0, "Globex")
    note(workspace, second, "Why us: really?", "okay")
    note(workspace, second, "And then?", "okay")
    finish_debrief(workspace, second.id)
    asked = workspace.catalogue.bank(ASKED_BANK).questions
    assert [each.text for each in asked] == ["Why us: really?", "And then?"]
    assert asked[0].source == "Acme, panel, 23 Nov 2026"
    assert "# mine\nquestions:" in path.read_text()


def test_the_rough_ones_come_back_until_they_were_said_well_on_two_days(
    workspace: Workspace, clock: FakeClock
) -> None:
    interview = add_interview(workspace, 0)
    note(workspace, interview, "Why us?")
    note(workspace, interview, "And then?", "strong")
    plan = finish_debrief(workspace, interview.id)
    assert [each.text for each in plan.opened] == ["Why us?"]
    assert plan.first_day == NOW.date() + timedelta(days=1)
    assert list_due(workspace, 10) == []  # the day of the interview
    for after in (1, 2):
        clock.set(NOW + timedelta(days=after))
        due = list_due(workspace, 10)
        assert [(item.kind, item.text, item.why) for item in due] == [
            (DueKind.OPEN, "Why us?", "rough at Acme")
        ]
        (opened,) = plan.opened
        workspace.library.open_questions.judge(opened.id, "well", clock.now().date())
        assert list_due(workspace, 10) == []
    clock.set(NOW + timedelta(days=3))
    assert [item.kind for item in list_due(workspace, 10)] == []


def test_questions_of_the_round_are_due_until_the_eve(
    workspace: Workspace, clock: FakeClock
) -> None:
    add_interview(workspace, 2)
    assert [item.key for item in list_due(workspace, 10)] == [("mine", "conflict")]
    clock.set(NOW + timedelta(days=1))
    assert [item.key for item in list_due(workspace, 10)] == [("mine", "conflict")]
    clock.set(NOW + timedelta(days=2))
    assert list_due(workspace, 10) == []
    clock.set(NOW + timedelta(days=2, hours=-9))  # before the hour, on the day
    assert list_due(workspace, 10) == []


def test_a_question_that_names_its_rounds_belongs_to_no_other(workspace: Workspace) -> None:
    add_interview(workspace, 4)
    (workspace.places.banks / "mine.yaml").write_text(
        "title: Mine\nquestions:\n"
        "  - {id: here, text: Here?, kind: technical, rounds: [panel]}\n"
        "  - {id: elsewhere, text: Elsewhere?, kind: behavioural, rounds: [final]}\n"
    )
    assert [item.key for item in list_due(workspace, 10, UTC_ZONE)] == [("mine", "here")]


def test_rest_leaves_nothing_due_and_no_debt(workspace: Workspace, clock: FakeClock) -> None:
    interview = add_interview(workspace, -1)
    for number in range(30):
        note(workspace, interview, f"Question number {number}?")
    finish_debrief(workspace, interview.id)
    clock.set(NOW + timedelta(days=1))
    before = len(list_due(workspace, 10))
    assert 0 < before <= 4
    workspace.library.interviews.rest(NOW.date() + timedelta(days=3))
    assert list_due(workspace, 10) == []
    clock.set(NOW + timedelta(days=14))
    assert len(list_due(workspace, 10)) == before


def test_an_empty_question_of_a_draft_is_dropped(workspace: Workspace) -> None:
    interview = add_interview(workspace, 0)
    note(workspace, interview, "")
    finish_debrief(workspace, interview.id)
    assert workspace.library.interviews.asked(interview.id) == []
    assert not (workspace.places.banks / f"{ASKED_BANK}.yaml").exists()


def test_today_is_counted_where_the_user_is(workspace: Workspace, clock: FakeClock) -> None:
    interview = add_interview(workspace, 0)
    note(workspace, interview, "Why us?")
    finish_debrief(workspace, interview.id)
    clock.set(NOW.replace(hour=23, minute=30))
    assert list_due(workspace, 10, "UTC") == []
    assert [item.text for item in list_due(workspace, 10, "Europe/Berlin")] == ["Why us?"]


def test_what_was_let_go_stays_so_when_a_debrief_is_finished_again(workspace: Workspace) -> None:
    interview = add_interview(workspace, 0)
    note(workspace, interview, "Why us?")
    (opened,) = finish_debrief(workspace, interview.id).opened
    workspace.library.open_questions.close(opened.id)
    note(workspace, interview, "Where in five years?")
    (added,) = finish_debrief(workspace, interview.id).opened
    assert added.text == "Where in five years?"
    assert len(workspace.library.open_questions.all()) == 2
    found = find_open(workspace, opened.bank, opened.question_id)
    assert found is not None
    assert found.closed_at is not None
