"""The warm-up card: what is there is on it, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice.base.paths import Places
from practice.base.settings import Settings
from practice.core.warm_up import GREETING, list_parts, name_card, read_warm_up
from practice.core.workspace import Workspace
from practice.library.interviews import InterviewFacts
from practice.library.takes import QuestionSnapshot
from tests.support.clock import FakeClock
from tests.support.takes import keep_take

STORIES = """stories:
  - {id: bridge, title: The bridge, situation: "It rained for weeks. Then it stopped."}
  - {id: boat, title: The boat, situation: "A boat was lost!"}
  - {id: empty, title: Nothing written yet}
  - {id: market, title: The market, situation: "We sold nothing. Nothing at all."}
  - {id: night, title: The night, situation: "The lights went out."}
"""
BANK = """title: Mine
ask_them: [What broke last week?, Who decides?, What is next?, How many are you?]
questions:
  - {id: why, text: Why us?}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr("practice.core.weeks.local_zone", lambda: "UTC")
    places = Places(*(tmp_path / name for name in ("config", "data", "state", "models")))
    places.banks.mkdir(parents=True)
    with Workspace(places, Settings(), FakeClock()) as opened:
        yield opened


def test_the_chosen_stories_come_first_with_how_they_begin(workspace: Workspace) -> None:
    workspace.stories.path.parent.mkdir(parents=True, exist_ok=True)
    workspace.stories.path.write_text(STORIES)
    facts = InterviewFacts("Acme", people=("Ana", "Bo"), stories=("night", "market"))
    card = read_warm_up(workspace, workspace.library.interviews.add(facts, "UTC"))
    assert card.people == ("Ana", "Bo")
    assert [each.sentence for each in card.openings] == [
        "We sold nothing.", "The lights went out.", "It rained for weeks.",
    ]  # fmt: skip
    assert card.aloud == "We sold nothing."
    assert name_card(card) == "Warm up for Acme"


def test_questions_to_ask_come_from_the_banks_that_were_answered(workspace: Workspace) -> None:
    (workspace.places.banks / "mine.yaml").write_text(BANK)
    assert len(read_warm_up(workspace, None).ask_them) == 3
    keep_take(workspace, asked=QuestionSnapshot("why", "mine", "Why us?"))
    card = read_warm_up(workspace, None)
    assert card.ask_them == ("What broke last week?", "Who decides?", "What is next?")


def test_without_anything_it_still_has_a_sentence_to_say(workspace: Workspace) -> None:
    card = read_warm_up(workspace, None)
    assert (card.best, card.openings, card.aloud) == (None, (), GREETING)
    headings = [heading for heading, _ in list_parts(card, "")]
    assert headings == ["Ask them", "Say one sentence aloud"]


def test_a_file_of_stories_that_cannot_be_read_is_said_and_stops_nothing(
    workspace: Workspace,
) -> None:
    workspace.stories.path.parent.mkdir(parents=True, exist_ok=True)
    workspace.stories.path.write_text("stories: [")
    card = read_warm_up(workspace, None)
    assert card.trouble
    assert card.aloud == GREETING
