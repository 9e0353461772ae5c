"""One line of words finds takes and interviews, and nothing that was deleted."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.base.wall_time import WallTime
from practice.core.search import find_everywhere
from practice.core.weeks import delete_interview, finish_debrief
from practice.core.workspace import Workspace
from practice.library.interviews import (
    Debrief,
    Interview,
    InterviewFacts,
    NotedQuestion,
    Outcome,
)
from practice.library.takes import QuestionSnapshot, Take
from tests.support.clock import NOW, FakeClock
from tests.support.takes import keep_take

SECRET = "Zwetschgenkuchen"
ANSWER = f"|0.5 We baked a {SECRET} for the whole team and it was a good day for all of us."


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr("practice.core.weeks.local_zone", lambda: "UTC")
    places = Places(*(tmp_path / name for name in ("config", "data", "state", "models")))
    with Workspace(places, Settings(), FakeClock()) as opened:
        yield opened


def keep_interview(workspace: Workspace, company: str = "Acme", days: int = -2) -> Interview:
    when = WallTime(NOW.date() + timedelta(days=days), time(9), "UTC")
    facts = InterviewFacts(company, "Baker", "panel", when=when, notes="bring\nan apron")
    return workspace.library.interviews.add(facts, "UTC")


def keep_secret_take(workspace: Workspace) -> Take:
    return keep_take(workspace, ANSWER, QuestionSnapshot("q", "mine", f"A {SECRET}?"))


def find_ids(workspace: Workspace, words: str) -> tuple[list[str], list[str]]:
    takes, interviews = find_everywhere(workspace, words)
    return [take.id for take in takes], [found.interview.id for found in interviews]


@pytest.mark.parametrize("words", ["acme", "baker", "apron", "why bread"])
def test_interviews_are_found_by_company_role_notes_and_what_was_asked(
    workspace: Workspace, words: str
) -> None:
    interview = keep_interview(workspace)
    workspace.library.interviews.save_asked(interview.id, NotedQuestion("Why do you bake bread?"))
    found = find_ids(workspace, words)[1]
    assert interview.id in found


def test_days_alone_keep_takes_and_interviews_of_these_days(workspace: Workspace) -> None:
    take = keep_secret_take(workspace)
    old = keep_interview(workspace, days=-40)
    today = keep_interview(workspace, days=0)
    assert find_ids(workspace, "today") == ([take.id], [today.id])
    assert find_ids(workspace, f"<{NOW.date():%Y-%m-%d}") == ([], [old.id])
    assert find_ids(workspace, "is:starred") == ([], [])


def test_what_was_deleted_is_found_nowhere_and_leaves_no_byte(
    workspace: Workspace, tmp_path: Path
) -> None:
    take = keep_secret_take(workspace)
    store = workspace.library.interviews
    interview = keep_interview(workspace, SECRET)
    store.save_debrief(interview.id, Debrief(3, SECRET, SECRET, SECRET))
    noted = NotedQuestion("Why us?", rating="rough", wish=SECRET, story=SECRET)
    store.save_asked(interview.id, noted)
    store.note_outcome(interview.id, Outcome("rejected", SECRET, SECRET, SECRET, SECRET))
    finish_debrief(workspace, interview.id)
    workspace.library.own_pages.write(interview.id, SECRET)
    assert find_ids(workspace, SECRET) == ([take.id], [interview.id])
    workspace.library.delete(take.id)
    delete_interview(workspace, interview.id)
    assert find_ids(workspace, SECRET) == ([], [])
    # Searched in small letters, it is kept so beside the text.
    for spelling in (SECRET, SECRET.casefold()):
        for path in tmp_path.rglob("*"):
            # The question itself stays in the bank, with where it was asked.
            if path.is_file() and path.name != "asked.yaml":
                assert spelling.encode() not in path.read_bytes(), path
