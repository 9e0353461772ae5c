"""The warm-up card in the app: read, hear, leave."""

from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.weeks.warm_up import NO_BEST, WarmUpScreen
from practice.tui.services import Services
from tests.support.app_harness import FakeDevices
from tests.support.clock import FakeClock
from tests.support.library_takes import TakeBuilder
from tests.support.weeks_harness import add_interview
from tests.tui.conftest import RunApp


async def test_the_card_of_today_is_opened_heard_and_left(
    run_app: RunApp, services: Services, clock: FakeClock, devices: FakeDevices
) -> None:
    add_interview(services, 0, hour=23)
    takes = TakeBuilder(services, clock)
    best = takes.answer("Tell me about a [red]conflict.")
    services.workspace.library.annotations.star(best.id, starred=True)
    async with run_app((80, 24)) as harness:
        await harness.shows("w: warm up")
        await harness.press("w")
        await harness.wait_for_screen(WarmUpScreen)
        await harness.shows("Warm up for Acme, panel", "[red]conflict. (space plays it)")
        await harness.shows("Say one sentence aloud")
        await harness.press("space")
        await harness.wait_until(lambda: devices.output.playing)
        await harness.press("escape")
        await harness.wait_for_screen(TodayScreen)
        assert not devices.output.playing
    assert [take.id for take in services.workspace.library.takes()] == [best.id]


async def test_without_a_star_it_says_how_to_give_one(run_app: RunApp) -> None:
    async with run_app((40, 12)) as harness:
        await harness.shows("new to you")
        await harness.press("w")
        await harness.shows("Say one sentence aloud")
        await harness.press("space")
        await harness.shows(NO_BEST[:30])
