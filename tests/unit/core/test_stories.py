"""Stories and their tellings: what is known of each, what is due, and where one is missing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from practice.base.errors import NotFoundError, UsageError
from practice.base.paths import Places
from practice.base.settings import Settings
from practice.base.wall_time import WallTime
from practice.core.stories import choose_stories, read_overview
from practice.core.weeks import find_candidate, list_due
from practice.core.workspace import Workspace
from practice.library.interviews import Interview, InterviewFacts, NotedQuestion
from practice.library.takes import QuestionSnapshot, RecordingFacts, Take
from practice.library.tellings import STORY_BANK, Telling
from practice.schedule.due import DueKind
from tests.support.clock import NOW, FakeClock

UTC_ZONE = "UTC"
BANK = """title: Mine
questions:
  - {id: conflict, text: Tell me about a conflict., kind: behavioural, competency: Conflict}
  - {id: team, text: Tell me about a team., kind: behavioural, competency: teamwork}
  - {id: lead, text: Tell me about leading., kind: behavioural, competency: teamwork}
  - {id: mutex, text: What is a mutex?, kind: technical, competency: threads}
"""
STORIES = """stories:
  - {id: night, title: The night shift, competencies: [Teamwork], target_s: 60}
  - {id: move, title: The move}
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
    (places.banks / "mine.yaml").write_text(BANK)
    places.config.mkdir()
    places.stories.write_text(STORIES)
    with Workspace(places, Settings(), clock) as opened:
        yield opened


def tell(workspace: Workspace, bank: str, question_id: str, seconds: float = 90.0) -> Take:
    library = workspace.library
    take = library.begin_take(QuestionSnapshot(question_id, bank, "Tell it."))
    sound = library.recordings / f"{take.id}.flac"
    sound.write_bytes(b"sound")
    facts = RecordingFacts(
        audio=sound, duration_s=seconds, sample_rate_hz=16_000, peak_dbfs=-3.0, clipped_s=0.0,
        overflows=0, device="mic",
    )  # fmt: skip
    return library.save_recording(take.id, facts)


def add_interview(workspace: Workspace, days: int, *stories: str) -> Interview:
    when = WallTime(NOW.date() + timedelta(days=days), time(9), UTC_ZONE)
    facts = InterviewFacts("Acme", round="panel", when=when, stories=stories)
    return workspace.library.interviews.add(facts, UTC_ZONE)


def due_stories(workspace: Workspace) -> dict[str, str]:
    found = list_due(workspace, 240)
    return {item.key[1]: item.why for item in found if item.kind is DueKind.STORY}


def test_a_story_is_due_until_it_was_told_without_notes(
    workspace: Workspace, clock: FakeClock
) -> None:
    why = "not told without notes yet"
    assert due_stories(workspace) == {"night": why, "move": why}
    take = tell(workspace, STORY_BANK, "night")
    # Told today, it is no more due today, and comes again tomorrow.
    assert due_stories(workspace) == {"move": why}
    clock.advance(timedelta(days=1))
    assert due_stories(workspace) == {"night": why, "move": why}
    workspace.library.tellings.say(take, "with")
    assert set(due_stories(workspace)) == {"night", "move"}
    workspace.library.tellings.say(take, "without")
    assert due_stories(workspace) == {"move": why}
    workspace.library.delete(take.id)
    assert set(due_stories(workspace)) == {"night", "move"}


def test_in_the_last_days_before_an_interview_its_stories_come_twice(
    workspace: Workspace, clock: FakeClock
) -> None:
    library = workspace.library
    for story_id in ("night", "move"):
        library.tellings.say(tell(workspace, STORY_BANK, story_id), "without")
    interview = add_interview(workspace, 9, "night")
    clock.advance(timedelta(days=1))
    assert due_stories(workspace) == {}
    clock.advance(timedelta(days=2))
    assert due_stories(workspace) == {"night": "a story for Acme, panel"}
    tell(workspace, STORY_BANK, "night")
    clock.advance(timedelta(days=1))
    assert due_stories(workspace) == {}
    clock.advance(timedelta(days=2))
    assert set(due_stories(workspace)) == {"night"}
    # When none are chosen, all are.
    library.interviews.edit(interview.id, replace(interview.facts, stories=()))
    assert set(due_stories(workspace)) == {"night", "move"}
    clock.advance(timedelta(days=3))
    assert due_stories(workspace) == {}


