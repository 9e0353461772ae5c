"""Sessions held in a format, from the choice to the review."""

import pytest

from practice.core.session import SessionPhase
from practice.library.interviews import InterviewFacts
from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.session_setup import SessionSetupScreen
from practice.tui.screens.session.summary import SummaryScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness, FakeDevices
from tests.support.clock import FakeMonotonicClock
from tests.support.session_harness import SessionHarness
from tests.tui.conftest import RunApp

PANEL = """\
title: Little panel
about: Two people, two questions.
questions: 2
think_s: 10
answer_s: 20
hard_stop: yes
second_try: no
shown_before_end: no
read_aloud: yes
people: yes
rehearsal: yes
"""
TALK = """\
title: Little talk
questions: 1
think_s: 0
hard_stop: yes
second_try: no
shown_before_end: no
slides: 3
length_s: 400
rehearsal: yes
"""


def write_format(services: Services, name: str, text: str) -> None:
    folder = services.places.formats
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(text)


async def open_setup(harness: AppHarness, title: str) -> None:
    """Choose the format with that title."""
    await harness.wait_for_screen(TodayScreen)
    await harness.shows("new to you")
    await harness.press("s")
    setup = await harness.wait_for_screen(SessionSetupScreen)
    await harness.wait_until(lambda: bool(setup._choices.formats))
    setup.query_one("#format").focus()
    for _ in range(10):
        if title in harness.text:
            return
        await harness.press("right")
    raise AssertionError(harness.text)


def session_of(harness: AppHarness, devices: FakeDevices) -> SessionHarness:
    return SessionHarness(harness.pilot, harness.seen, devices)


async def test_a_panel_from_its_choice_to_a_rehearsal(
    run_app: RunApp,
    services: Services,
    devices: FakeDevices,
    monotonic_clock: FakeMonotonicClock,
) -> None:
    write_format(services, "little", PANEL)
    facts = InterviewFacts("Acme", round="panel", people=("Ana", "Ben [red]"))
    acme = services.workspace.library.interviews.add(facts, "UTC")
    async with run_app() as harness:
        await open_setup(harness, "Little panel")
        await harness.shows("Two people, two questions.", "10 s to think", "Acme, panel")
        await harness.press("enter")
        await harness.wait_for_screen(SessionScreen)
        held = session_of(harness, devices)
        await harness.shows("1 of 2 · Little panel · Ana asks", "the question is read aloud")
        assert "listen" not in harness.text
        await harness.press("Q")
        await harness.wait_until(lambda: len(devices.aloud.said) == 2)
        assert devices.aloud.said[0] == devices.aloud.said[1]
        devices.aloud.reach_the_end()
        await harness.shows("time to think")
        monotonic_clock.advance(11)
        await held.speak_up()
        await held.say(5.9)
        devices.microphone_in_use.say(30)  # the hard stop is at 20 s
        await harness.shows("2 of 2 · Little panel · Ben [red] asks")
        await harness.wait_until(lambda: held.session.session_run.listens)
        await harness.press("enter")
        await harness.wait_until(lambda: devices.aloud.is_cut_off)
        devices.aloud.reach_the_end()
        await held.speak_up()
        await held.say(6)
        await harness.press("enter")
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("Rehearsals for Acme, panel: 1 of 9.")
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        await harness.press("i")
        await harness.shows("rehearsals 1 of 9")
    library = services.workspace.library
    takes = library.takes()
    assert {take.asked_by for take in takes} == {"Ana", "Ben [red]"}
    assert max(take.duration_s or 0 for take in takes) < 40
    assert library.rehearsals.count(acme.id) == 1


async def test_a_talk_has_slides_and_a_review_of_each(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    write_format(services, "talk", TALK)
    async with run_app((100, 30)) as harness:
        await open_setup(harness, "Little talk")
        await harness.press("enter")
        await harness.wait_for_screen(SessionScreen)
        held = session_of(harness, devices)
        await harness.shows("Give your presentation.")
        await held.speak_up()
        await held.say(10)
        await harness.shows("slide 1 of 3 · stops at 5:00", "next slide")
        await harness.press("right")
        await harness.shows("slide 2 of 3")
        await held.say(12)
        await harness.press("pagedown", "right", "right")
        await harness.shows("slide 3 of 3")
        await held.say(8)
        await harness.press("enter")
        await harness.shows("2 of 2 · Little talk")
        await harness.wait_until(lambda: held.phase() is SessionPhase.OPENING)
        assert "next slide" not in harness.text
        await held.speak_up()
        await held.say(10)
        await harness.press("enter")
        await harness.wait_for_screen(SummaryScreen)
        await harness.press("enter")
        await harness.shows("Slides shown: 3", "1: from 0:00, 10 s, 12 a minute")
        await harness.shows("Questions: 25% of the time")


async def test_breaking_it_off_asks_and_is_no_rehearsal(
    run_app: RunApp, services: Services, devices: FakeDevices
) -> None:
    write_format(services, "little", PANEL)
    devices.aloud.obstacle = "nothing here can read aloud: install something"
    async with run_app() as harness:
        await open_setup(harness, "Little panel")
        await harness.press("enter")
        await harness.wait_for_screen(SessionScreen)
        held = session_of(harness, devices)
        await harness.shows("install something", "Interviewer 1 asks")
        await held.begin()
        await held.say(6)
        await harness.press("enter")
        await harness.shows("2 of 2 · Little panel · Interviewer 2 asks")
        await harness.press("escape")
        await harness.shows("It will not count")
        await harness.press("enter")
        await harness.wait_for_screen(SummaryScreen)
        await harness.shows("It was not held to its end, so it does not count. Rehearsals: 0 of 9.")
    assert services.workspace.library.rehearsals.count() == 0


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 50)])
async def test_the_choice_of_a_format_fits_every_size(
    run_app: RunApp, services: Services, size: tuple[int, int]
) -> None:
    write_format(services, "talk", TALK)
    async with run_app(size) as harness:
        await open_setup(harness, "Little talk")
        await harness.press("down", "down", "right")
        await harness.shows("slides")


async def test_a_format_with_problems_is_left_out_and_named(
    run_app: RunApp, services: Services
) -> None:
    write_format(services, "talk", TALK)
    write_format(services, "broken", "title: Broken\nquestions: many\n")
    async with run_app((80, 24)) as harness:
        await open_setup(harness, "Little talk")
        await harness.shows("left out because of problems: broken")
