"""How what comes after an interview looks; `pytest --snapshot-update` after a wanted change."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from practice.core.feedback import add_feedback
from practice.library.interviews import Interview, Outcome
from practice.tui.app import PracticeApp
from practice.tui.services import Services
from practice.tui.widgets.timeline import Timeline
from tests.support.app_harness import AppHarness
from tests.support.review_harness import keep_bank, keep_conflict_take
from tests.support.weeks_harness import add_interview, note_question

SIZES = [(80, 24), (100, 30)]
Compare = Callable[..., bool]
Play = Callable[[Pilot[None]], Awaitable[None]]
PAGE = (
    "I wanted this one.\n\nI said the wrong number, and nobody cared but me. The second question "
    "was fine.\n\nTomorrow I sleep in."
)
FEEDBACK = """\
--- practice feedback 1 ---
from: Ana
take: {take}
question: Where did you lose me?
  At the two teams. I did not know which of them was yours, and then you were on.
question: What would you want to hear more about?
  How it ended.
word at 0.5: So
  A calm beginning.
--- end ---
--- practice feedback 1 ---
take: {take}
question: Where did you lose me?
  Nowhere.
--- end ---
"""


@pytest.fixture(params=SIZES, ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def rejected(services: Services) -> Interview:
    """An interview of yesterday that ended with a no."""
    interview = add_interview(services, -1)
    note_question(services, interview, "Why do you want to work with us?", wish="Your tests.")
    note_question(services, interview, "How much do you want to earn?", "okay")
    store = services.workspace.library.interviews
    ended = Outcome("rejected", "final", "none given", "You were clear.", "the second case")
    store.note_outcome(interview.id, ended)
    return store.get(interview.id)


def open_and_show(route: str, of: Interview, *words: str, keys: tuple[str, ...] = ()) -> Play:
    """Open a screen about an interview, press keys, and wait for what it says."""

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        getattr(harness.app.navigator, f"open_{route}")(of)
        await harness.shows(words[0])
        await harness.press(*keys)
        await harness.shows(*words)
        await pilot.pause()

    return play


def test_how_it_ended(
    snap_compare: Compare, services: Services, rejected: Interview, size: tuple[int, int]
) -> None:
    steps = open_and_show("outcome", rejected, "A no.", "from Wednesday on")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


def test_how_it_ended_while_nothing_is_known(
    snap_compare: Compare, services: Services, size: tuple[int, int]
) -> None:
    interview = add_interview(services, -1)
    steps = open_and_show("outcome", interview, "No answer yet.")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


def test_a_page_for_oneself(
    snap_compare: Compare, services: Services, rejected: Interview, size: tuple[int, int]
) -> None:
    services.workspace.library.own_pages.write(rejected.id, PAGE)
    steps = open_and_show("own_page", rejected, "For you alone.", "sleep in")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


@pytest.mark.parametrize(
    ("keys", "words"),
    [((), "When you asked me"), (("right",), "One thing I did not say"), (("left",), "asked:")],
    ids=["feedback", "thanks", "packet"],
)
def test_a_letter(
    snap_compare: Compare,
    services: Services,
    rejected: Interview,
    size: tuple[int, int],
    keys: tuple[str, ...],
    words: str,
) -> None:
    steps = open_and_show("letter", rejected, "A letter about Acme", words, keys=keys)
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)


@pytest.mark.parametrize("keys", [(), ("F",)], ids=["review", "list"])
def test_what_readers_answered(
    snap_compare: Compare, services: Services, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    add_feedback(services.workspace, FEEDBACK.format(take=take.id))

    async def play(pilot: Pilot[None]) -> None:
        harness = AppHarness(pilot, [])
        await harness.shows("new to you")
        harness.app.navigator.open_review(take.id)
        await harness.shows("feedback from 2 readers: F", "⟨um⟩")
        await harness.wait_until(lambda: harness.app.screen.query_one(Timeline).levels is not None)
        await harness.press(*keys)
        if keys:
            await harness.shows("Nowhere.", "How it ended.")
        await pilot.pause()

    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=play)


def test_words_to_say(snap_compare: Compare, services: Services, size: tuple[int, int]) -> None:
    interview = add_interview(services, 4)
    advert = (
        "Requirements\n- wound care and triage\n- experience with EPIC\n"
        "You dress wounds: wound care is daily work on the stroke ward. Our stroke ward is new."
    )
    store = services.workspace.library
    interview = store.interviews.edit(interview.id, replace(interview.facts, advert=advert))
    store.interview_terms.add(interview.id, "infection control")
    steps = open_and_show("terms", interview, "✓ infection control", "stroke ward")
    assert snap_compare(PracticeApp(services), terminal_size=size, run_before=steps)
