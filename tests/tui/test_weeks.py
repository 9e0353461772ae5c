"""One walk: an interview, its debrief, two days of answers, a no, rest, the next one."""

from datetime import timedelta

from practice.tui.screens.session.session import SessionScreen
from practice.tui.screens.session.today import TodayScreen
from practice.tui.screens.weeks.debrief import DebriefScreen
from practice.tui.screens.weeks.interview_form import InterviewFormScreen
from practice.tui.screens.weeks.interviews import InterviewsScreen
from practice.tui.screens.weeks.outcome import OutcomeScreen
from tests.support.app_harness import FakeDevices
from tests.support.clock import FakeClock
from tests.support.session_harness import SessionHarness
from tests.tui.conftest import RunApp


class Walk(SessionHarness):
    """Somebody who goes from screen to screen, day by day."""

    async def add_interview(self, company: str, when: str) -> None:
        await self.press("i")
        await self.wait_for_screen(InterviewsScreen)
        await self.press("a")
        form = await self.wait_for_screen(InterviewFormScreen)
        await self.press(*company)
        form.query_one("#when").focus()
        await self.press(*when, "escape")
        await self.wait_for_screen(InterviewsScreen)
        await self.shows(company)
        await self.press("escape")
        await self.wait_for_screen(TodayScreen)

    async def sit_down(self, *keys: str) -> None:
        """Answer what Today proposes, and go back to Today."""
        await self.press("enter")
        await self.wait_for_screen(SessionScreen)
        await self.answer()
        for key in keys:
            await self.press(key)
            await self.shows("said well on")
        await self.press("escape", "escape")
        await self.wait_for_screen(TodayScreen)


async def test_from_one_interview_to_the_next(
    run_app: RunApp, clock: FakeClock, devices: FakeDevices
) -> None:
    """Monday 23 November, 14:05, is the first day."""
    async with run_app() as opened:
        walk = Walk(opened.pilot, opened.seen, devices)
        await walk.shows("new to you")
        await walk.add_interview("Acme", "Wednesday 14:00")
        await walk.shows("Acme, in 2 days", "Tell me about a project")
        await walk.sit_down()
        clock.advance(timedelta(days=1))
        await walk.sit_down()
        await walk.shows("Acme, tomorrow 14:00")

        clock.advance(timedelta(days=1))
        await walk.press("o", "escape")
        await walk.shows("How did Acme go? d: three minutes")
        await walk.press("d")
        await walk.wait_for_screen(DebriefScreen)
        await walk.shows("One thing that went well")
        await walk.press(*"calm", "enter", "2", *"Why us?", "enter", "r", "w")
        await walk.press(*"Your tests.", "enter", *"How much?", "enter", "o", "enter", "enter")
        await walk.press("enter", "enter")
        await walk.shows("1 question to say well: tomorrow, 3 minutes.")
        await walk.press("enter")
        await walk.wait_for_screen(TodayScreen)
        await walk.hides("How did Acme go?")

        clock.advance(timedelta(days=1))
        await walk.press("o", "escape")
        await walk.shows("Why us?", "rough at Acme")
        await walk.sit_down("g")
        await walk.hides("rough at Acme")

        await walk.press("i")
        await walk.wait_for_screen(InterviewsScreen)
        await walk.shows("2 questions noted · felt 2 of 5")
        await walk.press("full_stop")
        await walk.wait_for_screen(OutcomeScreen)
        await walk.shows("No answer yet.")
        await walk.press("right", "right", "down", "right")
        await walk.shows("A no.", "1 day: nothing is due until tomorrow")
        await walk.press("right", "escape", "escape")
        await walk.wait_for_screen(TodayScreen)
        await walk.shows("resting until Saturday")
        clock.advance(timedelta(days=1))
        await walk.press("o", "escape")
        await walk.shows("resting until tomorrow")
        await walk.hides("rough at Acme")

        clock.advance(timedelta(days=1))
        await walk.press("o", "escape")
        await walk.shows("Why us?", "rough at Acme")
        await walk.hides("resting")
        await walk.sit_down("g")
        await walk.press("o")
        await walk.shows("✓ Why us?", "said well on 26 and 28 Nov; let it go")
        await walk.press("escape")
        await walk.wait_for_screen(TodayScreen)
        await walk.add_interview("Globex", "Friday 9am")
        await walk.shows("Globex, in 6 days")