def test_any_take_can_tell_a_story_and_fragments_tell_none(
    workspace: Workspace, clock: FakeClock
) -> None:
    tellings = workspace.library.tellings
    take = tell(workspace, "mine", "conflict", 70)
    with pytest.raises(NotFoundError, match="tells no story"):
        tellings.say(take, "without")
    tellings.mark(take, "night")
    tellings.say(take, "without")
    # Another story: what was said of the first one is not said of it.
    assert tellings.mark(take, "move") == Telling(take.id, "move", None)
    tellings.mark(take, "night")
    clock.advance(timedelta(minutes=1))
    tell(workspace, STORY_BANK, "night", 2.0)
    long = tell(workspace, STORY_BANK, "night", 40)
    tellings.say(long, "without")
    night = read_overview(workspace).stories[0]
    assert [told.take.id for told in night.told] == [long.id, take.id]
    assert (night.best_s, night.without_notes) == (70, 1)
    assert night.last_without_notes(NOW) == NOW.date()
    tellings.say(long, None)
    tellings.unmark(take)
    night = read_overview(workspace).stories[0]
    assert ([told.take.id for told in night.told], night.without_notes) == ([long.id], 0)


def test_gaps_are_what_is_asked_about_and_has_no_story(workspace: Workspace) -> None:
    assert [row.competency for row in read_overview(workspace).gaps] == []
    interview = add_interview(workspace, 5)
    workspace.library.open_questions.open("mine", "mutex", "What is a mutex?")
    rows = read_overview(workspace).competencies
    assert [(row.competency, row.questions, row.story_ids, row.is_gap) for row in rows] == [
        ("Conflict", 1, (), True),
        ("threads", 1, (), True),
        ("teamwork", 2, ("night",), False),
    ]
    noted = NotedQuestion("Why?", rating="rough", story="the NIGHT shift")
    workspace.library.interviews.save_asked(interview.id, noted)
    night = read_overview(workspace).stories[0]
    assert [each.interview.id for each in night.in_interviews] == [interview.id]
    assert night.ratings == {"rough": 1}


def test_a_story_is_a_question_that_can_be_asked(workspace: Workspace) -> None:
    asked = workspace.question("stories/night")
    assert (asked.bank, asked.question.text) == (STORY_BANK, "Tell the story: The night shift")
    assert find_candidate(workspace, STORY_BANK, "night", "").question == asked.question
    take = tell(workspace, STORY_BANK, "night")
    workspace.stories.delete("night")
    # The take stays, and says what it was.
    assert workspace.question_of(take) is None
    assert find_candidate(workspace, STORY_BANK, "night", "Tell it.").question.text == "Tell it."
    assert workspace.library.take(take.id).question == "Tell it."


def test_stories_are_chosen_by_id_title_or_a_word_of_it(workspace: Workspace) -> None:
    assert choose_stories(workspace, ["night", "the MOVE", "shift"]) == ("night", "move")
    for named in ("the", "nothing like it"):
        with pytest.raises(UsageError, match="is not the name of one story") as caught:
            choose_stories(workspace, [named])
        assert "night, move" in caught.value.hint
    # What was chosen before stays chosen, whatever became of its story.
    workspace.places.stories.write_text("stories: [")
    assert choose_stories(workspace, ["night"], known=["night"]) == ("night",)


def test_a_story_chosen_for_the_next_interview_comes_before_others(workspace: Workspace) -> None:
    add_interview(workspace, 2, "move")
    assert list(due_stories(workspace)) == ["move", "night"]
