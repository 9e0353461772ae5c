"""Stories in the app: written, told, marked, and due until they were told without notes."""

import pytest

from practice.base.words import Word
from practice.core.weeks import list_due
from practice.questions.stories.model import Story
from practice.schedule.due import DueKind
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.stories.stories import StoriesScreen
from practice.tui.screens.stories.story import StoryScreen
from practice.tui.screens.stories.story_form import StoryFormScreen
from practice.tui.screens.weeks.debrief import DebriefScreen
from practice.tui.screens.weeks.interview_form import InterviewFormScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.services import Services
from tests.support.app_harness import FakeDevices
from tests.support.review_harness import ReviewHarness, keep_bank, keep_conflict_take, open_review
from tests.support.session_harness import SessionHarness
from tests.support.weeks_harness import add_interview
from tests.tui.conftest import RunApp

SAID = "it was late and I ran forty miles"


def due_stories(services: Services) -> list[str]:
    found = list_due(services.workspace, 240)
    return [item.key[1] for item in found if item.kind is DueKind.STORY]


async def test_a_new_story_is_told_without_notes_and_is_due_no_more(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    texts = SAID.split()
    services.workspace.worker.words = tuple(  # type: ignore[attr-defined]
        Word(text, 0.7 * at, 0.7 * at + 0.6, 0.9) for at, text in enumerate(texts)
    )
    async with run_app((120, 36)) as opened:
        harness = SessionHarness(opened.pilot, opened.seen, devices)
        await harness.shows("new to you")
        await harness.press("y")
        await harness.wait_for_screen(StoriesScreen)
        await harness.shows("No story yet. n writes one")
        await harness.press("t")
        await harness.shows("There is no story yet")
        await harness.press("n")
        await harness.wait_for_screen(StoryFormScreen)
        # Nothing without a title; what was typed stays.
        await harness.press("down", *"In a ward.", "ctrl+s")
        await harness.shows("A story needs a title")
        await harness.press(*"Night [red] shift", "escape")
        await harness.wait_for_screen(StoriesScreen)
        await harness.shows("Night [red] shift", "not yet", "In a ward.")
        assert due_stories(services) == ["night-red-shift"]
        await harness.press("t")
        await harness.wait_for_screen(SessionScreen)
        await harness.answer()
        await harness.shows("W told without notes   H with notes")
        await harness.press("W")
        await harness.shows("told without notes")
        await harness.hides("H with notes")
        assert due_stories(services) == []
        await harness.press("escape", "escape")
        await harness.wait_for_screen(StoriesScreen)
        await harness.shows("1, today")
        await harness.press("enter")
        await harness.wait_for_screen(StoryScreen)
        await harness.shows("told 1 time", "without notes", "parts not marked")
        # H and W say it here too; the same again takes it back.
        await harness.press("H")
        await harness.shows("with notes", "without notes not yet")
        await harness.press("H", "W")
        await harness.shows("without notes 1, today")
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("The story “Night [red] shift”: told without notes")
        # At most five keys mark all parts while one listens.
        screen = harness.app.screen
        assert isinstance(screen, ReviewScreen)
        numbers = ReviewHarness(harness, screen)
        await harness.wait_until(lambda: "Not marked. Space plays" in numbers.numbers)

        async def hear_to(at_s: float) -> None:
            devices.output.position_s = at_s
            await harness.wait_until(lambda: screen._bar.playhead_s == at_s)

        keys = ["space"]
        await harness.press("space")
        await harness.wait_until(lambda: devices.output.playing)
        for key, at_s in (("S", 0.0), ("T", 1.4), ("A", 2.8), ("R", 3.5)):
            await hear_to(at_s)
            keys.append(key)
            await harness.press(key)
        assert len(keys) == 5
        await harness.wait_until(lambda: len(screen._parts) == 4)
        assert "I 1, we 0" in numbers.numbers
        await harness.press("escape")
        await harness.wait_for_screen(StoryScreen)
        await harness.shows("S 25% T 25%", "numbers in the result: 1")
    (story,) = services.workspace.stories.all()
    assert (story.title, story.situation) == ("Night [red] shift", "In a ward.")


async def test_any_take_becomes_a_telling_in_its_review(
    run_app: RunApp, services: Services
) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    async with run_app((100, 30)) as harness:
        review = await open_review(harness, services, take)
        await review.press("W")
        await harness.shows("This take tells no story")
        await review.press("y")
        await harness.shows("There is no story yet")
        services.workspace.stories.add(Story(title="The night shift"))
        services.workspace.stories.add(Story(title="The move"))
        await review.press("y")
        await harness.shows("Which story does this take tell?")
        await harness.press(*"move", "enter")
        await harness.shows("The story “The move”: W told without notes")
        assert "Not marked. Space plays" in review.numbers
        await review.press("W")
        await harness.shows("The story “The move”: told without notes")
    (telling,) = services.workspace.library.tellings.all()
    assert (telling.take_id, telling.story_id, telling.notes) == (take.id, "the-move", "without")


async def test_what_an_editor_wrote_meanwhile_stays_and_what_was_typed_too(
    run_app: RunApp, services: Services
) -> None:
    stories = services.workspace.stories
    story = stories.add(Story(title="The move"))
    async with run_app() as harness:
        await harness.wait_for_screen(TodayScreen)
        harness.app.navigator.open_stories()
        await harness.wait_for_screen(StoriesScreen)
        await harness.shows("The move")
        await harness.press("e")
        await harness.wait_for_screen(StoryFormScreen)
        stories.path.write_text("stories:\n  - {id: the-move, title: Theirs}\n")
        await harness.press(*" mine", "ctrl+s")
        await harness.shows("changed elsewhere", "keep yours as a new one")
        await harness.press("enter")
        await harness.wait_for_screen(StoriesScreen)
        await harness.shows("Theirs", "The move mine")
        assert story.id == "the-move"
        # A file that cannot be read is said with its place; nothing is written.
        stories.path.write_text("stories:\n  - titel: x\n")
        await harness.press("enter")
        await harness.shows("stories.yaml:2:5")
        assert stories.path.read_text() == "stories:\n  - titel: x\n"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_delete_takes_the_story_and_leaves_its_takes(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    services.workspace.stories.add(Story(title="The move"))
    services.workspace.library.tellings.mark(take, "the-move")
    async with run_app(size) as harness:
        harness.app.navigator.open_stories()
        await harness.wait_for_screen(StoriesScreen)
        await harness.shows("The move")
        await harness.press("delete")
        await harness.shows("takes stay.")
        await harness.press("y")
        await harness.shows("No story yet")
    assert services.workspace.stories.all() == ()
    assert services.workspace.library.take(take.id).id == take.id


async def test_a_debrief_finds_the_story_that_was_told_by_its_title(
    run_app: RunApp, services: Services
) -> None:
    for title in ("The night shift", "The move"):
        services.workspace.stories.add(Story(title=title))
    interview = add_interview(services, -1)
    async with run_app() as harness:
        await harness.shows("to answer")
        harness.app.navigator.open_debrief(interview)
        await harness.wait_for_screen(DebriefScreen)
        await harness.press("enter", "3", *"Why us of all?", "enter", "r")
        await harness.shows("the story I told")
        await harness.press("y")
        await harness.shows("Which story did you tell?")
        await harness.press(*"night", "enter")
        await harness.shows("story: The night shift")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
    (noted,) = services.workspace.library.interviews.asked(interview.id)
    assert (noted.text, noted.story) == ("Why us of all?", "The night shift")


async def test_stories_are_chosen_for_an_interview_in_its_form(
    run_app: RunApp, services: Services
) -> None:
    for title in ("The night shift", "The move"):
        services.workspace.stories.add(Story(title=title))
    async with run_app((100, 30)) as harness:
        await harness.shows("to answer")
        await harness.press("i")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("No interview yet")
        await harness.press("a")
        await harness.wait_for_screen(InterviewFormScreen)
        await harness.press(*"Acme")
        harness.app.screen.query_one("#stories").focus()
        await harness.press(*"shfit", "ctrl+s")
        # Nothing is kept, and what was typed stands there to be corrected.
        await harness.shows("No story of yours has that name")
        await harness.press("escape")
        await harness.press(*["backspace"] * 5, *"night", "ctrl+s")
        await harness.wait_for_screen(InterviewsScreen)
        await harness.shows("Acme")
    (interview,) = services.workspace.library.interviews.all()
    assert interview.facts.stories == ("the-night-shift",)
