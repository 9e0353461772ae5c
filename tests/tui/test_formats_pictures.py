"""How sessions in a format look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from practice.core.session import Mode
from practice.core.sitting import Sitting
from practice.library.interviews import InterviewFacts
from practice.questions.formats.model import SessionFormat
from practice.questions.model import Question
from practice.schedule.proposal import Candidate
from practice.tui.app import PracticeApp
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.session_setup import SessionSetupScreen
from practice.tui.screens.session.summary import SummaryScreen
from practice.tui.services import Services
from practice.tui.widgets.level_meter import WIDTH, LevelMeter
from tests.support.app_harness import FakeDevices
from tests.support.session_harness import SessionHarness

Compare = Callable[..., bool]
FACTS = InterviewFacts("Acme", round="panel", people=("Ana Lee", "Ben Ode"))
ASKED = [
    Question(
        id="conflict",
        text="Tell me about a conflict with a colleague.",
        key_points=("what it was about, in a sentence", "how it ended"),
        notes="The story of the two platforms.",
    ),
    Question(id="failure", text="Tell me about a project that failed."),
]


@pytest.fixture(params=[(80, 24), (100, 30)], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


class Stage:
    """Opens a session in a format and brings it to where a picture is taken."""

    def __init__(
        self, services: Services, devices: FakeDevices, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.app = PracticeApp(services)
        self._services, self._devices, self._monkeypatch = services, devices, monkeypatch

    async def open(
        self, pilot: Pilot[None], rules: SessionFormat, changes: tuple[str, ...] = ()
    ) -> SessionHarness:
        harness = SessionHarness(pilot, [], self._devices)
        await harness.shows("new to you")
        asked = [Candidate("mine", "Mine", question) for question in ASKED]
        known = self._services.workspace.library.interviews.add(FACTS, "UTC")
        sitting = Sitting("any", rules, known, changes)
        screen = SessionScreen(self._services, asked, Mode.PRACTICE, counted=True, sitting=sitting)
        await harness.app.push_screen(screen)
        await harness.wait_until(lambda: harness.session.session_run.listens)
        return harness

    async def hold_still(self, harness: SessionHarness) -> None:
        """Let the meter show a fixed pattern."""
        harness.session.poll()
        self._monkeypatch.setattr(LevelMeter, "show", lambda *_: None)
        harness.session.query_one(LevelMeter).heights = tuple(at % 8 for at in range(WIDTH))
        await harness.pilot.pause()


@pytest.fixture
def stage(services: Services, devices: FakeDevices, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage for one picture."""
    return Stage(services, devices, monkeypatch)


def test_the_choice_of_a_format(
    snap_compare: Compare, stage: Stage, services: Services, size: tuple[int, int]
) -> None:
    services.workspace.library.interviews.add(FACTS, "UTC")

    async def choose(pilot: Pilot[None]) -> None:
        harness = SessionHarness(pilot, [], FakeDevices())
        await harness.shows("new to you")
        await harness.press("s")
        setup = await harness.wait_for_screen(SessionSetupScreen)
        await harness.wait_until(lambda: bool(setup._choices.formats))
        setup.query_one("#format").focus()
        await harness.press("left", "left")
        await harness.shows("Presentation", "slides")
        await pilot.pause()

    assert snap_compare(stage.app, terminal_size=size, run_before=choose)


def test_a_panel_that_changes_the_subject(
    snap_compare: Compare, stage: Stage, size: tuple[int, int]
) -> None:
    rules = SessionFormat(
        title="Panel", questions=2, people=True, read_aloud=True, think_s=0, answer_s=20,
        hard_stop=True, second_try=False, shown_before_end=False, subject_changes=1,
    )  # fmt: skip

    async def answer_one(pilot: Pilot[None]) -> None:
        harness = await stage.open(pilot, rules, ("Let me come at it from another side.",))
        await harness.shows("Ana Lee asks", "read aloud")
        stage._devices.aloud.reach_the_end()
        await harness.speak_up()
        await harness.say(6)
        await harness.press("enter")
        await harness.shows("Ben Ode asks", "Let me come", "read aloud")
        await stage.hold_still(harness)

    assert snap_compare(stage.app, terminal_size=size, run_before=answer_one)


def test_a_talk_at_its_second_slide(
    snap_compare: Compare, stage: Stage, size: tuple[int, int]
) -> None:
    rules = SessionFormat(
        title="Presentation", questions=2, slides=8, length_s=1200, think_s=0, hard_stop=True,
        second_try=False, shown_before_end=False, rehearsal=True,
    )  # fmt: skip

    async def talk(pilot: Pilot[None]) -> None:
        harness = await stage.open(pilot, rules)
        await harness.speak_up(0.1)
        await harness.say(200)
        await harness.press("right")
        await harness.shows("slide 2 of 8")
        await stage.hold_still(harness)

    assert snap_compare(stage.app, terminal_size=size, run_before=talk)


def test_thinking_aloud_with_notes_and_without_a_target(
    snap_compare: Compare, stage: Stage, size: tuple[int, int]
) -> None:
    rules = SessionFormat(
        title="Thinking aloud", questions=1, think_s=0, answer_s=2700, target=False, silence_s=10,
        notes_on_screen=True,
    )  # fmt: skip

    async def think(pilot: Pilot[None]) -> None:
        harness = await stage.open(pilot, rules)
        await harness.speak_up(0.1)
        await harness.say(72)
        await stage.hold_still(harness)

    assert snap_compare(stage.app, terminal_size=size, run_before=think)


@pytest.mark.parametrize("is_opened", [False, True], ids=["summary", "review"])
def test_a_rehearsal_and_what_it_came_to(
    snap_compare: Compare, stage: Stage, size: tuple[int, int], is_opened: bool
) -> None:
    rules = SessionFormat(
        title="Presentation", questions=2, slides=3, length_s=100, think_s=0, hard_stop=True,
        second_try=False, shown_before_end=False, rehearsal=True,
    )  # fmt: skip

    async def hold(pilot: Pilot[None]) -> None:
        harness = await stage.open(pilot, rules)
        await harness.speak_up(0.1)
        await harness.say(20)
        await harness.press("right")
        await harness.say(20)
        await harness.press("enter")
        for place in ("2 of 3", "3 of 3"):
            await harness.shows(place)
            await harness.speak_up(0.1)
            await harness.say(8)
            await harness.press("enter")
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("Rehearsals")
        await harness.wait_until(lambda: "waiting" not in harness.text)
        if is_opened:
            await harness.press("enter", "number_sign")
            await harness.shows("Slides shown")
        await pilot.pause()

    assert snap_compare(stage.app, terminal_size=size, run_before=hold)
