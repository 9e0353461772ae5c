"""With the profile for people who stutter no screen tells of what it leaves out.

Every way of the navigator is taken on a library full of it; a way that is not named here fails
`test_every_way_of_the_navigator_is_taken`.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pytest

from practice.core.session import Mode
from practice.library.interviews import Interview
from practice.library.takes import Take
from practice.questions.model import Question
from practice.questions.stories.model import Story
from practice.schedule.proposal import Candidate, Proposal
from practice.schedule.serving import offer
from practice.tui.navigation import Navigation
from practice.tui.screens.host import Navigator
from practice.tui.screens.review.compare import CompareScreen
from practice.tui.screens.review.review import ReviewScreen
from practice.tui.screens.session.summary import SummaryScreen
from practice.tui.services import Services
from practice.tui.widgets.cursor_list import CursorList
from practice.tui.widgets.measures_panel import MeasuresPanel
from practice.tui.widgets.transcript_view import TranscriptView
from tests.support.app_harness import AppHarness, FakeSpeechWorker
from tests.support.clock import NOW
from tests.support.review_harness import ASKED, keep_bank
from tests.support.stuttering import find_told, keep_stuttered, numbers_of, stuttered_words
from tests.support.weeks_harness import UTC_ZONE, add_interview
from tests.tui.conftest import RunApp, RunSession

WIDE = (200, 100)
"""So much is in view that nothing has to be scrolled to."""
QUESTION = Question(id="conflict", text="Tell me about a conflict.", target_s=60, prep_s=0)
CANDIDATE = Candidate("mine", "Mine", QUESTION)


@dataclass
class Ways:
    """The app under test and what its screens are about."""

    harness: AppHarness
    services: Services
    take: Take
    interview: Interview
    told: dict[str, list[str]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)

    @property
    def navigator(self) -> Navigator:
        return self.harness.app.navigator

    @property
    def proposals(self) -> Sequence[Proposal]:
        workspace = self.services.workspace
        return offer(workspace.catalogue, workspace.library, workspace.clock).proposals

    async def look(self, name: str) -> None:
        """Note what is told by everything that is on screen now."""
        await self.settle()
        notices = "\n".join(one.message for one in self.harness.app._notifications)
        if found := find_told(f"{self.harness.text}\n{notices}", self.numbers):
            self.told.setdefault(name, []).extend(found)

    async def settle(self) -> None:
        """Let the threads beside the screen bring what they read."""
        for _ in range(6):
            await self.harness.pilot.pause(0.03)


Way = Callable[[Ways], Awaitable[None] | None]


async def look_at_review(ways: Ways) -> None:
    ways.navigator.open_review(ways.take.id)
    screen = await ways.harness.wait_for_screen(ReviewScreen)
    view = screen.query_one(TranscriptView)
    await ways.harness.wait_until(lambda: view.text is not None)
    await go_through(ways, view, "open_review")
    await ways.harness.press("right_square_bracket")
    await ways.look("open_review")
    panel = screen.query_one(MeasuresPanel)
    for at in range(len(panel._entries)):
        panel.focus()
        panel.cursor = at
        await ways.look("open_review")


async def look_at_comparison(ways: Ways) -> None:
    ways.navigator.open_comparison(ways.take.id)
    screen = await ways.harness.wait_for_screen(CompareScreen)
    view = screen.query(TranscriptView).first()
    await ways.harness.wait_until(lambda: view.text is not None)
    await go_through(ways, view, "open_comparison")


async def go_through(ways: Ways, view: TranscriptView, name: str) -> None:
    """Put the cursor on every place, so that what is said of it is shown."""
    assert view.text is not None
    for at in range(0, len(view.text.cells), 3):
        view.cursor = at
        await ways.harness.pilot.pause()
        if found := find_told(ways.harness.text, ways.numbers):
            ways.told.setdefault(name, []).extend(found)


async def look_at_trends(ways: Ways) -> None:
    ways.navigator.open_trends()
    await ways.harness.shows("length")
    lines = ways.harness.app.screen.query_one(CursorList)
    for at in range(lines.option_count):
        lines.highlighted = at
        await ways.look("open_trends")


async def look_at_history(ways: Ways) -> None:
    ways.navigator.open_question_history(ways.take)
    for _ in range(9):
        await ways.harness.press("right")
        await ways.look("open_question_history")


def nothing(_: object) -> None:
    """Leave what is chosen alone."""


WAYS: dict[str, Way] = {
    "open_session": lambda w: w.navigator.open_session([CANDIDATE], Mode.PRACTICE),
    "open_retake": lambda w: w.navigator.open_retake(CANDIDATE),
    "open_guess": lambda w: w.navigator.open_guess(("fillers", "meant"), nothing),
    "open_session_setup": lambda w: w.navigator.open_session_setup(w.proposals, nothing),
    "open_review": look_at_review,
    "open_comparison": look_at_comparison,
    "open_microphone": lambda w: w.navigator.open_microphone(),
    "open_models": lambda w: w.navigator.open_models(),
    "ask_for_model_folder": lambda w: w.navigator.ask_for_model_folder("", nothing),
    "open_calibration": lambda w: w.navigator.open_calibration(),
    "open_settings": lambda w: w.navigator.open_settings(),
    "open_everything": lambda w: w.navigator.open_everything(),
    "open_library": lambda w: w.navigator.open_library(),
    "open_export": lambda w: w.navigator.open_export(w.take),
    "open_question_history": look_at_history,
    "open_trends": look_at_trends,
    "open_banks": lambda w: w.navigator.open_banks(),
    "open_interviews": lambda w: w.navigator.open_interviews(),
    "open_in_common": lambda w: w.navigator.open_in_common(),
    "open_interview_form": lambda w: w.navigator.open_interview_form(
        w.interview, NOW, UTC_ZONE, nothing
    ),
    "open_debrief": lambda w: w.navigator.open_debrief(w.interview),
    "open_questions_in_file": lambda w: w.navigator.open_questions_in_file(w.interview, nothing),
    "open_telling": lambda w: w.navigator.open_telling(w.interview, nothing),
    "open_outcome": lambda w: w.navigator.open_outcome(w.interview),
    "open_own_page": lambda w: w.navigator.open_own_page(w.interview),
    "open_warm_up": lambda w: w.navigator.open_warm_up(),
    "open_retrieval": lambda w: w.navigator.open_retrieval(),
    "open_habit": lambda w: w.navigator.open_habit(),
    "open_stories": lambda w: w.navigator.open_stories(),
    "open_story": lambda w: w.navigator.open_story("zoo"),
    "open_story_form": lambda w: w.navigator.open_story_form(None, nothing),
    "open_terms": lambda w: w.navigator.open_terms(w.interview),
    "open_letter": lambda w: w.navigator.open_letter(w.interview),
    "open_feedback": lambda w: w.navigator.open_feedback(w.take, nothing),
    "open_open_questions": lambda w: w.navigator.open_open_questions(),
    "open_question_preview": lambda w: w.navigator.open_question_preview(QUESTION),
    "open_bank_import": lambda w: w.navigator.open_bank_import(
        w.services.workspace.catalogue, nothing
    ),
    "open_bank_export": lambda w: w.navigator.open_bank_export("mine", nothing),
    "open_new_bank": lambda w: w.navigator.open_new_bank([], nothing),
}
SHOW_TAKES = ("open_review", "open_comparison", "open_trends", "open_question_history")
ELSEWHERE = {
    "replace_review": "it is the review",
    "open_summary": "it is looked at after a session, below",
    "open_question_form": "it shows a question of a bank and no take",
    "ask_for_title": "it shows what it is given",
    "ask": "it shows what it is given",
    "pick": "it shows what it is given",
    "ask_about_changed": "it is about a bank",
}


@pytest.fixture
def take(services: Services, worker: FakeSpeechWorker) -> Take:
    """The newest of takes that were kept before the profile was switched on."""
    worker.words = stuttered_words()
    keep_bank(services)
    services.workspace.stories.add(Story(title="Zoo"))
    return [keep_stuttered(services.workspace, ASKED) for _ in range(6)][-1]


def test_every_way_of_the_navigator_is_taken() -> None:
    ways = {name for name, _ in inspect.getmembers(Navigation, inspect.isfunction)}
    named = {name for name in ways if not name.startswith("_")}
    assert named - {"register"} == WAYS.keys() | ELSEWHERE.keys()


async def walk(
    harness: AppHarness, services: Services, take: Take, wanted: Iterable[str]
) -> dict[str, list[str]]:
    """Take the ways with the `wanted` names; what each screen told."""
    interview = add_interview(services, 4)
    services.workspace.stories.add(Story(id="zoo", title="The zoo"))
    kept = services.workspace.kept_review_of(take)
    ways = Ways(harness, services, take, interview, numbers=numbers_of(kept))
    await harness.shows("Enter begin")
    await ways.look("today")
    today = harness.app.screen
    for name in wanted:
        made = WAYS[name](ways)
        if made is not None:
            await made
        await ways.look(name)
        assert harness.app.screen is not today, name
        while harness.app.screen is not today:
            harness.app.pop_screen()
            await harness.pilot.pause()
    return ways.told


async def test_no_screen_tells_of_what_the_profile_leaves_out(
    run_app: RunApp, services: Services, take: Take
) -> None:
    services.change_setting("stutter", "yes")
    async with run_app(WIDE) as harness:
        assert await walk(harness, services, take, WAYS) == {}


async def test_without_the_profile_the_screens_that_show_takes_tell_it(
    run_app: RunApp, services: Services, take: Take
) -> None:
    async with run_app(WIDE) as harness:
        told = await walk(harness, services, take, SHOW_TAKES)
    assert told.keys() == {"today", *SHOW_TAKES}


async def test_the_first_review_of_a_new_answer_tells_nothing_of_it(
    run_session: RunSession, services: Services, take: Take
) -> None:
    services.change_setting("stutter", "yes")
    async with run_session(Mode.PRACTICE, QUESTION, size=WIDE) as harness:
        seen = harness.text
        await harness.begin(30.0)
        seen += harness.text
        await harness.press("enter")
        await harness.shows("Saved")
        await harness.hides("waiting")
        seen += harness.text
        await harness.press("enter")
        await harness.wait_for_screen(ReviewScreen)
        await harness.shows("fillers")
        seen += harness.text
        await harness.press("escape")
        await harness.shows("Saved")
        await harness.press("escape")
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("Enter")
        seen += harness.text
    assert find_told(seen) == []
