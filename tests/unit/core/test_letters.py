"""The facts of a letter come from what was noted; guesses, notes and pages stay out of all."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date, time
from pathlib import Path

import pytest

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.base.wall_time import WallTime
from practice.core.letters import (
    FACT_CHARACTERS,
    MOST_ITEMS,
    gather_facts,
    letter_about,
    propose_file,
)
from practice.core.workspace import Workspace
from practice.letters.facts import LETTER_KINDS
from practice.library.interviews import (
    Debrief,
    Interview,
    InterviewFacts,
    NotedQuestion,
    Outcome,
)
from tests.support.clock import FakeClock

SECRET = "Zwetschgenkuchen"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    places = Places(tmp_path / "config", tmp_path / "data", tmp_path / "state", tmp_path / "models")
    with Workspace(places, Settings(), FakeClock()) as opened:
        yield opened


def keep_interview(workspace: Workspace, company: str = "Acme") -> Interview:
    when = WallTime(date(2026, 12, 3), time(14), "UTC")
    facts = InterviewFacts(
        company, "Engineer", "panel", "video", when, ("Ana",), advert=SECRET, notes=SECRET
    )
    return workspace.library.interviews.add(facts, "UTC")


def test_a_letter_has_what_was_noted_and_no_guess_note_or_page(workspace: Workspace) -> None:
    interview = keep_interview(workspace)
    store = workspace.library.interviews
    store.save_debrief(interview.id, Debrief(felt=1, went_well="the numbers", surprises=SECRET))
    store.save_asked(interview.id, NotedQuestion("Why\nus?", rating="rough", wish="Your tests."))
    store.save_asked(interview.id, NotedQuestion("How much?", rating="okay"))
    store.note_outcome(interview.id, Outcome("rejected", "final", "none given", "clear", SECRET))
    workspace.library.own_pages.write(interview.id, SECRET)
    facts = gather_facts(workspace, interview.id)
    assert facts.day == "Thursday 3 December"
    assert facts.asked == ("Why us?", "How much?")
    assert facts.rough == ("Why us?",)
    assert (facts.wish, facts.wish_question) == ("Your tests.", "Why us?")
    assert (facts.outcome, facts.stage, facts.reason) == ("rejected", "final", "none given")
    assert SECRET not in str(astuple(facts))
    for kind in LETTER_KINDS:
        assert SECRET not in letter_about(workspace, interview.id, kind)


def test_an_interview_that_waits_for_an_answer_has_no_outcome_in_its_letters(
    workspace: Workspace,
) -> None:
    interview = keep_interview(workspace)
    workspace.library.interviews.note_outcome(interview.id, Outcome("waiting"))
    assert gather_facts(workspace, interview.id).outcome == ""
    assert "How it ended" not in letter_about(workspace, interview.id, "packet")


def test_a_text_that_nobody_would_send_whole_is_cut(workspace: Workspace) -> None:
    interview = keep_interview(workspace, "A" * 9_000)
    store = workspace.library.interviews
    for _ in range(MOST_ITEMS + 5):
        store.save_asked(
            interview.id, NotedQuestion("b " * 9_000, rating="rough", wish="c" * 9_000)
        )
    facts = gather_facts(workspace, interview.id)
    assert len(facts.asked) == MOST_ITEMS
    assert len(facts.wish) == FACT_CHARACTERS
    assert facts.company.endswith("…")
    for kind in LETTER_KINDS:
        assert letter_about(workspace, interview.id, kind)


@pytest.mark.parametrize(
    ("company", "name"),
    [
        ("Acme", "thanks-acme.txt"),
        ("../../etc/passwd", "thanks-etc-passwd.txt"),
        ("Ö & Söhne", "thanks-ö---söhne.txt"),
        ("日本電気", "thanks-日本電気.txt"),
        ("\x1b[31m\n", "thanks-31m.txt"),
        ("A" * 900, f"thanks-{'a' * 30}.txt"),
    ],
)
def test_the_name_of_a_file_stays_in_its_folder(
    workspace: Workspace, company: str, name: str
) -> None:
    interview = keep_interview(workspace, company)
    proposed = propose_file(workspace.places, interview, "thanks")
    assert proposed == workspace.places.exports / name
    proposed.parent.mkdir(parents=True)
    proposed.write_text("kept")
    assert propose_file(workspace.places, interview, "thanks").name != name


def test_a_company_without_letters_is_called_by_its_id(workspace: Workspace) -> None:
    interview = keep_interview(workspace, "!!!")
    proposed = propose_file(workspace.places, interview, "packet")
    assert proposed.name == f"packet-{interview.id}.txt"
