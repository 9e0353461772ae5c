"""How Today, a session and the settings look; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from textual.pilot import Pilot

from practice.core.session import Mode
from practice.questions.model import Question
from practice.schedule.proposal import Candidate
from practice.tui.app import PracticeApp
from practice.tui.screens.session.session import SessionScreen
from practice.tui.services import Services
from practice.tui.widgets.level_meter import WIDTH, LevelMeter
from tests.support.app_harness import AppHarness, FakeDevices, FakeSpeechWorker, follow_steps, shown
from tests.support.read_script import script_words
from tests.support.session_harness import SessionHarness

SMALL, LARGE = (80, 24), (120, 36)
CONFLICT = Question(
    id="conflict", text="Tell me about a conflict with a colleague.", target_s=60, prep_s=20,
    follow_ups=("How would they tell that story?",),
)  # fmt: skip
FAILURE = Question(id="failure", text="Tell me about a project that failed.")
TODAY = (shown("new to you"), shown("model demo ready"), shown("mic Studio"))
Compare = Callable[..., bool]
Play = Callable[[Pilot[None]], Awaitable[None]]
Speaking = Callable[..., Play]


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def speak_in_session(
    services: Services, devices: FakeDevices, monkeypatch: pytest.MonkeyPatch
) -> Speaking:
    """Speak for `seconds` in a session, press `key`, and let the meter show a fixed pattern."""

    async def speak(seconds: float, key: str, pilot: Pilot[None]) -> None:
        harness = SessionHarness(pilot, [], devices)
        await harness.shows("new to you")
        asked = [Candidate("mine", "Mine", question) for question in (CONFLICT, FAILURE)]
        await harness.app.push_screen(SessionScreen(services, asked, Mode.PRACTICE))
        if not seconds:
            await harness.wait_until(lambda: harness.session.session_run.listens)
        else:
            await harness.begin(seconds)
            await harness.wait_until(lambda: harness.session.session_run.elapsed_s >= seconds)
        if key:
            await harness.press(key)
            await harness.shows("Saved")
            await harness.hides("waiting")
        harness.session.poll()
        monkeypatch.setattr(LevelMeter, "show", lambda *_: None)
        harness.session.query_one(LevelMeter).heights = tuple(at % 8 for at in range(WIDTH))
        await pilot.pause()

    return lambda seconds, key="": partial(speak, seconds, key)


def test_today(snap_compare: Compare, services: Services, size: tuple[int, int]) -> None:
    steps = follow_steps(*TODAY, shown("Tell me about a project"), shown("q quit"))
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


def test_today_in_light_colours(snap_compare: Compare, services: Services) -> None:
    services.change_setting("theme", "practice-light")
    steps = follow_steps(*TODAY, shown("Tell me about a project"), shown("q quit"))
    assert snap_compare(PracticeApp(services), terminal_size=LARGE, run_before=steps)


@pytest.mark.parametrize("seconds", [0, 20, 60, 90], ids=["thinking", "early", "target", "over"])
def test_a_session(
    snap_compare: Compare,
    services: Services,
    speak_in_session: Speaking,
    size: tuple[int, int],
    seconds: int,
) -> None:
    steps = speak_in_session(seconds)
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


def test_a_session_without_colour(
    snap_compare: Compare,
    services: Services,
    speak_in_session: Speaking,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    steps = speak_in_session(90)
    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=steps)


def test_an_answer_that_was_kept(
    snap_compare: Compare, services: Services, speak_in_session: Speaking, size: tuple[int, int]
) -> None:
    steps = speak_in_session(48, "enter")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("question_mark",), "Propose another question."),
        (("s",), "every question"),
    ],
    ids=["help", "set up"],
)
def test_a_box_over_today(
    snap_compare: Compare, services: Services, keys: tuple[str, ...], words: str
) -> None:
    steps = follow_steps(*TODAY, *keys, shown(words))
    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=steps)


@pytest.mark.parametrize(
    ("keys", "words"), [((), "Enter yes"), (("down", "down"), "tiny.en")], ids=["offer", "list"]
)
def test_the_models(
    snap_compare: Compare,
    services: Services,
    size: tuple[int, int],
    keys: tuple[str, ...],
    words: str,
) -> None:
    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        harness.app.navigator.open_models()
        await harness.shows("Get base (148 MB)?")
        await harness.press(*keys)
        await harness.shows(words)
        await pilot.pause()

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=play)


def test_a_session_without_a_microphone(
    snap_compare: Compare, services: Services, devices: FakeDevices
) -> None:
    devices.failure = "there is no microphone on this machine"
    steps = follow_steps(
        *TODAY[:2], "enter", shown("there is no microphone"), shown("Enter try again")
    )
    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=steps)


def test_the_microphone_check(snap_compare: Compare, services: Services) -> None:
    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        harness.app.navigator.open_microphone()
        await harness.shows("say something", "Enter use it")
        await pilot.pause()

    assert snap_compare(PracticeApp(services), terminal_size=SMALL, run_before=play)


def test_what_is_caught(
    snap_compare: Compare,
    services: Services,
    devices: FakeDevices,
    worker: FakeSpeechWorker,
    size: tuple[int, int],
) -> None:
    worker.words = script_words(without="uh")

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        harness.app.navigator.open_calibration()
        await harness.shows("Enter to start")
        await harness.press("enter")
        await harness.shows("the microphone is opening")
        devices.microphone_in_use.say(36.0)
        await harness.shows("● recording  0:36")
        await harness.press("enter")
        await harness.shows("caught 8 of 10", "Enter go on")
        await pilot.pause()

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=play)
