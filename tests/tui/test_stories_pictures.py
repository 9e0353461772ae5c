"""How the screens of stories look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from practice.library.interviews import NotedQuestion
from practice.questions.stories.model import Story
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from practice.tui.widgets.timeline import Timeline
from tests.support.app_harness import AppHarness
from tests.support.review_harness import keep_bank, keep_conflict_take
from tests.support.weeks_harness import add_interview

SIZES = [(80, 24), (100, 30)]
Compare = Callable[..., bool]
Play = Callable[[Pilot[None]], Awaitable[None]]
NIGHT = Story(
    title="The night shift",
    situation="In 2021 our ward had two nurses at night, and nobody knew who came when. "
    "People rang for nothing.",
    task="I was to write the roster, and I had never written one.",
    action="I asked each of them for the worst hour of their night, and moved the rounds there.",
    result="From the third week on the calls fell from nine a night to four.",
    number="from 9 to 4 calls a night",
    competencies=("Teamwork", "initiative"),
    target_s=90,
)


@pytest.fixture(params=SIZES, ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def told(services: Services) -> str:
    """Two stories, of which one was told in a take and in an interview; the id of the take."""
    keep_bank(services)
    stories = services.workspace.stories
    night = stories.add(NIGHT)
    stories.add(Story(title="The migration that nobody wanted", competencies=("conflict",)))
    take = keep_conflict_take(services)
    library = services.workspace.library
    library.tellings.mark(take, night.id)
    library.tellings.say(take, "without")
    library.annotations.mark_parts(take.id, {"situation": 0.0, "action": 9.0, "result": 24.0})
    past = add_interview(services, -3, "Zett")
    noted = NotedQuestion("A time you changed something?", rating="strong", story=night.title)
    library.interviews.save_asked(past.id, noted)
    library.open_questions.open("basics", "project", "Tell me about a project.")
    add_interview(services, 4)
    return take.id


def open_and_show(
    route: str, *of: object, words: tuple[str, ...], keys: tuple[str, ...] = ()
) -> Play:
    """Open a screen, press keys, and wait for what it says."""

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("to answer")
        getattr(harness.app.navigator, f"open_{route}")(*of)
        await harness.press(*keys)
        await harness.shows(*words)
        await pilot.pause()

    return play


@pytest.mark.usefixtures("told")
def test_the_list(snap_compare: Compare, services: Services, size: tuple[int, int]) -> None:
    steps = open_and_show("stories", words=("The migration", "1, today", "no story for it"))
    assert snap_compare(PracticeApp(services), run_before=steps, terminal_size=size)


def test_no_story_yet(snap_compare: Compare, services: Services, size: tuple[int, int]) -> None:
    steps = open_and_show("stories", words=("No story yet.",))
    assert snap_compare(PracticeApp(services), run_before=steps, terminal_size=size)


@pytest.mark.usefixtures("told")
def test_a_story(snap_compare: Compare, services: Services, size: tuple[int, int]) -> None:
    steps = open_and_show("story", "the-night-shift", words=("told 1 time", "Zett"))
    assert snap_compare(PracticeApp(services), run_before=steps, terminal_size=size)


def test_the_form(snap_compare: Compare, services: Services, size: tuple[int, int]) -> None:
    steps = open_and_show("story_form", NIGHT, lambda _: None, words=("The night shift",))
    assert snap_compare(PracticeApp(services), run_before=steps, terminal_size=size)


def test_the_review_of_a_telling(
    snap_compare: Compare, services: Services, told: str, size: tuple[int, int]
) -> None:
    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("to answer")
        harness.app.navigator.open_review(told)
        await harness.shows("told without notes")
        await harness.wait_until(lambda: harness.app.screen.query_one(Timeline).levels is not None)
        await harness.press("number_sign", "end")
        await harness.shows("in the result")
        await pilot.pause()

    assert snap_compare(PracticeApp(services), run_before=play, terminal_size=size)
