"""Interviews, debriefs and outcomes are kept, found, and deleted for good."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from practice.base.errors import NotFoundError, UsageError
from practice.base.wall_time import WallTime
from practice.library.interviews import Debrief, InterviewFacts, NotedQuestion, Outcome
from practice.library.library import Library
from tests.support.clock import NOW, FakeClock

BERLIN = "Europe/Berlin"
SECRET = "Zwetschgenkuchen"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def library(tmp_path: Path, clock: FakeClock) -> Iterator[Library]:
    with Library(tmp_path / "data" / "library.db", tmp_path / "data" / "sound", clock) as opened:
        yield opened


def on(day: date, hour: int | None = 14) -> WallTime:
    return WallTime(day, None if hour is None else time(hour), BERLIN)


TODAY = NOW.date()
PANEL = InterviewFacts(
    "Acme", "Engineer", "panel", "video", on(TODAY + timedelta(days=4)), ("Ana", "Ben"),
    "We look for…", "third floor",
)  # fmt: skip


def test_what_is_known_of_an_interview_is_kept_and_changed(library: Library) -> None:
    added = library.interviews.add(PANEL, BERLIN)
    assert library.interviews.get(added.id) == added
    assert (added.facts, added.name) == (PANEL, "Acme, panel")
    changed = library.interviews.edit(added.id, replace(PANEL, role="", when=None))
    assert (changed.facts.role, changed.facts.when, changed.zone) == ("", None, BERLIN)


def test_only_the_company_is_needed(library: Library) -> None:
    assert library.interviews.add(InterviewFacts("Acme"), BERLIN).facts == InterviewFacts("Acme")
    with pytest.raises(UsageError, match="needs a company"):
        library.interviews.add(InterviewFacts("  "), BERLIN)


def test_interviews_are_found_by_next_last_id_and_company(
    library: Library, clock: FakeClock
) -> None:
    ahead = library.interviews.add(PANEL, BERLIN)
    over = library.interviews.add(
        InterviewFacts("Globex", when=on(TODAY - timedelta(days=1))), BERLIN
    )
    library.interviews.add(InterviewFacts("Initech"), BERLIN)
    assert [each.facts.company for each in library.interviews.all()] == [
        "Globex", "Acme", "Initech",
    ]  # fmt: skip
    assert library.interviews.get("next") == ahead
    assert library.interviews.get("last") == over
    assert library.interviews.get("acme") == ahead
    with pytest.raises(NotFoundError) as unknown:
        library.interviews.get("Acmee")
    assert "acme" in unknown.value.hint
    clock.set(NOW + timedelta(days=4, hours=3))
    assert library.interviews.get("last") == ahead


@pytest.mark.parametrize(
    ("now", "is_over"),
    [
        (datetime(2026, 12, 3, 12, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 3, 13, 0, tzinfo=UTC), True),
    ],
)
def test_an_interview_is_over_at_its_hour_in_its_zone(
    library: Library, now: datetime, is_over: bool
) -> None:
    added = library.interviews.add(replace(PANEL, when=on(date(2026, 12, 3))), BERLIN)
    assert added.is_over(now) == is_over


def test_an_interview_of_which_only_the_day_is_known_is_over_at_midnight_there(
    library: Library,
) -> None:
    added = library.interviews.add(replace(PANEL, when=on(date(2026, 12, 3), None)), BERLIN)
    assert not added.is_over(datetime(2026, 12, 3, 22, 59, tzinfo=UTC))
    assert added.is_over(datetime(2026, 12, 3, 23, 0, tzinfo=UTC))


def test_a_debrief_is_a_draft_until_it_is_finished(library: Library) -> None:
    interview = library.interviews.add(PANEL, BERLIN)
    assert library.interviews.debrief(interview.id) is None
    library.interviews.save_debrief(interview.id, Debrief(felt=2))
    library.interviews.save_debrief(interview.id, Debrief(felt=3, went_well="the numbers"))
    assert library.interviews.debrief(interview.id) == Debrief(felt=3, went_well="the numbers")
    assert not library.interviews.get(interview.id).debriefed
    library.interviews.save_debrief(interview.id, Debrief(felt=3, finished_at=NOW))
    assert library.interviews.get(interview.id).debriefed
    with pytest.raises(UsageError):
        library.interviews.save_debrief(interview.id, Debrief(felt=6))


def test_questions_that_were_asked_keep_their_order_and_can_be_taken_back(
    library: Library,
) -> None:
    interview = library.interviews.add(PANEL, BERLIN)
    first = library.interviews.save_asked(interview.id, NotedQuestion("Why us?"))
    second = library.interviews.save_asked(interview.id, NotedQuestion("Conflict?"))
    library.interviews.save_asked(interview.id, replace(first, rating="rough", wish="the numbers"))
    assert [(each.text, each.rating) for each in library.interviews.asked(interview.id)] == [
        ("Why us?", "rough"), ("Conflict?", None),
    ]  # fmt: skip
    library.interviews.remove_asked(interview.id, second.id)
    assert library.interviews.get(interview.id).asked == 1
    with pytest.raises(NotFoundError):
        library.interviews.save_asked(interview.id, second)


def test_an_outcome_keeps_their_reason_apart_from_the_guess(library: Library) -> None:
    interview = library.interviews.add(PANEL, BERLIN)
    assert library.interviews.outcome(interview.id) is None
    noted = Outcome("rejected", "final", "none given", "you were clear", "the second case")
    library.interviews.note_outcome(interview.id, noted)
    assert library.interviews.outcome(interview.id) == noted
    assert library.interviews.get(interview.id).outcome == "rejected"


def test_rest_has_an_end_and_can_be_ended(library: Library) -> None:
    assert library.interviews.rest_until() is None
    library.interviews.rest(TODAY)
    library.interviews.rest(TODAY + timedelta(days=2))
    assert library.interviews.rest_until() == TODAY + timedelta(days=2)
    library.interviews.rest(None)
    assert library.interviews.rest_until() is None


def test_no_word_of_a_deleted_interview_is_left_in_any_file(
    library: Library, tmp_path: Path
) -> None:
    facts = replace(PANEL, company=SECRET, advert=SECRET, notes=SECRET, people=(SECRET,))
    interview = library.interviews.add(facts, BERLIN)
    library.interviews.save_debrief(interview.id, Debrief(went_well=SECRET, surprises=SECRET))
    library.interviews.save_asked(interview.id, NotedQuestion(SECRET, wish=SECRET, story=SECRET))
    library.interviews.note_outcome(interview.id, Outcome("rejected", guess=SECRET))
    library.open_questions.open("asked", "q", SECRET, wish=SECRET, interview_id=interview.id)
    assert any(SECRET.encode() in file.read_bytes() for file in tmp_path.rglob("*.db*"))
    library.interviews.delete(interview.id)
    assert library.interviews.all() == []
    assert library.open_questions.all() == []
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file


def test_hostile_texts_become_plain(library: Library) -> None:
    facts = InterviewFacts("A\x1b]0;x\x07cme\n", notes="\x1b[2J", people=("a\nb", " "))
    kept = library.interviews.add(facts, BERLIN).facts
    assert "\x1b" not in f"{kept}"
    assert kept.people == ("a b",)
    assert "\n" not in kept.company
