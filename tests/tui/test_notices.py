"""A notice says why a key does nothing: never where it worked, never on the next screen."""

from collections.abc import Callable

import pytest

from practice.base.errors import UsageError
from practice.core.session import Mode
from practice.schedule.proposal import Candidate
from practice.tui.screens.base import PracticeScreen
from practice.tui.screens.library.question_history import COMPARES_TWO
from practice.tui.screens.library.trends import ONE_BANK
from practice.tui.screens.review.notices import WHY_NOT
from practice.tui.screens.session.today import NO_QUESTION
from practice.tui.screens.session.today import WHY_NOT as ON_TODAY
from practice.tui.screens.setup.settings import SettingsScreen
from practice.tui.services import Services
from tests.support.app_harness import AppHarness
from tests.support.review_harness import keep_bank, keep_conflict_take
from tests.support.session_harness import CONFLICT, FAILURE
from tests.tui.conftest import RunApp

NO_STAR = ON_TODAY["listen"]
EVERY_REASON = {NO_QUESTION, COMPARES_TWO, ONE_BANK, *ON_TODAY.values(), *WHY_NOT.values()}
Opener = Callable[[AppHarness, Services], None]


def nothing(harness: AppHarness, services: Services) -> None:
    """Stay on the first screen."""


def newest(services: Services) -> str:
    return services.workspace.library.take("last").id


def session(harness: AppHarness, services: Services) -> None:
    asked = [Candidate("mine", "Mine", question) for question in (CONFLICT, FAILURE)]
    harness.app.navigator.open_session(asked, Mode.PRACTICE, counted=True)


OPENERS: dict[str, Opener] = {
    "today": nothing,
    "session": session,
    "review": lambda harness, services: harness.app.navigator.open_review(newest(services)),
    "compare": lambda harness, services: harness.app.navigator.open_comparison(newest(services)),
    "history": lambda harness, services: harness.app.navigator.open_question_history(
        services.workspace.library.take("last")
    ),
    "library": lambda harness, services: harness.app.navigator.open_library(),
    "trends": lambda harness, services: harness.app.navigator.open_trends(),
    "banks": lambda harness, services: harness.app.navigator.open_banks(),
    "settings": lambda harness, services: harness.app.navigator.open_settings(),
    "models": lambda harness, services: harness.app.navigator.open_models(),
}


def notices(harness: AppHarness) -> list[str]:
    return [notice.message for notice in harness.app._notifications]


async def settle(harness: AppHarness) -> None:
    """Let what a key began go on, beside the screen too."""
    for _ in range(10):
        await harness.pilot.pause(0.01)


async def open_screen(harness: AppHarness, services: Services, name: str) -> PracticeScreen[object]:
    await harness.shows("new to you")
    OPENERS[name](harness, services)
    await settle(harness)
    screen = harness.app.screen
    assert isinstance(screen, PracticeScreen)
    await harness.wait_until(lambda: can_work(screen))
    return screen


def can_work(screen: PracticeScreen[object]) -> bool:
    """Whether what the screen shows is read."""
    first = [command for command in screen.COMMAND_TABLE if command.id != "screen.back"]
    return any(screen.check_action(command.action, ()) is True for command in first)


async def press_and_return(
    harness: AppHarness, screen: PracticeScreen[object], key: str
) -> list[str]:
    """Press a key, go back to the screen, and return the notices that there were."""
    harness.app.clear_notifications()
    await harness.press(key)
    await settle(harness)
    said = [notice.message for notice in harness.app._notifications]
    while screen in harness.app.screen_stack and harness.app.screen is not screen:
        harness.app.pop_screen()
        await settle(harness)
    return said


@pytest.mark.parametrize("name", OPENERS)
async def test_no_notice_says_that_a_command_does_nothing_when_it_worked(
    run_app: RunApp, services: Services, name: str
) -> None:
    keep_bank(services)
    for _ in range(2):
        services.workspace.library.annotations.star(keep_conflict_take(services).id, starred=True)
    tried = 0
    async with run_app() as harness:
        screen = await open_screen(harness, services, name)
        keys = [
            (key, command.action)
            for command in screen.COMMAND_TABLE
            for key in command.keys.split(",")
            if command.action not in {"leave", "back"}
        ]
        for key, action in keys:
            if screen not in harness.app.screen_stack:
                screen = await open_screen(harness, services, name)
            if screen.check_action(action, ()) is not True:
                continue
            said = {screen.why_not(command.action) for command in screen.COMMAND_TABLE}
            said |= EVERY_REASON
            shown = await press_and_return(harness, screen, key)
            assert not said & set(shown), (key, action)
            tried += 1
    assert tried


async def test_a_key_without_its_command_says_why_once(run_app: RunApp, services: Services) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        await harness.press("space", "space")
        await harness.shows(NO_STAR[:20])
        assert notices(harness) == [NO_STAR]


async def test_a_notice_is_not_taken_along_to_the_next_screen(
    run_app: RunApp, services: Services
) -> None:
    async with run_app() as harness:
        await harness.shows("new to you")
        harness.app.show_error(UsageError("there is no folder /etc/model", "name another"))
        await harness.shows("no folder")
        await harness.press("comma")
        await harness.wait_for_screen(SettingsScreen)
        await harness.hides("no folder")
        assert notices(harness) == []


async def test_what_is_said_while_a_box_closes_stays(run_app: RunApp, services: Services) -> None:
    keep_bank(services)
    take = keep_conflict_take(services)
    async with run_app() as harness:
        await harness.shows("new to you")
        harness.app.navigator.open_review(take.id)
        await harness.shows("take 1 of 1")
        await harness.press("X")
        await harness.shows("names to mask")
        await harness.press("enter")
        await harness.shows("written")
